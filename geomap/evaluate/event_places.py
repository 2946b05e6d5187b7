"""Score where events happened: the words of a place, given the word of the event.

A line of the gold file is ``{"text", "verb": [[start, end]], "locations": [[start, end]]}``: the
locations are where the event named by the verb happened, none where the text does not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.evaluate import metrics
from geomap.evaluate.gold import json_lines
from geomap.evaluate.metrics import Span
from geomap.model import Document, noun
from geomap.visible import whole_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.evaluate.metrics import RecognitionScore
    from geomap.model import Annotation

    Finder = Callable[[Annotation, int, int], Sequence[Span]]


@noun
class EventGold:
    """A text with the spans of one event's word and of the places where it happened."""

    id: str
    text: str
    verb: tuple[Span, ...]
    locations: tuple[Span, ...]


def is_event_gold(path: Path) -> bool:
    """Tell by its first line whether a file is of this form."""
    return any("verb" in row for _, row in [next(json_lines(path), (0, {}))])


def read_event_gold(path: Path) -> tuple[EventGold, ...]:
    """Read a gold file of this form; ``InputError`` names a wrong line."""
    return tuple(_event(row, f"{path}, line {number}") for number, row in json_lines(path))


def event_score(
    gold: Sequence[EventGold],
    annotate: Callable[[Iterable[Document]], Iterator[Annotation]],
    find: Finder,
) -> RecognitionScore:
    """Count tokens of the places that ``find`` gives for each event, over all texts."""
    documents = (Document(id=str(n), text=one.text) for n, one in enumerate(gold))
    return metrics.total(
        _score_one(one, annotation, find)
        for one, annotation in zip(gold, annotate(documents), strict=True)
    )


def _score_one(one: EventGold, annotation: Annotation, find: Finder) -> RecognitionScore:
    tokens = [(token.start, token.end) for token in annotation.tokens]
    found = {span for start, end in one.verb for span in find(annotation, start, end)}
    return metrics.token_score(tokens, one.locations, sorted(found))


def _event(row: Mapping[str, Any], where: str) -> EventGold:
    try:
        return EventGold(
            id=str(row.get("id", where)),
            text=whole_characters(str(row["text"])),
            verb=_spans(row["verb"]),
            locations=_spans(row["locations"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(
            f"{where}: expected 'text', 'verb' and 'locations' with pairs of numbers, "
            f"found {error!r}"
        ) from error


def _spans(pairs: Any) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in pairs)
