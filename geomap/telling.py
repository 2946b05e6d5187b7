"""What one document tells: the stages that look at a document alone, one after another.

An *engine* is anything that does this for many documents, here or elsewhere: a function of type
:data:`Tell`. Which engine does it makes no difference to the result.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from traceback import walk_tb
from typing import TYPE_CHECKING

from geomap.deadline import deadline
from geomap.distance import find_claims
from geomap.errors import GeomapError, SlowError
from geomap.extraction import extract, find_published
from geomap.model import Annotation, Document, Failure, Report, Resolution, Telling
from geomap.resolve import resolve
from geomap.visible import one_line

if TYPE_CHECKING:
    from geomap.tools import Tools

Item = Document | Failure
"""A document, or one that could not even be read, which is passed on as it is."""

Told = Telling | Failure

Tell = Callable[[Sequence[Item]], Iterator[Told]]
"""Tells each item, in order, one for one."""

# What the packages of the stages do, in the words of the outputs.
_STAGES = {
    "recognize": "recognize",
    "resolve": "resolve",
    "extraction": "extract",
    "distance": "measure",
}

# As many rivals of a place as the map page could show, with the chosen one before them.
_RIVALS = 6


def tell_here(tools: Tools) -> Tell:
    """Return the engine of this process."""

    def tell_all(items: Sequence[Item]) -> Iterator[Told]:
        for item in items:
            yield item if isinstance(item, Failure) else tell(item, tools)

    return tell_all


def tell(document: Document, tools: Tools) -> Told:
    """Take one document through the stages; a surprise becomes a :class:`Failure`."""
    try:
        with deadline(tools.max_seconds):
            (annotation,) = tools.recognizer.annotate([dated(document)])
            return _lean(telling(annotation, tools))
    except SlowError as error:
        return _failure(document, error.__context__, str(error))
    except GeomapError:
        raise  # a missing model or gazetteer concerns every document
    except Exception as error:  # noqa: BLE001  one document's surprise must not stop a thousand
        message = f"{type(error).__name__}: {error}; please report it with the document"
        return _failure(document, error, message)


def _failure(document: Document, error: BaseException | None, message: str) -> Failure:
    return Failure(
        source=document.source or document.id, stage=_stage(error), message=one_line(message)
    )


def _stage(error: BaseException | None) -> str:
    """Name the stage in which an exception was thrown, by the package that was entered first."""
    for frame, _ in walk_tb(error.__traceback__ if error else None):
        package = str(frame.f_globals.get("__name__")).split(".")[1:2]
        if package and package[0] in _STAGES:
            return _STAGES[package[0]]
    return "tell"


def telling(annotation: Annotation, tools: Tools) -> Telling:
    """Take one annotated document through the other stages."""
    resolutions = resolve(annotation, tools.gazetteer, near=tools.near)
    return Telling(
        document=annotation.document,
        resolutions=resolutions,
        reports=extract(annotation, resolutions, tools.ontology, tools.min_confidence),
        claims=find_claims(annotation, resolutions),
    )


def dated(document: Document) -> Document:
    """Return the document with the day of publication, taken from the text if no header has it."""
    if document.published:
        return document
    return dataclasses.replace(document, published=find_published(document.text))


def _lean(whole: Telling) -> Telling:
    """Leave out the reasons of resolutions, which no output of a build shows and memory would."""
    return dataclasses.replace(
        whole,
        resolutions=tuple(_without_reasons(item, 0) for item in whole.resolutions),
        reports=tuple(map(_lean_report, whole.reports)),
    )


def _lean_report(report: Report) -> Report:
    where = tuple(_without_reasons(item, _RIVALS) for item in report.where)
    return dataclasses.replace(report, where=where)


def _without_reasons(resolution: Resolution, rivals: int) -> Resolution:
    kept = resolution.rivals[:rivals]
    return dataclasses.replace(
        resolution,
        features=(),
        rivals=tuple(dataclasses.replace(rival, features=()) for rival in kept),
    )
