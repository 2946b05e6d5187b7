"""One happening: its tellings, and what they say together.

What they say together is kept beside them, so that a telling is compared with the happening as a
whole: an event told a thousand times costs no more to join than one told twice.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from geomap.extraction.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.extraction.tellings import Telling
    from geomap.model import Range, Report, Resolution

_LONG_DAYS = 10


class Told(NamedTuple):
    """A happening, the report of it, and the telling whose trigger is that of the report."""

    happening: Happening
    report: Report
    main: Telling


class Happening:
    """Tellings of one event; ``parent`` is what it is an effect or a part of."""

    def __init__(self, resolutions: Sequence[Resolution], parent: Happening | None = None) -> None:
        self._resolutions = resolutions
        self.parent = parent
        self.disputed = False
        self.retracted = False
        self.tellings: list[Telling] = []
        self._ids: set[int] = set()
        self.said = Said(resolutions)

    @property
    def mentions(self) -> list[int]:
        """The numbers of the mentions that are its places, in text order."""
        return sorted(self.said.mentions)

    @property
    def first(self) -> int:
        """The index of the first trigger."""
        return min(self.said.first_of_type.values())

    def add(self, telling: Telling) -> None:
        """Take in a telling."""
        self.tellings.append(telling)
        self._ids.add(id(telling))
        self.said.learn(telling)

    def tells(self, telling: Telling) -> bool:
        """Tell whether a telling is one of it."""
        return id(telling) in self._ids

    def sort(self) -> None:
        """Put the tellings in text order."""
        self.tellings.sort(key=lambda telling: telling.cue.index)
        self.said = Said(self._resolutions)
        for telling in self.tellings:
            self.said.learn(telling)

    def put(self, mentions: Sequence[int]) -> None:
        """Give the first telling the places that others have."""
        self.tellings[0].places = list(mentions)
        self.said.put(mentions)

    def distance(self, sentence: int) -> int:
        """Return how many sentences away it is told."""
        told = self.said.sentences
        after = bisect_left(told, sentence)
        return min(abs(other - sentence) for other in told[max(0, after - 1) : after + 1])


class Said:
    """What all tellings of a happening say: sets and bounds that grow telling by telling."""

    def __init__(self, resolutions: Sequence[Resolution]) -> None:
        self.mentions: set[int] = set()
        self.ground = Whereabouts(resolutions)
        self.sentences: list[int] = []
        self.introduced: set[int] = set()  # the sentences that do not only take it up
        self.first_of_type: dict[str, int] = {}  # the type's first trigger, in order of learning
        self.days: set[tuple[date, date]] = set()
        self.first_end: date | None = None
        self.last_start: date | None = None
        self.last_end: date | None = None
        self.day_names: set[str] = set()
        self.attackers: set[str] = set()
        self.countries: set[str] = set()  # of the attackers
        self.people: set[str] = set()  # named, by their last names
        self.weapons: set[str] = set()  # their classes
        self.counts: set[Range] = set()  # of people harmed
        self.is_fresh = self.is_told_back = False
        self.is_toll = True  # nothing but people harmed
        self.earliest: Telling | None = None
        self._last_taking_up: dict[tuple[str, bool, bool], int] = {}

    def put(self, mentions: Sequence[int]) -> None:
        """Take in where it was."""
        for mention in mentions:
            if mention not in self.mentions:
                self.mentions.add(mention)
                self.ground.add(mention)

    def learn(self, telling: Telling) -> None:
        """Take in what a telling says."""
        cue = telling.cue
        self.put(telling.places)
        if telling.sentence not in self._told(telling.sentence):
            insort(self.sentences, telling.sentence)
        if not telling.definite:
            self.introduced.add(telling.sentence)
        first = self.first_of_type.get(cue.type, cue.index)
        self.first_of_type[cue.type] = min(first, cue.index)
        if self.earliest is None or cue.index < self.earliest.cue.index:
            self.earliest = telling
        self.weapons.update(use.system.kind for use in telling.weapons)
        self.counts.update(toll.count for toll in telling.tolls)
        self.is_fresh |= telling.fresh
        self.is_told_back |= is_told_back(telling)
        self.is_toll &= telling.of_toll
        self._learn_day(telling)
        self._learn_attacker(telling)
        self._learn_article(telling)

    def _told(self, sentence: int) -> list[int]:
        at = bisect_left(self.sentences, sentence)
        return self.sentences[at : at + 1]

    def _learn_day(self, telling: Telling) -> None:
        name, day = undated_day(telling), telling.day
        if name is not None:
            self.day_names.add(name)
        if day is not None:
            self.days.add(day)
            self.first_end = min(self.first_end or day[1], day[1])
            self.last_start = max(self.last_start or day[0], day[0])
            self.last_end = max(self.last_end or day[1], day[1])

    def _learn_attacker(self, telling: Telling) -> None:
        self.people.update(telling.people)
        if telling.attacker is not None:
            self.attackers.add(telling.attacker.name)
            if telling.attacker.country:
                self.countries.add(telling.attacker.country)

    def _learn_article(self, telling: Telling) -> None:
        if telling.definite and not telling.fresh:
            key = (telling.cue.type, telling.plural, telling.bare)
            last = self._last_taking_up.get(key, telling.cue.index)
            self._last_taking_up[key] = max(last, telling.cue.index)

    def types_before(self, index: int) -> set[str]:
        """Return the types of what is told before a trigger."""
        return {name for name, first in self.first_of_type.items() if first < index}

    def types_taken_up(self, index: int, *, plural: bool, bare: bool) -> set[str]:
        """Return the types of the definite nouns from a trigger on: "the shooting".

        Plural ones are among them with ``plural``; with ``bare`` only those without a place.
        """
        return {
            name
            for (name, is_plural, is_bare), last in self._last_taking_up.items()
            if last >= index and (plural or not is_plural) and (is_bare or not bare)
        }


def is_told_back(telling: Telling) -> bool:
    """Tell whether a day is told back from that of another event, or only as part of a month."""
    time = telling.time
    if time is None:
        return False
    long = time.days > _LONG_DAYS  # "the fires of July"
    return long or (time.anchored and "same day" not in time.rule)


def undated_day(telling: Telling) -> str | None:
    """Return the day that is named ("friday") where no date is known to count from.

    "On Friday" and "on Tuesday" are two days, whatever the dates.
    """
    time = telling.time
    if time is None or time.first is not None or not time.day_name:
        return None
    return time.day_name
