"""The data flow: documents are read, recognized, resolved, extracted, merged.

:func:`run` says it in one function. It is pure given its :class:`~geomap.tools.Tools`; reading
files and writing outputs happen outside of it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.corrections import apply
from geomap.distance import check, find_claims
from geomap.errors import GeomapError, InputError
from geomap.extraction import extract, find_published
from geomap.merge import merge
from geomap.model import (
    Annotation,
    Correction,
    DistanceClaim,
    Document,
    Failure,
    Report,
    Resolution,
    Result,
    noun,
)
from geomap.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geomap.tools import Tools

    Progress = Callable[[str, int, int], None]


@noun
class Telling:
    """What one document tells, before it is compared with the others."""

    document: Document
    resolutions: tuple[Resolution, ...]
    reports: tuple[Report, ...]
    claims: tuple[DistanceClaim, ...]


def run(
    inputs: Iterable[Document | Failure],
    tools: Tools,
    progress: Progress,
    corrections: Sequence[Correction] = (),
) -> Result:
    """Turn documents into events, and apply what people set right.

    ``progress(stage, done, total)`` is called as the work goes on. A document on which a stage
    fails becomes a :class:`Failure` and does not stop the others. Raises
    :class:`~geomap.errors.InputError` when none is left.
    """
    tellings, failures = _split(_tell_all(tuple(inputs), tools, progress))
    if not tellings:
        reasons = "; ".join(f"{failure.source}: {failure.message}" for failure in failures)
        raise InputError(f"none of the {len(failures)} documents could be worked on: {reasons}")
    documents = tuple(telling.document for telling in tellings)
    reports = tuple(report for telling in tellings for report in telling.reports)
    merged = merge(reports, documents, tools.ontology, tools.gazetteer)
    progress("merge", len(reports), len(reports))
    result = Result(
        documents=documents,
        resolutions=tuple(item for telling in tellings for item in telling.resolutions),
        reports=reports,
        events=merged.events,
        distances=tuple(
            check(claim, tools.gazetteer) for telling in tellings for claim in telling.claims
        ),
        near_copies=merged.near_copies,
        failures=failures,
    )
    return apply(result, corrections, tools.ontology, tools.gazetteer)


def tell(annotation: Annotation, tools: Tools) -> Telling:
    """Take one annotated document through the stages that look at it alone."""
    resolutions = resolve(annotation, tools.gazetteer, near=tools.near)
    return Telling(
        document=annotation.document,
        resolutions=resolutions,
        reports=extract(annotation, resolutions, tools.ontology),
        claims=find_claims(annotation, resolutions),
    )


def dated(document: Document) -> Document:
    """Return the document with the day of publication, taken from the text if no header has it."""
    if document.published:
        return document
    return dataclasses.replace(document, published=find_published(document.text))


def _tell_all(
    inputs: tuple[Document | Failure, ...], tools: Tools, progress: Progress
) -> Iterator[Telling | Failure]:
    for done, item in enumerate(inputs, start=1):
        yield item if isinstance(item, Failure) else _tell_or_fail(item, tools)
        progress("read", done, len(inputs))


def _tell_or_fail(document: Document, tools: Tools) -> Telling | Failure:
    try:
        (annotation,) = tools.recognizer.annotate([dated(document)])
        return tell(annotation, tools)
    except GeomapError:
        raise  # a missing model or gazetteer concerns every document
    except Exception as error:  # noqa: BLE001  one document's surprise must not stop a thousand
        message = f"{type(error).__name__}: {error}; please report it with the document"
        return Failure(source=document.source or document.id, stage="extract", message=message)


def _split(
    items: Iterable[Telling | Failure],
) -> tuple[tuple[Telling, ...], tuple[Failure, ...]]:
    done = tuple(items)
    tellings = tuple(item for item in done if isinstance(item, Telling))
    return tellings, tuple(item for item in done if isinstance(item, Failure))
