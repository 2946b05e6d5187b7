"""A build that knows some of its documents writes what a full one writes, byte for byte."""

from __future__ import annotations

import dataclasses

from geomap import build
from geomap.cache import Files, Known, Shingles, Surroundings
from geomap.config import Settings

ANEW = Settings(workers=1, cache=False)
KNOWING = dataclasses.replace(ANEW, cache=True)

MONDAY = (
    "Published: 2024-05-06\n\nA drone hit a mill in Poltava on Sunday, killing at least {} people."
)
OTHER = "Published: 2024-05-07\n\nShelling damaged a bridge in Kherson overnight. Nobody was hurt."


def use_cache_in(folder, monkeypatch):
    for kind in (Known, Files, Shingles, Surroundings):
        monkeypatch.setattr(kind, "FILE_NAME", str(folder / kind.FILE_NAME))


def written(files):
    return {path.name: path.read_bytes() for path in files}


def test_documents_added_changed_and_removed(tmp_path, monkeypatch):
    use_cache_in(tmp_path, monkeypatch)
    monkeypatch.setattr("geomap.cache.files._TICK_NS", -(10**18))  # files settle at once
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in {"a": MONDAY.format(3), "b": OTHER, "c": OTHER.upper()}.items():
        (reports / f"{name}.txt").write_text(text)
    assert build([reports], tmp_path / "one", settings=KNOWING).known == 0
    (reports / "a.txt").write_text(MONDAY.format(5))
    (reports / "c.txt").unlink()
    (reports / "d.txt").write_text(MONDAY.format(4))
    second = build([reports], tmp_path / "two", settings=KNOWING)
    assert second.known == 1
    assert second.notes == ()
    full = build([reports], tmp_path / "full", settings=ANEW)
    assert full.known == 0
    assert written(second.files) == written(full.files)
