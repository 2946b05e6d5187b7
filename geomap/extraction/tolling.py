"""Give each toll to the happening that did the harm."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction.background import is_background
from geomap.extraction.causes import is_occasion
from geomap.extraction.cueless import Cueless, cue_of
from geomap.extraction.forerunners import BODILY, Forerunners
from geomap.extraction.homes import is_of_people, is_source
from geomap.extraction.lexicon import sayings
from geomap.extraction.modality import Modality
from geomap.extraction.pairs import DISASTERS
from geomap.extraction.scene import ELSEWHEN
from geomap.extraction.stretches import is_total
from geomap.extraction.tolls import STRUCK, TollReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.extraction.cues import Cue
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling
    from geomap.extraction.tolls import Toll

_ACTED_ON = {"detention": "detained", "evacuation": "displaced"}
_HARM_THINGS = frozenset({"damage", "utility_outage"})
_SEVERAL = 2
_GROUNDS = frozenset({"against", "about", "by", "for"})  # what people protest against
_BEFORE_HARM = frozenset({"after", "when", "as"})
_SOME = frozenset({"including", "among"})
_DEPENDENT = frozenset({"advcl", "acl", "relcl", "xcomp", "pcomp"})


class TollGiver:
    """Shares out the tolls of one document; ``tell`` makes a telling of a cue."""

    def __init__(self, scene: Scene, tell: Callable[[Cue], Telling]) -> None:
        self._scene = scene
        self._before = Forerunners(scene)
        self._cueless = Cueless(scene, tell, self._before)

    def give(self) -> None:
        """Give each toll to the nearest cue; one that has none, or another place, tells its own."""
        self._give_their_cause()
        reader = TollReader(self._scene.syntax)
        tolls = reader.tolls()
        self._give_patients(reader, {toll.index for toll in tolls})
        self._scene.linker.prepare(map(self._anchor, tolls))
        for told in tolls:
            owner = None if self._before.is_of_known(told) else self._owner(told)
            toll = dataclasses.replace(told, joint=self._is_joint(told, owner))
            if is_total(self._scene, toll, owner) or self._is_found_where(toll, owner):
                continue
            if self._is_of_background(toll):
                continue
            places = self._places(toll)
            if owner is not None and places and places[0] not in owner.places:
                places = [mention for mention in places if mention not in owner.places]
            if owner is not None and self._is_of_before(toll, owner):
                self._cueless.tell(toll, places, led_to=owner)
                continue
            if owner is not None and (toll.risen or owner.cue.index in self._doers(toll)):
                owner.tolls.append(toll)
            elif owner is None or self._is_apart(toll, owner, places):
                self._cueless.tell(toll, places)
            elif self._coordinated(owner):
                self._coordinated(owner)[0].tolls.append(toll)
            elif len(toll.parts) > 1 and not owner.tolls and not self._is_wide(owner):
                self._divide_toll(toll, owner)
            else:
                owner.tolls.append(toll)

    def _doers(self, toll: Toll) -> list[int]:
        """Return what did harm: the subject of the word of harm, or of what "left four dead"."""
        syntax = self._scene.syntax
        verb = syntax.tokens[toll.index].head
        left = syntax.subjects(verb) if syntax.lemmas[verb] == "leave" else []
        return syntax.subjects(toll.index) + left

    def _is_where(self, index: int) -> bool:
        """Tell whether a clause says what a place is known for: "a plant where 13 were killed"."""
        syntax = self._scene.syntax
        clause = syntax.clause_of(index)
        where = any(syntax.words[i] == "where" for i in syntax.with_dep(clause, "advmod"))
        return where and syntax.tokens[clause].dep == "relcl"

    def _is_joint(self, toll: Toll, owner: Telling | None) -> bool:
        """Tell whether nouns of two events are told before a toll: "Floods, landslide kill 19"."""
        if owner is None or owner.cue.verbal:
            return False
        before = [t.cue for t in self._harmful(toll) if t.cue.index < toll.index]
        return any(not cue.verbal and cue.type != owner.cue.type for cue in before)

    def _is_of_before(self, toll: Toll, owner: Telling) -> bool:
        """Tell whether people were harmed before an event: "riots over the death of a boy"."""
        syntax = self._scene.syntax
        if syntax.crosses(toll.index, owner.cue.index, ELSEWHEN):
            return True
        follows = any(
            syntax.lemmas[verb] == "follow" and owner.cue.index in syntax.subjects(verb)
            for verb in syntax.ancestors(toll.index)
        )
        unrest = self._scene.types[owner.cue.type].family == "unrest"
        told = syntax.tokens[toll.index].pos == "NOUN" and toll.kind == "killed"
        grounds = told and syntax.crosses(toll.index, owner.cue.index, _GROUNDS)
        return follows or (unrest and (grounds or self._is_where(toll.index)))

    def _is_of_background(self, toll: Toll) -> bool:
        """Tell whether what did the harm is only told to compare: "in 2004 a fire killed 194"."""
        if is_background(self._scene.syntax, toll.index):
            return True
        subjects = set(self._scene.syntax.subjects(toll.index))
        return any(
            t.modality is Modality.BACKGROUND and t.cue.index in subjects
            for t in self._scene.around(toll.index)
        )

    def _give_patients(self, reader: TollReader, told: set[int]) -> None:
        """Count whom the police rounded up and who was brought out: whom such verbs act on."""
        for tellings in self._scene.by_sentence.values():
            for telling in tellings:
                kind = _ACTED_ON.get(telling.cue.type)
                if kind is None or not telling.cue.verbal or told & set(_span(telling.cue)):
                    continue
                toll = reader.of_verb(telling.cue.index, kind)
                telling.tolls += [toll] if toll else []

    def _owner(self, toll: Toll) -> Telling | None:
        """Return the nearest event that may have done the harm.

        What did not happen harmed nobody, but where the toll is told of it: "denied that it killed
        two", not "the strongest storm to hit Japan this year killed nine".
        """
        tellings = self._harmful(toll)
        above = set(self._scene.syntax.ancestors(toll.index))
        real = [
            t
            for t in tellings
            if (t.modality is Modality.ASSERTED or t.cue.index in above | {toll.index})
            and not self._is_of_some(t, toll)
        ]
        by = self._causes(toll).union(self._scene.syntax.subjects(toll.index))
        done_by = [t for t in real if t.cue.index in by]
        owner = self._scene.nearest(toll.index, done_by or real) or self._parted(toll, real)
        if owner is None or len(toll.parts) < _SEVERAL:
            return owner
        # "Shelling caused the death of one in X and one in Y": the noun is what is divided.
        subjects = self._scene.syntax.subjects(owner.cue.index)
        return next((t for t in real if t.cue.index in subjects), owner)

    def _is_of_some(self, telling: Telling, toll: Toll) -> bool:
        """Tell whether only some met an event: "16 were hurt, among them two hit in a gunfight"."""
        words_ = self._scene.syntax.words[toll.index : telling.cue.index]
        marks = [i for i, word in enumerate(words_) if word in _SOME]
        return bool(marks) and "," not in words_[marks[-1] :]

    def _parted(self, toll: Toll, tellings: Sequence[Telling]) -> Telling | None:
        """Return what a semicolon parts from a toll: "winds dashed a ferry; a sailor was hurt".

        What has a day of its own is something else: "; in January, 30 died".
        """
        syntax = self._scene.syntax
        first = syntax.sentence(toll.index).first
        parts = [i for i in range(first, toll.index) if syntax.words[i] == ";"]
        before = [t for t in tellings if parts and t.cue.index < parts[-1] and not t.part]
        times = self._scene.times_around(toll.index)
        dated = parts and any(time.start > syntax.tokens[parts[-1]].start for time in times)
        acts = [t for t in before if syntax.tokens[t.cue.index].dep not in _DEPENDENT] or before
        return acts[-1] if acts and not dated else None

    def _causes(self, toll: Toll) -> set[int]:
        """Return the verbs that a participle of harm goes on with: "gave way, killing six"."""
        syntax = self._scene.syntax
        top = syntax.top_conjunct(toll.index)
        token = syntax.tokens[top]
        if token.dep != "advcl" or token.tag != "VBG":
            return set()
        verbs = syntax.conjuncts(syntax.top_conjunct(token.head))
        if syntax.lemmas[token.head] in sayings():  # "mud swept away a bus, killing six, he said"
            verbs += syntax.with_dep(token.head, "ccomp")
        return {*verbs, *(noun for verb in verbs for noun in syntax.subjects(verb))}

    def _anchor(self, toll: Toll) -> int:
        """Return the word that places hang on: bodies are where they were found."""
        syntax = self._scene.syntax
        return syntax.clause_of(toll.index) if syntax.lemmas[toll.index] == "body" else toll.index

    def _is_found_where(self, toll: Toll, owner: Telling | None) -> bool:
        """Tell whether bodies are found where something went on: it need not have killed them."""
        syntax = self._scene.syntax
        if owner is None or syntax.lemmas[toll.index] != "body":
            return False
        return self._is_where(owner.cue.index)

    def _places(self, toll: Toll) -> list[int]:
        """Return the places of a toll, most probable first."""
        syntax = self._scene.syntax
        found = self._scene.linker.links(self._anchor(toll))
        if not found and not self._scene.by_sentence.get(syntax.sentence_of[toll.index]):
            found = [k for i in self._what_harmed(toll) for k in self._scene.linker.links(i)]
        links = sorted(found, key=lambda link: -link.probability)
        mentions = syntax.annotation.mentions
        cue = cue_of(toll)
        return [
            n.mention
            for n in links
            if not is_of_people(syntax, mentions[n.mention], cue)
            and not is_source(syntax, mentions[n.mention])
        ]

    def _what_harmed(self, toll: Toll) -> Iterator[int]:
        """Yield the verb of what came before harm: "two died after a truck ran into X"."""
        syntax, last = self._scene.syntax, self._scene.syntax.sentence(toll.index).last
        behind = range(toll.index + 1, last)
        after = next((i for i in behind if syntax.words[i] in _BEFORE_HARM), last)
        for index in range(after + 1, last):
            token = syntax.tokens[index]
            if token.tag in {"VBD", "VBN"} and token.pos == "VERB" and token.dep != "relcl":
                yield index
                return

    def _give_their_cause(self) -> None:
        """Let "killing 12" be where the verb it hangs on is: "crashed in X, killing 12"."""
        for tellings in self._scene.by_sentence.values():
            by_index = {t.cue.index: t for t in tellings}
            for telling in tellings:
                token = self._scene.syntax.tokens[telling.cue.index]
                cause = by_index.get(token.head)
                if telling.of_toll and token.dep == "advcl" and token.tag == "VBG" and cause:
                    telling.places = list(cause.places)

    def _harmful(self, toll: Toll) -> Sequence[Telling]:
        """Return what may have done the harm: evacuations kill nobody, damage only if alone."""
        tellings = self._scene.around(toll.index)
        if toll.kind in BODILY | {STRUCK}:
            tellings = [t for t in tellings if not self._before.is_harmless(t)]
        return [t for t in tellings if t.cue.type not in _HARM_THINGS] or tellings

    def _coordinated(self, owner: Telling) -> list[Telling]:
        """Return the cause that an effect is coordinated with: "crashed and caught fire"."""
        if not self._scene.types[owner.cue.type].effect:
            return []
        top = self._scene.syntax.top_conjunct(owner.cue.index)
        return [
            t
            for t in self._scene.by_sentence[owner.sentence]
            if not self._scene.types[t.cue.type].effect
            and self._scene.syntax.top_conjunct(t.cue.index) == top
        ]

    def _is_apart(self, toll: Toll, owner: Telling, places: list[int]) -> bool:
        """Tell whether a toll in another clause has a place that is not that of the cue."""
        if not places or not owner.places or set(places) & set(owner.places):
            return False
        clause = self._scene.syntax.clause_of(toll.index)
        if self._scene.syntax.tokens[clause].dep in _DEPENDENT:
            return False
        chain = {clause, *self._scene.syntax.ancestors(clause)}
        other = self._scene.syntax.clause_of(owner.cue.index)
        if is_occasion(self._scene.syntax, clause, other):
            return False  # "bodies were brought to X after a boat sank off Y"
        joined = self._scene.syntax.tokens[other].dep in {"conj", "ROOT", "parataxis"}
        return other != clause and (joined or other not in chain)

    def _is_wide(self, owner: Telling) -> bool:
        """Tell whether a toll by places is one toll: "drowned two in X and one in Y" of a flood."""
        return self._scene.types[owner.cue.type].family in DISASTERS

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
                self._scene.add(telling)


def _span(cue: Cue) -> range:
    return range(cue.first, cue.last)
