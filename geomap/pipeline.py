"""The data flow: documents are read, recognized, resolved, extracted, merged.

:func:`tell_all` and :func:`merge_all` say it, two as there is something to write between them. They
are pure given their tools and engine; reading files and writing outputs happen outside of them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from geomap.corrections import apply
from geomap.distance import check
from geomap.errors import InputError
from geomap.merge import merge
from geomap.model import Failure, Result, Telling
from geomap.model.later import Reports, Resolutions, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.model import Correction
    from geomap.telling import Item, Tell
    from geomap.tools import Tools

    Progress = Callable[[str, int, int], None]

# So many reasons tell what is wrong with a folder.
_TOLD = 5


def tell_all(inputs: Iterable[Item], tell: Tell, tools: Tools, progress: Progress) -> Result:
    """Return what documents tell: a result that has no events yet.

    ``progress(stage, done, total)`` is called as the work goes on. A document on which a stage
    fails becomes a :class:`Failure` and does not stop the others. Raises
    :class:`~geomap.errors.InputError` when none is left.
    """
    tellings, failures = _told(tuple(inputs), tell, progress)
    if not tellings:
        raise InputError(
            f"none of the {len(failures)} documents could be worked on: {_reasons(failures)}"
        )
    digests = {telling.document.id: telling.digest for telling in tellings if telling.digest}
    claims = chain.from_iterable(telling.claims for telling in tellings)
    return Result(
        documents=tuple(telling.document for telling in tellings),
        resolutions=stand_in(Resolutions({t.document.id: t.resolutions for t in tellings})),
        reports=stand_in(Reports({t.document.id: t.reports for t in tellings}, digests)),
        events=(),
        distances=tuple(check(claim, tools.gazetteer) for claim in claims),
        failures=failures,
        digests=digests,
    )


def merge_all(
    told: Result, tools: Tools, progress: Progress, *, corrections: Sequence[Correction] = ()
) -> Result:
    """Turn what documents told into events, and apply what people set right."""
    progress("merge", 0, len(told.reports))
    merged = merge(told.reports, told.documents, tools.ontology, tools.places, memory=tools.memory)
    progress("merge", len(told.reports), len(told.reports))
    result = replace(told, events=merged.events, near_copies=merged.near_copies)
    return apply(result, corrections, tools.ontology, tools.gazetteer)


def _told(
    items: Sequence[Item], tell: Tell, progress: Progress
) -> tuple[tuple[Telling, ...], tuple[Failure, ...]]:
    """Return what could be told and what could not, each in order."""
    tellings: list[Telling] = []
    failures: list[Failure] = []
    for done, told in enumerate(tell(items), start=1):
        if isinstance(told, Telling):
            tellings.append(told)
        else:
            failures.append(told)
        progress("read", done, len(items))
    return tuple(tellings), tuple(failures)


def _reasons(failures: Sequence[Failure]) -> str:
    told = "; ".join(f"{failure.source}: {failure.message}" for failure in failures[:_TOLD])
    more = len(failures) - _TOLD
    return f"{told}; and {more:,} more" if more > 0 else told
