"""What documents report, and the events that the reports make together."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import IntEnum, StrEnum

from geomap.model.base import noun
from geomap.model.places import Location, Resolution


@noun
class Provenance:
    """The exact words: ``document.text[start:end] == quote``, always."""

    document_id: str
    start: int
    end: int
    quote: str


class TimePrecision(IntEnum):
    """How closely a date is known, in ACLED's codes (ACLED Codebook, "Time precision code")."""

    DAY = 1
    WEEK = 2
    MONTH = 3


@noun
class DateRange:
    """When: first and last possible day, the words that told it and the rule that read them.

    Both days are ``None`` where the words could not be dated (``rule`` then says why). The words
    are ``text``; ``provenance`` is where they stand.
    """

    first: date | None
    last: date | None
    precision: TimePrecision | None
    rule: str
    text: str | None = None
    provenance: Provenance | None = None


@noun
class Range:
    """A count as told: ``low`` to ``high``, ``None`` where that end is not told.

    "22" is (22, 22); "at least 22" is (22, None, open_ended=True); "up to 30" is (None, 30).
    """

    low: int | None
    high: int | None
    open_ended: bool = False


@noun
class Casualties:
    """People harmed or moved; a field that was not told is ``None``."""

    killed: Range | None = None
    injured: Range | None = None
    missing: Range | None = None
    displaced: Range | None = None
    detained: Range | None = None


@noun
class Figure:
    """One count as told, and the field of :class:`Casualties` that it is of."""

    field: str
    count: Range


@noun
class Weapon:
    """A weapon system (from the lexicon) with how many were launched, destroyed and hit."""

    system: str
    launched: Range | None = None
    destroyed: Range | None = None
    hit: Range | None = None


@noun
class Actor:
    """Who acted or was acted on: the normalized name, its country (ISO alpha-2), and the words."""

    name: str
    country: str | None = None
    provenance: Provenance | None = None


@noun
class Speaker:
    """Who says so, as opposed to who published it; ``side`` is an ISO alpha-2 country."""

    name: str
    side: str | None = None
    provenance: Provenance | None = None


class Status(StrEnum):
    """What the text makes of the event. Never "confirmed": text alone cannot confirm."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    DENIED = "denied"
    DISPUTED = "disputed"
    RETRACTED = "retracted"


@noun
class Evidence:
    """The words that one field of a report came from; ``field`` is the name of the field."""

    field: str
    provenance: Provenance


# Reports that are rather wrong than right are not told unless the user wants them
# (benchmarks/train_confidence.py prints how many go, and how many of those are right).
MIN_CONFIDENCE = 0.5


@noun
class Report:
    """One event as one document tells it.

    ``id`` is made of document and trigger offsets. ``where`` has several resolutions when one
    attack hit several places, none when the place is not told. ``parent_id`` is the report in the
    same document of which this one is an effect or a part. ``sentence`` is the telling sentence.
    ``casualties`` are the largest figures that the document gives, ``differing`` the others that it
    gives for the same people. ``confidence`` is the estimated probability, 0 to 1, that it is of an
    event of its own.
    """

    id: str
    document_id: str
    type: str
    trigger: Provenance
    sentence: Provenance
    when: DateRange | None = None
    where: tuple[Resolution, ...] = ()
    attacker: Actor | None = None
    target: Actor | None = None
    weapons: tuple[Weapon, ...] = ()
    casualties: Casualties = field(default_factory=Casualties)
    differing: tuple[Figure, ...] = ()
    status: Status = Status.REPORTED
    speaker: Speaker | None = None
    evidence: tuple[Evidence, ...] = ()
    parent_id: str | None = None
    confidence: float = 0.5


@noun
class ConflictValue:
    """One of the values that a field has among the reports, and the documents that say so."""

    value: str
    document_ids: tuple[str, ...]


@noun
class Conflict:
    """A field in which the reports of one event differ."""

    field: str
    values: tuple[ConflictValue, ...]


@noun
class Event:
    """What happened, merged from the reports that tell it.

    ``id`` is a hash of what identifies the event. ``places`` is empty where it could not be
    located; the first is the one the mark stands on. ``n_independent_sources`` counts near-copies
    once.
    ``parent_id`` names the event that this is a part or an effect of. ``notes`` are for people.
    """

    id: str
    type: str
    title: str
    when: DateRange | None
    places: tuple[Location, ...]
    attacker: Actor | None
    target: Actor | None
    weapons: tuple[Weapon, ...]
    casualties: Casualties
    status: Status
    conflicts: tuple[Conflict, ...]
    reports: tuple[Report, ...]
    n_independent_sources: int
    confidence: float
    parent_id: str | None = None
    possible_duplicates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
