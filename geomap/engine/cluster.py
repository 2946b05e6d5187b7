"""Workers of a Dask cluster, on this machine or on many.

Documents travel in partitions, as bytes; each worker has geomap, its models and its gazetteer, and
proves with every partition that they are ours. Dask gives the work of a worker that died to another
one; a document on which several died becomes a failure of its own.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from geomap.codec import decode, encode_document
from geomap.engine.task import check_fingerprint, tell_packed
from geomap.errors import ConfigError, EngineError, GeomapError
from geomap.model import Document, Failure, noun
from geomap.telling import Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.config import Settings
    from geomap.telling import Tell, Told

# Documents a task: enough that Dask's own millisecond a task is nothing, few enough that little is
# lost with a worker and that all finish together.
_PARTITION = 16

# Partitions in flight for each thread of the cluster.
_AHEAD = 3

_TIMEOUT_SECONDS = 15


@contextmanager
def open_cluster(settings: Settings, workers: int, fingerprint: bytes) -> Iterator[Tell]:
    """Give the engine of a cluster: the one at the address in ``settings``, or one of our own.

    ``fingerprint`` is that of this process. Raises :class:`~geomap.errors.EngineError` where the
    cluster cannot be reached, and while telling where it is lost or another geomap.
    """
    address = (settings.engine or "").removeprefix("dask").removeprefix("://")
    client = _connected(address) if address else _started(workers)
    try:
        yield _Cluster(client, settings, fingerprint).tell
    finally:
        client.close()


def tell_partition(contents: list[bytes], settings: Settings, fingerprint: bytes) -> list[bytes]:
    """Tell the documents of a partition; what a worker runs."""
    check_fingerprint(settings, fingerprint)
    return tell_packed(contents, settings)


@noun
class _Partition:
    """Items with the future of what they tell."""

    items: tuple[Item, ...]
    future: Any


class _Cluster:
    """A client of a cluster, with what its workers must be given."""

    def __init__(self, client: Any, settings: Settings, fingerprint: bytes) -> None:
        self._client = client
        self._settings = settings
        self._fingerprint = fingerprint

    def tell(self, items: Sequence[Item]) -> Iterator[Told]:
        """Tell the items in order, some partitions ahead of what is asked for."""
        waiting: deque[_Partition] = deque()
        rest = iter(items)
        while some := tuple(islice(rest, _PARTITION)):
            waiting.append(self._start(some))
            if len(waiting) >= _AHEAD * self._threads():
                yield from self._finish(waiting.popleft())
        while waiting:
            yield from self._finish(waiting.popleft())

    def _threads(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _start(self, items: tuple[Item, ...]) -> _Partition:
        contents = [encode_document(item) for item in items if isinstance(item, Document)]
        future = self._client.submit(
            tell_partition, contents, self._settings, self._fingerprint, pure=False
        )
        return _Partition(items=items, future=future)

    def _finish(self, partition: _Partition) -> list[Told]:
        """Return what a partition tells, in order."""
        from distributed import CancelledError, KilledWorker

        try:
            contents = iter(partition.future.result())
        except GeomapError:
            raise
        except KilledWorker:
            return self._apart(partition)
        except (CancelledError, OSError) as error:  # Dask's own errors of connection are OSErrors
            raise EngineError(
                f"the Dask scheduler was lost ({error}); what was told until now is in the cache"
            ) from error
        except (ImportError, AttributeError, TypeError) as error:
            raise EngineError(f"the Dask workers cannot run this geomap: {error}") from error
        return [
            item if isinstance(item, Failure) else decode(next(contents))
            for item in partition.items
        ]

    def _apart(self, partition: _Partition) -> list[Told]:
        """Tell the documents of a partition that killed its workers each by itself."""
        if len(partition.items) == 1:
            return [_death(item) for item in partition.items]
        alone = [self._start((item,)) for item in partition.items]
        return [told for one in alone for told in self._finish(one)]


def _death(item: Item) -> Told:
    if isinstance(item, Failure):
        return item
    message = "several workers died with it; the usual reason is too little memory"
    return Failure(source=item.source or item.id, stage="extract", message=message)


def _connected(address: str) -> Any:
    distributed = _distributed()
    try:
        return distributed.Client(address, timeout=_TIMEOUT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"no Dask scheduler answers at {address} ({error}); is it running, and is it to be "
            "reached from here?"
        ) from error


def _started(workers: int) -> Any:
    distributed = _distributed()
    cluster = distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None
    )
    return distributed.Client(cluster, set_as_default=False)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ConfigError(
            "the engine dask needs Dask; install it with: pip install 'geomap[dask]'"
        ) from error
    return distributed
