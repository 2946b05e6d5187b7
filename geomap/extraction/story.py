"""Days of what a text goes on to tell without one: "… on Monday. They then stormed a base at X".

A story keeps its day until it names another. What is told in the plain past, in the sentences
right behind something dated, was on that day; what had happened, or is told in an aside, was not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.anchors import past_midnight
from geomap.extraction.lexicon import sayings
from geomap.extraction.modality import Modality
from geomap.extraction.otherdays import LATER, dates_speech, dates_state, is_death, is_to_come
from geomap.extraction.published import in_dateline
from geomap.extraction.timereaders import TURN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.happening import Happening
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling

_LEAD_SENTENCES = 6  # between a headline and the first event below it
_REACH = 3  # sentences that a day is kept for after the last one that tells of it
_MOST_DAYS = 2  # a night or a weekend is a day of a story, a week is not
_ASIDE = frozenset({"relcl", "acl"})
_EARLIER = frozenset({"earlier", "previously", "once", "formerly", "ago", "recently", "before"})


class Story:
    """The days that the sentences of one document are told on."""

    def __init__(self, scene: Scene, happenings: Iterable[Happening]) -> None:
        self._scene = scene
        self._syntax = scene.syntax
        self._days: dict[int, TimeExpression] = {}
        told = list(happenings)
        self._dated = [h for h in told if self._day_of(h) is not None]
        for happening in told:
            for telling in happening.tellings:
                self._note(telling, telling.time)
        for happening in self._dated:
            self._note_on(happening)

    def _note_on(self, happening: Happening) -> None:
        """Keep the day of a happening in the sentences that go on with it."""
        day, last = self._day_of(happening), None
        for telling in happening.tellings:
            near = last is not None and telling.sentence - last <= _REACH
            if telling.time is not None and telling.sentence in self._days:
                last = telling.sentence
            elif near and telling.sentence not in self._days and not telling.headline:
                if self._named_days(telling.sentence):
                    return
                self._note(telling, day)
                last = telling.sentence

    def give(self, happening: Happening) -> None:
        """Date a happening that has no day by that of the story it stands in."""
        for telling in happening.tellings:
            day = self._day_for(telling, happening)
            if day is not None:
                telling.time = past_midnight(self._syntax, day, telling.cue.index)
                self._note(telling, telling.time)
                return

    def give_known(self, happening: Happening) -> None:
        """Date what is only told as known ("the blast") by the one of its kind told before."""
        if not all(t.definite for t in happening.tellings):
            return
        day = _only(self._days_known(happening))
        if day is not None:
            happening.tellings[0].time = day

    def _day_for(self, telling: Telling, happening: Happening) -> TimeExpression | None:
        if telling.headline:
            return self._day_of_lead(happening)
        if telling.definite:
            if not all(t.headline or t.definite for t in happening.tellings):
                return None
            known = self._days_known(happening)
            if known:
                return _only(known)
        return self._day_before(telling.sentence) if self._goes_on(telling) else None

    def _day_of_lead(self, headline: Happening) -> TimeExpression | None:
        """Return the day of the first event below a headline, if it is of one kind or place."""
        if not self._dated or not all(t.headline for t in headline.tellings):
            return None
        lead = self._dated[0]
        return self._day_of(lead) if self._is_of_lead(headline, lead) else None

    def _days_known(self, happening: Happening) -> list[TimeExpression]:
        """Return the days of what "the blast" can be: of its kind, and told before."""
        return [
            day
            for other in self._dated
            if other.first < happening.first and self._is_alike(happening, other)
            if (day := self._day_of(other)) is not None
        ]

    def _is_of_lead(self, happening: Happening, lead: Happening) -> bool:
        if lead.tellings[0].sentence > happening.tellings[-1].sentence + _LEAD_SENTENCES:
            return False
        shared = happening.said.ground.overlaps(lead.said.ground)
        return shared or self._is_alike(happening, lead)

    def _is_alike(self, happening: Happening, other: Happening) -> bool:
        kinds = [self._scene.types[h.tellings[0].cue.type].family for h in (happening, other)]
        return kinds[0] == kinds[1]

    def _day_of(self, happening: Happening) -> TimeExpression | None:
        days = (t.time for t in happening.tellings if not t.headline)
        return next((time for time in days if time is not None and self._is_of_story(time)), None)

    def _note(self, telling: Telling, time: TimeExpression | None) -> None:
        if time is None or telling.headline or telling.modality is not Modality.ASSERTED:
            return
        if is_death(self._syntax, telling) and not telling.of_toll:
            return  # "died overnight at a hospital"
        if self._is_of_story(time):
            self._days[telling.sentence] = time

    def _day_before(self, sentence: int) -> TimeExpression | None:
        """Return the day that a sentence goes on with, None where one between names another."""
        for number in range(sentence - 1, max(-1, sentence - 1 - _REACH), -1):
            if number in self._days:
                return self._days[number]
            named = self._named_days(number)
            if named:
                return self._plain_day(*named[0]) if len(named) == 1 else None
        return None

    def _named_days(self, number: int) -> list[tuple[TimeExpression, int]]:
        """Return the times of a sentence that are none of saying, with their head words."""
        syntax = self._syntax
        placed = [
            (time, head)
            for time in self._scene.times_around(syntax.annotation.sentences[number].first)
            if (head := syntax.head_of_span(time.start, time.end)) is not None
        ]
        return [
            (time, head)
            for time, head in placed
            if not (
                in_dateline(syntax.text, time.start)
                or dates_speech(syntax, head, time)
                or dates_state(syntax, head, time)
            )
        ]

    def _plain_day(self, time: TimeExpression, head: int) -> TimeExpression | None:
        """Return the one day of a sentence without an event: "They were lining up on Monday"."""
        syntax = self._syntax
        if not self._is_of_story(time) or is_to_come(syntax, time):
            return None
        unknown = syntax.annotation.document.published is None
        return None if unknown or syntax.lemmas[syntax.clause_of(head)] in LATER else time

    def _is_of_story(self, time: TimeExpression) -> bool:
        return 0 < time.days <= _MOST_DAYS and not time.cumulative and time.rule != TURN

    def _goes_on(self, telling: Telling) -> bool:
        """Tell whether a telling is in the plain past of a main clause, with no time of its own."""
        syntax, cue = self._syntax, telling.cue.index
        if self._named_days(telling.sentence):
            return False
        sentence = syntax.sentence(cue)
        if not _EARLIER.isdisjoint(syntax.words[sentence.first : sentence.last]):
            return False
        verb = syntax.clause_of(cue)
        while self._is_inner(verb):
            verb = syntax.clause_of(syntax.tokens[verb].head)
        if syntax.tokens[verb].dep in _ASIDE or self._is_news_of_others(verb):
            return False
        return self._is_past(verb)

    def _is_inner(self, verb: int) -> bool:
        """Tell whether a clause is told with the one above: "were among six killed when a car"."""
        syntax, token = self._syntax, self._syntax.tokens[verb]
        if token.dep == "acl" and syntax.lemmas[verb] in _HARMED:
            return syntax.lemmas[syntax.clause_of(token.head)] == "be"
        return token.dep in _INNER and token.head != verb

    def _is_news_of_others(self, verb: int) -> bool:
        """Tell whether somebody else's telling begins here: "Officials also reported that …"."""
        syntax, head = self._syntax, self._syntax.tokens[verb].head
        if syntax.lemmas[head] not in sayings() or syntax.tokens[verb].dep != "ccomp":
            return False
        return any(syntax.words[i] in _ANEW for i in syntax.with_dep(head, "advmod"))

    def _is_past(self, verb: int) -> bool:
        syntax = self._syntax
        aux = {syntax.words[i] for i in syntax.with_dep(verb, "aux", "auxpass")}
        since = [i for i in syntax.with_dep(verb, "prep") if syntax.words[i] == "since"]
        if since and aux & _PERFECT:
            return True  # "have blocked a road since the crash"
        if not aux:  # taggers mix tenses up: "the river burst its banks"
            return syntax.tokens[verb].tag in {"VBD", "VBN"} or syntax.words[verb] in _UNCHANGING
        return aux <= _PAST


def _only(days: Sequence[TimeExpression]) -> TimeExpression | None:
    """Return the one day that all of some are, None where they differ or there are none."""
    return days[0] if len({(day.first, day.last) for day in days}) == 1 else None


_ANEW = frozenset({"also", "separately", "meanwhile", "elsewhere"})
_HARMED = frozenset({"kill", "injure", "wound", "hurt"})
_INNER = frozenset({"advcl", "xcomp", "pcomp", "conj"})
_PAST = frozenset({"was", "were"})
_PERFECT = frozenset({"has", "have"})
_UNCHANGING = frozenset(
    {"beat", "burst", "cast", "cut", "hit", "hurt", "put", "set", "shut", "split", "spread"}
)
