"""A made-up world of attacks and the articles that tell of them, to measure merging by.

Every event has a true id; its reports differ as those of real newsrooms do: figures
that grow, "at least", no date or only a weekday, a wider type, the province instead of the town,
copies with small changes. Towns stand close together, are attacked again days later, and
their neighbors on the same day. One seed gives one corpus.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.model import (
    Actor,
    Casualties,
    DateRange,
    Document,
    GeoPrecision,
    Location,
    Mention,
    Place,
    PlaceKind,
    Point,
    Provenance,
    Range,
    Report,
    Resolution,
    TimePrecision,
    Weapon,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

START = date(2024, 1, 1)
TYPES = ("missile_strike", "drone_strike", "shelling")
SYSTEMS = {"missile_strike": "cruise missile", "drone_strike": "attack drone", "shelling": "mortar"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ATTACKERS = (Actor(name="Arven", country="AA"), Actor(name="Borland", country="BB"))

OPENINGS = (
    "{what} hit {place} {when}, {toll}.",
    "{place} came under fire {when}; {toll}, officials said.",
    "Residents of {place} woke to {what} {when}. According to the mayor, {toll}.",
    "In {place} {toll} after {what} {when}, the emergency service reported.",
    "The governor said {what} had struck {place} {when} and that {toll}.",
)
WHATS = {
    "missile_strike": ("missiles", "a missile strike", "a rocket barrage", "a missile attack"),
    "drone_strike": ("drones", "a drone attack", "a swarm of drones", "unmanned aircraft"),
    "shelling": ("shells", "shelling", "artillery fire", "a mortar attack"),
}
# Independent articles share hardly three words in a row; so the bodies are of made-up words.
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
VOCABULARY = [one + other for one in SYLLABLES for other in SYLLABLES]


@dataclass(frozen=True)
class Corpus:
    """Documents, reports, and for each report's id the true id of its event."""

    documents: tuple[Document, ...]
    reports: tuple[Report, ...]
    truth: dict[str, int]


@dataclass(frozen=True)
class Happening:
    """What truly happened."""

    number: int
    place: Place
    day: date
    type: str
    attacker: Actor
    killed: int
    injured: int
    launched: int


def towns(provinces: int, towns_each: int) -> list[Place]:
    """Return towns in provinces two degrees apart; every third has a neighbor 8 km away."""
    country = "c:1"
    found = []
    for p in range(provinces):
        lon, lat = -90.0 + 2.0 * (p % 90), 1.0 * (p // 90) - 40.0
        for t in range(towns_each):
            near = t % 3 == 1
            found.append(
                Place(
                    id=f"town:{p}.{t}",
                    name=f"Town {p}.{t}",
                    kind=PlaceKind.CITY,
                    point=Point(lon=lon + 0.3 * (t - near) + 0.1 * near, lat=lat),
                    country="AA",
                    admin1=f"Province {p}",
                    parents=(f"province:{p}", country),
                )
            )
    return found


def province_of(town: Place) -> Place:
    """Return the province around a town."""
    assert town.point
    return Place(
        id=town.parents[0],
        name=town.admin1 or "",
        kind=PlaceKind.ADMIN1,
        point=town.point,
        country=town.country,
        parents=town.parents[1:],
        precision=GeoPrecision.AREA,
        radius_km=80.0,
    )


def make(events: int, seed: int = 1) -> Corpus:
    """Return a corpus of ``events`` events with one to twelve reports each."""
    dice = random.Random(seed)  # noqa: S311  - nothing secret is made
    world = towns(max(2, events // 20), 6)
    documents: list[Document] = []
    reports: list[Report] = []
    truth: dict[str, int] = {}
    for happening in _happenings(dice, world, events):
        for _ in range(dice.randint(1, 12)):
            number = len(documents)
            document, report = _article(dice, happening, number, documents, truth)
            documents.append(document)
            reports.append(report)
            truth[report.id] = happening.number
    order = list(range(len(documents)))
    dice.shuffle(order)
    return Corpus(
        documents=tuple(documents[i] for i in order),
        reports=tuple(reports[i] for i in order),
        truth=truth,
    )


def _happenings(dice: random.Random, world: list[Place], events: int) -> Iterator[Happening]:
    """Yield events; a third return to a town some days later, a tenth hit its neighbor as well."""
    past: list[Happening] = []
    taken: set[tuple[str, date]] = set()
    numbers = {town.id: number for number, town in enumerate(world)}
    for number in range(events):
        place, day = dice.choice(world), START + timedelta(days=dice.randrange(90))
        luck = dice.random()
        if past and luck < 0.33:
            place = (again := dice.choice(past)).place
            day = again.day + timedelta(days=dice.randint(1, 9))
        elif past and luck < 0.43:
            before = dice.choice(past)
            place, day = world[(numbers[before.place.id] + 1) % len(world)], before.day
        if (place.id, day) in taken:
            day += timedelta(days=100 + number)
        killed = int(dice.paretovariate(0.9)) - 1 if dice.random() < 0.7 else 0
        happening = Happening(
            number=number,
            place=place,
            day=day,
            type=dice.choice(TYPES),
            attacker=dice.choice(ATTACKERS),
            killed=min(killed, 90),
            injured=dice.randint(1, 8) * (1 + min(killed, 30)),
            launched=dice.randint(2, 90),
        )
        past.append(happening)
        taken.add((place.id, day))
        yield happening


def _article(  # noqa: PLR0917  - called once
    dice: random.Random,
    what: Happening,
    number: int,
    documents: list[Document],
    truth: dict[str, int],
) -> tuple[Document, Report]:
    toll = _toll(dice, what)
    published = what.day + timedelta(days=dice.randint(0, 4)) if dice.random() < 0.8 else None
    when, when_words = _when(dice, what, published)
    wide = dice.random() < 0.04
    place = province_of(what.place) if wide else what.place
    told_type = "attack" if dice.random() < 0.2 else what.type
    first = dice.choice(OPENINGS).format(
        what=dice.choice(WHATS[what.type]), place=place.name, when=when_words, toll=_say(toll)
    )
    sentence = first[0].upper() + first[1:]
    scenes = [_scene(dice) for _ in range(dice.randint(4, 30))]
    text = " ".join((sentence, *scenes))
    mine = [d for d in documents[-12:] if truth.get(f"r{d.id}") == what.number]
    if mine and dice.random() < 0.2:  # a copy keeps most of another article
        text = f"{sentence} {mine[-1].text.split('. ', 1)[-1]}"
    document = Document(
        id=f"{number:06}",
        text=text,
        published=published,
        publisher=f"Paper {number % 50}",
    )
    report = Report(
        id=f"r{document.id}",
        document_id=document.id,
        type=told_type,
        trigger=_words(document, 0, 3),
        sentence=_words(document, 0, len(sentence)),
        when=when,
        where=(_resolved(document, place),),
        attacker=what.attacker if dice.random() < 0.6 else None,
        casualties=toll,
        weapons=_weapons(dice, what),
        confidence=0.8,
    )
    return document, report


def _scene(dice: random.Random) -> str:
    return " ".join(dice.choices(VOCABULARY, k=dice.randint(6, 18))).capitalize() + "."


def _toll(dice: random.Random, what: Happening) -> Casualties:
    """Return the toll as one article has it: early counts are lower, some say "at least"."""
    share = dice.choice((1.0, 1.0, 1.0, 0.9, 0.8))
    told = {}
    for name, true in (("killed", what.killed), ("injured", what.injured)):
        count = max(1, round(true * share))
        if true and dice.random() < 0.8:
            at_least = dice.random() < 0.3
            told[name] = Range(low=count, high=None if at_least else count, open_ended=at_least)
    return Casualties(**told)


def _say(toll: Casualties) -> str:
    words = [
        f"{'at least ' if count.open_ended else ''}{count.low} people were {name}"
        for name, count in (("killed", toll.killed), ("injured", toll.injured))
        if count
    ]
    return " and ".join(words) or "nobody was hurt"


def _when(
    dice: random.Random, what: Happening, published: date | None
) -> tuple[DateRange | None, str]:
    luck = dice.random()
    if luck < 0.05:
        return None, ""
    weekday = WEEKDAYS[what.day.weekday()]
    if luck < 0.16 and published is None:
        words = f"on {weekday}"
        return (
            DateRange(first=None, last=None, precision=None, rule="no anchor", text=words),
            words,
        )
    if luck < 0.12:
        first = what.day - timedelta(days=what.day.weekday())
        week = DateRange(
            first=first, last=first + timedelta(days=6), precision=TimePrecision.WEEK, rule="week"
        )
        return week, "this week"
    # Nights belong to two days; some articles name the other one.
    day = what.day + timedelta(days=1) if luck < 0.19 else what.day
    exact = DateRange(first=day, last=day, precision=TimePrecision.DAY, rule="full date")
    return exact, dice.choice((f"on {weekday}", f"on {day.isoformat()}", "early in the day"))


def _weapons(dice: random.Random, what: Happening) -> tuple[Weapon, ...]:
    if dice.random() < 0.4:
        return ()
    told = Range(low=what.launched, high=what.launched) if dice.random() < 0.5 else None
    return (Weapon(system=SYSTEMS[what.type], launched=told),)


def _words(document: Document, start: int, end: int) -> Provenance:
    return Provenance(document_id=document.id, start=start, end=end, quote=document.text[start:end])


def _resolved(document: Document, place: Place) -> Resolution:
    mention = Mention(document_id=document.id, start=0, end=4, text=place.name, label="GPE")
    location = Location(
        place=place, point=place.point, precision=place.precision, radius_km=place.radius_km
    )
    return Resolution(mention=mention, location=location, confidence=0.9)
