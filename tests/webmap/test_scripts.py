"""The page's scripts: what no linter holds."""

from __future__ import annotations

import re

import pytest

from geomap.webmap import assets

# What makes elements or code of text: nothing that a document says may become either.
TAKES_MARKUP = re.compile(
    r"(?:inner|outer)HTML\s*[+=]|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser"
    r"|setHTML|srcdoc|\beval\b|new Function|javascript:|bindPopup\(\s*[`'\"]"
)
DECLARED = re.compile(r"^(?:function|class|const|let) +(\w+)", re.MULTILINE)


@pytest.mark.parametrize("name", assets.SCRIPTS)
def test_no_script_takes_markup(name):
    assert TAKES_MARKUP.findall(assets.own(name)) == []


def test_nothing_is_declared_in_vain_or_twice():
    script = assets.script()
    names = DECLARED.findall(script)
    assert len(names) == len(set(names))
    assert [name for name in names if len(re.findall(rf"\b{name}\b", script)) == 1] == []
