from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geomap.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = "A fire at a hotel in Oslo killed three people on Sunday."


def test_each_line_in_gives_a_line_out_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"id": 7, "text": TEXT, "date": "2024-01-03"}, {"id": "empty", "text": ""}]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["extract", str(path), "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert second == {"id": "empty", "events": []}
    (event,) = first["events"]
    assert first["id"] == 7
    assert (event["type"], event["killed_min"], event["killed_max"]) == ("fire", 3, 3)
    assert event["date_start"] == event["date_end"] == "2023-12-31"
    assert TEXT[slice(*event["trigger"])] == "fire"
    assert TEXT[slice(*event["place_span"])] == "Oslo"
    assert all(TEXT[e["start"] : e["end"]] == e["quote"] for e in event["evidence"])


def test_a_text_gives_lines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", TEXT]) == 0
    assert capsys.readouterr().out.startswith("fire  Oslo  date not told  killed 3")


def test_a_wrong_ontology_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[[types]]\nname = 1\n")
    assert main(["extract", TEXT, "--ontology", str(path)]) == 1
    assert "line 2: name" in capsys.readouterr().err
