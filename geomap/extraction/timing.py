"""Give each day to the happening that it dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.clauses import (
    had_happened,
    is_after_being,
    is_later_death,
    is_under_other_clause,
    main_verb_of,
)
from geomap.extraction.dates import within_since
from geomap.extraction.lexicon import words
from geomap.extraction.modality import Modality
from geomap.extraction.otherdays import (
    dates_record,
    dates_speech,
    dates_state,
    is_death,
    is_of_later,
    is_to_come,
)
from geomap.extraction.published import in_dateline
from geomap.extraction.scene import ELSEWHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling

_WHEN = frozenset({"when", "as", "while", "with"})
_HARMED = frozenset({"injure", "wound", "kill", "hurt", "burn", "trap", "strand"})
# What is said of a thing behind it, where parsers put the day of what befell the thing.
_DESCRIBING = frozenset(
    {"carry", "transport", "hold", "contain", "load", "pack", "fill", "rig", "arm", "head", "bind"}
    | {"travel", "ride", "park", "wear", "wield", "belong", "own", "crowd", "lade", "drive"}
)
_HAPPEN = frozenset({"happen", "occur", "take", "begin", "start"})
# Verbs of what is done while something happens.
_AT_THE_TIME = (
    _HARMED
    | words("linking", "at_once")
    | {"battle", "detect", "face", "fight", "film", "observe", "repel", "report", "see", "spot"}
    | {"suffer", "tackle", "track", "witness"}
    | words("speech", "says")
    | words("speech", "claims")
)
CLOCK = frozenset({"am", "pm"})  # parsers take "10 am" for a clause
_LASTING = frozenset({"posture"})  # families of what goes on from a day: "deployed since Monday"


class TimeGiver:
    """Shares out the days of one document."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def give(self) -> None:
        """Date the tellings; days in front of "when" first, which date only what follows."""
        self._give_before_when()
        self._give_own()
        self._give_plain()
        self._give_left()

    def _give_before_when(self) -> None:
        """Date what stands in a clause with "when" by the day before it: "since 2007, when …"."""
        syntax = self._scene.syntax
        for index, word in enumerate(syntax.words):
            if word != "when":
                continue
            before = index - 2 if syntax.words[index - 1] == "," else index - 1
            end = syntax.tokens[max(before, 0)].end
            time = next((t for t in self._scene.times if t.start < end <= t.end), None)
            if time is None:
                continue
            if time.cumulative:
                time = within_since(time, syntax.text, syntax.annotation.document.published)
            clause = set(syntax.subtree(syntax.clause_of(index)))
            for telling in self._scene.around(index):
                if telling.cue.index > index and telling.cue.index in clause:
                    telling.time = time

    def _give_own(self) -> None:
        """Give a day to the cue that it hangs on, before one that hangs elsewhere comes nearer.

        "Funerals were held on Sunday for those killed when a bomb exploded on Friday."
        """
        named_first = sorted(self._placed_times(), key=lambda placed: placed[0].anchored)
        for time, head in named_first:
            if self._dates_none(head, time):
                continue
            owner = self._scene.nearest(
                head,
                [
                    t
                    for t in self._scene.around(head)
                    if self._hangs_on(head, t.cue.index) and self._may_date(head, time, t)
                ],
            )
            if owner is not None and owner.day is None:
                owner.time = time

    def _dates_none(self, head: int, time: TimeExpression) -> bool:
        """Tell whether a day is that of a saying, a count or a state."""
        syntax = self._scene.syntax
        return any(dates(syntax, head, time) for dates in (dates_speech, dates_record, dates_state))

    def _hangs_on(self, head: int, cue: int) -> bool:
        """Tell whether a day is an adverbial of the verb of a cue: "exploded on Friday"."""
        above = self._governing(head, cue)
        return above == cue or (above is not None and above == self._scene.syntax.clause_of(cue))

    def _placed_times(self) -> Iterator[tuple[TimeExpression, int]]:
        """Yield the days outside of datelines, with their head words."""
        for time in self._scene.times:
            head = self._scene.syntax.head_of_span(time.start, time.end)
            if head is not None and not in_dateline(self._scene.syntax.text, time.start):
                yield time, head

    def _give_plain(self) -> None:
        for time, head in self._placed_times():
            tellings = self._scene.around(head)
            if self._dates_none(head, time):
                continue
            owner = self._scene.nearest(
                head, [t for t in tellings if self._may_date(head, time, t)]
            )
            if owner is None or (owner.day is not None and owner.time != time):
                continue
            for telling in tellings:
                if telling.day is None and self._share_time(owner, telling):
                    telling.time = time

    def _give_left(self) -> None:
        """Give a past day that dates nothing yet to the event of the clause above.

        Parsers hang "on Friday" on the last verb: "exploded at a rally celebrating … on Friday".
        """
        syntax = self._scene.syntax
        published = syntax.annotation.document.published
        for time in self._scene.times:
            head = syntax.head_of_span(time.start, time.end)
            if head is None or not time.is_day or time.cumulative or self._is_given(time, head):
                continue
            if published is None or (time.first and time.first > published):
                continue
            if in_dateline(syntax.text, time.start) or dates_speech(self._scene.syntax, head, time):
                continue
            above = set(syntax.ancestors(head))
            free = [
                t
                for t in self._scene.around(head)
                if t.modality is Modality.ASSERTED
                and t.time is None
                and (
                    not above.isdisjoint({*self._cue(t), self._deed(t.cue.index)})
                    or self._is_second_day(time, head, t.cue.index)
                )
                and not self._is_of_wounds(t)
            ]
            owner = self._scene.nearest(head, free)
            if owner is None:
                continue
            cue = owner.cue.index
            if is_after_being(syntax, head, cue) or not syntax.crosses(head, cue, ELSEWHEN):
                owner.time = time

    def _cue(self, telling: Telling) -> range:
        return range(telling.cue.first, telling.cue.last)

    def _is_second_day(self, time: TimeExpression, head: int, cue: int) -> bool:
        """Tell whether a verb has another day before a noun, so that this one is the noun's.

        "Four appeared in court on Wednesday over a shooting in X on Sunday": parsers hang both on
        the verb.
        """
        syntax = self._scene.syntax
        verb, start = syntax.clause_of(head), syntax.tokens[cue].start
        if syntax.tokens[cue].pos == "VERB" or cue > head or syntax.clause_of(cue) != verb:
            return False
        heads = [
            syntax.head_of_span(t.start, t.end)
            for t in self._scene.times_around(head)
            if t.start < start and t != time
        ]
        return any(h is not None and syntax.clause_of(h) == verb for h in heads)

    def _deed(self, cue: int) -> int:
        """Return the verb of a noun that "happened" or "killed" somebody, else the cue itself."""
        syntax, verb = self._scene.syntax, self._scene.syntax.tokens[cue].head
        happens = syntax.lemmas[verb] in _HAPPEN | _HARMED
        return verb if happens and syntax.tokens[cue].dep == "nsubj" else cue

    def _is_given(self, time: TimeExpression, head: int) -> bool:
        around = self._scene.around(head)
        return any(t.time == time and t.modality is Modality.ASSERTED for t in around)

    def _share_time(self, owner: Telling, telling: Telling) -> bool:
        """Tell whether a day is also that of another cue: a coordinated verb, an effect's cause."""
        syntax, types = self._scene.syntax, self._scene.types
        tops = [syntax.top_conjunct(main_verb_of(syntax, t.cue.index)) for t in (telling, owner)]
        if tops[0] == tops[1]:
            return True
        if self._is_of_verb(owner, telling) or self._is_when_clause(owner, telling):
            return True
        if had_happened(syntax, telling.cue.index, syntax.clause_of(owner.cue.index)):
            return False
        causes = types[owner.cue.type].effect and not types[telling.cue.type].effect
        mine, its = owner.cue.index, telling.cue.index
        return causes and not (
            syntax.crosses(mine, its, ELSEWHEN) or syntax.crosses(its, mine, ELSEWHEN)
        )

    def _is_of_verb(self, a: Telling, b: Telling) -> bool:
        """Tell whether two nouns share a verb: "a quake set off a tsunami"."""
        tokens = self._scene.syntax.tokens
        first, second = tokens[a.cue.index], tokens[b.cue.index]
        return first.head == second.head and {first.dep, second.dep} <= {"nsubj", "dobj"}

    def _is_when_clause(self, owner: Telling, telling: Telling) -> bool:
        """Tell whether a cue is what happened when, or with it.

        "Drowned when their boat capsized", "went on into May, with rebels shelling X".
        """
        syntax = self._scene.syntax
        clause, above = syntax.clause_of(telling.cue.index), syntax.clause_of(owner.cue.index)
        if syntax.tokens[clause].dep == "ccomp":
            clause = syntax.tokens[clause].head  # "with officials saying that rebels shelled X"
        token = syntax.tokens[clause]
        if token.dep == "pcomp" and syntax.words[token.head] == "with":
            return syntax.tokens[token.head].head == above
        if token.dep != "advcl" or token.head != above:
            return False
        return any(syntax.words[i] in _WHEN for i in syntax.with_dep(clause, "advmod", "mark"))

    def _may_date(self, head: int, time: TimeExpression, telling: Telling) -> bool:
        """Tell whether syntax allows a day to be that of a cue, and not of another happening."""
        lasting = self._scene.types[telling.cue.type].family in _LASTING
        if is_to_come(self._scene.syntax, time) or (time.cumulative and not lasting):
            return False
        if self._is_of_dead(telling):
            return False
        cue = main_verb_of(self._scene.syntax, telling.cue.index)
        above = self._governing(head, cue)
        return above is None or above == cue or self._shares_verb(cue, above)

    def _shares_verb(self, cue: int, verb: int) -> bool:
        """Tell whether what a day of a verb dates is also a cue in its clause, above or below."""
        syntax = self._scene.syntax
        if is_of_later(syntax, verb, cue) or self._is_of_other_deed(verb, cue):
            return False
        if cue != verb and is_later_death(syntax, verb):
            return False
        if syntax.crosses(cue, verb, ELSEWHEN) or syntax.crosses(verb, cue, ELSEWHEN):
            return False
        if syntax.tokens[verb].dep in {"relcl", "acl"}:
            return cue == syntax.tokens[verb].head or verb in syntax.ancestors(cue)
        return not (had_happened(syntax, cue, verb) or is_under_other_clause(syntax, cue, verb))

    def _is_of_other_deed(self, verb: int, cue: int) -> bool:
        """Tell whether a verb that harms nobody has an event only in a relative clause below.

        "Workers began repairing a bridge on Monday that was hit when a train jumped the track".
        """
        syntax = self._scene.syntax
        if syntax.lemmas[verb] in _AT_THE_TIME:
            return False
        if any(syntax.clause_of(t.cue.index) == verb for t in self._scene.around(verb)):
            return False
        above = syntax.ancestors(cue)
        if verb not in above:
            return False
        between = (cue, *above[: above.index(verb)])
        return any(syntax.tokens[node].dep == "relcl" for node in between)

    def _is_of_dead(self, telling: Telling) -> bool:
        """Tell whether the dead were only found on a day, or died of what was before."""
        body = telling.of_toll and self._scene.syntax.lemmas[telling.cue.index] == "body"
        return body or self._is_of_wounds(telling)

    def _is_of_wounds(self, telling: Telling) -> bool:
        """Tell whether somebody died later than what hurt him: "after two of the wounded died"."""
        syntax, cue = self._scene.syntax, telling.cue.index
        beside = any(t.cue.type != "killing" for t in self._scene.around(cue))
        return is_death(syntax, telling) and beside and any(t.added for t in telling.tolls)

    def _governing(self, head: int, cue: int) -> int | None:
        """Return the cue or the verb that a day hangs on, whichever is nearer; None for neither."""
        syntax = self._scene.syntax
        for above in (head, *syntax.ancestors(head)):
            token = syntax.tokens[above]
            told = token.dep == "acl" and syntax.lemmas[above] in _HARMED | _DESCRIBING
            clock = syntax.words[above] in CLOCK
            if above == cue or (token.pos in {"VERB", "AUX"} and not told and not clock):
                return above  # "left five people injured on Tuesday", "hit a van carrying hay on"
        return None
