"""A small made-up result for the tests of features and exports, and a gazetteer to go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import made_nouns
import shapely
from made_nouns import at, day, quoted

from geomap.features import Context
from geomap.geo import distance_km
from geomap.model import (
    Actor,
    Casualties,
    Conflict,
    ConflictValue,
    DistanceCheck,
    DistanceClaim,
    Document,
    Event,
    GeoPrecision,
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
    Shape,
    Speaker,
    Status,
    Use,
    Verdict,
    Weapon,
)
from geomap.ontology import EventType, Ontology

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

TEXT = (
    "=HYPERLINK(1) Drones hit Ostrov on Tuesday, killing at least 3 <b>people</b>. "
    "Shelling went on across Zalesye. Ostrov lies about 70 km from the border of Borovia."
)

RAION = Place(id="geonames:3", name="Ostrov Raion", kind=PlaceKind.ADMIN2, point=None, country="UA")
OSTROV = Place(
    id="geonames:1",
    name="Ostrov",
    kind=PlaceKind.CITY,
    point=Point(lon=24.0, lat=50.0),
    country="UA",
    admin1="Zalesye",
    parents=(RAION.id,),
    population=700_000,
    geonameid=1,
)
ZALESYE = Place(
    id="geonames:2",
    name="Zalesye",
    kind=PlaceKind.ADMIN1,
    point=Point(lon=24.5, lat=50.5),
    country="UA",
    precision=GeoPrecision.AREA,
    radius_km=80,
    geonameid=2,
    has_geometry=True,
)
BOROVIA = Place(
    id="naturalearth:PL",
    name="Borovia",
    kind=PlaceKind.COUNTRY,
    point=Point(lon=20.0, lat=52.0),
    country="PL",
    precision=GeoPrecision.AREA,
    has_geometry=True,
)
UKRAINE = Place(
    id="naturalearth:UA",
    name="Ukraine",
    kind=PlaceKind.COUNTRY,
    point=Point(lon=31.0, lat=49.0),
    country="UA",
    precision=GeoPrecision.AREA,
    has_geometry=True,
)
BORDER = shapely.MultiLineString([[(23.0, 49.0), (23.0, 50.0), (23.5, 51.0), (23.5, 52.0)]])


@dataclass
class FakeGazetteer:
    """Answers what features and distances ask, from a few shapes."""

    shapes: dict[str, BaseGeometry] = field(
        default_factory=lambda: {
            ZALESYE.id: shapely.box(23.5, 49.5, 25.5, 51.5),
            BOROVIA.id: shapely.Polygon([(15, 49), (23, 49), (23, 50), (23.5, 52), (15, 52)]),
        }
    )
    places: tuple[Place, ...] = (OSTROV, RAION, ZALESYE, BOROVIA, UKRAINE)

    def geometry(self, place_id: str) -> BaseGeometry | None:
        return self.shapes.get(place_id)

    def place(self, place_id: str) -> Place:
        return next(place for place in self.places if place.id == place_id)

    def containing(self, point: Point) -> tuple[Place, ...]:
        spot = shapely.Point(point.lon, point.lat)
        inside = [self.place(key) for key, shape in self.shapes.items() if shape.covers(spot)]
        return (*inside, UKRAINE) if BOROVIA not in inside else (BOROVIA,)

    def nearest(
        self, point: Point, *, limit: int = 1, min_population: int = 0
    ) -> tuple[tuple[Place, float], ...]:
        found = (OSTROV, distance_km(OSTROV.point, point))
        return (found,)[:limit] if min_population <= OSTROV.population else ()

    def within(
        self, point: Point, radius_km: float, *, min_population: int = 0
    ) -> tuple[tuple[Place, float], ...]:
        found = self.nearest(point, min_population=min_population)
        return tuple(pair for pair in found if pair[1] <= radius_km)

    def border(self, country_a: str, country_b: str | None = None) -> BaseGeometry | None:
        return BORDER if {country_a, country_b} <= {"UA", "PL", None} else None


DRONE_STRIKE = EventType(
    name="drone_strike",
    label="Drone attack",
    family="strike",
    color="#d6604d",
    icon="triangle",
    acled_event_type="Explosions/Remote violence",
    acled_sub_event_type="Air/drone strike",
    cameo="195",
    plover="ASSAULT",
)
ONTOLOGY = Ontology(types=MappingProxyType({"drone_strike": DRONE_STRIKE}))


def context() -> Context:
    return Context(gazetteer=FakeGazetteer(), ontology=ONTOLOGY)  # type: ignore[arg-type]


def words(quote: str) -> Provenance:
    return quoted("d1", TEXT, quote)


DOCUMENT = Document(
    id="d1", text=TEXT, title="A report", published=date(2024, 1, 2), publisher="=Gazette"
)
REPORT = Report(
    id="r1",
    document_id="d1",
    type="drone_strike",
    trigger=words("hit"),
    sentence=words("Drones hit Ostrov on Tuesday, killing at least 3 <b>people</b>."),
    speaker=Speaker(name="the governor"),
    status=Status.CLAIMED,
)
TUESDAY = day("2024-01-02", text="on Tuesday")


def event(event_id: str, **changes: Any) -> Event:
    values: dict[str, Any] = {
        "type": "drone_strike",
        "title": "=SUM(1) Drone attack on <i>Ostrov</i>",
        "when": TUESDAY,
        "places": (at(OSTROV),),
        "attacker": Actor(name="Borovia"),
        "weapons": (Weapon(system="Shahed-136", launched=Range(low=10, high=None)),),
        "casualties": Casualties(killed=Range(low=3, high=None, open_ended=True)),
        "status": Status.CLAIMED,
        "conflicts": (
            Conflict(
                field="killed",
                values=(
                    ConflictValue(value="at least 3", document_ids=("d1",)),
                    ConflictValue(value="5", document_ids=("d2",)),
                ),
            ),
        ),
        "reports": (REPORT,),
        "confidence": 0.123456,
    }
    return made_nouns.event(event_id, **(values | changes))


def check() -> DistanceCheck:
    claim = DistanceClaim(
        provenance=words("about 70 km from the border of Borovia"),
        origin=OSTROV,
        target=BOROVIA,
        to_border=True,
        stated_low_km=70,
        stated_high_km=70,
        approximate=True,
    )
    measured = Measurement(
        distance_km=71.6,
        bearing_deg=270.0,
        origin=Point(lon=24.0, lat=50.0),
        nearest=Point(lon=23.0, lat=50.0),
        dataset="Natural Earth 10m",
        tolerance_km=3.0,
    )
    return DistanceCheck(
        claim=claim, measured=measured, verdict=Verdict.AGREES, note="within the tolerance"
    )


def result() -> Result:
    plain = Casualties()
    events = (
        event("e1"),
        event("e2", places=(at(ZALESYE, Shape.AREA),), casualties=plain, conflicts=()),
        event(
            "e3",
            places=(at(UKRAINE, Shape.LINE, anchors=(BOROVIA.id,)),),
            when=None,
            weapons=(),
            parent_id="e1",
        ),
        event("e4", places=(), type="unheard_of", attacker=None, casualties=plain),
    )
    mention = Mention(
        document_id="d1",
        start=TEXT.index("Ostrov"),
        end=TEXT.index("Ostrov") + 6,
        text="Ostrov",
        label="GPE",
        use=Use.PLACE,
    )
    return Result(
        documents=(DOCUMENT,),
        resolutions=(
            Resolution(mention=mention, location=at(OSTROV), confidence=0.9),
            Resolution(mention=mention, location=None, confidence=0.0, note="two Ostrovs"),
        ),
        reports=(REPORT,),
        events=events,
        distances=(check(),),
    )
