"""Read on for the place of an event whose sentence names only a country or a province, or none.

News tells first that a bus crashed "in western Mexico", and then that the truck "tipped over near
Jala". What goes on with the same scene has no word for an event, and so no telling of its own. Only
events of one spot are read on for: a storm or an earthquake is where its country is as well.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.homes import is_of_people, is_speakers
from geomap.extraction.lexicon import words
from geomap.extraction.modality import Modality
from geomap.extraction.passing import in_passing
from geomap.extraction.places import NO_GROUND
from geomap.extraction.relevance import WIDE
from geomap.extraction.scenery import goes_on, verb_above
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.model import Place, Resolution
    from geomap.ontology import EventType

_SENTENCES = 4
_AREAS = WIDE | {PlaceKind.ADMIN1, PlaceKind.REGION}
_ONE_SPOT = frozenset({"transport", "technological", "violence", "strike", "battle"})
_WARS = frozenset({"strike", "battle"})  # one attack follows another
_ONE_SPOT_TYPES = frozenset({"landslide", "fire"})
_NOWHERE = frozenset({"detention"})  # where somebody is held next is another matter
_EPICENTERS = frozenset({"epicenter", "epicentre", "hypocenter", "hypocentre"})
_CENTERED = frozenset({"center", "centre"})
_WRECKED = frozenset({"plane_crash", "shipwreck"})
_WRECKS = frozenset({"wreckage", "wreck", "debris", "hull"})
_WITNESSES = frozenset({"witness", "eyewitness", "resident", "villager", "neighbor", "neighbour"})
_ALL_OVER = frozenset({"across", "throughout", "around"})


class Sequels:
    """Places the tellings of one document by the sentences behind them."""

    def __init__(
        self,
        syntax: Syntax,
        resolutions: Sequence[Resolution],
        types: Mapping[str, EventType],
        by_sentence: Mapping[int, list[Telling]],
    ) -> None:
        self._syntax = syntax
        self._resolutions = resolutions
        self._types = types
        self._by_sentence = by_sentence

    def give(self) -> None:
        """Narrow the places of all tellings that the text goes on with."""
        placed: set[str] = set()  # families of what was told with a town before
        for sentence in sorted(self._by_sentence):
            for telling in self._by_sentence[sentence]:
                family = self._types[telling.cue.type].family
                center = self._epicenter(telling)
                telling.places = center or telling.places or self._wreck(telling)
                again = telling.time is None and family in placed
                if self._is_open(telling) and not again:
                    telling.places = [*self._found(telling)] or telling.places
                if any((p := self._place(m)) and p.kind not in _AREAS for m in telling.places):
                    placed.add(family)

    def _epicenter(self, telling: Telling) -> list[int]:
        """Return the place of the epicenter of a quake, told with it or shortly after."""
        syntax = self._syntax
        places = [self._place(m) for m in telling.places]
        wide = all(p is not None and p.kind in _AREAS | {PlaceKind.ISLAND} for p in places)
        if self._types[telling.cue.type].family != "geophysical" or not wide:
            return []
        first = syntax.annotation.sentences[telling.sentence].first
        last = min(telling.sentence + 2, len(syntax.annotation.sentences) - 1)
        for index in range(first, syntax.annotation.sentences[last].last):
            verbal = syntax.lemmas[index] in _CENTERED and syntax.tokens[index].pos == "VERB"
            if not verbal and syntax.lemmas[index] not in _EPICENTERS:
                continue
            verb = syntax.clause_of(index) if syntax.tokens[index].dep == "nsubj" else index
            below = sorted(i for i in syntax.subtree(verb) if i > index)
            return [syntax.mention_at[i] for i in below if i in syntax.mention_at][:1]
        return []

    def _wreck(self, telling: Telling) -> list[int]:
        """Return where the wreck of what went missing was found, told with it or beside it."""
        if telling.cue.type not in _WRECKED:
            return []
        last = len(self._syntax.annotation.sentences) - 1
        for number in range(max(0, telling.sentence - 1), min(telling.sentence + 2, last) + 1):
            sentence = self._syntax.annotation.sentences[number]
            words_of = self._syntax.lemmas[sentence.first : sentence.last]
            if not _WRECKS.isdisjoint(words_of):
                return [m for m in self._mentions(number) if self._is_found_at(m, telling)][:1]
        return []

    def _is_open(self, telling: Telling) -> bool:
        """Tell whether an event of one spot is so far only known to be in a wide area."""
        kind = self._types[telling.cue.type]
        spot = kind.family in _ONE_SPOT or kind.name in _ONE_SPOT_TYPES
        if not spot or kind.name in _NOWHERE or telling.definite or telling.headline:
            return False
        if telling.modality is not Modality.ASSERTED or telling.plural:
            return False
        if in_passing(self._syntax, telling.cue.index) is not None:
            return False  # what goes on is about something else
        places = [self._place(m) for m in telling.places]
        return all(p is not None and p.kind in _AREAS for p in places) and not any(
            self._is_all_over(m) for m in telling.places
        )

    def _is_all_over(self, mention: int) -> bool:
        span = self._syntax.annotation.mentions[mention]
        before = self._syntax.span_tokens(span.start, span.end).start - 1
        return before >= 0 and self._syntax.words[before] in _ALL_OVER

    def _place(self, mention: int) -> Place | None:
        return self._resolutions[mention].place if mention < len(self._resolutions) else None

    def _found(self, telling: Telling) -> Iterator[int]:
        """Yield the first mention inside the wide area that the next sentences put the scene at."""
        wholes = [place for m in telling.places if (place := self._place(m)) is not None]
        last = len(self._syntax.annotation.sentences)
        for number in range(telling.sentence + 1, min(telling.sentence + 1 + _SENTENCES, last)):
            others = [t for t in self._by_sentence.get(number, []) if self._is_another(t)]
            if others:
                told = [m for t in others[:1] if self._is_retold(t, telling) for m in t.places]
                yield from [m for m in told if self._is_inside(m, wholes)][:1]
                return
            mentions = self._mentions(number)
            found = [m for m in mentions if self._is_scene(m, telling)]
            found += [m for m in mentions if telling.places and self._is_witnessed(m)]
            inside = [m for m in found if self._is_inside(m, wholes)]
            yield from sorted(inside, key=lambda m: not self._is_settled(m))[:1]
            if inside:
                return

    def _is_settled(self, mention: int) -> bool:
        """Tell whether a place is a town or a part of one, rather than a river or a road."""
        place = self._place(mention)
        if place is None:
            last = self._resolutions[mention].mention.text.lower().rpartition(" ")[2]
            return last not in words("linking", "landforms")
        return place.kind in {PlaceKind.CITY, PlaceKind.DISTRICT}

    def _is_another(self, telling: Telling) -> bool:
        """Tell whether a sentence tells of something with a place of its own, that came after."""
        before = self._syntax.with_dep(telling.cue.index, "aux")
        if any(self._syntax.words[i] == "had" for i in before):
            return False  # "the farmers had blocked a road outside X": the scene
        return telling.modality is Modality.ASSERTED and bool(telling.places)

    def _is_retold(self, later: Telling, telling: Telling) -> bool:
        """Tell whether a telling with no day of its own may go on with one of its kind."""
        other_day = later.time is not None and later.time != telling.time
        if later.cue.type in _NOWHERE or later.fresh or later.plural or other_day:
            return False
        if later.definite and not later.cue.verbal and not later.opens_place:
            return True  # "the blast happened in X"
        kinds = [self._types[t.cue.type] for t in (later, telling)]
        families = {kind.family for kind in kinds}
        if kinds[0].name == "damage" and not kinds[1].effect:
            return not later.opens_place  # "windows were shattered in X"
        return len(families) == 1 and families.isdisjoint(_WARS)

    def _mentions(self, number: int) -> list[int]:
        sentence = self._syntax.annotation.sentences[number]
        tokens = range(sentence.first, sentence.last)
        return sorted({m for i in tokens if (m := self._syntax.mention_at.get(i)) is not None})

    def _is_inside(self, mention: int, wholes: Sequence[Place]) -> bool:
        place = self._place(mention)
        if place is None or not wholes:
            return True  # a village that nobody lists
        if place.kind in _AREAS:
            return False
        return any(
            whole.id in place.parents
            or (whole.country is not None and whole.country == place.country and _is_vague(whole))
            for whole in wholes
        )

    def _is_scene(self, mention: int, telling: Telling) -> bool:
        """Tell whether a name says where the scene of an event is, and nobody's home or way."""
        verb = self._scene_verb(mention, telling)
        if verb is None:
            return False
        return bool(telling.places) or self._is_of_what_was_told(verb, telling)

    def _is_witnessed(self, mention: int) -> bool:
        """Tell whether those speak from a place who saw it: "witnesses in X said"."""
        syntax = self._syntax
        span = syntax.annotation.mentions[mention]
        head = syntax.head_of_span(span.start, span.end)
        above = islice(syntax.ancestors(head), 2) if head is not None else ()
        governors = [i for i in above if syntax.tokens[i].pos == "NOUN"]
        return any(
            syntax.lemmas[i] in _WITNESSES and syntax.tokens[i].dep == "nsubj" for i in governors
        )

    def _is_found_at(self, mention: int, telling: Telling) -> bool:
        span = self._syntax.annotation.mentions[mention]
        head = self._syntax.head_of_span(span.start, span.end)
        if head is None or is_of_people(self._syntax, span, telling.cue):
            return False
        return span.use not in NO_GROUND and verb_above(self._syntax, head) is not None

    def _scene_verb(self, mention: int, telling: Telling) -> int | None:
        """Return the verb of a clause that goes on with a scene, where a name says where it is."""
        syntax = self._syntax
        span = syntax.annotation.mentions[mention]
        head = syntax.head_of_span(span.start, span.end)
        if head is None or span.use in NO_GROUND or is_speakers(syntax, span):
            return None
        if is_of_people(syntax, span, telling.cue):
            return None
        # Parsers may tear a foreign name: "on Morro do Curumim".
        first = syntax.span_tokens(span.start, span.end)[0]
        verbs = [verb_above(syntax, i) for i in dict.fromkeys((head, first))]
        return next((v for v in verbs if v is not None and goes_on(syntax, v)), None)

    def _is_of_what_was_told(self, verb: int, telling: Telling) -> bool:
        """Tell whether a clause is about a thing of the event: "a mine caved in. The mine is"."""
        syntax = self._syntax
        sentence = syntax.annotation.sentences[telling.sentence]
        told = {syntax.lemmas[i] for i in range(sentence.first, sentence.last)}
        return any(
            syntax.lemmas[i] in told
            and any(syntax.words[d] == "the" for d in syntax.with_dep(i, "det"))
            for i in syntax.with_dep(verb, "nsubj", "nsubjpass")
        )


def _is_vague(whole: Place) -> bool:
    """Tell whether an area has no members listed, so that its country must do."""
    return whole.kind in {PlaceKind.COUNTRY, PlaceKind.REGION}
