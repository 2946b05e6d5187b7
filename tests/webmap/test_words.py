"""Every word of the interface stands in one file, and every word there is used."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from geomap.model import MatchHow, Status, Verdict
from geomap.webmap import assets
from geomap.webmap.frame import OVERLAYS

PAGE = resources.files("geomap.webmap") / "page"
SOURCES = {
    file.name: file.read_text("utf-8")
    for file in PAGE.iterdir()
    if file.name.endswith((".js", ".jinja"))
}
WORDS = assets.words()
USED_IN_PYTHON = {"direction", "title", "noscript.note", "noscript.more"} | {
    f"layer.{overlay.key}" for overlay in OVERLAYS
}
PLURAL_FORM = re.compile(r"\.(?:zero|one|two|few|many)$")


def used_keys():
    text = "\n".join(SOURCES.values())
    return set(re.findall(r"""\b(?:t|plural)[(\[]["']([a-z0-9.-]+)["'][,)\]]""", text))


def test_every_script_is_in_the_page():
    scripts = {name for name in SOURCES if name.endswith(".js")}
    assert scripts == set(assets.SCRIPTS)


def test_words_that_scripts_ask_for_are_there():
    assert used_keys() - set(WORDS) == set()


def test_no_word_is_left_over():
    text = "\n".join(SOURCES.values())
    made = {match.rstrip(".") for match in re.findall(r"`([a-z]+\.)\$\{", text)}
    left = {
        key
        for key in WORDS
        if PLURAL_FORM.sub("", key) not in text
        and key.split(".")[0] not in made
        and key not in USED_IN_PYTHON
    }
    assert left == set()


@pytest.mark.parametrize(
    "key",
    [f"status.{status}" for status in Status]
    + [f"distance.{verdict}" for verdict in Verdict]
    + [f"how.{how}" for how in MatchHow]
    + [f"precision.{code}" for code in (1, 2, 3, "none")],
)
def test_every_value_of_the_model_has_a_word(key):
    assert key in WORDS
