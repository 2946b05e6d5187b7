"""What stands behind an event beyond its fields: sentences, how places were found, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import DistanceCheck, Event, Measurement, Range, Report, Resolution, Result

_RIVALS = 3
_FURTHER_HARM = ("missing", "displaced", "detained")  # the field table has killed and injured


Mark = tuple[int, int, str]  # first and last+1 UTF-16 unit within a claim's quote, and the field


@dataclass(frozen=True, slots=True)
class Proof:
    """``marks`` are keyed by document and start of the quote; ``extra`` joins the event."""

    marks: dict[tuple[str, int], list[Mark]] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def proof(event: Event, adds: Any) -> Proof:
    """Return the proof of an event; ``adds`` is what it adds to sums."""
    marks = {
        (report.document_id, report.sentence.start): _marks(report) for report in event.reports
    }
    extra: dict[str, Any] = {
        "resolved": _resolved(
            resolution for report in event.reports for resolution in report.where
        ),
        "notes": list(event.notes),
        "possible_duplicates": list(event.possible_duplicates),
        "harmed": _further_harm(event),
        "adds": adds,
    }
    return Proof(marks, {key: value for key, value in extra.items() if value})


def _marks(report: Report) -> list[Mark]:
    """Return where in its sentence a report's facts stand; of overlapping words the first."""
    sentence = report.sentence
    found = [("trigger", report.trigger)]
    found += [(item.field, item.provenance) for item in report.evidence]
    spans = sorted(
        (words.start - sentence.start, words.end - sentence.start, name)
        for name, words in found
        if sentence.start <= words.start < words.end <= sentence.end
    )
    marks: list[Mark] = []
    for start, end, name in spans:
        if not marks or start >= marks[-1][1]:
            marks.append((start, end, name))
    return [
        (_utf16_units(sentence.quote[:start]), _utf16_units(sentence.quote[:end]), name)
        for start, end, name in marks
    ]


def _utf16_units(text: str) -> int:
    """Return the length that JavaScript gives ``text``."""
    if text.isascii():
        return len(text)
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)  # noqa: PLR2004 (end of the BMP)


def _resolved(resolutions: Iterable[Resolution]) -> list[dict[str, Any]]:
    """Return how each wording of the place was read, each once."""
    rows: dict[tuple[str, str | None], dict[str, Any]] = {}
    for resolution in resolutions:
        place = resolution.place
        key = (resolution.mention.text, place.id if place else None)
        if key not in rows:
            rows[key] = _resolution(resolution)
    return list(rows.values())


def _resolution(resolution: Resolution) -> dict[str, Any]:
    place = resolution.place
    row: dict[str, Any] = {"words": resolution.mention.text}
    if place:
        row["place"] = _name(place.name, place.admin1, place.country)
        row["kind"] = place.kind.value
        row["confidence"] = round(resolution.confidence, 2)
        row["source"] = place.id
    if place and resolution.location and resolution.location.relation:
        row["relation"] = resolution.location.relation
    row.update(_how(resolution))
    if resolution.note:
        row["note"] = resolution.note
    return row


def _how(resolution: Resolution) -> dict[str, Any]:
    chosen = resolution.place.id if resolution.place else None
    how: dict[str, Any] = {}
    rivals = []
    for rival in resolution.rivals:
        place = rival.candidate.place
        if place.id == chosen:
            how["how"] = rival.candidate.how.value
        else:
            rivals.append(_name(place.name, place.admin1, place.country))
    if rivals:
        how["rivals"] = rivals[:_RIVALS]
    return how


def _name(*parts: str | None) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _further_harm(event: Event) -> dict[str, list[int | None]]:
    counts = ((name, getattr(event.casualties, name)) for name in _FURTHER_HARM)
    return {name: _ends(count) for name, count in counts if count is not None}


def _ends(count: Range) -> list[int | None]:
    return [count.low, count.high]


def distances(result: Result, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Return the stated distances, those that were measured with their line as [lon, lat] pairs."""
    return [_distance(check, numbers) for check in result.distances]


def _distance(check: DistanceCheck, numbers: dict[str, int]) -> dict[str, Any]:
    claim = check.claim
    return {
        "from": claim.origin.name,
        "to": claim.target.name,
        "border": claim.to_border,
        "stated": [claim.stated_low_km, claim.stated_high_km],
        "approximate": claim.approximate,
        **_measured(check.measured),
        "verdict": check.verdict.value,
        "note": check.note,
        "quote": claim.provenance.quote,
        "document": numbers.get(claim.provenance.document_id, -1),
    }


def _measured(measured: Measurement | None) -> dict[str, Any]:
    if measured is None:
        return {}
    ends = (measured.origin, measured.nearest)
    return {
        "measured": round(measured.distance_km, 1),
        "tolerance": measured.tolerance_km,
        "dataset": measured.dataset,
        "line": [[round(end.lon, 5), round(end.lat, 5)] for end in ends],
    }
