"""Score event extraction against gold events, field by field, or measure its time.

    python benchmarks/extraction.py articles ../shared/seeds     # tests/gold/articles.json
    python benchmarks/extraction.py sentences                     # tests/gold/sentences.toml, and
                                                                  # phrasings.toml
    python benchmarks/extraction.py news                          # tests/gold/news_open.toml,
                                                                  # news_other.toml, news_apart.toml
                                                                  # news_plain_apart.toml, the
                                                                  # three of news_wide and the two
                                                                  # of news_round, the three of
                                                                  # news_ring, news_last and
                                                                  # those of news_fresh,
                                                                  # news_web and news_far
    python benchmarks/extraction.py traps                         # tests/gold/traps.toml
    python benchmarks/extraction.py corpora ../shared/corpora     # tests/gold/corpora_open.json,
                                                                  # corpora_more, _apart, _last
    python benchmarks/extraction.py speed ../shared/seeds

A found event answers the gold event whose trigger its own trigger (or another mention of it)
overlaps; each answers one. What answers none is wrong; optional gold events are neither asked for
nor wrong. A trap is sprung when a wrong event is told by words that the gold calls none.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.extraction import extract
from geomap.model import Document
from geomap.ontology import Ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geomap.model import Annotation, Range, Report, Resolution

    Reading = tuple[Annotation, tuple[Resolution, ...]]

GOLD = Path(__file__).parents[1] / "tests" / "gold"
_FILES = {
    "articles": ("articles.json",),
    "sentences": ("sentences.toml", "phrasings.toml"),
    "news": (
        "news_open.toml",
        "news_other.toml",
        "news_apart.toml",
        "news_wide_open.toml",
        "news_wide_more.toml",
        "news_wide_apart.toml",
        "news_plain_apart.toml",
        "news_round_open.toml",
        "news_round_late.toml",
        "news_ring_open.toml",
        "news_ring_more.toml",
        "news_ring_late.toml",
        "news_last.toml",
        "news_fresh_apart.toml",
        "news_fresh_open.toml",
        "news_web_open.toml",
        "news_web_apart.toml",
        "news_web_late.toml",
        "news_far_apart.toml",
        "news_far_open.toml",
        "news_far_late.toml",
    ),
    "traps": ("traps.toml",),
    "corpora": (
        "corpora_open.json",
        "corpora_more.json",
        "corpora_apart.json",
        "corpora_last.json",
    ),
}
# Counted and never shown.
_APART = frozenset(
    {
        "news_apart.toml",
        "news_wide_apart.toml",
        "news_plain_apart.toml",
        "news_fresh_apart.toml",
        "news_web_apart.toml",
        "news_far_apart.toml",
        "news_far_late.toml",
        "corpora_apart.json",
        "corpora_last.json",
    }
)
FIELDS = ("type", "place", "date", "figures")


def pair(reports: Iterable[Report], gold: list[dict[str, Any]]) -> dict[int, int]:
    """Match reports to gold events one to one: the main trigger first, then its other mentions."""
    numbered = list(enumerate(reports))
    matched: dict[int, int] = {}
    for spans_of in (_main_trigger, _all_triggers):
        for optional in (False, True):
            for number, report in numbered:
                if number in matched:
                    continue
                free = [
                    n
                    for n, event in enumerate(gold)
                    if n not in matched.values()
                    and bool(event.get("optional")) is optional
                    and _overlaps(spans_of(report), event["triggers"])
                ]
                if free:
                    matched[number] = max(free, key=lambda n: _agreement(report, gold[n]))
    return matched


def _agreement(report: Report, event: dict[str, Any]) -> int:
    return sum(right for right in judge(report, event).values() if right is not None)


def _main_trigger(report: Report) -> list[tuple[int, int]]:
    return [(report.trigger.start, report.trigger.end)]


def _all_triggers(report: Report) -> list[tuple[int, int]]:
    return [(e.provenance.start, e.provenance.end) for e in report.evidence if e.field == "trigger"]


def _overlaps(spans: Iterable[tuple[int, int]], others: Iterable[list[int]]) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in others)


def judge(report: Report, event: dict[str, Any]) -> dict[str, bool | None]:
    """Say for each field whether it is right; None where the gold asks nothing."""
    names = {r.place.name if r.place else r.mention.text for r in report.where} | {
        r.mention.text for r in report.where
    }
    when = report.when
    days = [str(when.first), str(when.last)] if when and when.first else None
    places = event["places"]
    wanted = event.get("date")
    return {
        "type": report.type in event["types"],
        "place": (bool(names & set(places)) or (not names and "-" in places))
        if places
        else not names,
        "date": None
        if wanted == "any"
        else (days in wanted)
        if wanted
        else days is None,  # a null among them accepts unknown
        "figures": _same(report.casualties.killed, event.get("killed"))
        and _same(report.casualties.injured, event.get("injured")),
    }


def _same(count: Range | None, wanted: list[Any] | str | None) -> bool:
    """Compare a count with bounds, or with a list of bounds any of which is right."""
    if wanted == "any":
        return True
    bounds = None if count is None else [count.low, count.high]
    if isinstance(wanted, list) and any(isinstance(one, list) for one in wanted):
        return bounds in wanted
    return bounds == wanted


def score(
    documents: list[dict[str, Any]],
    read: Callable[[dict[str, Any]], Reading],
    *,
    verbose: bool,
) -> None:
    """Print the figures over documents, and with ``verbose`` everything that is not right."""
    ontology = Ontology.load()
    counts: Counter[str] = Counter()
    for item in documents:
        annotation, resolutions = read(item)
        reports = extract(annotation, resolutions, ontology)
        matched = pair(reports, item["events"])
        _count(counts, item["events"], reports, matched)
        _count_traps(
            counts, item.get("none", []), [r for n, r in enumerate(reports) if n not in matched]
        )
        if verbose:
            _tell(item["document"], item["events"], reports, matched)
    _print(counts)


def _count(
    counts: Counter[str],
    gold: list[dict[str, Any]],
    reports: tuple[Report, ...],
    matched: dict[int, int],
) -> None:
    counts["wanted"] += sum(not event.get("optional") for event in gold)
    for number, report in enumerate(reports):
        event = gold[matched[number]] if number in matched else None
        if event is None:
            counts["wrong"] += 1
            counts["said"] += 1
        elif not event.get("optional"):
            counts["found"] += 1
            counts["said"] += 1
            for field, right in judge(report, event).items():
                counts[field] += right is True
                counts[f"asked {field}"] += right is not None


def _count_traps(counts: Counter[str], traps: list[list[int]], wrong: list[Report]) -> None:
    counts["traps"] += len(traps)
    counts["sprung"] += sum(
        any(_overlaps(_main_trigger(report), [trap]) for report in wrong) for trap in traps
    )


def _print(counts: Counter[str]) -> None:
    def share(part: str, whole: str) -> str:
        return f"{counts[part] / max(1, counts[whole]):.3f} ({counts[part]}/{counts[whole]})"

    print(f"found {share('found', 'wanted')}  wrong {share('wrong', 'said')}")
    if counts["traps"]:
        print(f"traps sprung {share('sprung', 'traps')}")
    print("  ".join(f"{field} {share(field, f'asked {field}')}" for field in FIELDS))


def _tell(
    name: str, gold: list[dict[str, Any]], reports: tuple[Report, ...], matched: dict[int, int]
) -> None:
    for number, event in enumerate(gold):
        if number not in matched.values() and not event.get("optional"):
            print(f"{name}: MISSED {event['types'][0]} at {event['triggers'][0]} {event['places']}")
    for number, report in enumerate(reports):
        words = " ".join(report.sentence.quote.split())[:150]
        if number not in matched:
            print(f"{name}: WRONG {report.type} [{report.trigger.quote}] {words}")
            continue
        event = gold[matched[number]]
        wrong = [field for field, right in judge(report, event).items() if right is False]
        if wrong and not event.get("optional"):
            where = [r.mention.text for r in report.where]
            when = (str(report.when.first), str(report.when.last)) if report.when else None
            toll = (report.casualties.killed, report.casualties.injured)
            print(f"{name}: {wrong} {report.type} [{report.trigger.quote}] {where} {when} {toll}")
            print(f"    wanted {event['types'][0]} {event['places']} {event.get('date')} ", end="")
            print(f"{event.get('killed')} {event.get('injured')} | {words}")


def load(path: Path) -> list[dict[str, Any]]:
    """Read a gold file: JSON with offsets, or TOML with the text and the words of triggers."""
    if path.suffix == ".json":
        documents: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["documents"]
        return documents
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if "sentences" in data:
        return [_trap(n, text, data["published"]) for n, text in enumerate(data["sentences"])]
    cases = data["cases"]
    return [
        {
            "document": str(number),
            "text": case["text"],
            "published": case.get("published"),
            "events": [_event(case["text"], event) for event in case["events"]],
            "none": [
                span for words in case.get("none", ()) for span in _spans(case["text"], words)
            ],
        }
        for number, case in enumerate(cases)
    ]


def _trap(number: int, text: str, published: str) -> dict[str, Any]:
    """Return a sentence that tells of no event, as a document."""
    whole = [[0, len(text)]]
    return {
        "document": str(number),
        "text": text,
        "published": published,
        "events": [],
        "none": whole,
    }


def _event(text: str, event: dict[str, Any]) -> dict[str, Any]:
    if "trigger" in event:
        triggers = _spans(text, event["trigger"])[:1]
    else:
        triggers = [span for words in event["triggers"] for span in _spans(text, words)]
    day = event.get("date")
    return {
        **event,
        "triggers": triggers,
        "date": day if day == "any" else [day, *event.get("dates", ())] if day else None,
        "killed": _count_of(event.get("killed")),
        "injured": _count_of(event.get("injured")),
    }


def _spans(text: str, words: str) -> list[list[int]]:
    """Return where words occur; gold whose words are not in the text is an error."""
    found = [[m.start(), m.end()] for m in re.finditer(re.escape(words), text)]
    if not found:
        raise ValueError(f"the gold's words {words!r} are not in the text {text[:60]!r}")
    return found


def _count_of(bounds: list[Any] | str | None) -> list[Any] | str | None:
    if bounds is None or isinstance(bounds, str):
        return bounds
    if bounds and isinstance(bounds[0], list):
        return [None if one == "none" else _count_of(one) for one in bounds]
    return [None if n == "open" else n for n in bounds]


def open_sets(folders: Mapping[str, Path | None]) -> Iterator[tuple[Path, Path]]:
    """Yield the gold files that are open, each with the folder of its texts, where there is one."""
    for what, names in _FILES.items():
        folder = folders.get(what, Path())
        if folder is not None:
            yield from ((GOLD / name, folder) for name in names if name not in _APART)


def with_texts(documents: list[dict[str, Any]], folder: Path = Path()) -> list[dict[str, Any]]:
    """Add text and title where the gold has none: ``corpus:id`` names a row, else it is a file."""
    from geomap.evaluate import read_gold

    missing = [item["document"] for item in documents if "text" not in item]
    rows = {
        f"{row.corpus}:{row.id}": {"text": row.text, "title": row.title}
        for corpus in sorted({name.split(":")[0] for name in missing if ":" in name})
        for row in read_gold(folder / f"{corpus}.dev.jsonl")
    }
    files = {
        name: {"text": (folder / name).read_text(encoding="utf-8")}
        for name in missing
        if ":" not in name
    }
    return [{**(rows | files).get(item["document"], {}), **item} for item in documents]


def reader() -> Callable[[dict[str, Any]], Reading]:
    """Return what annotates and resolves a document of the gold."""
    from geomap.gazetteer import Gazetteer
    from geomap.recognize import Recognizer
    from geomap.resolve import resolve
    from geomap.telling import dated

    gazetteer = Gazetteer.open()
    recognizer = Recognizer.load(gazetteer=gazetteer)

    def read(item: dict[str, Any]) -> Reading:
        day = item.get("published")
        document = Document(
            id=item["document"],
            title=item.get("title"),
            text=item["text"],
            published=date.fromisoformat(day) if day else None,
        )
        (annotation,) = recognizer.annotate([dated(document)])
        return annotation, resolve(annotation, gazetteer)

    return read


def speed(folder: Path) -> None:
    """Print how long extraction takes beside annotation, over the texts of a folder."""
    read = reader()
    ontology = Ontology.load()
    names = [{"document": path.name} for path in sorted(folder.glob("*.txt"))]
    documents = with_texts(names, folder)
    readings: list[Reading] = []
    for repeat in range(3):
        start = time.perf_counter()
        readings = [read(item) for item in documents]
        parsed = time.perf_counter() - start
        start = time.perf_counter()
        for annotation, resolutions in readings:
            extract(annotation, resolutions, ontology)
        extracted = time.perf_counter() - start
        if repeat:
            print(
                f"annotate and resolve {parsed:.3f} s, extract {extracted:.3f} s, "
                f"share {extracted / parsed:.2f}"
            )


def main() -> int:
    """Run one of the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=(*_FILES, "speed"))
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="where the texts are")
    parser.add_argument("--gold", type=Path, help="a gold file in the form of the default one")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what is not right")
    args = parser.parse_args()
    if args.what == "speed":
        speed(args.folder)
        return 0
    if args.what == "corpora" and not any(args.folder.glob("*.dev.jsonl")):
        print(f"skipped: {args.folder} holds no corpora (*.dev.jsonl)")
        return 0
    read = reader()
    for path in [args.gold] if args.gold else [GOLD / name for name in _FILES[args.what]]:
        print(path.name)
        documents = with_texts(load(path), args.folder)
        score(documents, read, verbose=args.verbose and path.name not in _APART)
    return 0


if __name__ == "__main__":
    sys.exit(main())
