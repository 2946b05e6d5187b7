"""People's corrections, and everything that a build found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from geomap.model.base import noun
from geomap.model.distances import DistanceCheck, DistanceClaim
from geomap.model.documents import Document, Failure
from geomap.model.places import Resolution
from geomap.model.reports import Event, Report


@noun
class Telling:
    """What one document tells, before it is compared with the others.

    ``document`` has its day of publication, from the text where no header told it. ``digest`` is a
    checksum of all that decides what is told, ``None`` where nobody keeps tellings.
    """

    document: Document
    resolutions: tuple[Resolution, ...]
    reports: tuple[Report, ...]
    claims: tuple[DistanceClaim, ...]
    digest: bytes | None = field(default=None, compare=False)


@noun
class Correction:
    """What a person set right: one line of a corrections file.

    The event is told by ``event_id``, or by the words of a report (``document_id``, ``start``,
    ``end``), which outlive a change of ids; what was left empty is ``None``.
    """

    line: int
    action: str
    event_id: str | None = None
    document_id: str | None = None
    start: int | None = None
    end: int | None = None
    field: str | None = None
    value: str | None = None
    author: str | None = None
    reason: str | None = None


@noun
class CorrectionOutcome:
    """A correction with what it did: ``note`` says what changed, or why it no longer applies."""

    correction: Correction
    applied: bool
    note: str
    event_id: str | None = None


@noun
class Result:
    """Everything a build found, in document order and, for events, in order of date and id.

    ``digests`` are those of the tellings by document id, so that what was made of a document before
    is known again; empty where nothing is kept.
    """

    documents: tuple[Document, ...]
    resolutions: tuple[Resolution, ...]
    reports: tuple[Report, ...]
    events: tuple[Event, ...]
    distances: tuple[DistanceCheck, ...] = ()
    near_copies: tuple[tuple[str, ...], ...] = ()  # groups of document ids that copy one another
    failures: tuple[Failure, ...] = ()
    corrections: tuple[CorrectionOutcome, ...] = ()  # in the order of the file
    digests: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
