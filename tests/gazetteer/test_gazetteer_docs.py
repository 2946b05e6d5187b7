"""The tables of docs/gazetteer.md are those of the gazetteer that is committed beside them."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing

from project import ROOT

from geomap.cli import main
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.schema import KINDS
from geomap.model import PlaceKind

DOCS = ROOT / "docs" / "gazetteer.md"


def test_tables_are_up_to_date(capsys):
    main(["gazetteer", "info", "--markdown"])
    tables = capsys.readouterr().out.strip()
    text = DOCS.read_text(encoding="utf-8")
    _, _, rest = text.partition("<!-- geomap gazetteer info --markdown -->")
    inside, _, _ = rest.partition("<!-- end -->")
    assert inside.strip() == tables, "run `geomap gazetteer info --markdown` and paste its output"


def test_docs_tell_where_the_points_of_first_level_areas_are_from():
    with Gazetteer.open() as gazetteer, closing(sqlite3.connect(gazetteer.path)) as database:
        query = (
            "SELECT coalesce(r.key, 'geonames:' || p.id), p.lat, s.name FROM place p"
            " JOIN source s ON s.id = p.source"
            " LEFT JOIN reference r ON r.place = p.id AND r.key LIKE 'admin1:%' WHERE p.kind = ?"
        )
        areas = database.execute(query, (KINDS.index(PlaceKind.ADMIN1),)).fetchall()
    given = _targets("points") | _targets("points_measured")
    others = [(lat, source) for key, lat, source in areas if key not in given]
    none = sum(lat is None for lat, _ in others)
    derived = sum("derived" in source for _, source in others)
    told = " ".join(DOCS.read_text(encoding="utf-8").split())
    polygons = len(others) - none - derived
    assert f"Of the {len(areas):,} first-level areas {len(areas) - len(others)} have" in told
    assert f"; {polygons:,} have a point of their polygon, {derived} the median" in told
    assert f"), {none} none." in told


def _targets(table):
    path = ROOT / "gazetteer" / "curated" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["target"] for row in csv.DictReader(file)}
