"""One cue with everything that its sentence tells of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extraction.actors import ActorReader
from geomap.extraction.arsenal import WeaponUse, find_weapons
from geomap.extraction.claims import Claim, claim_of
from geomap.extraction.cues import Cue, find_cues
from geomap.extraction.dates import TimeExpression, find_times, within_since
from geomap.extraction.lexicon import words
from geomap.extraction.modality import Modality, modality_of
from geomap.extraction.places import PlaceLinker, path_length
from geomap.extraction.placing import Placer
from geomap.extraction.published import headline_end, in_dateline
from geomap.extraction.tolls import Toll, TollReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geomap.extraction.syntax import Syntax
    from geomap.model import Actor, Resolution
    from geomap.ontology import Ontology


@dataclass(slots=True, kw_only=True)
class Telling:
    """A cue with its slots.

    ``places`` are numbers of mentions. ``definite`` and ``fresh`` are what the article says: "the
    attack" was told before, "another attack" was not. ``of_toll`` marks people harmed without a
    word for the event that harmed them. ``headline`` marks what is told again in the text below.
    """

    cue: Cue
    sentence: int
    modality: Modality
    claim: Claim
    places: list[int] = field(default_factory=list)
    time: TimeExpression | None = None
    tolls: list[Toll] = field(default_factory=list)
    weapons: list[WeaponUse] = field(default_factory=list)
    attacker: Actor | None = None
    target: Actor | None = None
    definite: bool = False
    fresh: bool = False
    indefinite: bool = False
    of_toll: bool = False
    headline: bool = False
    part: int = 0

    @property
    def day(self) -> tuple[date, date] | None:
        """First and last possible day, if told."""
        time = self.time
        if time is None or time.first is None or time.last is None:
            return None
        return time.first, time.last


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "latest"})
_FRESH = words("grammar", "tellings_fresh")
# What stands under these happened at another time than the clause around them tells.
_ELSEWHEN = frozenset({"after", "following", "since", "before", "over", "until", "despite"})
_WORDS_AN_ARC = 4
_WARS = frozenset({"war", "conflict", "pandemic", "violence", "insurgency", "crisis", "epidemic"})
_HARM_THINGS = frozenset({"damage", "utility_outage"})
_LONGEST_EVENT_DAYS = 60
_DEPENDENT = frozenset({"advcl", "acl", "relcl", "xcomp", "pcomp"})
_FRONT = 4  # words that a date in front of a sentence takes
_LASTING = frozenset({"posture"})  # families of what goes on from a day: "deployed since Monday"


class Reader:
    """Reads the tellings of one document."""

    def __init__(
        self, syntax: Syntax, resolutions: tuple[Resolution, ...], ontology: Ontology
    ) -> None:
        self._syntax = syntax
        self._resolutions = resolutions
        self._ontology = ontology
        self._times = find_times(syntax.text, syntax.annotation.document.published)
        self._actors = ActorReader(syntax, resolutions)
        self._linker = PlaceLinker(syntax)
        self._sentences: dict[int, list[Telling]] = {}
        self._headline_end = headline_end(syntax.text)

    def tellings(self) -> list[Telling]:
        """Return the tellings in text order; dates, tolls and weapons go to the nearest cue."""
        for cue in find_cues(self._syntax, self._ontology):
            if not self._is_date(cue):
                self._add(self._telling(cue))
        Placer(self._syntax, self._resolutions, self._linker, self._sentences).give()
        self._give_tolls_their_cause()
        self._give_tolls()
        self._give_times_before_when()
        self._give_times()
        self._give_weapons()
        everything = [t for tellings in self._sentences.values() for t in tellings]
        return sorted(everything, key=lambda t: (t.cue.index, t.part))

    def _is_date(self, cue: Cue) -> bool:
        """Tell whether a cue is part of a date: "March 11" is no march."""
        start = self._syntax.tokens[cue.index].start
        return in_dateline(self._syntax.text, start) or any(
            time.start <= start < time.end for time in self._times
        )

    def _add(self, telling: Telling) -> None:
        self._sentences.setdefault(telling.sentence, []).append(telling)

    def _telling(self, cue: Cue) -> Telling:
        syntax = self._syntax
        near = {
            syntax.words[d] for d in syntax.with_dep(cue.index, "det", "amod", "poss", "advmod")
        }
        return Telling(
            cue=cue,
            sentence=syntax.sentence_of[cue.index],
            modality=modality_of(syntax, cue),
            claim=claim_of(syntax, cue, self._resolutions),
            attacker=self._actors.attacker(cue),
            target=self._actors.target(cue),
            indefinite=bool(near & {"a", "an"}),
            of_toll=cue.verbal and cue.type == "killing",
            definite=bool(near & _DEFINITE) and not near & _FRESH,
            fresh=bool(near & _FRESH),
            headline=syntax.tokens[cue.index].end <= self._headline_end,
        )

    # --- how many --------------------------------------------------------------------------------

    def _give_tolls(self) -> None:
        """Give each toll to the nearest cue; one that has none, or another place, tells its own."""
        for toll in TollReader(self._syntax).tolls():
            if self._is_total(toll):
                continue
            sentence = self._syntax.sentence_of[toll.index]
            owner = self._nearest(toll.index, self._harmful(self._sentences.get(sentence, ())))
            links = sorted(self._linker.links(toll.index), key=lambda link: -link.probability)
            places = [link.mention for link in links]
            if owner is not None and places and places[0] not in owner.places:
                places = [mention for mention in places if mention not in owner.places]
            if owner is not None and self._syntax.crosses(toll.index, owner.cue.index, _ELSEWHEN):
                owner = None
            if owner is None or self._is_apart(toll, owner, places):
                self._tell_toll(toll, places)
            elif self._coordinated(owner):
                self._coordinated(owner)[0].tolls.append(toll)
            elif len(toll.parts) > 1 and not owner.tolls:
                self._divide_toll(toll, owner)
            else:
                owner.tolls.append(toll)

    def _give_tolls_their_cause(self) -> None:
        """Let "killing 12" be where the verb it hangs on is: "crashed in X, killing 12"."""
        for tellings in self._sentences.values():
            by_index = {t.cue.index: t for t in tellings}
            for telling in tellings:
                token = self._syntax.tokens[telling.cue.index]
                cause = by_index.get(token.head)
                if telling.of_toll and token.dep == "advcl" and token.tag == "VBG" and cause:
                    telling.places = list(cause.places)

    def _harmful(self, tellings: Sequence[Telling]) -> Sequence[Telling]:
        """Leave out damage and outages where something else is told that can harm people."""
        return [t for t in tellings if t.cue.type not in _HARM_THINGS] or tellings

    def _coordinated(self, owner: Telling) -> list[Telling]:
        """Return the cause that an effect is coordinated with: "crashed and caught fire"."""
        if not self._ontology.types[owner.cue.type].effect:
            return []
        top = self._syntax.top_conjunct(owner.cue.index)
        return [
            t
            for t in self._sentences[owner.sentence]
            if not self._ontology.types[t.cue.type].effect
            and self._syntax.top_conjunct(t.cue.index) == top
        ]

    def _is_apart(self, toll: Toll, owner: Telling, places: list[int]) -> bool:
        """Tell whether a toll in another clause has a place that is not that of the cue."""
        if not places or not owner.places or set(places) & set(owner.places):
            return False
        clause = self._syntax.clause_of(toll.index)
        if self._syntax.tokens[clause].dep in _DEPENDENT:
            return False
        chain = {clause, *self._syntax.ancestors(clause)}
        other = self._syntax.clause_of(owner.cue.index)
        joined = self._syntax.tokens[other].dep in {"conj", "ROOT", "parataxis"}
        return other != clause and (joined or other not in chain)

    def _tell_toll(self, toll: Toll, places: list[int]) -> None:
        """Make a telling of a toll without a cue ("In X, a boy was killed")."""
        if toll.kind not in {"killed", "injured"}:
            return
        long = [t for t in self._times if t.days > _LONGEST_EVENT_DAYS]
        sentence = self._syntax.sentence(toll.index)
        if any(sentence.start <= time.start < sentence.end for time in long):
            return  # "last year, 49 people died": a total, no event
        cue = Cue(
            index=toll.index, first=toll.index, last=toll.index + 1, type="killing", verbal=True
        )
        modality = modality_of(self._syntax, cue)
        if "killing" in self._ontology.types and modality is Modality.ASSERTED:
            telling = self._telling(cue)
            telling.places, telling.tolls = places, [toll]
            self._add(telling)

    def _divide_toll(self, toll: Toll, owner: Telling) -> None:
        """Divide "one person in X and another in Y" into an event for each place."""
        for number, part in enumerate(toll.parts):
            telling = owner if not number else dataclasses.replace(owner, part=number)
            telling.places = [part.mention]
            telling.tolls = [
                dataclasses.replace(toll, count=part.count, start=part.start, end=part.end)
            ]
            if number:
                telling.weapons = []
                self._add(telling)

    def _is_total(self, toll: Toll) -> bool:
        """Tell whether a toll is a total since some day, of a war rather than of an event."""
        syntax = self._syntax
        sentence = syntax.sentence(toll.index)
        if any(syntax.lemmas[i] in _WARS for i in syntax.subjects(toll.index)):
            return True
        clause = syntax.clause_of(toll.index)
        for time in self._times:
            if not time.cumulative or not sentence.start <= time.start < sentence.end:
                continue
            head = syntax.head_of_span(time.start, time.end)
            if head is not None and head not in syntax.ancestors(clause):
                return True
        return False

    # --- when ------------------------------------------------------------------------------------

    def _give_times_before_when(self) -> None:
        """Date what stands in a clause with "when" by the day before it: "since 2007, when …"."""
        syntax = self._syntax
        for index, word in enumerate(syntax.words):
            if word != "when":
                continue
            before = index - 2 if syntax.words[index - 1] == "," else index - 1
            end = syntax.tokens[max(before, 0)].end
            time = next((t for t in self._times if t.start < end <= t.end), None)
            if time is None:
                continue
            if time.cumulative:
                time = within_since(time, syntax.text, syntax.annotation.document.published)
            clause = set(syntax.subtree(syntax.clause_of(index)))
            for telling in self._sentences.get(syntax.sentence_of[index], ()):
                if telling.cue.index > index and telling.cue.index in clause:
                    telling.time = time

    def _give_times(self) -> None:
        for time in self._times:
            head = self._syntax.head_of_span(time.start, time.end)
            if head is None or in_dateline(self._syntax.text, time.start):
                continue
            tellings = self._sentences.get(self._syntax.sentence_of[head], ())
            if self._dates_speech(head, time):
                continue
            owner = self._nearest(head, [t for t in tellings if self._may_date(head, time, t)])
            if owner is None:
                continue
            for telling in tellings:
                if telling.day is None and self._share_time(owner, telling):
                    telling.time = time

    def _share_time(self, owner: Telling, telling: Telling) -> bool:
        """Tell whether a day is also that of another cue: a coordinated verb, an effect's cause."""
        syntax, types = self._syntax, self._ontology.types
        if syntax.top_conjunct(telling.cue.index) == syntax.top_conjunct(owner.cue.index):
            return True
        causes = types[owner.cue.type].effect and not types[telling.cue.type].effect
        mine, its = owner.cue.index, telling.cue.index
        return causes and not (
            syntax.crosses(mine, its, _ELSEWHEN) or syntax.crosses(its, mine, _ELSEWHEN)
        )

    def _may_date(self, head: int, time: TimeExpression, telling: Telling) -> bool:
        """Tell whether syntax allows a day to be that of a cue, and not of another happening."""
        if time.cumulative and self._ontology.types[telling.cue.type].family not in _LASTING:
            return False
        syntax, cue = self._syntax, telling.cue.index
        for above in (head, *syntax.ancestors(head)):
            if above == cue:
                return True
            if syntax.tokens[above].pos in {"VERB", "AUX"}:
                break
        else:
            return True
        # The day belongs to the verb above; the cue must be in its clause, above or below it.
        if syntax.crosses(cue, above, _ELSEWHEN) or syntax.crosses(above, cue, _ELSEWHEN):
            return False
        if syntax.tokens[above].dep in {"relcl", "acl"}:
            return cue == syntax.tokens[above].head or above in syntax.ancestors(cue)
        return True

    def _dates_speech(self, head: int, time: TimeExpression) -> bool:
        """Tell whether the day is that of a verb of saying ("said on Monday").

        A date in front of the sentence with day and month dates what is told: "On May 3, the
        ministry said that …"; a weekday there dates the telling as often as not.
        """
        syntax = self._syntax
        exact = "weekday" not in time.rule and time.is_day and not time.anchored
        for above in syntax.ancestors(head):
            if syntax.tokens[above].pos in {"VERB", "AUX"}:
                lemma = syntax.lemmas[above]
                before = all(head < subject for subject in syntax.with_dep(above, "nsubj"))
                if before and (exact or head - syntax.sentence(head).first > _FRONT):
                    return False
                return lemma in words("speech", "says") or lemma in words("speech", "claims")
            if syntax.tokens[above].pos in {"NOUN", "PROPN"}:
                return False
        return False

    # --- with what -------------------------------------------------------------------------------

    def _give_weapons(self) -> None:
        for use in find_weapons(self._syntax):
            sentence = self._syntax.sentence_of[use.index]
            owner = self._nearest(use.index, self._sentences.get(sentence, ()))
            if owner is not None:
                owner.weapons.append(use)

    def _nearest(self, index: int, tellings: Iterable[Telling]) -> Telling | None:
        best: tuple[float, Telling] | None = None
        for telling in tellings:
            steps = path_length(self._syntax, index, telling.cue.index)
            if steps is None or telling.part:
                continue
            # Parsers hang a late phrase too high, so that nearness in the text counts as well.
            cost = steps + abs(index - telling.cue.index) / _WORDS_AN_ARC
            if best is None or cost < best[0]:
                best = (cost, telling)
        return best[1] if best else None
