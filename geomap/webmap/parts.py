"""The events of a run as the page holds them: JSON that stands for itself, so that it can be kept.

Documents, areas and first-level areas are numbered within the run; beside the JSON stands what the
numbers mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from geomap.features.drawing import OutlineKey
from geomap.features.making import maker
from geomap.features.runs import event_runs
from geomap.model import Status, noun
from geomap.model.later import event_ids
from geomap.webmap import evidence
from geomap.webmap.districts import Within, within
from geomap.webmap.packing import PACKER, pack
from geomap.webmap.plain import table_row
from geomap.webmap.policy import embed_json
from geomap.webmap.sharing import share
from geomap.webmap.thinning import Thinned, thin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.features import Context, Feature
    from geomap.features.runs import Run
    from geomap.model import Result

_DIGITS = 6  # of a degree: 0.1 m
_TYPE_CODES = ("acled_event_type", "acled_sub_event_type", "cameo", "plover")
#: Fields of the table that the page derives from the type and the point.
_DERIVED = frozenset((*_TYPE_CODES, "lat", "lon"))


@noun
class Part:
    """The events of a run; ``content`` follows others in a list of JSON, packed if that was asked.

    The rest tells what its numbers mean: ids of documents, keys of outlines, first-level areas.
    """

    content: bytes
    documents: tuple[str, ...]
    areas: tuple[OutlineKey, ...]
    districts: tuple[Within, ...]


_PART = msgspec.msgpack.Decoder(Part)
_ROWS = msgspec.msgpack.Decoder(list[str])


@noun
class _Manner:
    """How parts are made."""

    thinned: Thinned | None
    packed: bool

    def __str__(self) -> str:
        how = self.thinned.to_dict() if self.thinned else ""
        return f"page {how} {PACKER if self.packed else ''}"


@dataclass(slots=True)
class _Told:
    """The events of a run as plain data, and what they refer to by number."""

    events: list[dict[str, Any]] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)
    areas: dict[OutlineKey, int] = field(default_factory=dict)
    districts: dict[tuple[str, str], tuple[int, Within]] = field(default_factory=dict)


class Parts:
    """The events of a result; ``additions`` are what events add to sums, by id."""

    def __init__(
        self, result: Result, context: Context, additions: Mapping[str, dict[str, Any]]
    ) -> None:
        self.n_events = len(result.events)
        self._ids = event_ids(result.events)
        self._result = result
        self._context = context
        self._runs = event_runs(result, context)
        self._additions = additions
        self._documents = {document.id: document for document in result.documents}
        self._made: dict[int, _Told] = {}
        self._manner: _Manner | None = None
        self._packed: dict[int, bytes] = {}

    def of(self, thinned: Thinned | None, *, packed: bool) -> list[Part]:
        """Return the events by run, with less in their details if the page is thinned."""
        manner = _Manner(thinned=thinned, packed=packed)
        pieces = self._runs.made(str(manner), lambda run: self._part(run, manner), self._salts)
        return list(map(_PART.decode, pieces))

    def fit(self, most_bytes: int, thinned: Thinned | None, *, packed: bool) -> bool:
        """Tell whether :meth:`of` would give so much at most, without reading what is known.

        Where what is known is too much, nothing is made.
        """
        manner = _Manner(thinned=thinned, packed=packed)
        kind = f"size {manner}"

        def measure(run: Run) -> bytes:
            return b"%d" % len(_PART.decode(self._part(run, manner)).content)

        if sum(map(int, self._runs.known(kind, self._salts))) > most_bytes:
            return False
        return sum(map(int, self._runs.made(kind, measure, self._salts))) <= most_bytes

    def _part(self, run: Run, manner: _Manner) -> bytes:
        """Return a part, made once: it is measured first, and the next manner is for good."""
        if manner != self._manner:
            self._manner, self._packed = manner, {}
        if run.first not in self._packed:
            self._packed[run.first] = msgspec.msgpack.encode(self._made_part(run, manner))
        return self._packed[run.first]

    def _made_part(self, run: Run, manner: _Manner) -> Part:
        told = self._told(run)
        shown = share(thin(event, manner.thinned) for event in told.events)
        content = f",{embed_json(shown)}".encode()
        return Part(
            content=pack(content) if manner.packed else content,
            documents=tuple(told.documents),
            areas=tuple(told.areas),
            districts=tuple(each for _, each in told.districts.values()),
        )

    def table(self, thinned: Thinned | None, most: int, *, quoted: bool) -> list[str]:
        """Return the first events as rows of an HTML table, with or without their quotes."""

        def make(run: Run) -> bytes:
            told = self._told(run)
            documents = [self._documents[key] for key in told.documents]
            events = (thin(event, thinned) for event in told.events)
            labels = {name: known.label for name, known in self._context.ontology.types.items()}
            rows = [table_row(event, labels, documents, quoted=quoted) for event in events]
            return msgspec.msgpack.encode([_whole(row) for row in rows])

        kind = f"table {thinned.to_dict() if thinned and quoted else ''} {quoted}"
        shown = self._runs.before(most)
        return [row for piece in shown.made(kind, make) for row in _ROWS.decode(piece)][:most]

    @cached_property
    def _salts(self) -> list[bytes]:
        """Return what the events of each run add to sums, which hangs on other events too."""
        return [
            msgspec.msgpack.encode(
                [self._additions.get(each) for each in self._ids[run.first : run.end]]
            )
            for run in self._runs.runs
        ]

    def _told(self, run: Run) -> _Told:
        if run.first not in self._made:
            told = _Told()
            features = maker(self._result, self._context).of(run)
            events = self._result.events[run.first : run.end]
            for feature, event in zip(features, events, strict=True):
                proof = evidence.proof(event, self._additions.get(event.id))
                told.events.append(self._event(feature, proof, told))
            self._made[run.first] = told
        return self._made[run.first]

    def _event(self, feature: Feature, proof: evidence.Proof, told: _Told) -> dict[str, Any]:
        values = {key: value for key, value in feature.properties.items() if key not in _DERIVED}
        event = _without_defaults(_known(values)) | _position(feature, told)
        claims = feature.properties.get("claims") or ()
        if claims:
            event["claims"] = [self._claim(claim, proof, told) for claim in claims]
        if place := within(event):
            number, _ = told.districts.setdefault(place[:2], (len(told.districts), place))
            event["within"] = number
        return event | proof.extra

    def _claim(self, claim: dict[str, Any], proof: evidence.Proof, told: _Told) -> dict[str, Any]:
        known = _known(claim)
        document = known.pop("document_id")
        del known["end"]  # as long as the quote
        if known.get("status") == Status.REPORTED:
            del known["status"]
        number = -1
        if document in self._documents:
            number = told.documents.setdefault(document, len(told.documents))
            known.pop("publisher", None)  # the document has it
        marks = proof.marks.get((document, known["start"]))
        return {"document": number, **known, **({"marks": marks} if marks else {})}


def _without_defaults(event: dict[str, Any]) -> dict[str, Any]:
    """Leave out what ``events.js`` puts back: a last day that is the first, a single report."""
    if event.get("date_end") == event.get("date_start"):
        event.pop("date_end", None)
    for count in ("n_reports", "n_independent_sources"):
        if event.get(count) == 1:
            del event[count]
    return event


def _position(feature: Feature, told: _Told) -> dict[str, Any]:
    if feature.point is None:
        return {}
    lon, lat = feature.point.lon, feature.point.lat
    position: dict[str, Any] = {"point": [round(lon, _DIGITS), round(lat, _DIGITS)]}
    if feature.outline:
        position["area"] = told.areas.setdefault(feature.outline, len(told.areas))
    return position


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != []}


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
