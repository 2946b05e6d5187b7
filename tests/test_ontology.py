from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap.errors import OntologyError
from geomap.ontology import DEFAULT_PATHS, Ontology

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[[types]]
name = "sinkhole"
label = "Sinkhole"
family = "geophysical"
color = "#112233"
icon = "ring"

[[types.triggers]]
nouns = ["sinkhole"]
"""


def test_the_default_types_cover_conflict_and_hazards() -> None:
    types = Ontology.load().types
    assert {"missile_strike", "shelling", "interception", "protest", "air_alert"} <= set(types)
    assert {"earthquake", "flood", "landslide", "storm", "plane_crash"} <= set(types)


def test_every_conflict_type_has_a_crosswalk_and_every_hazard_its_emdat_type() -> None:
    for event_type in Ontology.load().types.values():
        codes = (event_type.acled_event_type, event_type.cameo, event_type.emdat)
        assert any(codes) or event_type.name == "damage", event_type.name


def test_diplomacy_is_off_the_map_and_sought_only_when_asked() -> None:
    assert not Ontology.load().types["visit"].on_map
    assert not Ontology.load().types["visit"].triggers
    asked = Ontology.load(DEFAULT_PATHS[0].parent / "diplomacy.toml")
    assert asked.types["visit"].triggers


def test_a_users_file_adds_a_type(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD)
    types = Ontology.load(path).types
    assert types["sinkhole"].triggers[0].nouns == ("sinkhole",)
    assert "flood" in types


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ('"#112233"', '"red"', 6, "color"),
        ('"ring"', '"spiral"', 7, "icon"),
        ('label = "Sinkhole"', "label = 5", 4, "label"),
        ('family = "geophysical"', 'familly = "geophysical"', 5, "familly"),
        ('name = "sinkhole"', 'name = "Sink Hole"', 3, "name"),
        ('nouns = ["sinkhole"]', 'nouns = "sinkhole"', 10, "nouns"),
        ('nouns = ["sinkhole"]', "nouns = []", 9, "triggers"),
        ('nouns = ["sinkhole"]', 'noun = ["sinkhole"]', 10, "noun"),
        ('icon = "ring"\n', "", 3, "name: the key 'icon' is missing"),
        ('[[types.triggers]]\nnouns = ["sinkhole"]', 'triggers = ["sinkhole"]', 9, "triggers"),
        ('"sinkhole"\nlabel', '"sinkhole"\nrank = true\nlabel', 4, "rank: expected int"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(OntologyError, match=rf"line {line}: {word}"):
        Ontology.load(path)


NAMELESS = GOOD.replace('name = "sinkhole"\n', "")


@pytest.mark.parametrize(
    ("content", "line", "word", "reason"),
    [
        ("", 1, "types: expected at least one", "nothing"),
        ("types = 5", 1, "types: expected at least one", "no tables"),
        ("[types]", 1, "types: expected at least one", "one table instead of a list"),
        ("[[kinds]]", 1, "kinds: unknown key", "another table"),
        (NAMELESS, 2, "name: the key 'name' is missing", "a type has no name"),
        (NAMELESS + GOOD, 2, "name: the key 'name' is missing", "the first of two has none"),
        (GOOD + NAMELESS, 12, "name: the key 'name' is missing", "the second of two has none"),
        ("types = [{label = 5}]", 1, "label: expected str", "written in one line"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(
    tmp_path: Path, content: str, line: int, word: str, reason: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content)
    with pytest.raises(OntologyError) as raised:
        Ontology.load(path)
    assert f"line {line}: {word}" in str(raised.value), reason


def test_a_type_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD + GOOD)
    with pytest.raises(OntologyError, match="defined twice"):
        Ontology.load(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.toml"):
        Ontology.load(tmp_path / "none.toml")


def test_a_type_cannot_refine_what_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace('icon = "ring"', 'icon = "ring"\nrefines = "hole"'))
    with pytest.raises(OntologyError, match="refines 'hole'"):
        Ontology.load(path)
