"""``geomap export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import made_result as made
import pytest

from geomap.cli import main
from geomap.export import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="build")
def _build(tmp_path: Path) -> Path:
    FORMATS["gpkg"].write(made.result(), tmp_path / "events.gpkg", made.context())
    return tmp_path


def test_the_ending_chooses_the_format(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets = ["out.geojson", "out.fgb", "out.kml", "claims.csv", "x.csv", "events.hxl.csv"]
    options = [option for name in targets for option in ("--to", str(build / name))]
    assert main(["export", str(build), *options]) == 0
    assert all((build / name).stat().st_size for name in targets)
    assert (build / "claims.csv").read_text().startswith("kind,")
    assert (build / "events.hxl.csv").read_text().splitlines()[1].startswith("#")
    assert "from 4 events" in capsys.readouterr().err


def test_a_format_may_be_named(build: Path) -> None:
    assert main(["export", str(build), "--to", str(build / "x.txt"), "--format", "geojson"]) == 0
    assert (build / "x.txt").read_text().startswith("{")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--to", "x.doc"], "no format has this ending", id="unknown ending"),
        pytest.param(["--to", "x.csv", "--format", "doc"], "unknown format", id="unknown format"),
        pytest.param(["--to", "nowhere/x.kml"], "cannot be written", id="no such folder"),
    ],
)
def test_what_cannot_be_written_is_told(
    options: list[str], words: str, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(build), *options]) == 1
    assert words in capsys.readouterr().err


def test_exporting_again_gives_what_the_build_wrote(build: Path) -> None:
    FORMATS["csv"].write(made.result(), build / "first.csv", made.context())
    assert main(["export", str(build), "--to", str(build / "second.csv")]) == 0
    assert (build / "first.csv").read_bytes() == (build / "second.csv").read_bytes()
