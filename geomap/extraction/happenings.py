"""Join the cues of one document that speak of the same happening.

Tellings that say most (place and day) found the happenings; the others join the one they agree with
best, or found their own. Text order decides between equals, so that the result is determined.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.agreement import NEAR_SENTENCES, Agreement
from geomap.extraction.happening import Happening
from geomap.extraction.modality import Modality
from geomap.extraction.pairs import DISASTERS
from geomap.extraction.relevance import WIDE, Relevance
from geomap.extraction.retold import join_retold
from geomap.extraction.whereabouts import Whereabouts
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from geomap.extraction.tellings import Telling
    from geomap.model import Resolution
    from geomap.ontology import EventType, Ontology

_CAUSE_SENTENCES = 4
_FAR_SENTENCES = 80  # what is told further apart is not compared
_MOST_HAPPENINGS = 200  # more around one sentence are a list or a table
_TOLD_LATER = 1.0  # of two happenings the one told before is rather meant
_JOINS = 1.5  # the least agreement that makes two tellings one happening


class Joiner:
    """Clusters the tellings of one document.

    ``dateline`` is the mention of the city of the dateline, and the sentence that it opens.
    """

    def __init__(
        self,
        resolutions: tuple[Resolution, ...],
        ontology: Ontology,
        published: date | None,
        dateline: tuple[int, int] | None = None,
    ) -> None:
        self._types: Mapping[str, EventType] = ontology.types
        self._resolutions = resolutions
        self._relevance = Relevance(ontology.types, published)
        self._agreement = Agreement(ontology.types)
        self._dateline = dateline
        self._happenings: list[Happening] = []
        self._shelf = Shelf()

    def join(self, tellings: Sequence[Telling], retracted: Sequence[int] = ()) -> list[Happening]:
        """Return the happenings in order of first telling.

        ``retracted`` are the sentences in which somebody takes back what was said before.
        """
        happened = [t for t in tellings if t.modality is Modality.ASSERTED]
        for telling in sorted(happened, key=self._founding_order):
            if telling.follows is None:
                self._take(telling)
        self._follow([telling for telling in happened if telling.follows is not None])
        self._happenings.sort(key=lambda happening: happening.first)
        self._give_dateline()
        self._happenings = join_retold(self._happenings, self._types)
        self._shelf = Shelf()
        for happening in self._happenings:
            happening.sort()
            for sentence in happening.said.sentences:
                self._shelf.put(happening, sentence)
        self._dispute([t for t in tellings if t.modality is Modality.DENIED])
        for sentence in retracted:
            self._retract(sentence)
        self._tie()
        self._inherit()
        return self._absorb_fires(self._relevance.told(self._happenings))

    def _founding_order(self, telling: Telling) -> tuple[bool, int, int]:
        ground = self._ground(telling)
        says = bool(ground.size) + (telling.day is not None)
        return telling.headline, -says, telling.cue.index

    def _ground(self, telling: Telling) -> Whereabouts:
        return Whereabouts(self._resolutions, telling.places)

    def _take(self, telling: Telling) -> None:
        """Let a telling join the happening that it agrees with best, or found its own."""
        home = self._home(telling)
        if home is None or self._is_part(telling, home):
            home = Happening(self._resolutions, parent=home)
            self._happenings.append(home)
        home.add(telling)
        self._shelf.put(home, telling.sentence)

    def _follow(self, tellings: Sequence[Telling]) -> None:
        """Give the tolls that go on with what was told before to that; their day is their own."""
        homes = {id(telling): home for home in self._happenings for telling in home.tellings}
        for telling in tellings:
            home = homes.get(id(telling.follows))
            if home is not None and self._is_elsewhere(telling, home):
                telling.follows = None
                self._take(telling)
            elif home is not None:
                open_ = not home.said.mentions and not home.said.is_toll
                telling.places, telling.time = (telling.places if open_ else []), None
                home.add(telling)
                self._shelf.put(home, telling.sentence)

    def _is_elsewhere(self, telling: Telling, home: Happening) -> bool:
        """Tell whether a toll by place is told of a place that is not in that of the whole."""
        mine, theirs = self._ground(telling), home.said.ground
        apart = bool(mine.size and theirs.size) and not mine.overlaps(theirs)
        return apart and any(toll.placed for toll in telling.tolls)

    def _home(self, telling: Telling) -> Happening | None:
        ground = self._ground(telling)
        best: tuple[float, Happening] | None = None
        for happening in self._shelf.within(telling.sentence, _FAR_SENTENCES):
            score = self._agreement.score(telling, ground, happening)
            if score < _JOINS:
                continue
            score -= _TOLD_LATER * (happening.first > telling.cue.index)
            if best is None or score > best[0]:
                best = score, happening
        return best[1] if best else None

    def _is_part(self, telling: Telling, home: Happening) -> bool:
        """Tell whether a telling has figures of one of several places: a part of the whole."""
        mine, theirs = self._ground(telling), home.said.ground
        if telling.of_toll and self._types[home.tellings[0].cue.type].family in DISASTERS:
            return False  # the dead of a storm, counted by place
        if telling.headline:
            return False  # it tells the whole
        if not mine.size or not mine.is_part_of(theirs) or not home.distance(telling.sentence):
            return False
        if not telling.tolls:
            return any(use.count for use in telling.weapons)
        return any(toll.count not in home.said.counts for toll in telling.tolls)

    # --- what belongs to what --------------------------------------------------------------------

    def _tie(self) -> None:
        """Give effects, interceptions and parts their parent."""
        for happening in self._happenings:
            kind = self._types[happening.tellings[0].cue.type]
            if kind.effect or kind.family == "air_defense" or happening.tellings[0].of_toll:
                happening.parent = happening.parent or self._cause(happening)

    def _absorb_fires(self, told: list[Happening]) -> list[Happening]:
        """Take what is told of a fire for told of the crash, blast or riot that it is part of."""
        causes = {id(happening) for happening in told}
        wholes: dict[int, Happening] = {}
        for fire in told:
            if id(fire.parent) in causes and fire.parent and self._is_fire_of(fire, fire.parent):
                wholes[id(fire)] = fire.parent
        for fire in told:
            if id(fire) in wholes:
                for telling in fire.tellings:
                    wholes[id(fire)].add(telling)
        for whole in {id(whole): whole for whole in wholes.values()}.values():
            whole.sort()
        for happening in told:
            happening.parent = wholes.get(id(happening.parent), happening.parent)
        return [happening for happening in told if id(happening) not in wholes]

    def _is_fire_of(self, fire: Happening, cause: Happening) -> bool:
        """Tell whether a fire is part of what it follows from.

        What strikes set on fire is told by town, and what a headline tells is the event.
        """
        if any(t.headline or self._types[t.cue.type].name != "fire" for t in fire.tellings):
            return False
        if cause.said.is_toll:
            return False  # "two died in a fire"
        kinds = [self._types[name] for name in cause.said.first_of_type]
        arson = all(telling.arson for telling in fire.tellings)
        if max(kinds, key=lambda kind: kind.rank).family == "strike" and not arson:
            return False
        mine, theirs = fire.said.ground, cause.said.ground
        return mine.places.keys() <= theirs.places.keys() and mine.unknown <= theirs.unknown

    def _inherit(self) -> None:
        """Give a happening without a place that of what is told with it, or just before."""
        placed: dict[int, int] = {}  # the last one in each sentence that has a place
        for number, happening in enumerate(self._happenings):
            sentence = happening.tellings[0].sentence
            before = max(placed.get(sentence, -1), placed.get(sentence - 1, -1))
            if before >= 0 and self._goes_with_others(happening):
                happening.put(self._happenings[before].mentions[:1])
            if happening.said.ground.size:
                placed.update(dict.fromkeys(happening.said.sentences, number))

    def _goes_with_others(self, happening: Happening) -> bool:
        kind = self._types[happening.tellings[0].cue.type]
        return not happening.said.mentions and not kind.effect and kind.family in _WITH_OTHERS

    def _give_dateline(self) -> None:
        """Put what the first sentence tells in the city of the dateline.

        It is the place if no words tell another, or only the state or province around it.
        """
        if self._dateline is None:
            return
        mention, sentence = self._dateline
        for happening in self._happenings:
            main = happening.tellings[0]
            effect = self._types[main.cue.type].effect
            open_ = not happening.said.mentions or self._is_around(mention, happening)
            if open_ and not effect and sentence in happening.said.sentences:
                happening.put([mention])

    def _is_around(self, mention: int, happening: Happening) -> bool:
        """Tell whether all that is known of where it was is a state around a place, or a road."""
        place, ground = self._resolutions[mention].place, happening.said.ground
        return (
            place is not None
            and not ground.unknown
            and not any(self._is_told(m) for m in happening.said.mentions)
            and ground.places.keys() <= set(place.parents)
            and all(whole.kind is PlaceKind.ADMIN1 for whole in ground.places.values())
        )

    def _is_told(self, mention: int) -> bool:
        """Tell whether a name is more than a state: a country around it, or a village in it."""
        resolution = self._resolutions[mention]
        place, location = resolution.place, resolution.location
        heir = location is not None and location.name is not None
        return place is not None and (heir or place.kind in WIDE)

    def _cause(self, happening: Happening) -> Happening | None:
        """Return the nearest strike or disaster that it can follow from, told before or with it."""
        sentence = happening.tellings[0].sentence
        near = self._shelf.within(sentence, _CAUSE_SENTENCES)
        causes = [other for other in near if self._may_cause(other, happening)]
        return min(causes, key=lambda other: other.distance(sentence), default=None)

    def _may_cause(self, cause: Happening, happening: Happening) -> bool:
        kind = self._types[cause.tellings[0].cue.type]
        burns = kind.family == "unrest" and self._types[happening.tellings[0].cue.type].effect
        if cause is happening or kind.effect or (kind.family in _NO_CAUSES and not burns):
            return False
        mine, theirs = happening.said.ground, cause.said.ground
        return not mine.size or not theirs.size or mine.overlaps(theirs)

    def _dispute(self, denied: Sequence[Telling]) -> None:
        for telling in denied:
            home = self._home(telling)
            if home is not None:
                home.disputed = True

    def _retract(self, sentence: int) -> None:
        """Mark the last happening told by a speaker before a retraction."""
        before = [
            happening
            for happening in self._shelf.within(sentence, NEAR_SENTENCES)
            if happening.tellings[-1].sentence <= sentence
            and any(telling.claim.speaker for telling in happening.tellings)
        ]
        if before:
            max(before, key=lambda h: h.tellings[-1].cue.index).retracted = True


class Shelf:
    """Happenings by the sentences that tell them; those that came first stand in front."""

    def __init__(self) -> None:
        self._happenings: list[Happening] = []
        self._numbers: dict[int, int] = {}
        self._told: dict[int, dict[int, None]] = {}  # numbers by sentence, in order
        self._ends: tuple[int, int] | None = None  # the first and the last of these sentences

    def put(self, happening: Happening, sentence: int) -> None:
        """Note that a sentence tells of a happening."""
        number = self._numbers.setdefault(id(happening), len(self._happenings))
        if number == len(self._happenings):
            self._happenings.append(happening)
        self._told.setdefault(sentence, {})[number] = None
        first, last = self._ends or (sentence, sentence)
        self._ends = min(first, sentence), max(last, sentence)

    def within(self, sentence: int, reach: int) -> Iterator[Happening]:
        """Yield what is told at most so many sentences away, of too many the nearest."""
        numbers: set[int] = set()
        first, last = self._ends or (sentence, sentence)
        for apart in range(min(reach, max(sentence - first, last - sentence)) + 1):
            for near in (sentence - apart, sentence + apart):
                numbers.update(islice(reversed(self._told.get(near, {})), _MOST_HAPPENINGS))
            if len(numbers) >= _MOST_HAPPENINGS:
                break
        return (self._happenings[number] for number in sorted(numbers))


_WITH_OTHERS = frozenset({"violence", "unrest"})
_NO_CAUSES = frozenset({"posture", "alert", "unrest", "diplomacy", "air_defense", "cyber"})
