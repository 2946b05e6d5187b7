"""Libraries that others import only because they are there.

pyogrio, folium and pyarrow import pandas and geopandas where they find them, which takes a second
of processor time. None of them asks these for anything that a build writes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from geomap.config import Settings

_LOOKED_FOR = frozenset({"geopandas", "pandas"})


class _LeftOut:
    """Finds for Python's import that some modules are not there (:pep:`302`)."""

    @staticmethod
    def find_spec(
        name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> None:
        if name in _LOOKED_FOR:
            raise ModuleNotFoundError(f"{name} is left out of this process", name=name)


def leave_out(settings: Settings) -> None:
    """Have this process take for missing what a build with ``settings`` does not need.

    For a process that ends with its command. Where code of others may run, a pipeline of the user's
    own or the client of a cluster, nothing is left out.
    """
    if settings.spacy_pipeline is None and settings.engine in (None, "local"):
        sys.meta_path.insert(0, _LeftOut)
