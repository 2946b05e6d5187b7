"""Made-up places, documents and reports for the tests of merging and what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from made_nouns import at, day

from geomap.model import (
    Actor,
    Casualties,
    Document,
    GeoPrecision,
    Mention,
    Place,
    PlaceKind,
    Point,
    Provenance,
    Range,
    Report,
    Resolution,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class FakeType:
    name: str
    label: str
    family: str
    refines: str | None = None
    rank: int = 30
    weapons: tuple[str, ...] = ()


@dataclass(frozen=True)
class FakeOntology:
    types: Mapping[str, FakeType]


ONTOLOGY = FakeOntology(
    MappingProxyType(
        {
            "attack": FakeType("attack", "attack", "strike"),
            "missile_strike": FakeType(
                "missile_strike", "missile strike", "strike", "attack", 60, ("missile",)
            ),
            "drone_strike": FakeType(
                "drone_strike", "drone strike", "strike", "attack", 50, ("drone",)
            ),
            "fire": FakeType("fire", "fire", "fire"),
        }
    )
)

ARVEN = Place(id="t:arven", name="Arven", kind=PlaceKind.COUNTRY, point=Point(lon=30, lat=50))
NORTH = Place(
    id="t:north",
    name="North Province",
    kind=PlaceKind.ADMIN1,
    point=Point(lon=30, lat=51),
    country="AR",
    parents=("t:arven",),
    precision=GeoPrecision.AREA,
)


def town(name: str, lon: float, lat: float, *parents: str) -> Place:
    return Place(
        id=f"t:{name.lower()}",
        name=name,
        kind=PlaceKind.CITY,
        point=Point(lon=lon, lat=lat),
        country="AR",
        admin1="North Province",
        parents=parents or ("t:north", "t:arven"),
    )


ORLIN = town("Orlin", 30.0, 50.5)
TESK = town("Tesk", 32.0, 50.9)
NEARBY = town("Nearby", 30.1, 50.5)  # 7 km east of Orlin
HARBOR = Place(
    id="t:harbor",
    name="Harbor District",
    kind=PlaceKind.DISTRICT,
    point=Point(lon=30.02, lat=50.52),
    country="AR",
    parents=("t:orlin", "t:north", "t:arven"),
)


def document(number: int, text: str = "", **fields: Any) -> Document:
    return Document(id=f"d{number}", text=text or f"Text number {number}.", **fields)


def quote(document_id: str, words: str, start: int = 0) -> Provenance:
    return Provenance(document_id=document_id, start=start, end=start + len(words), quote=words)


def located(place: Place, document_id: str = "d1") -> Resolution:
    mention = Mention(
        document_id=document_id, start=0, end=len(place.name), text=place.name, label="GPE"
    )
    return Resolution(mention=mention, location=at(place), confidence=0.9)


def report(
    document: int,
    places: Place | tuple[Place, ...] = ORLIN,
    when: str | None = "2024-01-02",
    *,
    number: int = 0,
    killed: Range | None = None,
    injured: Range | None = None,
    attacker: str | None = None,
    words: str = "",
    weekday: str | None = None,
    **fields: Any,
) -> Report:
    document_id = f"d{document}"
    told = places if isinstance(places, tuple) else (places,)
    return Report(
        id=f"{document_id}:{number}",
        document_id=document_id,
        trigger=quote(document_id, "hit", number * 10),
        sentence=quote(document_id, words or f"unlike{document}n{number} words", number * 10),
        when=day(when, rule="full date", text=weekday),
        where=tuple(located(place, document_id) for place in told),
        attacker=Actor(name=attacker, country=attacker[:2].upper()) if attacker else None,
        casualties=Casualties(killed=killed, injured=injured),
        **{"type": "missile_strike", **fields},
    )
