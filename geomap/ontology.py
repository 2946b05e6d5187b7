"""Event types as data: their names, marks on the map, triggers, and codes in other systems.

An ontology is a TOML file of ``[[types]]`` tables; ``docs/events.md`` explains every key. Two come
with geomap, ``conflict.toml`` and ``hazards.toml``; a user's own file has the same form, and a type
of the same name replaces the one that was there.

The crosswalk follows the ACLED Codebook (event and sub-event types), the CAMEO Manual 1.1b3, the
PLOVER Manual (2021) and the EM-DAT classification (group/subgroup/type).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geomap.errors import OntologyError
from geomap.given import parse_toml, read_text
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDER = Path(__file__).parent / "ontologies"
DEFAULT_PATHS = (_FOLDER / "conflict.toml", _FOLDER / "hazards.toml")

#: Shapes that the map can draw.
ICONS = frozenset(
    {"circle", "square", "triangle", "triangle-down", "diamond", "star", "cross", "plus", "hexagon"}
    | {"pentagon", "ring", "drop"}
)


@noun
class Trigger:
    """Words that name an event, with the company they need.

    ``verbs`` and ``nouns`` are lemmas (a verb may have a particle, "shoot down"), ``phrases`` are
    words in a row. ``subject``, ``object`` and ``near`` say what must be there, ``not_subject``,
    ``not_object`` and ``not_near`` what must not: lemmas, or word classes with an at sign
    ("@weapon"). Several words are alternatives.
    """

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()


@noun
class EventType:
    """One type of event.

    ``refines`` names a wider type that turns into this one when weapons of all ``weapons`` classes
    take part. ``effect`` marks what follows from another event (a fire, an outage). ``rank`` orders
    types when one happening answers to several: the highest wins. Codes are ``None`` where the
    other system has no counterpart.
    """

    name: str
    label: str
    family: str
    color: str
    icon: str
    on_map: bool = True
    effect: bool = False
    rank: int = 0
    refines: str | None = None
    weapons: tuple[str, ...] = ()
    acled_event_type: str | None = None
    acled_sub_event_type: str | None = None
    cameo: str | None = None
    plover: str | None = None
    emdat: str | None = None
    triggers: tuple[Trigger, ...] = ()


@noun
class Ontology:
    """The event types by name, in the order of the files."""

    types: Mapping[str, EventType]

    @classmethod
    def load(cls, *paths: str | Path, with_defaults: bool = True) -> Ontology:
        """Load geomap's own types and then ``paths``; raise OntologyError for a wrong file."""
        types: dict[str, EventType] = {}
        for path in (*(DEFAULT_PATHS if with_defaults else ()), *map(Path, paths)):
            types.update((event_type.name, event_type) for event_type in _read(path))
        for event_type in types.values():
            if event_type.refines is not None and event_type.refines not in types:
                raise OntologyError(
                    f"type {event_type.name!r} refines {event_type.refines!r}, which no file "
                    f"defines; known types: {', '.join(sorted(types))}"
                )
        return cls(types=MappingProxyType(types))


def _read(path: Path) -> list[EventType]:
    text = read_text(path, OntologyError)
    return _File(path, text).types(parse_toml(text, str(path), OntologyError))


_REQUIRED = ("name", "label", "family", "color", "icon")
_TEXTS = (*_REQUIRED, "refines", "acled_event_type", "acled_sub_event_type")
_KINDS: Mapping[str, type] = MappingProxyType(
    dict.fromkeys((*_TEXTS, "cameo", "plover", "emdat"), str)
    | {"on_map": bool, "effect": bool, "rank": int, "weapons": list, "triggers": list}
)
_TRIGGER_KEYS = tuple(Trigger.__dataclass_fields__)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class _File:
    """One ontology file being read; knows where in the text a key stands."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def types(self, data: Mapping[str, Any]) -> list[EventType]:
        unknown = sorted(set(data) - {"types"})
        if unknown:
            raise self._error(-1, unknown[0], "unknown key; the file holds [[types]] tables only")
        tables = data.get("types")
        if not isinstance(tables, list) or not tables:
            raise self._error(-1, "types", "expected at least one [[types]] table")
        types = [self._type(index, table) for index, table in enumerate(tables)]
        self._refuse_twice(types)
        return types

    def _refuse_twice(self, types: Iterable[EventType]) -> None:
        seen: set[str] = set()
        for index, event_type in enumerate(types):
            if event_type.name in seen:
                raise self._error(index, "name", f"type {event_type.name!r} is defined twice")
            seen.add(event_type.name)

    def _type(self, index: int, table: Mapping[str, Any]) -> EventType:
        self._check_keys(index, table)
        values = dict(table)
        values["weapons"] = self._words(index, "weapons", table.get("weapons", []))
        values["triggers"] = tuple(
            self._trigger(index, trigger) for trigger in table.get("triggers", [])
        )
        return EventType(**values)

    def _check_keys(self, index: int, table: Mapping[str, Any]) -> None:
        for key, value in table.items():
            kind = _KINDS.get(key)
            if kind is None:
                raise self._error(index, key, f"unknown key; known are {', '.join(_KINDS)}")
            if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
                raise self._error(index, key, f"expected {kind.__name__}, found {value!r}")
        for key in _REQUIRED:
            if key not in table:
                raise self._error(index, "name", f"the key {key!r} is missing")
        if not _NAME.fullmatch(table["name"]):
            raise self._error(index, "name", "expected lower-case letters, digits and underscores")
        if not _COLOR.fullmatch(table["color"]):
            raise self._error(index, "color", f"expected #rrggbb, found {table['color']!r}")
        if table["icon"] not in ICONS:
            raise self._error(index, "icon", f"expected one of {', '.join(sorted(ICONS))}")

    def _trigger(self, index: int, table: object) -> Trigger:
        if not isinstance(table, dict):
            raise self._error(index, "triggers", f"expected [[types.triggers]], found {table!r}")
        for key in table:
            if key not in _TRIGGER_KEYS:
                raise self._error(index, key, f"unknown key; known are {', '.join(_TRIGGER_KEYS)}")
        trigger = Trigger(**{key: self._words(index, key, words) for key, words in table.items()})
        if not (trigger.verbs or trigger.nouns or trigger.phrases):
            raise self._error(index, "triggers", "a trigger needs verbs, nouns or phrases")
        return trigger

    def _words(self, index: int, key: str, words: object) -> tuple[str, ...]:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._error(index, key, f"expected a list of strings, found {words!r}")
        return tuple(words)

    def _error(self, index: int, key: str, reason: str) -> OntologyError:
        return OntologyError(f"{self._path}, line {self._line(index, key)}: {key}: {reason}")

    def _line(self, index: int, key: str) -> int:
        """Return the line of ``key`` in the type number ``index``, or that of the type."""
        table, start = -1, 1
        for number, line in enumerate(self._lines, start=1):
            stripped = line.strip()
            if stripped.replace(" ", "").startswith("[[types]]"):
                if table == index:
                    break
                table, start = table + 1, number
            if table == index and re.match(rf"(?:\[\[types\.)?[\"']*{re.escape(key)}\b", stripped):
                return number
        return start
