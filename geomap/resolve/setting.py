"""What a document tells beside its toponyms: areas it names, its country's words, its outlet.

The name or address of the outlet is part of the document's own metadata. What an outlet writes
about elsewhere is not used here; that is the publisher's profile, an option of its own.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geomap.model import PlaceKind, noun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.resolve.options import Lookup

_SHORTEST_NAME = 4
_COUNTRY_CODE = 2
_LONGEST_OUTLET = 60
_RUN = re.compile(r"[A-Z][\w'’-]*(?:[ \n][A-Z][\w'’-]*){0,3}")
_ABBREVIATION = re.compile(r"\b(?:(?:[A-Z]\.){2,3}|[A-Z][a-z]{1,4}\.)(?=[\s,;:)\]-])")
_WORD = re.compile(r"\w+|[£€]")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)/?\Z")
_SECOND_LEVEL = {"co", "com", "net", "org", "gov", "ac"}
_AREAS = {PlaceKind.ADMIN1, PlaceKind.COUNTRY}


@noun
class Setting:
    """Where a document seems to be at home.

    ``areas`` are ids of countries and first-level areas that it names, ``cues`` the share that each
    country (by code) has of the telling words. ``outlet`` is the outlet's name or address without
    blanks, ``outlet_country`` the country of its address, ``homes`` the names of places in it.
    """

    areas: frozenset[str]
    cues: Mapping[str, float]
    outlet: str
    outlet_country: str | None
    homes: tuple[str, ...]


def setting_of(document: Document, gazetteer: Lookup) -> Setting:
    """Read the setting off a document; linear in its length."""
    labels, country = _address(document.publisher or "")
    text = f"{document.title or ''}\n{document.text}"
    return Setting(
        areas=_areas(text, gazetteer),
        cues=_cues(text),
        outlet="".join(labels),
        outlet_country=country,
        homes=tuple(dict.fromkeys(_homes(labels, gazetteer))),
    )


def _areas(text: str, gazetteer: Lookup) -> frozenset[str]:
    """Collect the countries and first-level areas whose names a text holds."""
    names: set[str] = set(_ABBREVIATION.findall(text))
    for run in _RUN.findall(text):
        words = re.sub(r"['’]s\b", "", run).split()
        names |= {word for word in words if len(word) >= _SHORTEST_NAME}
        names |= {f"{a} {b}" for a, b in itertools.pairwise(words)}
    found = set()
    for name in names:
        if gazetteer.knows(name):
            best = gazetteer.candidates(name)
            if best and best[0].place.kind in _AREAS:
                found.add(best[0].place.id)
    return frozenset(found)


def _cues(text: str) -> dict[str, float]:
    """Return the share of each country in the telling words of a text."""
    tellers = _words()["tellers"]
    counts: Counter[str] = Counter()
    for word in set(_WORD.findall(text.lower())) & tellers.keys():
        for country in tellers[word]:
            counts[country] += 1
    whole = sum(counts.values())
    return {country: count / whole for country, count in counts.items()}


def _address(publisher: str) -> tuple[list[str], str | None]:
    """Split an outlet's address or name into labels, and tell the country of an address."""
    publisher = publisher.strip().lower()[:_LONGEST_OUTLET]
    host = _HOST.match(publisher)
    if not host:
        return [re.sub(r"[^\w-]", "", word) for word in publisher.split()], None
    *labels, suffix = host[1].split(".")
    while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    country = suffix.upper() if len(suffix) == _COUNTRY_CODE else None
    return labels, {"UK": "GB"}.get(country or "", country)


def _homes(labels: list[str], gazetteer: Lookup) -> Iterator[str]:
    """Yield the names of places that an outlet is called by."""
    for label in labels:
        core = _stripped(label)
        for part in re.split(r"-|(?<=\w{4})and(?=\w{4})", core):
            name = _known(part, gazetteer)
            if name:
                yield name


def _stripped(label: str) -> str:
    """Take the words that any outlet may be called by off both ends, the longest first."""
    words = _words()["outlet"]
    shorter = _shorter(label, words)
    while shorter is not None:
        label = shorter
        shorter = _shorter(label, words)
    return label


def _shorter(label: str, words: tuple[str, ...]) -> str | None:
    """Return the label without one such word, ``None`` where there is none to take off."""
    for word in words:
        if not (label.startswith(word) or label.endswith(word)):
            continue
        rest = label.removeprefix(word) if label.startswith(word) else label.removesuffix(word)
        rest = rest.strip("-")
        if not rest or len(rest) >= _SHORTEST_NAME:
            return rest
    return None


def _known(part: str, gazetteer: Lookup) -> str | None:
    """Return the name that a run of letters writes, with a blank where one is missing."""
    if len(part) < _SHORTEST_NAME:
        return None
    spaced = (f"{part[:n]} {part[n:]}" for n in range(3, len(part) - 2))
    return next((name for name in (part, *spaced) if gazetteer.knows(name)), None)


@cache
def _words() -> dict[str, Any]:
    """Return the words of the file beside this module: outlets' words, countries by word."""
    path = files("geomap.resolve") / "setting.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    tellers: dict[str, list[str]] = {}
    for country, words in sorted(data["cues"].items()):
        for word in words:
            tellers.setdefault(word, []).append(country)
    return {
        "outlet": tuple(sorted(data["outlet_words"], key=lambda word: (-len(word), word))),
        "tellers": tellers,
    }
