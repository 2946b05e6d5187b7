"""Print how many gold toponyms have a candidate within 161 km, and the names that have none.

    python benchmarks/gazetteer_coverage.py [FOLDER] [--missing N]

``FOLDER`` holds the development corpora (``*.dev.jsonl``; default ``../shared/corpora``). What is
missing is grouped by name, most frequent first, so that growing the tables is an evening's work:
look for kinds of names, not for single ones.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.gazetteer import Gazetteer
from geomap.geo import distance_km
from geomap.model import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH_KM = 161.0
TARGETS = {"LGL": 0.97, "TR-News": 0.975, "GeoWebNews": 0.90}
CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"


def gold(path: Path) -> Iterator[tuple[str, Point, dict[str, Any]]]:
    """Yield name, point and record of each toponym that has coordinates."""
    for line in path.read_text(encoding="utf-8").splitlines():
        for toponym in json.loads(line)["toponyms"]:
            if toponym.get("lat") is not None:
                point = Point(lon=float(toponym["lon"]), lat=float(toponym["lat"]))
                yield toponym["phrase"], point, toponym


def gap_km(gazetteer: Gazetteer, name: str, point: Point) -> float | None:
    """Return how far the nearest candidate is, ``None`` where there is no candidate."""
    found = gazetteer.candidates(name, fuzzy=True)
    return min((distance_km(point, c.place.point) for c in found if c.place.point), default=None)


def measure(gazetteer: Gazetteer, path: Path, most: int) -> None:
    """Print the figure of one corpus and its missing names."""
    missing: Counter[tuple[str, str]] = Counter()
    total = 0
    for name, point, _ in gold(path):
        total += 1
        gap = gap_km(gazetteer, name, point)
        if gap is None or gap > REACH_KM:
            missing[name, "no candidate" if gap is None else f"{gap:.0f} km off"] += 1
    corpus = path.name.removesuffix(".dev.jsonl")
    share = 1 - missing.total() / total
    print(f"{corpus}: {share:.4f} of {total} (target {TARGETS.get(corpus, 0)})")
    for (name, gap), count in missing.most_common(most):
        print(f"  {count:4} {name}  ({gap})")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--missing", type=int, default=40, metavar="N", help="names to print")
    parser.add_argument("--gazetteer", type=Path, help="an SQLite file instead of geomap's own")
    args = parser.parse_args()
    with Gazetteer.open(args.gazetteer) as gazetteer:
        for corpus in TARGETS:
            measure(gazetteer, args.folder / f"{corpus}.dev.jsonl", args.missing)


if __name__ == "__main__":
    main()
