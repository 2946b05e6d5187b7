"""One cue with everything that its sentence tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extract.places import PlaceLinker, path_length
from geomap.extract.actors import ActorReader
from geomap.extract.arsenal import WeaponUse, find_weapons
from geomap.extract.claims import Claim, claim_of
from geomap.extract.cues import Cue, find_cues
from geomap.extract.dates import TimeExpression, find_times
from geomap.extract.lexicon import words
from geomap.extract.modality import Modality, modality_of
from geomap.extract.tolls import Toll, TollReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.extract.syntax import Syntax
    from geomap.model import Actor, Resolution
    from geomap.ontology import Ontology


@dataclass(slots=True, kw_only=True)
class Telling:
    """A cue with its slots. ``places`` are numbers of mentions."""

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


class Reader:
    """Reads the tellings of one document."""

    def __init__(
        self, syntax: Syntax, resolutions: tuple[Resolution, ...], ontology: Ontology
    ) -> None:
        self._syntax = syntax
        self._resolutions = resolutions
        self._ontology = ontology
        self.times = find_times(syntax.text, syntax.annotation.document.published)
        self._actors = ActorReader(syntax, resolutions)
        self._tolls = TollReader(syntax).tolls()
        self._weapons = find_weapons(syntax)
        self._linker = PlaceLinker(syntax)

    def tellings(self) -> list[Telling]:
        """Return the tellings in text order, with dates, tolls and weapons given to the nearest."""
        cues = find_cues(self._syntax, self._ontology)
        tellings = [self._telling(cue) for cue in cues]
        by_sentence: dict[int, list[Telling]] = {}
        for telling in tellings:
            by_sentence.setdefault(telling.sentence, []).append(telling)
        self.loose_tolls = self._give_tolls(by_sentence)
        self._give_times(by_sentence)
        self._give_weapons(by_sentence)
        return tellings

    def _telling(self, cue: Cue) -> Telling:
        syntax = self._syntax
        dets = {syntax.words[d] for d in syntax.with_dep(cue.index, "det", "amod", "poss")}
        return Telling(
            cue=cue,
            sentence=syntax.sentence_of[cue.index],
            modality=modality_of(syntax, cue),
            claim=claim_of(syntax, cue, self._resolutions),
            places=[link.mention for link in self._linker.links(cue.index)],
            attacker=self._actors.attacker(cue),
            target=self._actors.target(cue),
            definite=bool(dets & _DEFINITE),
            fresh=bool(dets & _FRESH),
        )

    def _give_tolls(self, by_sentence: dict[int, list[Telling]]) -> list[Toll]:
        """Give each toll to the nearest cue of its sentence; return those that have none."""
        loose = []
        for toll in self._tolls:
            if self._is_total(toll):
                continue
            sentence = self._syntax.sentence_of[toll.index]
            owner = self._nearest(toll.index, by_sentence.get(sentence, ()))
            if owner is None:
                loose.append(toll)
            else:
                owner.tolls.append(toll)
        return loose

    def _is_total(self, toll: Toll) -> bool:
        """Tell whether a toll is a total since some day, of a war rather than of an event."""
        sentence = self._syntax.sentence(toll.index)
        return any(
            time.cumulative and sentence.start <= time.start < sentence.end for time in self.times
        )

    def _give_times(self, by_sentence: dict[int, list[Telling]]) -> None:
        for time in self.times:
            indices = self._syntax.span_tokens(time.start, time.end)
            if not indices or time.cumulative:
                continue
            head = self._syntax.head_of_span(time.start, time.end)
            sentence = self._syntax.sentence_of[indices[0]]
            if head is None or self._dates_speech(head):
                continue
            owner = self._nearest(head, by_sentence.get(sentence, ()))
            if owner is not None and owner.time is None:
                owner.time = time

    def _dates_speech(self, head: int) -> bool:
        """Tell whether the day is that of a verb of saying ("said on Monday")."""
        for above in self._syntax.ancestors(head):
            if self._syntax.tokens[above].pos in {"VERB", "AUX"}:
                lemma = self._syntax.lemmas[above]
                return lemma in words("speech", "says") or lemma in words("speech", "claims")
            if self._syntax.tokens[above].pos in {"NOUN", "PROPN"}:
                return False
        return False

    def _give_weapons(self, by_sentence: dict[int, list[Telling]]) -> None:
        for use in self._weapons:
            sentence = self._syntax.sentence_of[use.index]
            owner = self._nearest(use.index, by_sentence.get(sentence, ()))
            if owner is not None:
                owner.weapons.append(use)

    def _nearest(self, index: int, tellings: Iterable[Telling]) -> Telling | None:
        best: tuple[int, int, Telling] | None = None
        for telling in tellings:
            steps = path_length(self._syntax, index, telling.cue.index)
            if steps is None:
                continue
            key = (steps, abs(index - telling.cue.index))
            if best is None or key < best[:2]:
                best = (*key, telling)
        return best[2] if best else None


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "latest"})
_FRESH = frozenset({"another", "separate", "second", "new", "third", "fresh", "different", "other"})


def asserted(tellings: Sequence[Telling]) -> list[Telling]:
    """Return the tellings of what happened."""
    return [telling for telling in tellings if telling.modality is Modality.ASSERTED]
