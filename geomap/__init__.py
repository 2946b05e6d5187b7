"""geomap turns a folder of news reports into a map of events that can be checked, offline.

    >>> import geomap
    >>> built = geomap.build(["reports/"], "output/")  # doctest: +SKIP
    >>> for located in geomap.locate(["Missiles struck near Kharkiv."]):  # doctest: +SKIP
    ...     print([resolution.place.name for resolution in located.resolutions])

Everything listed in ``__all__`` is the public interface; it is imported when it is first used, so
that ``import geomap`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "build": "api",
    "extract": "api",
    "locate": "api",
    "locate_frame": "api",
    "Gazetteer": "gazetteer",
    "Settings": "config",
    "Document": "model",
    "Event": "model",
    "Point": "model",
    "Report": "model",
    "Resolution": "model",
    "Result": "model",
    "GeomapError": "errors",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605  a list of strings, kept in one place


def __getattr__(name: str) -> Any:
    """Import what is public when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    return getattr(import_module(f"geomap.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
