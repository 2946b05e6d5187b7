"""What runs of documents told, as bytes: quick to read back, as most of it is left for later.

The reports stay bytes until somebody asks for those of a document of the run, and apart from them
so do the resolutions and the rivals of the places of reports.
"""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from geomap import codec
from geomap.model import DistanceClaim, Report, Resolution, Rival, Telling, noun
from geomap.model.later import Later, Told, stand_in, unresolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.cache.sharing import Sharing
    from geomap.model import Document

_set = object.__setattr__

# Stands for how a run is written here: one that was written otherwise is never read.
_FORM = b"reports apart"


@noun
class _Lean:
    """What is read at once of one document; ``unresolved`` are its resolutions without a place."""

    published: date | None
    claims: tuple[DistanceClaim, ...]
    n_reports: int
    n_resolutions: int
    unresolved: tuple[Resolution, ...]


@noun
class _Reports:
    """The reports of one document; ``n_rivals`` says how many each of their places has."""

    reports: tuple[Report, ...]
    n_rivals: tuple[int, ...]


@noun
class _Left:
    """What is left of one document; ``rivals`` are those of each place of its reports, in order."""

    resolutions: tuple[Resolution, ...]
    rivals: tuple[tuple[Rival, ...], ...]


@noun
class _Run:
    """A run of documents, and the bytes of their reports and of what is left of them."""

    lean: tuple[_Lean, ...]
    reports: bytes
    left: bytes


def key(digest: bytes) -> bytes:
    """Return what a run is kept under, by a checksum over its documents."""
    return hashlib.sha256(_FORM + digest).digest()


def encode(tellings: Sequence[Telling]) -> bytes:
    """Return what a run of documents told as bytes."""
    return codec.pack(
        _Run(
            lean=tuple(map(_lean, tellings)),
            reports=codec.pack(tuple(map(_reports, tellings))),
            left=codec.pack(tuple(map(_left, tellings))),
        )
    )


def decode(
    content: bytes, documents: Sequence[Document], digests: Sequence[bytes], sharing: Sharing
) -> list[Telling]:
    """Return what ``documents``, as they were read now, told.

    Raises :class:`~geomap.codec.CodecError` for bytes that are damaged or tell of other documents.
    """
    run: _Run = codec.unpack(content, _Run, "what documents told")
    if len(run.lean) != len(documents):
        raise codec.CodecError("not what these documents told: of another number")
    later = _ReadLater(run, sharing)
    return [
        Telling(
            document=_published(document, lean),
            resolutions=later.resolutions(number),
            reports=later.reports(number),
            claims=lean.claims,
            digest=digest,
        )
        for number, (document, digest, lean) in enumerate(
            zip(documents, digests, run.lean, strict=True)
        )
    ]


def _published(document: Document, lean: _Lean) -> Document:
    if document.published == lean.published:
        return document
    return dataclasses.replace(document, published=lean.published)


def _lean(told: Telling) -> _Lean:
    return _Lean(
        published=told.document.published,
        claims=told.claims,
        n_reports=len(told.reports),
        n_resolutions=len(told.resolutions),
        unresolved=tuple(unresolved(told.resolutions)),
    )


def _reports(told: Telling) -> _Reports:
    return _Reports(
        reports=tuple(map(_without_rivals, told.reports)),
        n_rivals=tuple(len(where.rivals) for where in _places(told.reports)),
    )


def _left(told: Telling) -> _Left:
    return _Left(
        resolutions=tuple(told.resolutions),
        rivals=tuple(tuple(where.rivals) for where in _places(told.reports)),
    )


def _without_rivals(report: Report) -> Report:
    where = tuple(dataclasses.replace(each, rivals=()) for each in report.where)
    return dataclasses.replace(report, where=where)


def _places(reports: Sequence[Report]) -> Iterator[Resolution]:
    return (where for report in reports for where in report.where)


class _ReadLater:
    """Reports of a run, and what is left of it, those of a document read when it is asked for."""

    def __init__(self, run: _Run, sharing: Sharing) -> None:
        self._run = run
        self._sharing = sharing
        self._packed_reports: Sequence[msgspec.Raw] = ()
        self._packed_left: Sequence[msgspec.Raw] = ()
        self._left: dict[int, _Left] = {}

    def resolutions(self, number: int) -> tuple[Resolution, ...]:
        """Return what stands for the resolutions of the ``number``-th document of the run."""
        lean, make = self._run.lean[number], partial(self._resolutions, number)
        return stand_in(Told(lean.n_resolutions, make, lean.unresolved))

    def reports(self, number: int) -> tuple[Report, ...]:
        """Return what stands for its reports."""
        n_reports = self._run.lean[number].n_reports
        return stand_in(Later(n_reports, partial(self._reports_of, number))) if n_reports else ()

    def _reports_of(self, number: int) -> tuple[Report, ...]:
        """Return the reports of a document, completed with rivals: nobody else has them yet."""
        if not self._packed_reports:
            self._packed_reports = codec.unpack(self._run.reports, _EACH, "reports of a run")
        told = _REPORTS.decode(self._packed_reports[number])
        places = zip(_places(told.reports), told.n_rivals, strict=True)
        for turn, (where, n_rivals) in enumerate(places):
            self._sharing.share_location(where)
            if n_rivals:
                _set(where, "rivals", Later(n_rivals, partial(self._rivals, number, turn)))
        return told.reports

    def _resolutions(self, number: int) -> tuple[Resolution, ...]:
        return self._left_of(number).resolutions

    def _rivals(self, number: int, turn: int) -> tuple[Rival, ...]:
        return self._left_of(number).rivals[turn]

    def _left_of(self, number: int) -> _Left:
        if not self._packed_left:
            self._packed_left = codec.unpack(self._run.left, _EACH, "what was left of a run")
        if number not in self._left:
            left = self._left[number] = _LEFT.decode(self._packed_left[number])
            for resolution in left.resolutions:
                self._sharing.share_location(resolution)
        return self._left[number]


# What a run has of each document, read apart from the others.
_EACH = tuple[msgspec.Raw, ...]
_REPORTS = msgspec.msgpack.Decoder(_Reports)
_LEFT = msgspec.msgpack.Decoder(_Left)
