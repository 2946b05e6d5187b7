"""``geomap.toml`` to a frozen :class:`Settings`.

Every key has a default, so that a folder without the file builds too. An unknown key is refused and
names the nearest known one: a misspelt setting that is silently ignored is worse than an error.
"""

from __future__ import annotations

import dataclasses
import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import ConfigError
from geomap.given import parse_toml, read_text
from geomap.model import MIN_CONFIDENCE, noun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE_NAME = "geomap.toml"

DEFAULT_FORMATS = ("geojson", "gpkg", "parquet", "csv", "claims", "mentions")


@noun
class Settings:
    """What a user can set; the names are the keys of ``geomap.toml``.

    ``formats`` are the layers that a build writes beside map and report. ``near`` is a place that
    ambiguous names lean to. ``spacy_pipeline`` names an installed spaCy pipeline to use instead of
    the default one. ``overlays`` and ``ontologies`` are files of the user's own places and event
    types, ``poi`` one with places that every event is measured to, ``corrections`` one with what an
    analyst set right. ``viewpoint`` is the ISO alpha-2 code of the country whose view of borders is
    taken (``None``: the internationally recognized one). Reports less sure than ``min_confidence``
    (0 to 1) are left out. ``columns`` says which column of a table
    holds which field of a document (``columns = { text = "body" }``). Limits: a larger file
    (``max_file_mb``), a longer text (``max_text_chars``), an archive that unpacks to more
    (``max_archive_mb``) or a document that takes more processor time (``max_seconds``) is reported
    and skipped. A map page that would be larger than ``map_max_mb`` leaves out of the details of
    its events what the layers have too. How the work is done, which no result hangs on: ``workers``
    processes (``None``: as many as processors) of the ``engine`` ("local", "dask",
    "dask://HOST:PORT"), and whether what documents tell is kept in a ``cache`` of at most
    ``cache_max_mb``. ``profile`` is for locating many documents at once, each of which then leans
    to what its publisher's others are about; a build works on every document by itself.
    """

    formats: tuple[str, ...] = DEFAULT_FORMATS
    near: str | None = None
    profile: bool = False
    spacy_pipeline: str | None = None
    overlays: tuple[str, ...] = ()
    ontologies: tuple[str, ...] = ()
    viewpoint: str | None = None
    corrections: str | None = None
    poi: str | None = None
    min_confidence: float = MIN_CONFIDENCE
    max_file_mb: int = 50
    max_text_chars: int = 2_000_000
    max_archive_mb: int = 1000
    max_seconds: int = 120
    columns: tuple[tuple[str, str], ...] = ()
    map_max_mb: int = 10
    workers: int | None = None
    engine: str | None = None
    cache: bool = True
    cache_max_mb: int = 2000


# What TOML may hold for each declared type, with the words of the error message.
_TOML_TYPES: Mapping[str, tuple[type, str]] = {
    "tuple[str, ...]": (list, "a list of strings"),
    "str | None": (str, "a string"),
    "int": (int, "a whole number above 0, a billion at most"),
    "int | None": (int, "a whole number above 0, a billion at most"),
    "float": (float, "a number from 0 to 1"),
    "bool": (bool, "true or false"),
    "tuple[tuple[str, str], ...]": (dict, "a table of strings"),
}

# Settings of how the work is done: a record of what a result was made from leaves them out.
MANNER = frozenset({"workers", "engine", "cache", "cache_max_mb"})

# What counts megabytes, characters, seconds and processes can be no larger.
_MOST = 1_000_000_000

# Keys that decide whose code runs on the documents, and which machines they are sent to.
_OWNER_KEYS = ("engine", "spacy_pipeline")

# Keys whose values are paths, read relative to the file that names them.
_PATH_KEYS = frozenset({"overlays", "ontologies", "corrections", "poi"})


def load(path: Path) -> Settings:
    """Read settings from a TOML file.

    Raises :class:`ConfigError` naming the file and the key when the file is no TOML, a key is not
    known or a value is of the wrong type.
    """
    table = parse_toml(read_text(path, ConfigError), str(path), ConfigError)
    fields = {field.name: str(field.type) for field in dataclasses.fields(Settings)}
    values = {key: _checked(path, fields, key, value) for key, value in table.items()}
    return Settings(**values)


def find(inputs: Sequence[Path], given: Path | None = None) -> Settings:
    """Read the file that was given, else ``geomap.toml`` beside the input or in the current folder.

    Returns the defaults where there is none. Raises :class:`ConfigError` where a file that came
    with the documents, and may be a stranger's, says who shall work on them.
    """
    if given:
        return load(given)
    for folder in (path for path in inputs if path.is_dir()):
        if (folder / FILE_NAME).is_file():
            return _of_documents(folder / FILE_NAME)
    here = Path(FILE_NAME)
    return load(here) if here.is_file() else Settings()


def _of_documents(path: Path) -> Settings:
    """Read the file beside the documents; it may say how to read them, and not with what."""
    settings = load(path)
    if path.resolve() != Path(FILE_NAME).resolve():
        for key in _OWNER_KEYS:
            if getattr(settings, key) is not None:
                raise ConfigError(
                    f'{path}: "{key}" is not taken from a file beside the documents, which may '
                    f"have come with them; if you wrote it, say --config {path}"
                )
    return settings


def _checked(path: Path, fields: Mapping[str, str], key: str, value: object) -> Any:
    """Return the value as :class:`Settings` holds it."""
    if key not in fields:
        close = difflib.get_close_matches(key, fields, n=1)
        hint = f'; did you mean "{close[0]}"?' if close else f"; known: {', '.join(sorted(fields))}"
        raise ConfigError(f'{path}: unknown setting "{key}"{hint}')
    wanted, words = _TOML_TYPES[fields[key]]
    if not _fits(value, wanted):
        raise ConfigError(f'{path}: "{key}" must be {words}, found {value!r}')
    if key in _PATH_KEYS:
        return _resolved(path, key, value)
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return tuple(value) if isinstance(value, list) else value


def _fits(value: object, wanted: type) -> bool:
    """Tell whether a TOML value is of the wanted type; a boolean is no number here."""
    if isinstance(value, list):
        return wanted is list and all(isinstance(item, str) for item in value)
    if isinstance(value, dict):
        return wanted is dict and all(isinstance(item, str) for item in value.values())
    if isinstance(value, bool) or wanted is bool:
        return isinstance(value, bool) and wanted is bool
    if wanted is float:
        return isinstance(value, int | float) and 0 <= value <= 1
    return isinstance(value, wanted) and (not isinstance(value, int) or 0 < value <= _MOST)


def _resolved(path: Path, key: str, value: Any) -> Any:
    """Make paths relative to the settings file usable from anywhere."""
    if "\0" in "".join(value):
        raise ConfigError(f'{path}: "{key}" is no path: it holds a null character')
    if isinstance(value, list):
        return tuple(str(path.parent / item) for item in value)
    return str(path.parent / value)
