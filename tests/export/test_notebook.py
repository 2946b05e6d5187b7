"""The worked notebook runs from its first cell to its last."""

from __future__ import annotations

import html
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from project import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    assert len(names["events"]) > 0
    assert set(names["claims"]["kind"]) == {"event", "distance"}
    inline = names["result"].explore()._repr_html_()
    assert html.unescape(inline.split('srcdoc="')[1].split('" title=')[0]) == (
        tmp_path / "output" / "map.html"
    ).read_text(encoding="utf-8")
