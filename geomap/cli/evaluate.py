"""``geomap evaluate``: scores against gold files, and what changed since a former run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geomap.evaluate import Outcome, Score
    from geomap.evaluate.metrics import ResolutionScore
    from geomap.evaluate.toponyms import GoldDocument, Toponym
    from geomap.gazetteer import Gazetteer
    from geomap.locator import Locator
    from geomap.model import Annotation, Document, Resolution

_BELOW = 3
_FLOORS = ("f1", "overlap-f1", "acc161", "end-to-end", "exact-id")
_GROUPS = ("corpus", "kind", "use", "country")


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("evaluate", help="score recognition and resolution against gold")
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl")
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    parser.add_argument("--spans-only", action="store_true", help="leave recognition out")
    parser.add_argument("--by", choices=_GROUPS, help="also score each group of gold by itself")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep verdicts for --baseline")
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="list mentions gained and lost since --save"
    )
    parser.add_argument(
        "--fail-under",
        action="append",
        default=[],
        type=_floor,
        metavar="FIGURE=VALUE",
        help=f"exit with 3 when a figure is lower ({', '.join(_FLOORS)}); may be repeated",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate; 3 where a figure is below a ``--fail-under``."""
    from geomap.config import Settings
    from geomap.evaluate import outcomes, read_gold, score
    from geomap.evaluate.compare import changes, read_verdicts, verdicts, write_verdicts
    from geomap.evaluate.event_places import is_event_gold
    from geomap.locator import open_locator

    if any(is_event_gold(path) for path in args.gold):
        return _run_event_places(args)
    gold = tuple(document for path in args.gold for document in read_gold(path))
    former = read_verdicts(args.baseline) if args.baseline else None
    with open_locator(Settings(), spans_only=args.spans_only) as locator:
        results = list(outcomes(gold, _System(locator), spans_only=args.spans_only))
        baselines = _baselines(gold, locator.gazetteer)
    judged = list(verdicts(results))
    if args.save:
        write_verdicts(judged, args.save)
    whole = score(results)
    changed = changes(former, judged) if former is not None else None
    groups = dict(_groups(results, args.by)) if args.by else {}
    (_write_json if args.json else _write_text)(whole, groups, baselines, changed)
    return _check(_figures(whole), args.fail_under)


def _run_event_places(args: argparse.Namespace) -> int:
    """Score where events happened; all files are of that form."""
    from geomap.config import Settings
    from geomap.evaluate import render
    from geomap.evaluate.event_places import event_score, read_event_gold
    from geomap.extraction.places import event_places
    from geomap.locator import open_locator

    gold = [one for path in args.gold for one in read_event_gold(path)]
    with open_locator(Settings()) as locator:
        assert locator.recognizer is not None
        found = event_score(gold, locator.recognizer.annotate, event_places)
    if args.json:
        data = {"events": len(gold), "tokens": render.recognition_data(found)}
        sys.stdout.write(json.dumps(data) + "\n")
    else:
        line = render.recognition_line("Tokens of event places", found)
        sys.stdout.write(f"{len(gold)} events\n{line}\n")
    return _check({"f1": found.f1}, args.fail_under)


class _System:
    """The locator, as evaluation asks it."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator

    def resolve(self, annotation: Annotation) -> tuple[Resolution, ...]:
        return self._locator.resolve(annotation).resolutions

    def locate(self, documents: Iterable[Document]) -> Iterator[Sequence[Resolution]]:
        return (located.resolutions for located in self._locator.locate(documents))


def _baselines(gold: Sequence[GoldDocument], gazetteer: Gazetteer) -> dict[str, ResolutionScore]:
    from geomap.evaluate.baselines import BASELINES, baseline_score

    return {name: baseline_score(gold, gazetteer, choice) for name, choice in BASELINES.items()}


def _groups(results: Sequence[Outcome], by: str) -> Iterator[tuple[str, Score]]:
    """Score every group of gold toponyms by itself; precision is that of the whole."""
    from geomap.evaluate import score

    if by == "corpus":
        for corpus in sorted({result.gold.corpus for result in results}):
            yield corpus, score([one for one in results if one.gold.corpus == corpus])
        return

    def group(toponym: Toponym) -> str:
        return str(getattr(toponym, by) or "not told")

    def among(name: str) -> Callable[[Toponym], bool]:
        return lambda toponym: group(toponym) == name

    names = {group(one) for result in results for one in result.gold.toponyms if one.point}
    for name in sorted(names):
        yield name, score(results, among(name))


def _write_text(
    whole: Score,
    groups: dict[str, Score],
    baselines: dict[str, ResolutionScore],
    changed: Sequence[Any] | None,
) -> None:
    from geomap.evaluate import render

    lines = [*render.score_lines(whole), *render.baseline_lines(baselines)]
    for name, figures in groups.items():
        lines += ["", f"[{name}]", *render.score_lines(figures)]
    if changed is not None:
        lines += ["", *render.change_lines(changed)]
    sys.stdout.write("\n".join([*lines, "", *render.RULES]) + "\n")


def _write_json(
    whole: Score,
    groups: dict[str, Score],
    baselines: dict[str, ResolutionScore],
    changed: Sequence[Any] | None,
) -> None:
    from geomap.evaluate import render

    data = {
        **render.score_data(whole),
        "baselines": {name: render.resolution_data(one) for name, one in baselines.items()},
        "groups": {name: render.score_data(one) for name, one in groups.items()},
        "rules": list(render.RULES),
    }
    if changed is not None:
        data["changes"] = [render.change_data(change) for change in changed]
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _floor(text: str) -> tuple[str, float]:
    """Parse ``acc161=0.9``."""
    name, _, value = text.partition("=")
    if name not in _FLOORS:
        raise ValueError(name)
    return name, float(value)


def _figures(whole: Score) -> dict[str, float | None]:
    """Return the figures that can have a floor."""
    return {
        "f1": whole.exact.f1 if whole.exact else None,
        "overlap-f1": whole.overlap.f1 if whole.overlap else None,
        "acc161": whole.gold_spans.acc161,
        "end-to-end": whole.end_to_end.acc161 if whole.end_to_end else None,
        "exact-id": whole.exact_id_gold_spans,
    }


def _check(figures: Mapping[str, float | None], floors: Sequence[tuple[str, float]]) -> int:
    """Return 3, and say so, where a figure is below its floor or was not measured."""
    code = 0
    for name, floor in floors:
        figure = figures.get(name)
        if figure is None or figure < floor:
            told = "was not measured" if figure is None else f"is {figure:.4f}"
            sys.stderr.write(f"geomap: {name} {told}, expected at least {floor}\n")
            code = _BELOW
    return code
