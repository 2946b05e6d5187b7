"""A made-up result for the tests of the page: a few events of every kind, and a gazetteer."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

import made_nouns
import numpy as np
import shapely
from made_nouns import at, quoted

from geomap.features import Context
from geomap.model import (
    Actor,
    Candidate,
    Casualties,
    Conflict,
    ConflictValue,
    DateRange,
    DistanceCheck,
    DistanceClaim,
    Document,
    Event,
    Evidence,
    GeoPrecision,
    MatchHow,
    Measurement,
    Mention,
    Place,
    PlaceKind,
    Point,
    Provenance,
    Range,
    Report,
    Resolution,
    Result,
    Rival,
    Shape,
    Speaker,
    Status,
    Verdict,
    Weapon,
)
from geomap.ontology import Ontology


def place(name: str, lon: float, lat: float, country: str = "UA", **more: Any) -> Place:
    values: dict[str, Any] = {"kind": PlaceKind.CITY, "admin1": f"{name} Oblast"} | more
    return Place(
        id=f"made:{name}", name=name, point=Point(lon=lon, lat=lat), country=country, **values
    )


CAPITAL = place("Kyiv", 30.52, 50.45, population=2_800_000)
EAST = place("Kharkiv", 36.25, 49.99, population=1_400_000)
WEST = place("Lviv", 24.03, 49.84, population=720_000)
NORTH = place("Belgorod", 36.58, 50.6, "RU", population=330_000)
PROVINCE = place(
    "Odesa Oblast",
    30.0,
    46.7,
    kind=PlaceKind.ADMIN1,
    precision=GeoPrecision.AREA,
    radius_km=150,
    has_geometry=True,
)
POLAND = place("Poland", 19.4, 52.1, "PL", kind=PlaceKind.COUNTRY, precision=GeoPrecision.AREA)
UKRAINE = place("Ukraine", 31.2, 49.0, kind=PlaceKind.COUNTRY, precision=GeoPrecision.AREA)
EDGE = shapely.MultiLineString(
    [[(23.6, 51.5), (24.0, 50.8), (23.5, 50.24), (22.7, 49.6), (22.6, 49.1)]]
)
SHAPES = {
    PROVINCE.id: shapely.Polygon(
        [(28.2, 45.4), (29.7, 45.2), (31.2, 46.5), (31.1, 48.0), (30.0, 48.2), (29.6, 46.9)]
    )
}


def shapes(*geometries: Any) -> Any:
    return np.array(geometries, dtype=object)


class MadeGazetteer:
    """Answers what the page asks, from a few shapes."""

    def geometry(self, place_id: str) -> Any:
        return SHAPES.get(place_id)

    def place(self, place_id: str) -> Place:
        return {POLAND.id: POLAND, UKRAINE.id: UKRAINE}[place_id]

    def border(self, *_countries: str) -> Any:
        return EDGE

    def containing(self, point: Point) -> tuple[Place, ...]:
        inside = SHAPES[PROVINCE.id].contains(shapely.Point(point.lon, point.lat))
        return (PROVINCE, UKRAINE) if inside else (UKRAINE,)

    def nearest(self, *_place: Any, **_limits: int) -> tuple[tuple[Place, float], ...]:
        return ()

    def within(self, *_place: Any, **_limits: int) -> tuple[tuple[Place, float], ...]:
        return ()

    def basemap(self, bounds: tuple[float, float, float, float], **_: int) -> Any:
        window = shapely.box(*bounds)
        return SimpleNamespace(
            land=shapes(shapely.box(15, 46, 40, 56).intersection(window)),
            lakes=shapes(shapely.box(28, 52, 29, 53).intersection(window)),
            borders=shapes(EDGE),
            disputed=shapes(),
            provinces=shapes(),
            world_land=shapes(shapely.box(-10, 36, 140, 70)),
            countries=((UKRAINE, 18.0), (POLAND, 10.0)),
            towns=(CAPITAL, EAST, WEST),
            dataset="Made up",
        )


@cache
def context() -> Context:
    return Context(gazetteer=MadeGazetteer(), ontology=Ontology.load())  # type: ignore[arg-type]


def documents(quotes: dict[str, str]) -> tuple[Document, ...]:
    publishers = {"a": "The Courier", "b": "Harbor Daily", "c": "Wire Service"}
    return tuple(
        Document(
            id=key,
            text=text,
            title=f"Report {key}",
            published=date(2024, 1, 2),
            publisher=publishers.get(key, key),
            url=f"https://example.org/{key}",
        )
        for key, text in quotes.items()
    )


HOUSES = "Missiles hit two houses in the Kyiv suburbs on Tuesday, and at least 10 people were hurt."
TEXTS = {
    "a": f"{HOUSES} Drones were shot down over the coast of Odesa region. "
    "Lviv lies about 70 kilometers from the border.",
    "b": "A strike on Belgorod killed 25 people, the governor said. "
    "Rockets fell on Kharkiv at night.",
    "c": "Officials put the toll in Belgorod at 22. Two jets patrol the border since the morning.",
}


def words(key: str, quote: str) -> Provenance:
    return quoted(key, TEXTS[key], quote)


def day(first: str, last: str | None = None) -> DateRange:
    return made_nouns.day(first, last, rule="weekday before publication", text="on Tuesday")


def report(key: str, sentence: str, trigger: str, **more: Any) -> Report:
    spot = words(key, sentence)
    start = spot.start + sentence.index(trigger)
    told = Provenance(document_id=key, start=start, end=start + len(trigger), quote=trigger)
    return Report(
        id=f"{key}:{start}",
        document_id=key,
        type="missile_strike",
        trigger=told,
        sentence=spot,
        **more,
    )


def resolution(key: str, text: str, where: Place, *rivals: Place) -> Resolution:
    spot = words(key, text)
    found = [
        Rival(candidate=Candidate(place=where, matched_name=text, how=MatchHow.EXACT), score=2.0)
    ]
    found += [
        Rival(candidate=Candidate(place=rival, matched_name=text, how=MatchHow.ALIAS), score=1.0)
        for rival in rivals
    ]
    mention = Mention(document_id=key, start=spot.start, end=spot.end, text=text, label="GPE")
    return Resolution(mention=mention, location=at(where), confidence=0.94, rivals=tuple(found))


def event(event_id: str, title: str, **more: Any) -> Event:
    values: dict[str, Any] = {"type": "missile_strike", "when": day("2024-01-02")}
    return made_nouns.event(event_id, title=title, **(values | more))


def few_events() -> tuple[Event, ...]:
    kyiv = report(
        "a",
        HOUSES,
        "hit",
        where=(resolution("a", "Kyiv", CAPITAL, WEST),),
        evidence=(
            Evidence(field="when", provenance=words("a", "on Tuesday")),
            Evidence(field="injured", provenance=words("a", "at least 10 people")),
        ),
    )
    toll = report(
        "b",
        "A strike on Belgorod killed 25 people, the governor said.",
        "strike",
        speaker=Speaker(name="the governor"),
        status=Status.CLAIMED,
        where=(resolution("b", "Belgorod", NORTH),),
    )
    lower = report("c", "Officials put the toll in Belgorod at 22.", "toll")
    jets = report("c", "Two jets patrol the border since the morning.", "patrol")
    drones = report("a", "Drones were shot down over the coast of Odesa region.", "shot down")
    rockets = report("b", "Rockets fell on Kharkiv at night.", "fell")
    return (
        event(
            "e-belgorod",
            "Strike on Belgorod",
            when=day("2023-12-30"),
            places=(at(NORTH),),
            attacker=Actor(name="Ukraine", country="UA"),
            casualties=Casualties(killed=Range(low=22, high=25), injured=Range(low=100, high=None)),
            status=Status.CLAIMED,
            conflicts=(
                Conflict(
                    field="killed",
                    values=(
                        ConflictValue(value="22", document_ids=("c",)),
                        ConflictValue(value="25", document_ids=("b",)),
                    ),
                ),
            ),
            reports=(toll, lower),
            n_independent_sources=2,
            confidence=0.91,
        ),
        event(
            "e-kyiv",
            "Missiles hit houses in Kyiv",
            places=(at(CAPITAL),),
            attacker=Actor(name="Russia", country="RU"),
            weapons=(
                Weapon(
                    system="Kinzhal",
                    launched=Range(low=10, high=10),
                    destroyed=Range(low=10, high=10),
                ),
            ),
            casualties=Casualties(injured=Range(low=10, high=None, open_ended=True)),
            reports=(kyiv,),
        ),
        event(
            "e-fire",
            "Market on fire in Kyiv",
            type="fire",
            places=(
                at(
                    CAPITAL,
                    precision=GeoPrecision.NEAR,
                    radius_km=8,
                    point=Point(lon=30.45, lat=50.48),
                ),
            ),
            parent_id="e-kyiv",
            reports=(kyiv,),
        ),
        event(
            "e-kharkiv",
            "Rockets fall on Kharkiv",
            type="rocket_fire",
            when=day("2024-01-01", "2024-01-02"),
            places=(at(EAST),),
            reports=(rockets,),
            status=Status.DISPUTED,
        ),
        event(
            "e-odesa",
            "Drones shot down over Odesa Oblast",
            type="interception",
            when=day("2024-01-01"),
            places=(at(PROVINCE, Shape.AREA),),
            reports=(drones,),
        ),
        event(
            "e-border",
            "Jets patrol the border",
            type="force_deployment",
            places=(at(UKRAINE, Shape.LINE, anchors=(POLAND.id,)),),
            reports=(jets,),
        ),
        event(
            "e-object",
            "Object enters the airspace of Poland",
            type="airspace_violation",
            when=day("2023-12-29"),
            places=(
                at(
                    POLAND,
                    point=Point(lon=23.3, lat=50.7),
                    precision=GeoPrecision.NEAR,
                    radius_km=30,
                ),
            ),
            reports=(jets,),
            status=Status.RETRACTED,
        ),
        event("e-nowhere", "Drones launched at night", type="drone_strike", reports=(drones,)),
        event(
            "e-undated",
            "Outage in Lviv",
            type="utility_outage",
            when=None,
            places=(at(WEST),),
            reports=(drones,),
        ),
    )


def few_reports() -> tuple[Report, ...]:
    return tuple({told.id: told for event in few_events() for told in event.reports}.values())


def lviv_check() -> DistanceCheck:
    claim = DistanceClaim(
        provenance=words("a", "Lviv lies about 70 kilometers from the border."),
        origin=WEST,
        target=POLAND,
        to_border=True,
        stated_low_km=70,
        stated_high_km=70,
        approximate=True,
    )
    measured = Measurement(
        distance_km=57.09,
        bearing_deg=322,
        origin=Point(lon=24.0297, lat=49.8397),
        nearest=Point(lon=23.536, lat=50.243),
        dataset="Natural Earth 10m",
        tolerance_km=1.5,
    )
    return DistanceCheck(
        claim=claim, measured=measured, verdict=Verdict.DIFFERS, note="13 km less than stated"
    )


def result(events: tuple[Event, ...] | None = None, **more: Any) -> Result:
    values: dict[str, Any] = {
        "documents": documents(TEXTS),
        "resolutions": (),
        "reports": few_reports(),
        "events": few_events() if events is None else events,
        "distances": (lviv_check(),),
    }
    return Result(**(values | more))
