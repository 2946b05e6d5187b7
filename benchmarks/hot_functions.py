"""How long the functions take that are called most; run before and after a change to them.

    export OMP_NUM_THREADS=1                                        # as builds do
    pytest benchmarks/hot_functions.py                              # prints a table
    pytest benchmarks/hot_functions.py --benchmark-autosave         # keeps it
    pytest benchmarks/hot_functions.py --benchmark-compare          # and shows what changed

It never fails on time: machines differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import merge_corpus
import pytest

from geomap import codec
from geomap.config import Settings
from geomap.extraction import extract
from geomap.geo import distance_km
from geomap.merge import merge
from geomap.model import Document, Point
from geomap.names import fold, skeleton
from geomap.resolve import resolve
from geomap.telling import tell, telling
from geomap.tools import open_tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Annotation
    from geomap.tools import Tools

TEXT = (
    "Three drones hit a grain store near Poltava on Tuesday night, killing at least four people "
    "and wounding 11, the regional governor said. The mayor of Kharkiv told of two more blasts, "
    "50 km east of Izium. Officials in Belgorod denied that the fire had been started on purpose. "
) * 4


@pytest.fixture(scope="module", name="tools")
def tools_() -> Iterator[Tools]:
    """Open models and gazetteer once."""
    with open_tools(Settings()) as tools:
        yield tools


@pytest.fixture(scope="module", name="annotation")
def annotation_(tools: Tools) -> Annotation:
    """Annotate a text of 150 words."""
    return next(tools.recognizer.annotate([Document(id="1", text=TEXT)]))


def test_annotate(benchmark: Any, tools: Tools) -> None:
    """Words, syntax and mentions of a document."""
    assert benchmark(lambda: list(tools.recognizer.annotate([Document(id="1", text=TEXT)])))


def test_resolve(benchmark: Any, tools: Tools, annotation: Annotation) -> None:
    """Places of its mentions."""
    assert benchmark(resolve, annotation, tools.gazetteer)


def test_extract(benchmark: Any, tools: Tools, annotation: Annotation) -> None:
    """Its reports."""
    resolutions = resolve(annotation, tools.gazetteer)
    assert benchmark(extract, annotation, resolutions, tools.ontology)


def test_tell(benchmark: Any, tools: Tools) -> None:
    """All of it."""
    assert benchmark(tell, Document(id="1", text=TEXT), tools)


def test_encode_and_decode(benchmark: Any, tools: Tools, annotation: Annotation) -> None:
    """What it tells as bytes and back."""
    told = telling(annotation, tools)
    assert benchmark(lambda: codec.decode(codec.encode(told))) == told


def test_merge(benchmark: Any, tools: Tools) -> None:
    """About 650 reports of 100 events."""
    corpus = merge_corpus.make(100)
    told = corpus.reports, corpus.documents
    assert benchmark(lambda: tuple(merge(*told, tools.ontology).events))  # all of them made


def test_candidates(benchmark: Any, tools: Tools) -> None:
    """A name that is asked for again and again."""
    assert benchmark(tools.gazetteer.candidates, "Kharkiv")


def test_loose(benchmark: Any, tools: Tools) -> None:
    """A name with a slip in it, beside the cache."""
    assert benchmark(tools.gazetteer._search.loose, "Kharkhiv") is not None  # noqa: SLF001


@pytest.mark.parametrize("key", [fold, skeleton])
def test_keys_of_names(benchmark: Any, key: Any) -> None:
    """The keys of lookup."""
    assert benchmark(key, "Zaporizhzhia")


def test_distance(benchmark: Any) -> None:
    """A geodesic distance."""
    assert benchmark(distance_km, Point(lon=24.03, lat=49.84), Point(lon=30.52, lat=50.45))
