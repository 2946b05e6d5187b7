"""Events and documents in runs, so that what an output holds of a run can be kept between builds.

A run ends where what is in it says so, and not after a number of events: one that is new changes
the run that it falls into, and no other. An output asks :meth:`Runs.made` for its pieces, one a
run; which of them were known makes no difference to what is written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from geomap.model import Event, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geomap.features.context import Context
    from geomap.features.pieces import Pieces
    from geomap.model import Result

# One in so many events ends a run: fewer pieces to look up, against more to make anew around one
# that is new.
_MEAN = 32
# Where nothing is kept, a run is a handful that fits into memory whatever is made of it.
_UNKEPT = 512
_OWN = attrgetter(*(each.name for each in fields(Event) if each.name != "reports"))


@noun
class Run:
    """Those from ``first`` to before ``end``; ``digest`` stands for them, empty where unknown."""

    first: int
    end: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs in order, which together are everything, and what may remember pieces of them."""

    runs: tuple[Run, ...]
    pieces: Pieces | None = None

    def made(
        self, kind: str, make: Callable[[Run], bytes], salts: Iterable[bytes] = ()
    ) -> list[bytes]:
        """Return a piece for each run: from a former build, or from ``make``.

        ``salts``, one a run, stand for what pieces of this kind hang on beside their run. ``make``
        must hang on nothing else, and give the same bytes for the same run.
        """
        keys = _keys(self.runs, salts)
        asked = [key for key in keys if key]
        known = self.pieces.recall(kind, asked) if self.pieces and asked else {}
        return [
            known[key] if key in known else self._new(kind, key, make(run))
            for key, run in zip(keys, self.runs, strict=True)
        ]

    def _new(self, kind: str, key: bytes, piece: bytes) -> bytes:
        if self.pieces and key:
            self.pieces.keep(kind, key, piece)
        return piece


def _keys(runs: Sequence[Run], salts: Iterable[bytes]) -> list[bytes]:
    if not salts:
        return [run.digest for run in runs]
    return [
        run.digest and hashlib.sha256(run.digest + salt).digest()
        for run, salt in zip(runs, salts, strict=True)
    ]


def event_runs(result: Result, context: Context) -> Runs:
    """Return the events of a result in runs."""
    return context.once("event runs", result, lambda: _runs(result, context, _events(result)))


def document_runs(result: Result, context: Context) -> Runs:
    """Return the documents of a result in runs."""
    digests = (result.digests.get(document.id, b"") for document in result.documents)
    return context.once("document runs", result, lambda: _runs(result, context, digests))


def _runs(result: Result, context: Context, digests: Iterable[bytes]) -> Runs:
    if context.pieces is None or not result.digests:
        digests = (b"" for _ in digests)
    return Runs(tuple(cut(digests)), context.pieces)


def _events(result: Result) -> Iterator[bytes]:
    """Yield a checksum over each event and over the documents that tell it, empty if not known."""
    encode = msgspec.msgpack.Encoder().encode
    known: Mapping[str, bytes] = result.digests
    for event in result.events:
        told = [known.get(report.document_id, b"") for report in event.reports]
        ids = [report.id for report in event.reports]
        content = encode((_OWN(event), ids))
        yield hashlib.sha256(b"".join((*told, content))).digest() if all(told) else b""


def cut(digests: Iterable[bytes]) -> Iterator[Run]:
    """Yield runs of what ``digests`` stand for, one each; what is unknown ends no run."""
    first, inner = 0, []
    for number, digest in enumerate(digests, start=1):
        inner.append(digest)
        is_end = digest[0] % _MEAN == 0 if digest else number - first >= _UNKEPT
        if is_end:
            yield _run(first, inner)
            first, inner = number, []
    if inner:
        yield _run(first, inner)


def _run(first: int, inner: Sequence[bytes]) -> Run:
    digest = hashlib.sha256(b"".join(inner)).digest() if all(inner) else b""
    return Run(first=first, end=first + len(inner), digest=digest)
