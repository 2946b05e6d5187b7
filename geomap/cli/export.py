"""``geomap export``: a build's events in another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geomap.export.layers import Layers

_DATABASES = ("postgresql://", "postgres://")

# Targets that are no file of one of the formats.
_DATABASE, _FOLDER = "database", "folder"


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "export",
        help="write a build's events in another format",
        description="Read the events of a build and write them elsewhere. The ending of the file "
        "chooses the format, unless --format does.",
    )
    parser.add_argument(
        "source", type=Path, metavar="EVENTS", help="the folder of a build, its .gpkg or .geojson"
    )
    parser.add_argument(
        "--to",
        action="append",
        required=True,
        metavar="TARGET",
        help="a file, postgresql://…, or a folder (with / at its end) for partitioned GeoParquet; "
        "may be given several times",
    )
    parser.add_argument("--format", metavar="NAME", help="the format, whatever the file is called")
    parser.add_argument(
        "--by",
        metavar="NAMES",
        default="country",
        help="what divides partitioned GeoParquet: country (the default), type, year or month, or "
        "several with commas between",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read once, write to every target."""
    from geomap.export.reading import read
    from geomap.ontology import Ontology

    forms = {target: _format(target, args.format) for target in args.to}
    layers = read(args.source, Ontology.load())
    keys = [key.strip() for key in args.by.split(",")]
    for target, form in forms.items():
        _write(layers, target, form, keys)
        sys.stderr.write(f"Wrote {_shown(target)}, from {len(layers.events.rows)} events\n")
    return 0


def _write(layers: Layers, target: str, form: str, keys: Sequence[str]) -> None:
    from geomap.export import FORMATS, partitions, postgis

    if form == _DATABASE:
        postgis.write(layers, target)
    elif form == _FOLDER:
        partitions.write(layers, Path(target), keys)
    else:
        FORMATS[form].write_layers(layers, Path(target))


def _format(target: str, chosen: str | None) -> str:
    """Return the name of the format for a target, or what kind of target else it is."""
    from geomap.export import FORMATS

    if target.startswith(_DATABASES):
        return _DATABASE
    if target.endswith(("/", "\\")):
        return _FOLDER
    if chosen is not None:
        if chosen not in FORMATS:
            raise OutputError(f'unknown format "{chosen}"; known: {", ".join(FORMATS)}')
        return chosen
    name = Path(target).name.lower()
    by_file = {form.file_name: form.name for form in FORMATS.values()}
    by_ending = {Path(file_name).suffix: form for file_name, form in reversed(by_file.items())}
    by_ending |= {".json": "geojson", ".csv": "csv"}
    found = by_file.get(name) or by_ending.get(Path(name).suffix)
    if found is None:
        endings = ", ".join(sorted(by_ending))
        raise OutputError(f"{target}: no format has this ending; use --format, or one of {endings}")
    return found


def _shown(target: str) -> str:
    """Return a target without its password."""
    from geomap.export.postgis import without_password

    return without_password(target) if target.startswith(_DATABASES) else target
