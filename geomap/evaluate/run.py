"""Let a system answer a gold file, on gold spans and from the text alone, and score both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geomap.evaluate import metrics
from geomap.evaluate.metrics import RecognitionScore, ResolutionScore
from geomap.evaluate.toponyms import GoldDocument, Toponym, answer
from geomap.model import Annotation, Document, Mention, Resolution, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class System(Protocol):
    """What is evaluated: it resolves given spans, and it finds spans itself."""

    def resolve(self, annotation: Annotation) -> tuple[Resolution, ...]:
        """Resolve the mentions of an annotation."""

    def locate(self, documents: Iterable[Document]) -> Iterator[Sequence[Resolution]]:
        """Recognize and resolve, in input order."""


@noun
class Outcome:
    """One gold document with the answers to its spans (in order) and those from text alone.

    ``found`` is ``None`` where only given spans were asked for.
    """

    gold: GoldDocument
    on_spans: tuple[Toponym, ...]
    found: tuple[Toponym, ...] | None


@noun
class Score:
    """Every figure of a run; recognition and end to end are ``None`` where not asked for.

    ``exact_id_n`` counts the gold toponyms with a GeoNames id, over which both shares are taken.
    """

    documents: int
    toponyms: int
    gold_spans: ResolutionScore
    exact_id_n: int
    exact_id_gold_spans: float | None
    exact: RecognitionScore | None = None
    overlap: RecognitionScore | None = None
    end_to_end: ResolutionScore | None = None
    on_recognized: ResolutionScore | None = None
    exact_id_end_to_end: float | None = None


def outcomes(
    gold: Sequence[GoldDocument], system: System, *, spans_only: bool = False
) -> Iterator[Outcome]:
    """Let ``system`` answer every document."""
    found = None if spans_only else system.locate(as_document(item) for item in gold)
    for item in gold:
        yield Outcome(
            gold=item,
            on_spans=on_spans(item, system.resolve(as_annotation(item))),
            found=None if found is None else tuple(answer(one) for one in next(found)),
        )


def as_document(item: GoldDocument) -> Document:
    """Return the gold document without what people marked."""
    return Document(
        id=item.id,
        text=item.text,
        title=item.title,
        published=item.published,
        publisher=item.publisher,
    )


def as_annotation(item: GoldDocument) -> Annotation:
    """Return the gold document with its spans as mentions, and nothing else told of them."""
    mentions = tuple(
        Mention(
            document_id=item.id,
            start=toponym.start,
            end=toponym.end,
            text=toponym.text,
            label="GIVEN",
        )
        for toponym in item.toponyms
        if is_inside(item, toponym)
    )
    return Annotation(document=as_document(item), sentences=(), tokens=(), mentions=mentions)


def on_spans(item: GoldDocument, resolutions: Sequence[Resolution]) -> tuple[Toponym, ...]:
    """Return an answer for every gold toponym; spans outside the text have an empty one."""
    answers = iter(resolutions)
    return tuple(
        answer(next(answers)) if is_inside(item, one) else Toponym(start=-1, end=-1, text="")
        for one in item.toponyms
    )


def is_inside(item: GoldDocument, toponym: Toponym) -> bool:
    """Tell whether a span lies in the text."""
    return 0 <= toponym.start < toponym.end <= len(item.text)


def score(results: Sequence[Outcome], keep: Callable[[Toponym], bool] | None = None) -> Score:
    """Score outcomes over the gold toponyms that have a point (and that ``keep`` accepts)."""

    def in_task(toponym: Toponym) -> bool:
        return toponym.point is not None and (keep is None or keep(toponym))

    rows = [
        (gold, given)
        for result in results
        for gold, given in zip(result.gold.toponyms, result.on_spans, strict=True)
        if in_task(gold)
    ]
    base = Score(
        documents=len(results),
        toponyms=len(rows),
        gold_spans=metrics.resolution([metrics.error_km(*row) for row in rows]),
        exact_id_n=sum(1 for gold, _ in rows if gold.geonameid is not None),
        exact_id_gold_spans=_exact_id(rows),
    )
    return (
        base if any(result.found is None for result in results) else _whole(base, results, in_task)
    )


def _whole(base: Score, results: Sequence[Outcome], in_task: Callable[[Toponym], bool]) -> Score:
    """Add the figures that need recognition."""
    rows = [row for result in results for row in end_to_end_rows(result) if in_task(row[0])]
    return Score(
        documents=base.documents,
        toponyms=base.toponyms,
        gold_spans=base.gold_spans,
        exact_id_n=base.exact_id_n,
        exact_id_gold_spans=base.exact_id_gold_spans,
        exact=metrics.total(
            _recognition(result, metrics.match_exact, in_task) for result in results
        ),
        overlap=metrics.total(
            _recognition(result, metrics.match_overlap, in_task) for result in results
        ),
        end_to_end=metrics.resolution([metrics.error_km(*row) for row in rows]),
        on_recognized=metrics.resolution(
            [metrics.error_km(gold, given) for gold, given in rows if given is not None]
        ),
        exact_id_end_to_end=_exact_id(rows),
    )


def end_to_end_rows(result: Outcome) -> list[tuple[Toponym, Toponym | None]]:
    """Pair every gold toponym with the answer of exactly its span, ``None`` where there is none."""
    found = result.found or ()
    pairs = dict(metrics.match_exact(_spans(result.gold.toponyms), _spans(found)))
    return [
        (gold, found[pairs[i]] if i in pairs else None)
        for i, gold in enumerate(result.gold.toponyms)
    ]


def _recognition(
    result: Outcome,
    match: Callable[[Sequence[metrics.Span], Sequence[metrics.Span]], list[metrics.Pair]],
    in_task: Callable[[Toponym], bool],
) -> RecognitionScore:
    gold, found = result.gold.toponyms, result.found or ()
    return metrics.recognition(gold, found, match(_spans(gold), _spans(found)), in_task)


def _spans(toponyms: Sequence[Toponym]) -> list[metrics.Span]:
    return [(toponym.start, toponym.end) for toponym in toponyms]


def _exact_id(rows: Sequence[tuple[Toponym, Toponym | None]]) -> float | None:
    asked = [(gold, given) for gold, given in rows if gold.geonameid is not None]
    if not asked:
        return None
    right = sum(1 for gold, given in asked if given and given.geonameid == gold.geonameid)
    return right / len(asked)
