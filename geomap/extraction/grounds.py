"""Places told without a name of their own: "Ukrainian cities", "its airspace", "the city".

Also names behind a general word: "several cities, including Lviv", "the border with Poland".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words
from geomap.extraction.roles import NEARBY
from geomap.extraction.scenery import only_describes
from geomap.model import PlaceKind, noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax

_PREPOSITIONS = (
    "on",
    "in",
    "at",
    "throughout",
    "against",
    "of",
    "across",
    "over",
    "into",
    "inside",
    "near",
    "outside",
    "around",
    "through",
    "to",
)
_TOWNS = frozenset({PlaceKind.CITY})
_QUARTERS = frozenset({PlaceKind.DISTRICT, PlaceKind.CITY})
_ANAPHORS = {
    "city": _TOWNS,
    "capital": _TOWNS,
    "town": _TOWNS,
    "village": _TOWNS,
    "region": frozenset({PlaceKind.ADMIN1, PlaceKind.REGION}),
    "province": frozenset({PlaceKind.ADMIN1}),
    "district": frozenset({PlaceKind.DISTRICT, PlaceKind.ADMIN2}),
    "neighborhood": _QUARTERS,
    "neighbourhood": _QUARTERS,
    "quarter": _QUARTERS,
    "suburb": _QUARTERS,
    "slum": _QUARTERS,
    "favela": _QUARTERS,
    "township": _QUARTERS,
    "island": frozenset({PlaceKind.ISLAND}),
    "country": frozenset({PlaceKind.COUNTRY}),
    "there": frozenset({PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.FACILITY}),
}
_CITIES = frozenset({"city", "town"})
_NOUNS = words("grammar", "grounds_nouns")
_OWNED = frozenset({"airspace", "territory", "soil", "waters"})
_EXAMPLES = frozenset({"including", "like", "as"})
_LESSER = frozenset({"provincial", "regional", "state", "district", "county", "commercial"})
_PARTS = frozenset({"part", "quarter", "area", "district", "neighborhood", "suburb", "half"})
_DEPTH = 3
_BEFORE_WHERE = 4


@noun
class Ground:
    """Mentions that give an event its ground; ``owned`` when it is said whose ground it is."""

    mentions: tuple[int, ...] = ()
    owned: bool = False


class Grounds:
    """Finds the ground that general nouns of place give to an event."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax

    def of(self, cue: Cue) -> Ground:
        """Return the mentions that say what ground an event is on."""
        for index in self._nouns(cue):
            if self._is_ground(index):
                found = self._examples(index) or self._owner(index) or self._beyond(index)
                if found:
                    return Ground(mentions=found, owned=self._syntax.lemmas[index] in _OWNED)
        return Ground()

    def _is_ground(self, index: int) -> bool:
        """Tell whether a noun is one of place, or a name that nobody lists: "Peru's Andes"."""
        syntax = self._syntax
        entity = syntax.entity_at.get(index)
        person = entity is not None and syntax.annotation.entities[entity].label == "PERSON"
        unknown = syntax.tokens[index].tag == "NNP" and index not in syntax.mention_at
        if syntax.lemmas[index] in words("linking", "wards"):
            return False  # where somebody is taken
        return (
            (unknown and not person)
            or syntax.lemmas[index] in _NOUNS
            or syntax.words[index] in _NOUNS
        )

    def where(self, cue: Cue) -> tuple[int, ...]:
        """Return the place before "where": "Belgorod, where an attack killed 25"."""
        syntax = self._syntax
        for above in (cue.index, *syntax.ancestors(cue.index)):
            for child in syntax.with_dep(above, "advmod"):
                if syntax.words[child] != "where" or child > cue.index:
                    continue
                for before in range(child - 1, max(-1, child - _BEFORE_WHERE), -1):
                    if before in syntax.mention_at:
                        return self._nested(before)
        return ()

    def inside(self, cue: Cue, mentions: Sequence[int]) -> set[int]:
        """Return names that tell the ground more closely: "near X in Y", "fire that hit X"."""
        syntax = self._syntax
        found: set[int] = set()
        for mention in mentions:
            span = syntax.annotation.mentions[mention]
            head = syntax.head_of_span(span.start, span.end)
            if head is not None:
                found.update(self._nested(head))
        for clause in syntax.with_dep(cue.index, "relcl", "acl"):
            around = syntax.prepositional(clause, *NEARBY)
            found.update(syntax.mention_at[i] for i in around if i in syntax.mention_at)
        return found

    def _nested(self, index: int) -> tuple[int, ...]:
        """Return the names of "X in Y" and "a forest near X in Y", the inner one first."""
        syntax = self._syntax
        found = [syntax.mention_at[index]]
        inside = syntax.prepositional(index, "of", "in")  # "Sector 9 of X"
        found += [syntax.mention_at[i] for i in inside if i in syntax.mention_at]
        # "Korangi, an industrial area of Karachi"
        for part in syntax.with_dep(index, "appos"):
            if syntax.lemmas[part] in words("linking", "areas"):
                whole = syntax.prepositional(part, "of", *NEARBY)
                found += [syntax.mention_at[i] for i in whole if i in syntax.mention_at]
        for above in list(syntax.ancestors(index))[:_DEPTH]:
            if syntax.tokens[above].pos in {"VERB", "AUX"}:
                break
            around = [above, *syntax.prepositional(above, *NEARBY)]
            found += [syntax.mention_at[i] for i in around if i in syntax.mention_at]
        return tuple(sorted(set(found)))

    def names_capital(self, cue: Cue) -> bool:
        """Tell whether the ground is a country's capital, not "the region's capital"."""
        syntax = self._syntax
        return any(
            syntax.lemmas[index] == "capital"
            and not any(syntax.words[i] in _LESSER for i in syntax.with_dep(index, "amod"))
            and all(i in syntax.mention_at for i in syntax.with_dep(index, "poss"))
            for index in self._nouns(cue)
        )

    def anaphor(self, cue: Cue) -> frozenset[PlaceKind]:
        """Return the kinds of place that "the city" or "there" near the cue may stand for."""
        noun = self._anaphoric(cue)
        if noun is not None:
            return _ANAPHORS[self._syntax.lemmas[noun]]
        return _ANAPHORS["there"] if self.is_there(cue) else frozenset()

    def names_city(self, cue: Cue) -> bool:
        """Tell whether an event was in "the city" or "the town", of whatever name."""
        noun = self._anaphoric(cue)
        return noun is not None and self._syntax.lemmas[noun] in _CITIES

    def _anaphoric(self, cue: Cue) -> int | None:
        """Return the noun of place near the cue that stands for a place named before."""
        syntax = self._syntax
        for index in (*self._nouns(cue), *self._nouns_above(cue)):
            dets = {syntax.words[d] for d in syntax.with_dep(index, "det")}
            known = dets & {"the", "this", "that"} or syntax.with_dep(index, "poss")
            if known and syntax.lemmas[index] in _ANAPHORS:
                return index
        return None

    def _nouns_above(self, cue: Cue) -> list[int]:
        """Return what was hit, and where those were killed whom something then hit.

        "The town was swamped", "two died in the city when a mine exploded".
        """
        syntax, token = self._syntax, self._syntax.tokens[cue.index]
        if not cue.verbal:
            return []
        found = syntax.with_dep(cue.index, "nsubjpass")
        if token.dep == "advcl":
            found += syntax.prepositional(token.head, *NEARBY)
        return found

    def is_there(self, cue: Cue) -> bool:
        """Tell whether an event was "there", with its verb or with what stands behind it."""
        syntax = self._syntax
        clause = syntax.clause_of(cue.index)
        nouns = [*syntax.objects(clause), *syntax.prepositional(clause)]
        return any(
            syntax.words[child] == "there"
            for above in (clause, cue.index, *nouns)
            for child in syntax.with_dep(above, "advmod")
        )

    def is_at_known_site(self, cue: Cue) -> bool:
        """Tell whether an event was at a thing that the text has told of: "raided the camp"."""
        syntax = self._syntax
        return any(
            syntax.lemmas[index] in words("linking", "buildings")
            and any(syntax.words[d] == "the" for d in syntax.with_dep(index, "det"))
            and not any(i in syntax.mention_at for i in syntax.modifiers(index))
            for index in self._nouns(cue)
        )

    def is_its_part(self, cue: Cue) -> bool:
        """Tell whether an event hit a part of the town told before: "its airport was shelled"."""
        syntax = self._syntax
        return any(
            syntax.lemmas[index] in words("linking", "sites") | words("linking", "buildings")
            and any(syntax.words[i] == "its" for i in syntax.with_dep(index, "poss"))
            for index in (*self._nouns(cue), *self._nouns_above(cue))
        )

    def _nouns(self, cue: Cue) -> Iterator[int]:
        """Yield the nouns that the cue, or the verb it is an argument of, is located by."""
        syntax = self._syntax
        found = syntax.prepositional(cue.index, *_PREPOSITIONS)
        if cue.verbal:
            found = syntax.objects(cue.index) + found
            # "some quarters of the city lost electricity"
            found += [
                place
                for subject in syntax.subjects(cue.index)
                if syntax.lemmas[subject] in _PARTS
                for place in syntax.prepositional(subject, "of", "in")
            ]
        head = syntax.tokens[cue.index].head
        if cue.verbal and syntax.tokens[cue.index].dep == "conj":
            # "walked into a bar in the Kenyan capital and opened fire"
            found += syntax.objects(head) + syntax.prepositional(head, *_PREPOSITIONS)
        if syntax.tokens[head].pos == "VERB" and syntax.tokens[cue.index].dep in _ARGUMENTS:
            found += syntax.prepositional(head, *_PREPOSITIONS)
            if syntax.tokens[cue.index].dep in {"nsubj", "nsubjpass"}:
                found += syntax.objects(head)
        # "shot dead by soldiers in the capital", where parsers hang the place on the soldiers
        for agent in syntax.subjects(cue.index) if syntax.is_passive(cue.index) else ():
            found += syntax.prepositional(agent, "in", "at", "near")
        for _ in range(_DEPTH):
            yield from found
            found = [n for index in found for n in syntax.prepositional(index, "of", *NEARBY)]

    def _examples(self, index: int) -> tuple[int, ...]:
        """Read "several cities, including A and B"."""
        syntax = self._syntax
        for prep in syntax.with_dep(index, "prep"):
            if syntax.words[prep] in _EXAMPLES:
                objects = syntax.prepositional(index, syntax.words[prep])
                return tuple(syntax.mention_at[i] for i in objects if i in syntax.mention_at)
        return ()

    def _owner(self, index: int) -> tuple[int, ...]:
        syntax = self._syntax
        for modifier in syntax.modifiers(index):
            number = syntax.mention_at.get(modifier)
            if number is None:
                continue
            if not only_describes(syntax, syntax.annotation.mentions[number]):
                return (number,)
        if any(syntax.tokens[i].tag == "PRP$" for i in syntax.with_dep(index, "poss")):
            return self._antecedent(index)
        return ()

    def _beyond(self, index: int) -> tuple[int, ...]:
        """Read "the border with A", "the coast of A"."""
        syntax = self._syntax
        edge = syntax.lemmas[index] in {"border", "frontier"}
        objects = syntax.prepositional(index, *(("with", "between", "to") if edge else ("of",)))
        beyond = tuple(syntax.mention_at[i] for i in objects if i in syntax.mention_at)
        own = edge and beyond and syntax.with_dep(index, "poss")
        return (*self._subject(index), *beyond) if own else beyond

    def _subject(self, index: int) -> tuple[int, ...]:
        """Return the country whose border "its" is: "Poland sent jets to patrol its border"."""
        syntax = self._syntax
        for above in syntax.ancestors(index):
            for subject in syntax.subjects(above):
                if subject in syntax.mention_at:
                    return (syntax.mention_at[subject],)
        return ()

    def _antecedent(self, index: int) -> tuple[int, ...]:
        """Return the place that "its" stands for: a place that speaks in a verb above.

        "Poland said that an object violated its airspace."
        """
        syntax = self._syntax
        for above in syntax.ancestors(index):
            if syntax.lemmas[above] not in _SPEAKING:
                continue
            for subject in syntax.subjects(above):
                if subject in syntax.mention_at:
                    return (syntax.mention_at[subject],)
        return ()


_SPEAKING = sayings() | words("linking", "reactions")
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj"})
