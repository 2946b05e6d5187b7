"""The word lists of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geomap.model import noun


@noun
class Words:
    """Lists of words in small letters, but for ``names_with_article``."""

    own_area_words: frozenset[str]
    area_words: frozenset[str]
    names_with_article: frozenset[str]
    title_words: frozenset[str]
    speech_verbs: frozenset[str]
    weapon_words: frozenset[str]
    weapon_names: frozenset[str]
    diseases: frozenset[str]
    learned_words: frozenset[str]
    faiths: frozenset[str]
    place_prepositions: frozenset[str]
    place_only_prepositions: frozenset[str]
    place_verbs: frozenset[str]
    directions: frozenset[str]
    no_part_of_name: frozenset[str]
    name_particles: frozenset[str]


@cache
def words() -> Words:
    """Read the lists once."""
    table = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return Words(**{key: frozenset(values) for key, values in table.items()})
