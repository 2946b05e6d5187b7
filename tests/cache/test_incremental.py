"""A build that knows some of its documents writes what a full one writes, byte for byte."""

from __future__ import annotations

import dataclasses

from geomap import build
from geomap.cache import Files, Known, Pieces, Shingles, Surroundings
from geomap.config import Settings

ANEW = Settings(workers=1, cache=False)
KNOWING = dataclasses.replace(ANEW, cache=True)

MONDAY = (
    "Published: 2024-05-06\n\nA drone hit a mill in Poltava on Sunday, killing at least {} people."
)
OTHER = "Published: 2024-05-07\n\nShelling damaged a bridge in Kherson overnight. Nobody was hurt."

STRIKE = "Published: 2024-05-1{1}\n\nA missile killed {1} people in {0} on Monday, officials said."
TOWNS = ("Odesa", "Sumy", "Dnipro", "Lutsk", "Rivne", "Kharkiv", "Chernihiv", "Izmail")


def use_cache_in(folder, monkeypatch):
    for kind in (Known, Files, Shingles, Surroundings, Pieces):
        monkeypatch.setattr(kind, "FILE_NAME", str(folder / kind.FILE_NAME))
    # Files settle at once, and small runs of files, tellings and texts are kept.
    monkeypatch.setattr("geomap.cache.files._TICK_NS", -(10**18))
    for module in ("files", "known", "shingles"):
        monkeypatch.setattr(f"geomap.cache.{module}.LEAST_RUN", 2)
    monkeypatch.setattr("geomap.runs._MEAN", 3)


def written(files):
    return {path.name: path.read_bytes() for path in files}


def test_documents_added_changed_and_removed(tmp_path, monkeypatch):
    use_cache_in(tmp_path, monkeypatch)
    reports = tmp_path / "reports"
    reports.mkdir()
    texts = {"a": MONDAY.format(3), "b": OTHER, "c": OTHER.upper()}
    texts |= {town: STRIKE.format(town, day) for day, town in enumerate(TOWNS, start=1)}
    for name, text in texts.items():
        (reports / f"{name}.txt").write_text(text)
    assert build([reports], tmp_path / "one", settings=KNOWING).known == 0
    (reports / "a.txt").write_text(MONDAY.format(5))
    (reports / "c.txt").unlink()
    (reports / "d.txt").write_text(MONDAY.format(4))
    second = build([reports], tmp_path / "two", settings=KNOWING)
    assert second.known == 1 + len(TOWNS)
    assert second.notes == ()
    full = build([reports], tmp_path / "full", settings=ANEW)
    assert full.known == 0
    assert written(second.files) == written(full.files)
