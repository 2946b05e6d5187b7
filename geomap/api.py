"""What ``import geomap`` offers: the library behind the command line.

Everything here opens the gazetteer and the language model by itself and keeps nothing open behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geomap.config import Settings
from geomap.model import Result, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Progress = Callable[[str, int, int], None]


@noun
class Built:
    """A finished build: what was found, and the files written, the map first."""

    result: Result
    files: tuple[Path, ...]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


def build(
    inputs: Sequence[str | Path],
    output: str | Path = "output",
    *,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Built:
    """Read documents, find their events and write map, layers, report and record to ``output``.

    Raises :class:`~geomap.errors.InputError` when there is no document at all,
    :class:`~geomap.errors.OutputError` when ``output`` cannot be written. A document that cannot be
    worked on is among ``result.failures``.
    """
    from geomap import output as outputs
    from geomap import pipeline
    from geomap.features import Context
    from geomap.gazetteer import Gazetteer
    from geomap.ontology import Ontology
    from geomap.read import read_documents
    from geomap.recognize import Recognizer

    chosen = settings or Settings()
    with (
        outputs.staged(Path(output)) as stage,
        Gazetteer.open(overlays=chosen.overlays, viewpoint=chosen.viewpoint) as gazetteer,
    ):
        tools = pipeline.Tools(
            recognizer=Recognizer.load(pipeline=chosen.spacy_pipeline, gazetteer=gazetteer),
            gazetteer=gazetteer,
            ontology=Ontology.load(*chosen.ontologies),
            near=chosen.near,
        )
        result = pipeline.run(read_documents(inputs, chosen), tools, progress)
        context = Context(gazetteer=gazetteer, ontology=tools.ontology)
        files = outputs.write_all(result, stage, context, chosen)
    return Built(result=result, files=tuple(Path(output) / name for name in files))
