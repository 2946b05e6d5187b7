"""What a change gained and lost, mention by mention."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.evaluate import metrics
from geomap.evaluate.gold import json_lines
from geomap.evaluate.run import end_to_end_rows
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.evaluate.run import Outcome
    from geomap.evaluate.toponyms import Toponym

Key = tuple[str, str, int, int]


@noun
class Verdict:
    """Whether one gold mention was answered within 161 km, and by what."""

    corpus: str
    document_id: str
    start: int
    end: int
    text: str
    right: bool
    place: str | None

    @property
    def key(self) -> Key:
        """What identifies the mention from run to run."""
        return (self.corpus, self.document_id, self.start, self.end)


@noun
class Change:
    """A mention that was wrong before and is right now, or the other way round."""

    before: Verdict
    after: Verdict

    @property
    def gained(self) -> bool:
        """Whether the change is for the better."""
        return self.after.right


def verdicts(results: Sequence[Outcome]) -> Iterator[Verdict]:
    """Judge every gold mention that has a point: end to end, or on its span where only that ran."""
    for result in results:
        rows: Sequence[tuple[Toponym, Toponym | None]] = (
            end_to_end_rows(result)
            if result.found is not None
            else list(zip(result.gold.toponyms, result.on_spans, strict=True))
        )
        for gold, given in rows:
            if gold.point is not None:
                yield Verdict(
                    corpus=result.gold.corpus,
                    document_id=result.gold.id,
                    start=gold.start,
                    end=gold.end,
                    text=gold.text,
                    right=metrics.error_km(gold, given) < metrics.NEAR_KM,
                    place=given.name if given else None,
                )


def changes(before: Sequence[Verdict], after: Sequence[Verdict]) -> list[Change]:
    """List the mentions judged in both runs whose verdict changed, in order of the second run."""
    former = {verdict.key: verdict for verdict in before}
    return [
        Change(before=former[verdict.key], after=verdict)
        for verdict in after
        if verdict.key in former and former[verdict.key].right != verdict.right
    ]


def write_verdicts(judged: Sequence[Verdict], path: Path) -> None:
    """Write verdicts as JSON Lines, to be read back as a baseline."""
    lines = (json.dumps(_row(verdict), ensure_ascii=False) for verdict in judged)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_verdicts(path: Path) -> list[Verdict]:
    """Read what :func:`write_verdicts` wrote; ``InputError`` names a line of another form."""
    return [_verdict(row, f"{path}, line {number}") for number, row in json_lines(path)]


def _verdict(row: Mapping[str, Any], where: str) -> Verdict:
    try:
        return Verdict(
            corpus=str(row["corpus"]),
            document_id=str(row["document_id"]),
            start=int(row["start"]),
            end=int(row["end"]),
            text=str(row["text"]),
            right=bool(row["right"]),
            place=row["place"],
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(
            f"{where}: is no verdict that --save wrote (found {error!r}); save a baseline anew"
        ) from error


def _row(verdict: Verdict) -> dict[str, Any]:
    return {
        "corpus": verdict.corpus,
        "document_id": verdict.document_id,
        "start": verdict.start,
        "end": verdict.end,
        "text": verdict.text,
        "right": verdict.right,
        "place": verdict.place,
    }
