"""Turn a happening into a report: choose each field, keep the words of each."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction import totals
from geomap.extraction.aftermath import RULE
from geomap.extraction.arsenal import combine
from geomap.extraction.confidence import confidences
from geomap.extraction.dates import as_range
from geomap.extraction.happening import Told
from geomap.extraction.lexicon import words
from geomap.extraction.locating import Locator
from geomap.extraction.otherdays import is_death
from geomap.model import (
    Casualties,
    DateRange,
    Evidence,
    Provenance,
    Report,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geomap.extraction.happening import Happening
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.extraction.tolls import Toll
    from geomap.model import Actor, Resolution, Sentence
    from geomap.ontology import EventType, Ontology

_WOUNDING = frozenset({"stab", "slash", "gash", "knife", "stabbing", "hack"})
_UNTOLD = DateRange(first=None, last=None, precision=None, rule="no words tell when")


class Writer:
    """Writes the reports of one document."""

    def __init__(
        self, syntax: Syntax, resolutions: tuple[Resolution, ...], ontology: Ontology
    ) -> None:
        self.syntax = syntax
        self._document = syntax.annotation.document
        self._types = ontology.types
        self._locator = Locator(syntax, resolutions, ontology.types)

    def reports(self, happenings: Sequence[Happening], min_confidence: float) -> tuple[Report, ...]:
        """Return one report a happening, in text order, but for those less sure than asked."""
        told = self.told(happenings)
        sure = confidences(self.syntax, self._types, told)
        kept = [
            one._replace(report=dataclasses.replace(one.report, confidence=confidence))
            for one, confidence in zip(told, sure, strict=True)
            if confidence >= min_confidence
        ]
        return tuple(one.report for one in _tied(kept))

    def told(self, happenings: Sequence[Happening]) -> list[Told]:
        """Return all happenings with their reports, in text order of their triggers."""
        made = [self._told(happening) for happening in happenings]
        made.sort(key=lambda one: (one.report.trigger.start, one.report.id))
        return _tied(made)

    def _told(self, happening: Happening) -> Told:
        main = self._main(happening.tellings)
        return Told(happening, self._report(happening, main), main)

    def _report(self, happening: Happening, main: Telling) -> Report:
        tellings = happening.tellings
        trigger = self._trigger(main)
        tolls = totals.choose(tellings)
        claim = next((t.claim for t in [main, *tellings] if t.claim.speaker), main.claim)
        where = self._locator.where(happening, main)
        return Report(
            id=f"{self._document.id}:{trigger.start}-{trigger.end}"
            + (f"#{main.part}" * bool(main.part)),
            document_id=self._document.id,
            type=self._type(tellings, tolls),
            trigger=trigger,
            sentence=self._sentence(self.syntax.sentence(main.cue.index)),
            when=self._when(happening),
            where=where,
            attacker=next((t.attacker for t in tellings if t.attacker), None),
            target=_target(tellings),
            weapons=combine(use for telling in tellings for use in telling.weapons),
            casualties=Casualties(**{kind: toll.count for kind, toll in tolls.items()}),
            differing=totals.differing(happening, tolls),
            status=self._status(happening),
            speaker=claim.speaker,
            evidence=self._evidence(happening, tolls, where),
        )

    def _main(self, tellings: Sequence[Telling]) -> Telling:
        """Return the telling that says most: with a place, then a day, then the first."""
        return max(
            tellings,
            key=lambda t: (
                not t.of_toll and not t.aftermath and t.follows is None,
                not t.aftermath,
                not t.headline,
                self._locator.is_narrow(t) + (t.time is not None),
                self._locator.is_narrow(t),
                bool(t.places),
                -t.cue.index,
            ),
        )

    def _trigger(self, telling: Telling) -> Provenance:
        tokens = self.syntax.tokens
        return self.words(tokens[telling.cue.first].start, tokens[telling.cue.last - 1].end)

    def _sentence(self, sentence: Sentence) -> Provenance:
        return self.words(sentence.start, sentence.end)

    def words(self, start: int, end: int) -> Provenance:
        """Return a span of the document with its words."""
        return Provenance(
            document_id=self._document.id,
            start=start,
            end=end,
            quote=self._document.text[start:end],
        )

    def _type(self, tellings: Sequence[Telling], tolls: Mapping[str, Toll]) -> str:
        done = [t for t in tellings if not t.aftermath] or tellings
        founding = [t for t in done if t.follows is None] or done
        named = [t for t in founding if not t.of_toll] or founding
        unrest = [t for t in named if self._types[t.cue.type].family == "unrest"]
        if unrest and not any(_is_gunman(t) for t in named):
            named = unrest  # demonstrators shot at by the police: the protest is the event
        types = [self._types[t.cue.type] for t in named]
        best = max(types, key=lambda event_type: event_type.rank)
        if best.name == "killing" and "killed" not in tolls and self._is_survived(named, tolls):
            best = self._types.get("attack", best)
        classes = {use.system.kind for t in tellings for use in t.weapons}
        refined = [t for t in self._types.values() if _refines(t, best, classes)]
        return max([best, *refined], key=lambda event_type: event_type.rank).name

    def _is_survived(self, tellings: Sequence[Telling], tolls: Mapping[str, Toll]) -> bool:
        """Tell whether those attacked live: "stabbed four, who are stable", "slashed a boy"."""
        if all(telling.of_toll for telling in tellings):
            return False
        lemmas = {self.syntax.lemmas[telling.cue.index] for telling in tellings}
        return "injured" in tolls or lemmas <= _WOUNDING

    def _when(self, happening: Happening) -> DateRange:
        dated = [t for t in happening.tellings if t.time is not None]
        if not dated and happening.parent is not None and self._is_tied(happening):
            dated = [t for t in happening.parent.tellings if t.time is not None]
        if not dated:
            return _UNTOLD
        best = min(dated, key=self._doubt_of_day).time
        assert best is not None
        return as_range(best, self._document.id, self._document.text)

    def _doubt_of_day(self, telling: Telling) -> tuple[bool, bool, bool, int]:
        """Return how far a day is from telling when it happened, least first.

        A death may come days after the deed; what is told back from another day comes behind what
        has a day of its own.
        """
        time = telling.time
        assert time is not None
        days = _width(time.first, time.last)
        return time.first is None, is_death(self.syntax, telling), time.rule == RULE, days

    def _is_tied(self, happening: Happening) -> bool:
        """Tell whether an effect is told in one sentence with its cause: they share the day."""
        sentences = {t.sentence for t in happening.tellings}
        parent = happening.parent
        return parent is not None and any(t.sentence in sentences for t in parent.tellings)

    def _status(self, happening: Happening) -> Status:
        statuses = [t.claim.status for t in happening.tellings]
        status = Status.REPORTED if Status.REPORTED in statuses else statuses[0]
        if happening.retracted:
            return Status.RETRACTED
        if happening.disputed:
            return Status.DENIED if status is Status.CLAIMED else Status.DISPUTED
        return status

    def _evidence(
        self, happening: Happening, tolls: Mapping[str, Toll], where: Iterable[Resolution]
    ) -> tuple[Evidence, ...]:
        found = [Evidence(field="trigger", provenance=self._trigger(t)) for t in happening.tellings]
        found += [
            Evidence(field=kind, provenance=self.words(toll.start, toll.end))
            for kind, toll in tolls.items()
        ]
        # A text that gives other figures of the same is not to lose them.
        found += [
            Evidence(field=toll.kind, provenance=self.words(toll.start, toll.end))
            for telling in happening.tellings
            for toll in telling.tolls
            if toll.kind in tolls and toll.count != tolls[toll.kind].count
        ]
        found += [
            Evidence(field="where", provenance=self.words(r.mention.start, r.mention.end))
            for r in where
        ]
        for telling in happening.tellings:
            if telling.time is not None:
                span = self.words(telling.time.start, telling.time.end)
                found.append(Evidence(field="when", provenance=span))
            found += [
                Evidence(field="weapons", provenance=self.words(*use.span))
                for use in telling.weapons
                if use.span
            ]
        return tuple(found)


def _tied(told: Sequence[Told]) -> list[Told]:
    """Give reports the ids of those that they follow from or are a part of."""
    ids = {id(one.happening): one.report.id for one in told}
    parents = [ids.get(id(one.happening.parent)) for one in told]
    return [
        one._replace(report=dataclasses.replace(one.report, parent_id=parent))
        for one, parent in zip(told, parents, strict=True)
    ]


def _target(tellings: Sequence[Telling]) -> Actor | None:
    """Return who was acted on: nobody who acts ("Russia … its attack on Russia's neighbor")."""
    acting = {t.attacker.name for t in tellings if t.attacker}
    return next((t.target for t in tellings if t.target and t.target.name not in acting), None)


def _is_gunman(telling: Telling) -> bool:
    name = telling.attacker.name.lower().split() if telling.attacker else []
    return any(word in words("classes", "gunman") for word in name)


def _refines(event_type: EventType, best: EventType, classes: set[str]) -> bool:
    return event_type.refines == best.name and all(kind in classes for kind in event_type.weapons)


def _width(first: date | None, last: date | None) -> int:
    return (last - first).days if first and last else 0
