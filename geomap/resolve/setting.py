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

from geomap.model import Candidate, MatchHow, PlaceKind, noun
from geomap.resolve.outlets import home_of, outlet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.resolve.options import Lookup
    from geomap.resolve.outlets import Outlet

_SHORTEST_NAME = 4
_COUNTRY_CODE = 2
_LONGEST_OUTLET = 60
_RUN = re.compile(r"[A-Z][\w'’-]*(?:[ \n][A-Z][\w'’-]*){0,3}")
_ABBREVIATION = re.compile(r"\b(?:(?:[A-Z]\.){2,3}|[A-Z][a-z]{1,4}\.)(?=[\s,;:)\]-])")
_WORD = re.compile(r"\w+|[£€]")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)/?\Z")
_SECOND_LEVEL = {"co", "com", "net", "org", "gov", "ac"}
_MANY = 150_000
_MOST_CITIES = 32
_AREAS = {PlaceKind.ADMIN1, PlaceKind.COUNTRY}


@noun
class Home:
    """The name of a place that an outlet is called by, or the very place where that is known."""

    text: str
    known: Candidate | None = None


@noun
class Setting:
    """Where a document seems to be at home.

    ``areas`` are ids of countries and first-level areas that it names, ``cities`` the names of
    large cities in it, marked or not, with their offsets, ``cues`` the share that each
    country (by code) has of the telling words. ``outlet`` is the outlet's name or address without
    blanks, ``outlet_country`` the country it is at home in, ``homes`` the places it is called by,
    or the one it is known to be at home in.
    """

    areas: frozenset[str]
    cities: tuple[tuple[str, int], ...]
    cues: Mapping[str, float]
    outlet: str
    outlet_country: str | None
    homes: tuple[Home, ...]


def setting_of(document: Document, gazetteer: Lookup) -> Setting:
    """Read the setting off a document; linear in its length."""
    labels, country = _address(document.publisher or "")
    outlet = outlet_of(document.publisher or "")
    text = f"{document.title or ''}\n{document.text}"
    areas, cities = _named(text, gazetteer)
    before_text = len(text) - len(document.text)
    return Setting(
        areas=areas,
        cities=tuple((name, max(0, start - before_text)) for name, start in cities),
        cues=_cues(text),
        outlet="".join(labels),
        outlet_country=outlet.country if outlet else country,
        homes=tuple(_homes_of(outlet, labels, gazetteer)),
    )


def _named(text: str, gazetteer: Lookup) -> tuple[frozenset[str], list[tuple[str, int]]]:
    """Collect the countries and first-level areas whose names a text holds, and large cities."""
    areas, cities = set(), []
    for name, start in _names_in(text).items():
        best = gazetteer.candidates(name)[:1] if gazetteer.knows(name) else ()
        for candidate in best:
            if candidate.place.kind in _AREAS:
                areas.add(candidate.place.id)
            elif _is_large(candidate):
                cities.append((name, start))
    return frozenset(areas), cities[:_MOST_CITIES]


def _names_in(text: str) -> dict[str, int]:
    """Return what may be the names of places in a text, with the offset of their first run."""
    names = {found[0]: found.start() for found in _ABBREVIATION.finditer(text)}
    for run in _RUN.finditer(text):
        words = re.sub(r"['’]s\b", "", run[0]).split()
        singles = [word for word in words if len(word) >= _SHORTEST_NAME]
        for name in (*singles, *(f"{a} {b}" for a, b in itertools.pairwise(words))):
            names.setdefault(name, run.start())
    return names


def _is_large(candidate: Candidate) -> bool:
    place = candidate.place
    large = place.kind is PlaceKind.CITY and (place.population or 0) >= _MANY
    return large and candidate.how is MatchHow.EXACT and not candidate.everyday


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


def _homes_of(outlet: Outlet | None, labels: list[str], gazetteer: Lookup) -> Iterator[Home]:
    """Yield where a listed outlet is at home; else what the labels of its address name."""
    if outlet is None:
        yield from (Home(text=name) for name in dict.fromkeys(_homes(labels, gazetteer)))
    elif known := home_of(outlet, gazetteer):
        yield Home(text=outlet.home, known=known)


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
