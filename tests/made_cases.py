"""Made-up results that try the page: hostile text, every finding, the world's edges, crowds."""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta

from made_map import (
    CAPITAL,
    EAST,
    TEXTS,
    WEST,
    at,
    context,
    day,
    documents,
    event,
    few_events,
    place,
    resolution,
    result,
)

from geomap.model import (
    Actor,
    Casualties,
    Conflict,
    ConflictValue,
    Correction,
    CorrectionOutcome,
    Document,
    Failure,
    Place,
    Point,
    Provenance,
    Range,
    Report,
    Result,
    Speaker,
    Status,
    Weapon,
)

HOSTILE = "</script><svg onload=window.pwned=1><img src=x onerror=window.pwned=1>${window.pwned=1}"
MANY_SOURCES = 5000


def told_result() -> Result:
    """The few events with all that a build can find beside them."""
    copies, (first, *others) = ("b", "c"), documents(TEXTS)
    twins = {"e-kharkiv": ("e-kyiv",), "e-kyiv": ("e-kharkiv",)}
    events = tuple(
        dataclasses.replace(event, possible_duplicates=twins.get(event.id, ()))
        for event in few_events()
    )
    misheard = Correction(line=2, action="set", author="Ann", reason="the governor was misheard")
    idle = Correction(line=3, action="reject", event_id="gone")
    unresolved = resolution("b", "Kharkiv", EAST, CAPITAL)
    return result(
        events,
        documents=(dataclasses.replace(first, notes=("mended the encoding",)), *others),
        near_copies=(copies,),
        resolutions=(
            dataclasses.replace(unresolved, location=None, note="two places of that name"),
        ),
        failures=(Failure(source="empty.txt", stage="read", message="no text"),),
        corrections=(
            CorrectionOutcome(
                correction=misheard, applied=True, note="killed set", event_id="e-belgorod"
            ),
            CorrectionOutcome(correction=idle, applied=False, note="no event has the id"),
        ),
    )


def hostile_result() -> Result:
    """Markup, formulas and control characters wherever text can come from a document."""
    text = f"=cmd() {HOSTILE} fell on \u202eKyiv \u2028 and {'long ' * 200}"
    spot = Provenance(document_id="x", start=0, end=len(text), quote=text)
    where = place(HOSTILE, 30.5, 50.4)
    told = Report(
        id="x:0",
        document_id="x",
        type="explosion",
        trigger=Provenance(document_id="x", start=7, end=17, quote=text[7:17]),
        sentence=spot,
        speaker=Speaker(name=HOSTILE),
    )
    bad = event(
        HOSTILE,
        f"=1+1 {HOSTILE} 💥",
        type="explosion",
        places=(at(where),),
        attacker=Actor(name=HOSTILE),
        weapons=(Weapon(system=HOSTILE),),
        reports=(told,),
        notes=(HOSTILE,),
        conflicts=(
            Conflict(field=HOSTILE, values=(ConflictValue(value=HOSTILE, document_ids=("x",)),)),
        ),
    )
    source = Document(
        id="x",
        text=text,
        title=HOSTILE,
        publisher=HOSTILE,
        url="javascript:window.pwned=1",
        notes=(HOSTILE,),
    )
    correction = Correction(line=2, action="set", author=HOSTILE, reason=HOSTILE)
    return result(
        (bad, *few_events()),
        documents=(source, *documents(TEXTS)),
        failures=(Failure(source=HOSTILE, stage=HOSTILE, message=HOSTILE),),
        corrections=(
            CorrectionOutcome(correction=correction, applied=True, note=HOSTILE, event_id=HOSTILE),
        ),
    )


def _near(town: Place, chance: random.Random) -> Point:
    assert town.point
    return Point(
        lon=round(town.point.lon + chance.gauss(0, 0.2), 4),
        lat=round(town.point.lat + chance.gauss(0, 0.15), 4),
    )


def many_events(count: int, seed: int = 7) -> Result:
    """``count`` events around a hundred towns over two years."""
    chance = random.Random(seed)
    types = list(context().ontology.types)[:16]
    towns = [
        place(f"Town {i}", chance.uniform(22.5, 39.5), chance.uniform(45.2, 52.0))
        for i in range(100)
    ]
    spots = {town.id: [_near(town, chance) for _ in range(20)] for town in towns}
    texts = {
        f"d{i}": f"Shells fell on the outskirts of the town, report number {i} says."
        for i in range(200)
    }
    events = []
    for number in range(count):
        town = towns[min(99, int(chance.expovariate(0.04)))]
        key = f"d{number % 200}"
        spot = Provenance(document_id=key, start=0, end=len(texts[key]), quote=texts[key])
        told = Report(
            id=f"{key}:{number}",
            document_id=key,
            type="shelling",
            trigger=Provenance(document_id=key, start=7, end=11, quote="fell"),
            sentence=spot,
        )
        near = chance.choice(spots[town.id])
        when = (date(2022, 3, 1) + timedelta(days=int(chance.random() ** 0.6 * 700))).isoformat()
        kind = chance.choice(types)
        killed = int(chance.expovariate(0.3))
        events.append(
            event(
                f"e{number:06d}",
                f"{context().ontology.types[kind].label} near {town.name}, number {number}",
                type=kind,
                when=day(when),
                places=(at(town, point=near),) if number % 50 else (),
                casualties=Casualties(killed=Range(low=killed, high=killed))
                if killed
                else Casualties(),
                reports=(told,),
                status=list(Status)[number % 5],
            )
        )
    return result(tuple(events), documents=documents(texts))


def well_covered(count: int, tellings: int) -> Result:
    """``count`` events, each told by as many documents in a long sentence of their own."""
    plain = many_events(count)
    long = "and the governor said in the evening that work to restore power and water goes on, "
    texts = {
        f"c{i}": f"Shells fell on the outskirts of the town 🌊, {long * 2}as report {i} says."
        for i in range(100)
    }
    trigger = next(iter(texts.values())).index("fell")
    events = []
    for number, one in enumerate(plain.events):
        keys = [f"c{(number + further) % 100}" for further in range(tellings)]
        told = tuple(
            Report(
                id=f"{key}:{number}",
                document_id=key,
                type="shelling",
                trigger=Provenance(document_id=key, start=trigger, end=trigger + 4, quote="fell"),
                sentence=Provenance(
                    document_id=key, start=0, end=len(texts[key]), quote=texts[key]
                ),
            )
            for key in keys
        )
        events.append(dataclasses.replace(one, reports=told, notes=("A note.",)))
    return result(tuple(events), documents=documents(texts))


def odd_result() -> Result:
    """Events at the edges of the world, sixty at one point, a quote of 100 KB, many sources."""
    edges = [
        ("East", 180.0, 0.0),
        ("West", -180.0, 1.0),
        ("Pole", 0.0, 90.0),
        ("South", 5.0, -90.0),
    ]
    events = [
        event(f"edge-{name}", f"At the edge: {name} 🌊", places=(at(place(name, lon, lat)),))
        for name, lon, lat in edges
    ]
    events += [event(f"same-{i:02}", f"At one point, {i}", places=(at(WEST),)) for i in range(60)]
    texts = {f"s{i}": f"Source {i} tells it." for i in range(MANY_SOURCES)} | {
        "long": "word " * 20_000
    }
    told = tuple(
        Report(
            id=key,
            document_id=key,
            type="attack",
            trigger=Provenance(document_id=key, start=0, end=4, quote=text[:4]),
            sentence=Provenance(document_id=key, start=0, end=len(text), quote=text),
        )
        for key, text in texts.items()
    )
    events.append(event("told-by-all", "Told by all", places=(at(EAST),), reports=told))
    return result(tuple(events), documents=documents(texts), distances=())
