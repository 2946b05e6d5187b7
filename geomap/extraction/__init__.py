"""Annotations and resolutions to reports: what happened, where, when, to whom, and who says so.

``extract`` is pure. It finds cues (triggers in the company that they need), keeps those that
happened, reads what the sentence tells of each, joins the cues of one happening, and leaves out
what is too doubtful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.claims import retractions
from geomap.extraction.doubtful import without_doubtful
from geomap.extraction.followdays import FollowDays
from geomap.extraction.happenings import Joiner
from geomap.extraction.misparsed import with_subjects
from geomap.extraction.mistagged import with_verbs
from geomap.extraction.outlands import is_away
from geomap.extraction.published import dateline_end, find_published
from geomap.extraction.reports import Writer
from geomap.extraction.syntax import Syntax
from geomap.extraction.tellings import Reader
from geomap.extraction.unlisted import with_unlisted
from geomap.model import MIN_CONFIDENCE

if TYPE_CHECKING:
    from geomap.extraction.happening import Happening
    from geomap.model import Annotation, Report, Resolution
    from geomap.ontology import Ontology

__all__ = ["extract", "find_published"]


def extract(
    annotation: Annotation,
    resolutions: tuple[Resolution, ...],
    ontology: Ontology,
    min_confidence: float = MIN_CONFIDENCE,
) -> tuple[Report, ...]:
    """Return the events that a document tells, in text order, but for those less sure than asked.

    ``resolutions`` are those of ``annotation.mentions``, in the same order; ``min_confidence`` is a
    probability, 0 to 1.
    """
    if not annotation.tokens or not annotation.tokens[0].dep:
        return ()
    writer, happenings = read(annotation, resolutions, ontology)
    return writer.reports(happenings, min_confidence)


def read(
    annotation: Annotation, resolutions: tuple[Resolution, ...], ontology: Ontology
) -> tuple[Writer, list[Happening]]:
    """Return all that a parsed document seems to tell, and what writes the reports of it."""
    annotation = with_subjects(with_verbs(annotation, ontology))
    likely = without_doubtful(annotation, resolutions)
    syntax = Syntax(annotation)
    told, resolutions = with_unlisted(syntax, likely)
    if told is not annotation:
        annotation, syntax = told, Syntax(told)
    reader = Reader(syntax, resolutions, ontology)
    joiner = Joiner(resolutions, ontology, annotation.document.published, _dateline(syntax))
    happenings = joiner.join(reader.tellings(), retractions(syntax))
    FollowDays(reader.scene).give(happenings)
    return Writer(syntax, resolutions, ontology), happenings


def _dateline(syntax: Syntax) -> tuple[int, int] | None:
    """Return the mention of the city that a dateline names, and the sentence that it opens.

    None where that sentence is told to have happened out of town.
    """
    end = dateline_end(syntax.text)
    city: int | None = None
    for number, mention in enumerate(syntax.annotation.mentions):
        if mention.end > end:
            break
        if not syntax.text[: mention.start].rpartition("\n")[2].strip(" ("):
            city = number  # the last one: a title may begin with a name too
    if city is None:
        return None
    first = min(syntax.span_tokens(0, end)[-1] + 1, len(syntax.tokens) - 1)
    return None if is_away(syntax, first) else (city, syntax.sentence_of[first])
