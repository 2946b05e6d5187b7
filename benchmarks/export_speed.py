"""How long every export format takes, and how much memory, for many events.

Run: ``python benchmarks/export_speed.py [EVENTS]`` (default 100,000).
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from geomap.export import FORMATS, layers
from geomap.features import Context
from geomap.gazetteer import Gazetteer
from geomap.model import (
    Casualties,
    DateRange,
    Event,
    GeoPrecision,
    Location,
    Place,
    Point,
    Provenance,
    Range,
    Report,
    Result,
    Status,
    TimePrecision,
    Weapon,
)
from geomap.ontology import Ontology

TOWNS = 3000
MIDDLE, RADIUS_KM = Point(lon=31.0, lat=49.0), 900.0
QUOTE = "Drones hit the town on Tuesday, killing at least three people and wounding a dozen."


def made_event(number: int, place: Place) -> Event:
    """Return an event like those of a build."""
    key = f"{number:08d}"
    words = Provenance(document_id=f"d{number // 20}", start=0, end=len(QUOTE), quote=QUOTE)
    day = date(2024, 1, 1) + timedelta(days=number % 365)
    return Event(
        id=key,
        type="drone_strike",
        title=f"Drone attack on {place.name}",
        when=DateRange(first=day, last=day, precision=TimePrecision.DAY, rule="weekday"),
        places=(Location(place=place, point=place.point, precision=GeoPrecision.EXACT),),
        attacker=None,
        target=None,
        weapons=(Weapon(system="drone", launched=Range(low=3, high=5)),),
        casualties=Casualties(killed=Range(low=3, high=None, open_ended=True)),
        status=Status.REPORTED,
        conflicts=(),
        reports=(
            Report(
                id=key,
                document_id=words.document_id,
                type="drone_strike",
                trigger=words,
                sentence=words,
            ),
        )
        * 2,
        n_independent_sources=1,
        confidence=0.7,
    )


def main() -> None:
    """Print processor seconds and megabytes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with Gazetteer.open() as gazetteer:
        found = gazetteer.within(MIDDLE, RADIUS_KM, min_population=3000)
        towns = [place for place, _ in found[:TOWNS]]
        print(f"{count:,} events in {len(towns):,} towns")
        events = tuple(made_event(number, towns[number % len(towns)]) for number in range(count))
        result = Result(documents=(), resolutions=(), reports=(), events=events)
        measure(result, Context(gazetteer=gazetteer, ontology=Ontology.load()))


def measure(result: Result, context: Context) -> None:
    """Make the layers, and write every format once."""
    start = time.process_time()
    made = layers.of_result(result, context)
    print(f"{'layers':10} {time.process_time() - start:6.1f} s {'':11} peak {peak_mb():6.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS.values():
            path = Path(folder) / form.file_name
            start = time.process_time()
            form.write_layers(made, path)
            took, size = time.process_time() - start, path.stat().st_size / 1e6
            print(f"{form.name:10} {took:6.1f} s {size:8.1f} MB, peak {peak_mb():6.0f} MB so far")


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
