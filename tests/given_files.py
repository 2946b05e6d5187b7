"""Files that people give to commands, a good one of each, and content that nobody should give."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bad_files import SENTENCES
from project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Camp", "kind": "facility", "aliases": ["C"], "id": "c"},
                "geometry": {"type": "Point", "coordinates": [30.5, 50.5, 7]},
            }
        ],
    }
)
CORRECTIONS = """\
action,event_id,document_id,start,end,field,value,author,reason
reject,0123456789ab,,,,,,me,no event
set,0123456789ab,,,,place,"Kyiv, Ukraine",me,
set,0123456789ab,a.txt,3,9,killed,5-7,me,two sources
merge,0123456789ab,,,,,ba9876543210,me,the same
"""
OVERLAY = """\
id,name,lat,lon,kind,country,aliases,same_as,suppress
depot,Depot Seven,50.1,30.1,facility,UA,The Depot|Склад,,
,Hero City,,,,,,geonames:703448,
"""
SETTINGS = """\
formats = ["geojson", "kml"]
near = "Ukraine"
max_file_mb = 20
columns = { text = "body" }
"""
POIS = "name,lat,lon\nDepot,50.1,30.1\n"
ONTOLOGY = (ROOT / "geomap" / "ontologies" / "diplomacy.toml").read_text(encoding="utf-8")

TEXT = "Trains from Kharkiv to Lviv were late, police in Lviv said."
TOPONYM = {"start": 12, "end": 19, "lat": 49.98, "lon": 36.25, "geonameid": 706483}
GOLD = json.dumps({"id": 1, "text": TEXT, "toponyms": [TOPONYM]}) + "\n"
EVENT_GOLD = json.dumps({"text": SENTENCES[0], "verb": [[7, 13]], "locations": [[32, 39]]}) + "\n"
VERDICT = {"corpus": "gold", "document_id": "1", "start": 12, "end": 19, "text": "Kharkiv"}
BASELINE = json.dumps({**VERDICT, "right": False, "place": None}) + "\n"
PLACES = "Kyiv\nLviv\n50.1,30.1\n"

# A command that reads a file: what the file is called, a good one, and how it is given. The build
# of one report that some of them need is in ``built``.
BUILD = ["build", "ok.txt", "-o", "out", "--quiet", "--no-cache", "--workers", "1"]
BUILD += ["--format", "geojson"]
COMMANDS = {
    "locate": ("in.jsonl", GOLD, ["locate", "--json", "in.jsonl"]),
    "locate-text": ("in.txt", TEXT, ["locate", "--explain", "in.txt"]),
    "locate-spans": ("in.jsonl", GOLD, ["locate", "--json", "--given-spans", "in.jsonl"]),
    "extract": ("in.jsonl", GOLD, ["extract", "--json", "in.jsonl"]),
    "extract-ontology": ("o.toml", ONTOLOGY, ["extract", "ok.txt", "--ontology", "o.toml"]),
    "evaluate": ("gold.jsonl", GOLD, ["evaluate", "gold.jsonl"]),
    "evaluate-spans": ("gold.jsonl", GOLD, ["evaluate", "--spans-only", "--json", "gold.jsonl"]),
    "evaluate-events": ("gold.jsonl", EVENT_GOLD, ["evaluate", "gold.jsonl"]),
    "evaluate-baseline": (
        "before.jsonl",
        BASELINE,
        ["evaluate", "--spans-only", "ok.jsonl", "--baseline", "before.jsonl"],
    ),
    "corrections": ("c.csv", CORRECTIONS, ["corrections", "check", "c.csv"]),
    "corrections-events": (
        "e.geojson",
        "events.geojson",
        ["corrections", "check", "ok.csv", "--events", "e.geojson"],
    ),
    "matrix": ("places.txt", PLACES, ["distance", "--matrix", "places.txt"]),
    "export-geojson": ("e.geojson", "events.geojson", ["export", "e.geojson", "--to", "out.kml"]),
    "export-gpkg": ("e.gpkg", "events.gpkg", ["export", "e.gpkg", "--to", "out.csv"]),
    "summarize": ("e.geojson", "events.geojson", ["summarize", "e.geojson"]),
    "gazetteer": ("mine.csv", OVERLAY, ["gazetteer", "add", "mine.csv"]),
    "gazetteer-geojson": ("mine.geojson", GEOJSON, ["gazetteer", "add", "mine.geojson"]),
    "build-corrections": ("c.csv", CORRECTIONS, [*BUILD, "--corrections", "c.csv"]),
    "build-poi": ("poi.csv", POIS, [*BUILD, "--poi", "poi.csv"]),
    "build-poi-geojson": ("poi.geojson", GEOJSON, [*BUILD, "--poi", "poi.geojson"]),
    "build-settings": ("mine.toml", SETTINGS, [*BUILD, "--config", "mine.toml"]),
}


def _point(coordinates, **properties):
    feature = {
        "type": "Feature",
        "properties": {"id": "x", "name": "n", **properties},
        "geometry": coordinates,
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def _toponyms(given):
    return b'{"text": "Kharkiv", "toponyms": %s}' % given


NOTHING_GOOD = {
    "empty": b"",
    "mark": b"\xef\xbb\xbf",
    "null": b"\0",
    "nulls": bytes(5_000),
    "utf-16": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
    "deep-features": b'{"features":' * 5_000,
    "deep-objects": b'{"a":' * 50_000,
    "features-number": b'{"features": 5}',
    "features-mixed": b'{"features": [5, null, {}]}',
    "features-object": b'{"features": {"a": 1}}',
    "array": b"[]",
    "number": b"5",
    "none": b"null",
    "string": b'"x"',
    "object": b"{}",
    "digits": b'{"id": ' + b"1" * 10_000 + b"}",
    "toml-arrays": b"x=" + b"[" * 20_000,
    "toml-tables": b"a = " + b"{b=" * 3_000,
    "toml-null": b'corrections = "\\u0000"\npoi = "a\\u0000b"\noverlays = ["\\u0000"]\n',
    "toml-huge": b"max_file_mb = " + b"9" * 4_000,
    "ones": b"1" * 5_000,
    "quotes": b'"' * 301,
    "wide-cell": b'name,lat,lon\n"' + b"x" * 200_000,
    "wide-action": b'action\n"' + b"x" * 200_000,
    "null-cells": b"action,value\n\0,\0\n",
    "null-name": b"name,lat,lon\n\0,1,1\n",
    "no-numbers": b"name,lat,lon\nx,1e999,nan\n",
    "one-line": b"a" * 1_000_000,
    "escape": b"\x1b[2J\x1b]0;pwned\x07\xc2\x9b31m",
    "surrogates": b'{"text": "\\ud800 Kharkiv", "id": "\\udfff", "title": "\\ud83d"}',
    "not-a-number": b'{"text": NaN}',
    "spans-infinite": _toponyms(b'[{"start": 1e999, "end": 2}]'),
    "spans-strings": _toponyms(b'[{"start": 0, "end": 7, "lat": "x", "lon": null}]'),
    "spans-far": _toponyms(b'[{"start": 0, "end": 7, "lat": 1e400, "lon": NaN}]'),
    "spans-number": _toponyms(b"5"),
    "spans-numbers": _toponyms(b"[5]"),
    "spans-outside": _toponyms(b'[{"start": -5, "end": 99999999999999999999999}]'),
    "figure-infinite": _point({"type": "Point", "coordinates": []}, killed_min=1e400),
    "point-strings": _point({"type": "Point", "coordinates": ["a", "b"]}),
    "ring-open": _point({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}),
    "collection": _point({"type": "GeometryCollection", "geometries": []}),
    "wrong-types": _point(None, date_start=5, date_end=[], claims=5, conflicts="x", weapons={}),
    "script": b"name,lat,lon\n</script><script>alert(1)</script>,1,1\n=1+1,2,2\n",
}


def prepare(folder: Path) -> None:
    """Write what the commands need beside the file in question, but for ``built``."""
    for name, text in {
        "ok.txt": SENTENCES[0],
        "ok.jsonl": GOLD,
        "ok.csv": CORRECTIONS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")


def good(command: str, built: Path) -> bytes:
    """Return the content of the good file of a command, which may come from a build."""
    _, content, _ = COMMANDS[command]
    path = built / content if content.startswith("events.") else None
    return path.read_bytes() if path else content.encode()
