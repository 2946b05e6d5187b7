"""Speed, memory and accuracy of recognition beside the stock pipeline, in one run.

    python benchmarks/recognition.py CORPUS… [--documents N]

Prints documents and words a second of the bare NER of ``en_core_web_md`` and of geomap's recognizer
without syntax on the same texts, one thread, taking turns; the peak memory of the process; and
precision, recall and F1 of exact spans on each corpus for the stock NER and for geomap. On the
corpora that the networks were trained on the last figures are no test: see docs/model-card.md for
the cross-validated ones.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # before numpy is imported: one core, as the stock NER

from geomap.gazetteer import Gazetteer  # noqa: E402 - after the environment is set
from geomap.model import Document, Use  # noqa: E402 - after the environment is set
from geomap.recognize import Recognizer, corpora, stock  # noqa: E402 - after the environment is set
from geomap.recognize.boundaries import PLACE_LABELS, tidy  # noqa: E402 - after the environment is set
from geomap.recognize.trial import count, line  # noqa: E402 - after the environment is set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.recognize.corpora import Article

ROUNDS = 3
Spans = list[set[tuple[int, int]]]


def bare_ner() -> Any:
    """Load the stock pipeline with nothing but its NER."""
    language = stock.load(stock.DEFAULT_PIPELINE)
    for name in language.pipe_names:
        if name != "ner":
            language.remove_pipe(name)
    return language


def seconds(work: Callable[[], Iterable[object]]) -> float:
    """Return how long it takes to go through what ``work`` yields."""
    start = time.perf_counter()
    for _ in work():
        pass
    return time.perf_counter() - start


def speed(language: Any, recognizer: Recognizer, texts: Sequence[str]) -> None:
    """Print the speed of both on the same texts: the best of a few rounds, taking turns."""
    documents = [Document(id=str(number), text=text) for number, text in enumerate(texts)]
    words = sum(len(text.split()) for text in texts)
    stock_best = ours_best = float("inf")
    for _ in range(ROUNDS):
        stock_best = min(stock_best, seconds(lambda: language.pipe(texts)))
        ours_best = min(ours_best, seconds(lambda: recognizer.annotate(documents, syntax=False)))
    for name, best in (("en_core_web_md NER", stock_best), ("geomap", ours_best)):
        print(f"{name:20} {len(texts) / best:8.1f} documents/s {words / best:10.0f} words/s")
    print(f"{'ratio':20} {stock_best / ours_best:8.2f}")


def stock_spans(language: Any, articles: Sequence[Article], labels: frozenset[str]) -> Spans:
    """Return the spans of the stock NER's entities, with the same trimming as ours."""
    found: Spans = []
    for article, doc in zip(articles, language.pipe(a.text for a in articles), strict=True):
        spans = (
            tidy(article.text, entity.start_char, entity.end_char, "")
            for entity in doc.ents
            if entity.label_ in labels
        )
        found.append({(span.start, span.end) for span in spans if span})
    return found


def our_spans(recognizer: Recognizer, articles: Sequence[Article], *, demonyms: bool) -> Spans:
    """Return the spans of our mentions."""
    documents = [Document(id=article.id, text=article.text) for article in articles]
    return [
        {(m.start, m.end) for m in annotation.mentions if demonyms or m.use is not Use.DEMONYM}
        for annotation in recognizer.annotate(documents, syntax=False)
    ]


def accuracy(name: str, articles: Sequence[Article], found: Spans) -> None:
    """Print exact-span figures over marked toponyms with coordinates.

    Finding a marked one without coordinates counts for nothing.
    """
    counts: Counter[str] = Counter()
    for article, spans in zip(articles, found, strict=True):
        counts.update(count(article, spans))
    print(f"{articles[0].corpus:12} {name:22} {line(counts)}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    language = bare_ner()
    with Gazetteer.open() as gazetteer:
        recognizer = Recognizer.load(gazetteer=gazetteer)
        for path in options.corpora:
            articles = corpora.read(path)
            accuracy("stock NER", articles, stock_spans(language, articles, PLACE_LABELS))
            accuracy("geomap", articles, our_spans(recognizer, articles, demonyms=True))
            accuracy(
                "  without demonyms", articles, our_spans(recognizer, articles, demonyms=False)
            )
        speed(language, recognizer, [a.text for a in articles][: options.documents])
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory of both together {peak_gb:.2f} GB")


if __name__ == "__main__":
    main()
