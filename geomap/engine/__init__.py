"""Engines: telling documents by several processes of this machine, or by those of others.

Which engine works makes no difference to the result, only to how long it takes.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.config import Settings
    from geomap.engine.processes import Pool
    from geomap.telling import Tell


@contextmanager
def ahead(settings: Settings) -> Iterator[Pool | None]:
    """Give a process of the engine to start before its work is there: its models load longest.

    Gives ``None`` where no process shall be forked.
    """
    if settings.engine not in (None, "local") or (settings.workers or processors()) == 1:
        yield None
        return
    from geomap.engine.processes import ahead

    with ahead(settings) as pool:
        yield pool


@contextmanager
def open_engine(
    settings: Settings,
    here: Tell,
    fingerprint: bytes,
    meanwhile: Iterable[object],
    *,
    begun: Pool | None = None,
) -> Iterator[Tell]:
    """Give the engine that ``settings`` ask for.

    ``here`` is the engine of this process, ``fingerprint`` stands for all that its results hang on;
    steps of ``meanwhile`` are useful while another process works, ``begun`` may be one from
    :func:`ahead`.

    Raises :class:`~geomap.errors.ConfigError` for an engine that there is none of, and
    :class:`~geomap.errors.EngineError` for one that does not answer.
    """
    workers = settings.workers or processors()
    if settings.engine in (None, "local"):
        if workers == 1:
            yield here
            return
        from geomap.engine.processes import open_pool

        with open_pool(settings, workers, here, meanwhile, begun=begun) as tell:
            yield tell
    elif settings.engine == "dask" or settings.engine.startswith("dask://"):
        from geomap.engine.cluster import open_cluster

        with open_cluster(settings, workers, fingerprint) as tell:
            yield tell
    else:
        raise ConfigError(
            f'unknown engine "{settings.engine}"; known: local, dask, dask://HOST:PORT'
        )


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # knows of taskset and of containers' cpusets
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
