"""The word lists under ``lexica/``, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Mapping


@noun
class System:
    """A weapon system: its name, its class, and the words that name it."""

    system: str
    kind: str
    words: tuple[str, ...]


@noun
class Role:
    """An actor by role, the names that stand for it, and its country (ISO alpha-2)."""

    name: str
    names: tuple[str, ...]
    country: str | None = None


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return the table ``lexica/<name>.toml``."""
    path = files(__package__).joinpath("lexica").joinpath(f"{name}.toml")
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return one list of a table as a set."""
    return frozenset(table(name)[key])


@cache
def sayings() -> frozenset[str]:
    """Return the verbs of saying, those of claiming among them."""
    return words("speech", "says") | words("speech", "claims")


@cache
def systems() -> Mapping[str, System]:
    """Return weapon systems by the words that name them."""
    rows = [
        System(system=row["system"], kind=row["class"], words=tuple(row["words"]))
        for row in table("weapons")["systems"]
    ]
    return MappingProxyType({word: row for row in rows for word in row.words})


@cache
def roles() -> Mapping[str, Role]:
    """Return actors by the names that stand for them."""
    rows = [
        Role(name=row["name"], names=tuple(row["names"]), country=row.get("country"))
        for row in table("actors")["actors"]
    ]
    return MappingProxyType({name: row for row in rows for name in row.names})


def capitals(country: str | None) -> tuple[int, ...]:
    """Return the GeoNames ids of the capitals of a country (ISO alpha-2), most have one."""
    return tuple(table("capitals")["capitals"].get(country, ()))
