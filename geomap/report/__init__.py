"""``report.md``: what a build found, in words and tables for someone who has never seen geomap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.report import documents, events
from geomap.report.markdown import number
from geomap.report.view import View

if TYPE_CHECKING:
    from geomap.features import Context
    from geomap.model import Result

__all__ = ["render"]

_WORDS = """\
## The words used here

- A **report** is one event as one document tells it. An **event** is what happened, put together
  from the reports that seem to tell of the same thing.
- An **independent source** is a document, or several that copy one another.
- **Status** is what the documents make of an event. *reported*: told as a fact. *claimed*: someone
  is quoted as saying so. *disputed*: told by some, denied by others. *denied*: only denied.
  *retracted*: withdrawn by those who told it. Nothing is ever "confirmed": texts cannot do that.
- The **id** of an event stays the same from build to build as long as its place, day and kind do.
"""


def render(result: Result, context: Context, page_note: str | None = None) -> str:
    """Return the report on ``result`` as Markdown; text from documents is escaped.

    ``page_note`` says what the map page leaves out, in geomap's own words.
    """
    view = View(result, context)
    lines = [
        "# What the documents report",
        "",
        *_summary(view),
        *([f"The map is not the whole: {page_note}.", ""] if page_note else []),
        *documents.read(view),
        *documents.sources(view),
        *events.by_day(view),
        *events.figures(view),
        *events.disagreements(view),
        *documents.distances(view),
        *events.doubtful(view),
        *events.not_placed(view),
        *documents.unresolved(view),
        *documents.failures(view),
        *documents.corrections(view),
        *_WORDS.splitlines(),
    ]
    return "\n".join(lines) + "\n"


def _summary(view: View) -> list[str]:
    result = view.result
    placed = len(result.events) - len(view.findings.unplaced)
    differ = sum(bool(event.conflicts) for event in view.events)
    lines = [
        (
            f"geomap read {number(len(result.documents), 'document')} from "
            f"{number(view.findings.independent_sources, 'independent source')} and found "
            f"{number(len(result.events), 'event')} in {number(len(result.reports), 'report')}. "
            f"{_of_them(placed, len(result.events))} could be put on the map. {_differing(differ)}"
        ),
        "",
        (
            "This page says what the documents say. Nobody has checked whether it is true. It was "
            "put together by a program, which can misread: follow the words back to the document "
            "before relying on them."
        ),
        "",
    ]
    if result.failures:
        lines[0] += f" {number(len(result.failures), 'file')} could not be read."
    return lines


def _of_them(count: int, total: int) -> str:
    if count == total:
        return "All of them" if total != 1 else "It"
    return f"{count or 'None'} of them"


def _differing(count: int) -> str:
    if not count:
        return "No two reports of one event disagree."
    return f"On {number(count, 'event')} the reports do not agree."
