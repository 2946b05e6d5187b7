"""Give each telling its places: what the linker says, shared out among the cues of a sentence."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction import roles
from geomap.extraction.alongside import named_beside
from geomap.extraction.dividing import divide, leave_to_owner, leave_way
from geomap.extraction.grounds import Grounds
from geomap.extraction.homes import is_home, is_of_people, is_speakers, is_ward
from geomap.extraction.outlands import is_away
from geomap.extraction.places import NO_GROUND, OTHER_TIME
from geomap.extraction.published import dateline_end
from geomap.extraction.relevance import WIDE
from geomap.extraction.scenery import only_describes
from geomap.extraction.towns import TOWNS, Towns
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.extraction.cues import Cue
    from geomap.extraction.places import Link, PlaceLinker
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.model import Resolution

_SPOTS = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.FACILITY, PlaceKind.ADMIN2})
_WATERS = frozenset({PlaceKind.SEA, PlaceKind.LAKE})
_BROAD = WIDE | _WATERS | {PlaceKind.ADMIN1, PlaceKind.RIVER}
_CROWDED = frozenset({"protest", "riot", "blockade"})
_BY_POLICE = frozenset({"detention", "shooting"})
_AFTER = frozenset({"after"})
_NAMED_GROUND = frozenset({"volcano"})
_ON_LAND = frozenset({"road_accident", "train_derailment", "landslide", "protest", "riot"})
_CROWD = 24  # more events than this in one sentence are a list or a table
_AGAIN = 3  # sentences
_MARGIN = 0.8  # a place that fits two cues about equally well goes to both,
_LIKELY = 0.75  # and one that fits a cue so well by itself


class Placer:
    """Places the tellings of one document; ``by_sentence`` holds them by sentence number."""

    def __init__(
        self,
        syntax: Syntax,
        resolutions: tuple[Resolution, ...],
        linker: PlaceLinker,
        by_sentence: Mapping[int, list[Telling]],
    ) -> None:
        self._syntax = syntax
        self._resolutions = resolutions
        self._linker = linker
        self._grounds = Grounds(syntax)
        self._towns = Towns(syntax, resolutions)
        self._by_sentence = by_sentence
        end = dateline_end(syntax.text)
        self._dateline = [n for n, m in enumerate(syntax.annotation.mentions) if m.end <= end]
        self._first_placed = len(syntax.annotation.sentences)

    def give(self) -> None:
        """Give each place to the cue that it fits best; to several if it fits them alike."""
        for crowd in list(self._by_sentence.values()):
            for first in range(0, len(crowd), _CROWD):
                self._give_sentence(crowd[first : first + _CROWD])
        self._give_known_places()

    def _give_sentence(self, tellings: list[Telling]) -> None:
        """Give the places of one sentence, or of a part of a list of events."""
        scores = [{link.mention: link.probability for link in self._links(t.cue)} for t in tellings]
        for telling, own in zip(tellings, scores, strict=True):
            for mention in [m for m in own if self._is_elsewhere(m, telling)]:
                del own[mention]
        for telling, own in zip(tellings, scores, strict=True):
            best = {m: max(other.get(m, 0.0) for other in scores) for m in own}
            telling.places = sorted(
                m for m, p in own.items() if p >= min(_MARGIN * best[m], _LIKELY)
            )
        leave_to_owner(self._syntax, tellings)
        divide(self._syntax, tellings, scores)
        for telling in tellings:
            ground = self._grounds.of(telling.cue)
            named = tuple(m for m in ground.mentions if not self._is_of_people(m, telling))
            is_its_own = ground.owned or telling.places in ([], list(named))
            if named and is_its_own:
                telling.places = self._capital_of(telling.cue, named)
            elif not telling.places:
                telling.places = list(self._grounds.where(telling.cue)) or self._near(telling)
            if not any(map(self._is_spot, telling.places)):
                inner = self._grounds.inside(telling.cue, telling.places)
                telling.places = sorted({*telling.places, *inner})
        self._share_places(tellings)
        leave_way(self._syntax, tellings)
        self._give_from_clause(tellings)
        placed = [t.sentence for t in tellings if t.places]
        self._first_placed = min([self._first_placed, *placed])

    def _links(self, cue: Cue) -> list[Link]:
        """Return the links of a cue, or of the main word where the parser tore it: "shot dead"."""
        found = self._linker.links(cue.index)
        others = (i for i in range(cue.first, cue.last) if i != cue.index)
        roots = (i for i in others if not found and self._syntax.tokens[i].dep == "ROOT")
        return found or [link for i in roots for link in self._linker.links(i)]

    def _near(self, telling: Telling) -> list[int]:
        """Return the ground under the noun itself, or the town whose police made an arrest."""
        below = [m for m in roles.below(self._syntax, telling.cue) if self._is_narrow(m)]
        below = [m for m in below if not self._is_of_people(m, telling)]
        if not below and telling.cue.verbal:
            below = [m for m in roles.of_subject(self._syntax, telling.cue) if self._is_narrow(m)]
        if not below and telling.cue.type in _CROWDED:
            crowd = roles.of_goal(self._syntax, telling.cue)
            crowd += roles.of_crowd(self._syntax, telling.cue)
            below = [m for m in crowd if self._is_narrow(m)]
        if below or telling.cue.type not in _BY_POLICE:
            return below[:1]
        done = [m for m in roles.of_offense(self._syntax, telling.cue) if self._is_narrow(m)]
        if done or self._is_told_again(telling):
            return done[:1]
        towns = (m for m in roles.beat(self._syntax, telling.cue) if self._is_kind(m, TOWNS))
        return list(islice(towns, 1))

    def _is_told_again(self, telling: Telling) -> bool:
        """Tell whether an arrest is taken up soon after: "the arrests were made in X"."""
        behind = range(telling.sentence + 1, telling.sentence + 1 + _AGAIN)
        others = (t for number in behind for t in self._by_sentence.get(number, ()))
        return any(t.definite and t.cue.type == telling.cue.type for t in others)

    def _share_places(self, tellings: list[Telling]) -> None:
        """Let coordinated verbs share a place: "crashed and caught fire near X"."""
        for telling in tellings:
            if telling.places:
                continue
            top = self._syntax.top_conjunct(telling.cue.index)
            for other in tellings:
                if other.places and self._syntax.top_conjunct(other.cue.index) == top:
                    telling.places = list(other.places)
                    break

    def _give_from_clause(self, tellings: list[Telling]) -> None:
        """Give what has no place that of what it came after: "it derailed after a slide near X".

        With a dateline it is as likely there.
        """
        if self._dateline:
            return
        for telling in tellings:
            if (
                telling.places
                or telling.definite  # "the attack came after a strike on X": of another place
                or self._named_beside(telling) is not None
                or self._grounds.anaphor(telling.cue)
            ):
                continue
            index = telling.cue.index
            below = (
                other.places
                for other in tellings
                if other.places and self._syntax.crosses(other.cue.index, index, _AFTER)
            )
            telling.places = list(next(below, ()))

    def _give_known_places(self) -> None:
        """Resolve "the city", "the capital", "there" to the last such place of an event."""
        known: list[int] = []
        for sentence in sorted(self._by_sentence):
            for telling in self._by_sentence[sentence]:
                if not telling.places:
                    telling.places = self._known_place(telling, known)
                elif not any(map(self._is_spot, telling.places)):
                    telling.places = self._known_town(telling, known) or telling.places
            for telling in self._by_sentence[sentence]:
                known += telling.places

    def _known_place(self, telling: Telling, known: list[int]) -> list[int]:
        """Return the place that a word stands for: of an event, or named shortly before."""
        kinds = self._grounds.anaphor(telling.cue)
        if kinds and self._grounds.names_capital(telling.cue):
            return self._towns.capital(self._towns.country_of(known))
        found = self._taken_up(telling, known, kinds) if kinds else []
        if not kinds and (
            self._grounds.is_at_known_site(telling.cue) or self._grounds.is_its_part(telling.cue)
        ):
            found = [m for m in self._named_before(telling) if self._is_kind(m, _SPOTS)]
        if not found and self._grounds.names_city(telling.cue):
            found = [m for m in self._dateline if self._is_kind(m, TOWNS)]
        return found[:1]

    def _taken_up(
        self, telling: Telling, known: list[int], kinds: frozenset[PlaceKind]
    ) -> list[int]:
        """Return the places of these kinds told of before, those likeliest meant first."""
        events = [m for m in reversed(known) if self._is_kind(m, kinds)]
        named = [m for m in self._named_before(telling) if self._is_kind(m, kinds)]
        told = {self._place_id(m) for m in events}
        again = [m for m in named if self._place_id(m) in told]
        return named + events if self._grounds.is_there(telling.cue) else again + events + named

    def _known_town(self, telling: Telling, known: list[int]) -> list[int]:
        """Return the town that is meant in a wide area: "the town on the state's coast"."""
        if self._grounds.anaphor(telling.cue) != TOWNS:
            return []
        areas = {self._place_id(m) for m in telling.places}
        return [
            m
            for m in self._known_place(telling, known)
            if (place := self._resolutions[m].place) and not areas.isdisjoint(place.parents)
        ]

    def _named_before(self, telling: Telling) -> Iterator[int]:
        """Yield the names that tell of ground in the sentence of a cue and before, from there."""
        syntax = self._syntax
        first = syntax.annotation.sentences[max(0, telling.sentence - 1)].first
        numbers = {syntax.mention_at.get(i) for i in range(first, telling.cue.index)}
        for number in sorted((n for n in numbers if n is not None), reverse=True):
            mention = syntax.annotation.mentions[number]
            of_people = any(rule(syntax, mention) for rule in (is_ward, is_speakers, is_home))
            if mention.use not in NO_GROUND and not of_people:
                yield number

    def give_only_town(self) -> None:
        """Place what has a day or a toll and no place in the one town that the text is about.

        What has a toll and no word for the event may be "there" as well.
        """
        self._give_known_places()
        town = self._towns.only()
        if town is None:
            return
        for telling in [t for tellings in self._by_sentence.values() for t in tellings]:
            told = telling.time is not None or telling.tolls
            if not told or telling.places or self._named_beside(telling) is not None:
                continue
            if not is_away(self._syntax, telling.cue.index):
                telling.places = [town]

    def _capital_of(self, cue: Cue, mentions: tuple[int, ...]) -> list[int]:
        """Turn "the Ukrainian capital" from the country into the city, if the text names it."""
        country = self._resolutions[mentions[0]].place if len(mentions) == 1 else None
        known = country is not None and country.kind is PlaceKind.COUNTRY
        if country is None or not known or not self._grounds.names_capital(cue):
            return list(mentions)
        return self._towns.capital(country.country) or list(mentions)

    def _is_narrow(self, mention: int) -> bool:
        place = self._resolutions[mention].place
        return place is None or place.kind not in WIDE

    def _is_of_people(self, mention: int, telling: Telling) -> bool:
        span = self._syntax.annotation.mentions[mention]
        return is_of_people(self._syntax, span, telling.cue)

    def _is_spot(self, mention: int) -> bool:
        """Tell whether a name is that of a town or the like; one that is not listed may be part."""
        place = self._resolutions[mention].place
        return place is not None and place.kind not in _BROAD

    def _place_id(self, mention: int) -> str | None:
        place = self._resolutions[mention].place if mention < len(self._resolutions) else None
        return place.id if place else None

    def _is_kind(self, mention: int, kinds: frozenset[PlaceKind]) -> bool:
        """Tell whether a name is that of a place of a kind; a village in X is no town X."""
        location = self._resolutions[mention].location
        heir = location is not None and location.name is not None and kinds == TOWNS
        return location is not None and location.place.kind in kinds and not heir

    def _is_elsewhere(self, mention: int, telling: Telling) -> bool:
        """Tell whether a place stands in a clause of another time, or is the cue's own name."""
        syntax = self._syntax
        span = syntax.annotation.mentions[mention]
        head = syntax.head_of_span(span.start, span.end)
        if head is None:
            return True
        cue = telling.cue.index
        actor = telling.attacker.provenance if telling.attacker else None
        acts = actor is not None and (actor.start, actor.end) == (span.start, span.end)
        if acts or only_describes(syntax, span):
            return True  # "Moscow's attack on": who acts, not where
        named = span.start <= syntax.tokens[cue].start < span.end
        if named and telling.cue.type not in _NAMED_GROUND:
            return True
        if telling.cue.type in _ON_LAND and syntax.words[syntax.tokens[head].head] == "off":
            return self._is_kind(mention, _WATERS)  # "a squall off X set off a pileup"
        beside = self._named_beside(telling)
        outside = beside is not None and head not in set(syntax.subtree(beside))
        # "the tremor was felt as far as X"
        felt = telling.definite and syntax.lemmas[syntax.clause_of(head)] == "feel"
        other_time = outside or felt or syntax.crosses(head, cue, OTHER_TIME)
        return other_time or is_of_people(syntax, span, telling.cue)

    def _named_beside(self, telling: Telling) -> int | None:
        """Return the head of the words that only name what the sentence is not about."""
        here, told = self._by_sentence[telling.sentence], self._first_placed < telling.sentence
        others = told or any(other is not telling and not other.of_toll for other in here)
        return named_beside(self._syntax, telling, told=told, beside=others)
