"""What runs of documents told, as bytes: quick to read back, as most of it is left for later.

Reports are read at once, as merging looks at all of them. The resolutions, and the rivals of the
places of reports, stay bytes until an output asks for those of the run.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from geomap import codec
from geomap.model import DistanceClaim, Report, Resolution, Rival, Telling, noun
from geomap.model.later import Later, Told, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.cache.sharing import Sharing
    from geomap.model import Document

_set = object.__setattr__


@noun
class _Lean:
    """What is read at once of one document; ``unresolved`` are its resolutions without a place."""

    published: date | None
    reports: tuple[Report, ...]
    claims: tuple[DistanceClaim, ...]
    n_resolutions: int
    unresolved: tuple[Resolution, ...]


@noun
class _Left:
    """What is left of one document; ``rivals`` are those of each place of its reports, in order."""

    resolutions: tuple[Resolution, ...]
    rivals: tuple[tuple[Rival, ...], ...]


@noun
class _Run:
    """A run of documents; ``n_rivals`` says for each place of all its reports how many it has."""

    lean: tuple[_Lean, ...]
    n_rivals: tuple[int, ...]
    left: bytes


def encode(tellings: Sequence[Telling]) -> bytes:
    """Return what a run of documents told as bytes."""
    left = tuple(
        _Left(
            resolutions=tuple(told.resolutions),
            rivals=tuple(tuple(where.rivals) for where in _places(told.reports)),
        )
        for told in tellings
    )
    return codec.pack(
        _Run(
            lean=tuple(map(_lean, tellings)),
            n_rivals=tuple(len(rivals) for each in left for rivals in each.rivals),
            left=codec.pack(left),
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
    left, n_rivals = _Leftover(run.left, sharing), iter(run.n_rivals)
    return [
        Telling(
            document=_published(document, lean),
            resolutions=left.resolutions(number, lean),
            reports=left.completed(number, lean, n_rivals),
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
        reports=tuple(map(_without_rivals, told.reports)),
        claims=told.claims,
        n_resolutions=len(told.resolutions),
        unresolved=tuple(each for each in told.resolutions if each.location is None),
    )


def _without_rivals(report: Report) -> Report:
    where = tuple(dataclasses.replace(each, rivals=()) for each in report.where)
    return dataclasses.replace(report, where=where)


def _places(reports: Sequence[Report]) -> Iterator[Resolution]:
    return (where for report in reports for where in report.where)


class _Leftover:
    """What was left of a run, read when the first asks for it."""

    def __init__(self, content: bytes, sharing: Sharing) -> None:
        self._content = content
        self._sharing = sharing
        self._read: tuple[_Left, ...] = ()

    def resolutions(self, number: int, lean: _Lean) -> tuple[Resolution, ...]:
        """Return what stands for the resolutions of the ``number``-th document of the run."""
        make = partial(self._resolutions, number)
        return stand_in(Told(lean.n_resolutions, make, lean.unresolved))

    def completed(self, number: int, lean: _Lean, n_rivals: Iterator[int]) -> tuple[Report, ...]:
        """Return the reports of a document, which nobody else has yet, with rivals."""
        for turn, where in enumerate(_places(lean.reports)):
            self._sharing.share_location(where)
            if count := next(n_rivals):
                _set(where, "rivals", Later(count, partial(self._rivals, number, turn)))
        return lean.reports

    def _resolutions(self, number: int) -> tuple[Resolution, ...]:
        return self._all()[number].resolutions

    def _rivals(self, number: int, turn: int) -> tuple[Rival, ...]:
        return self._all()[number].rivals[turn]

    def _all(self) -> tuple[_Left, ...]:
        if not self._read:
            self._read = codec.unpack(self._content, tuple[_Left, ...], "what was left of a run")
            for left in self._read:
                for resolution in left.resolutions:
                    self._sharing.share_location(resolution)
        return self._read
