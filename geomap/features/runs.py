"""Events and documents in runs, so that what an output holds of a run can be kept between builds.

Runs are those of :mod:`geomap.runs`. An output asks :meth:`Runs.made` for its pieces, one a run;
which of them were known makes no difference to what is written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from geomap.model import Event
from geomap.model.later import event_digests, event_ids
from geomap.runs import Run, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geomap.features.context import Context
    from geomap.features.pieces import Pieces
    from geomap.model import Result

__all__ = ["Run", "Runs", "document_runs", "event_runs"]

_OWN = attrgetter(*(each.name for each in fields(Event) if each.name != "reports"))


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs in order, which together are everything, and what may remember pieces of them."""

    runs: tuple[Run, ...]
    pieces: Pieces | None = None

    def made(
        self, kind: str, make: Callable[[Run], bytes], salts: Sequence[bytes] = ()
    ) -> list[bytes]:
        """Return a piece for each run: from a former build, or from ``make``.

        ``salts``, one a run, stand for what pieces of this kind hang on beside their run. ``make``
        must hang on nothing else, and give the same bytes for the same run.
        """
        keys, known = self._known(kind, salts)
        return [
            known[key] if key in known else self._new(kind, key, make(run))
            for key, run in zip(keys, self.runs, strict=True)
        ]

    def known(self, kind: str, salts: Sequence[bytes] = ()) -> list[bytes]:
        """Return the pieces from former builds alone, of as many runs as there are such."""
        keys, known = self._known(kind, salts)
        return [known[key] for key in keys if key in known]

    def before(self, end: int) -> Runs:
        """Return the runs that begin before a number."""
        return Runs(tuple(run for run in self.runs if run.first < end), self.pieces)

    def _known(
        self, kind: str, salts: Sequence[bytes]
    ) -> tuple[list[bytes], Mapping[bytes, bytes]]:
        """Return a key for each run, empty where there is none, and the pieces that are known."""
        keys = _keys(self.runs, salts)
        asked = [key for key in keys if key]
        return keys, self.pieces.recall(kind, asked) if self.pieces and asked else {}

    def _new(self, kind: str, key: bytes, piece: bytes) -> bytes:
        if self.pieces and key:
            self.pieces.keep(kind, key, piece)
        return piece


def _keys(runs: Sequence[Run], salts: Sequence[bytes]) -> list[bytes]:
    if not salts:
        return [run.digest for run in runs]
    return [
        run.digest and hashlib.sha256(run.digest + salt).digest()
        for run, salt in zip(runs, salts, strict=True)
    ]


def event_runs(result: Result, context: Context) -> Runs:
    """Return the events of a result in runs."""

    def make() -> Runs:
        digests = event_digests(result.events)
        if digests is None:
            digests = list(_digests(result)) if result.digests and context.pieces else ()
        return _runs(event_ids(result.events), digests, context)

    return context.once("event runs", result, make)


def document_runs(result: Result, context: Context) -> Runs:
    """Return the documents of a result in runs."""

    def make() -> Runs:
        ids = [document.id for document in result.documents]
        return _runs(ids, (result.digests.get(key, b"") for key in ids), context)

    return context.once("document runs", result, make)


def _runs(ids: Sequence[str], digests: Iterable[bytes], context: Context) -> Runs:
    known = list(digests) if context.pieces else []
    return Runs(tuple(cut(ids, known or [b""] * len(ids))), context.pieces)


def _digests(result: Result) -> Iterator[bytes]:
    """Yield a checksum over each event and over the documents that tell it, empty if not known."""
    encode = msgspec.msgpack.Encoder().encode
    known: Mapping[str, bytes] = result.digests
    for event in result.events:
        told = [known.get(report.document_id, b"") for report in event.reports]
        content = encode((_OWN(event), [report.id for report in event.reports]))
        yield hashlib.sha256(b"".join((*told, content))).digest() if all(told) else b""
