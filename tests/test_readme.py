"""What README and docs say can be typed, can be typed; what they link to is there."""

from __future__ import annotations

import re
import shlex

import pytest
from project import ROOT

from geomap.cli import build_parser, main

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
COMMAND = re.compile(r"^(?:\$ )?(geomap .*?)(?:\s{2,}#.*)?$", re.MULTILINE)
BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def commands(path):
    """Return the geomap commands in the code blocks of a page; ``…`` marks a mere form."""
    text = path.read_text(encoding="utf-8")
    found = [line for block in BLOCK.findall(text) for line in COMMAND.findall(block)]
    return [line for line in found if "…" not in line and "[" not in line]


@pytest.mark.parametrize("line", commands(ROOT / "README.md"))
def test_the_commands_of_the_readme_run(line, tmp_path, monkeypatch, capsys):
    (tmp_path / "reports").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out or (tmp_path / "output" / "map.html").exists()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_commands_of_the_docs_are_ones(path):
    """Options and commands exist; what they name (files, databases) need not."""
    for line in commands(path):
        words = shlex.split(line.partition("|")[0].partition(" > ")[0])
        build_parser().parse_args(words[1:])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    missing = [
        target
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not missing
