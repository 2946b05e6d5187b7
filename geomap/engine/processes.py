"""Several processes of this machine, each with its own models, that share the gazetteer's pages.

Every document is a task of its own, so that processes finish together; its result takes the place
of the document, so that the order of the input is that of the output however many work. A few
documents, for which models are loaded once, are told by a process and one that is forked from it. A
process that dies (short of memory, as a rule) takes only its document with it, and only after that
died a second time with nothing beside it.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from geomap.codec import decode, encode_document
from geomap.engine.forking import begin, can_fork
from geomap.engine.task import load_tools, tell_by_two, tell_packed
from geomap.model import Document, Failure, noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

    from geomap.config import Settings
    from geomap.telling import Item, Tell, Told

# Fewer documents than this a process are sooner told here than its models are loaded.
FEWEST_EACH = 8

# Tasks in flight a worker: enough that none waits, few enough that memory does not grow.
_AHEAD = 8

# So much text is told by a process and another forked from it, before more is shared out.
_MOST_CHARS = 50_000

_TRIALS = 2


@contextmanager
def ahead(settings: Settings) -> Iterator[Pool | None]:
    """Give a process to start before its work is there, if it is safe; it ends with the block."""
    if not can_fork():
        yield None
        return
    pool = Pool(settings, 1)
    try:
        yield pool
    finally:
        pool.kill()


@contextmanager
def open_pool(
    settings: Settings,
    workers: int,
    here: Tell,
    meanwhile: Iterable[object],
    *,
    begun: Pool | None = None,
) -> Iterator[Tell]:
    """Give an engine of ``workers`` processes, of as many as there is work for.

    What is work for one is done by one other process, that of ``begun`` if it is there, where a
    process is quickly made; else by ``here``. While it is waited for, this one takes steps of
    ``meanwhile``.
    """
    with ExitStack() as stack:
        if begun:
            stack.callback(begun.kill)

        def tell(items: Sequence[Item]) -> Iterator[Told]:
            documents = sum(isinstance(item, Document) for item in items)
            wanted = min(workers, documents // FEWEST_EACH)
            if begun and documents and wanted <= 1:
                return _told_by(begun, items, meanwhile)
            if begun:
                begun.kill()  # or nothing may be forked beside its thread
            if not documents or (wanted <= 1 and not can_fork()):
                return here(items)
            pool = Pool(settings, max(1, wanted))
            stack.callback(pool.close)
            return _told_by(pool, items, () if wanted > 1 else meanwhile)

        yield tell


def _told_by(pool: Pool, items: Sequence[Item], meanwhile: Iterable[object]) -> Iterator[Told]:
    """Tell by a pool that ends with the last item, so that others may be forked behind it."""
    pool.load()
    yield from pool.tell(items, meanwhile)
    pool.close()


@noun
class _Task:
    """Documents in work, and items that need none; no future where all of them are such."""

    items: tuple[Document | Failure, ...]
    future: Future[list[bytes]] | None


class Pool:
    """An executor that outlives the death of its processes."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._forked: list[BaseProcess] = []

    def tell(self, items: Sequence[Item], meanwhile: Iterable[object] = ()) -> Iterator[Told]:
        """Tell the items in order, some ahead of what is asked for.

        While the next one is not done, steps of ``meanwhile`` are taken.
        """
        tasks: deque[_Task] = deque()
        steps = iter(meanwhile)
        for batch in self._batches(items):
            tasks.append(self._start(batch))
            if len(tasks) >= _AHEAD * self._workers:
                yield from self._finish(tasks, steps)
        while tasks:
            yield from self._finish(tasks, steps)

    def _batches(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Yield what is one task each."""
        if self._workers > 1:
            yield from ([item] for item in items)
            return
        batch: list[Item] = []
        n_chars = 0
        for item in items:
            length = len(item.text) if isinstance(item, Document) else 0
            if batch and n_chars + length > _MOST_CHARS:
                yield batch
                batch, n_chars = [], 0
            batch.append(item)
            n_chars += length
        if batch:
            yield batch

    def load(self) -> None:
        """Start the processes and have them load their tools, unless that was done before.

        They are to start while this process has no threads.
        """
        if self._executor is None:
            others = multiprocessing.active_children()
            self._executor = self._started()
            for _ in range(self._workers):
                self._executor.submit(load_tools, self._settings)
            self._forked = [
                each for each in multiprocessing.active_children() if each not in others
            ]

    def close(self) -> None:
        """End the processes; what they still work on is dropped."""
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def kill(self) -> None:
        """End the processes that were forked, whatever they do; one that was closed has none."""
        if self._executor:
            for process in self._forked:
                process.kill()
            self.close()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, mp_context=_context(), initializer=begin)

    def _start(self, items: Sequence[Item]) -> _Task:
        packed = [encode_document(item) for item in items if isinstance(item, Document)]
        if not packed:
            return _Task(items=tuple(items), future=None)
        if self._executor is None:
            self._executor = self._started()
        tell = tell_by_two if self._workers == 1 else tell_packed
        try:
            future = self._executor.submit(tell, packed, self._settings)
        except BrokenProcessPool as error:  # told when the turn of this item comes
            future = Future()
            future.set_exception(error)
        return _Task(items=tuple(items), future=future)

    def _finish(self, tasks: deque[_Task], steps: Iterator[object]) -> Sequence[Told]:
        """Return what the first task found; after a death, work on those in flight one by one."""
        _work_until_done(tasks[0].future, steps)
        try:
            found = _result(tasks[0])
        except BrokenProcessPool:
            self.close()
            alone = [self._tell_alone(item) for task in tasks for item in task.items]
            tasks.clear()
            tasks.extend(alone)
            found = _result(tasks[0])
        tasks.popleft()
        return found

    def _tell_alone(self, item: Item) -> _Task:
        """Work on one item with nothing beside it, so that a death is its own."""
        for _ in range(_TRIALS):
            try:
                task = self._start([item])
                _result(task)
            except BrokenProcessPool:
                self.close()
            else:
                return task
        return _Task(items=(_death(item),), future=None)


def _work_until_done(future: Future[list[bytes]] | None, steps: Iterator[object]) -> None:
    """Take steps until there are none, or the result is there.

    What goes wrong with one will do so again, and be told, where it is needed.
    """
    try:
        while future and not future.done():
            next(steps)
    except Exception:  # noqa: BLE001  the end of the steps, or of what made them
        return


def _result(task: _Task) -> list[Told]:
    told = iter(task.future.result() if task.future else ())
    return [item if isinstance(item, Failure) else decode(next(told)) for item in task.items]


def _death(item: Item) -> Failure:
    assert isinstance(item, Document)
    return Failure(
        source=item.source or item.id,
        stage="extract",
        message="the process that worked on it died, and died again alone with it; "
        "the usual reason is too little memory",
    )


def _context() -> multiprocessing.context.BaseContext:
    """Return how to start processes: forked where that is safe, which it is not beside threads."""
    return multiprocessing.get_context("fork" if can_fork() else "spawn")
