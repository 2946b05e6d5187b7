"""The map as a table, for a browser without JavaScript."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Document

_QUOTED_EVENTS = 1000  # beyond this many events the table leaves the quotes out, to stay readable
MOST_ROWS = 5000  # what comes after is counted; a browser without scripts could not search it
_QUOTE_CHARACTERS = 400


def is_quoted(n_events: int) -> bool:
    """Tell whether the table of so many events has their quotes."""
    return n_events <= _QUOTED_EVENTS


def table(rows: Sequence[str], n_events: int, words: dict[str, str]) -> str:
    """Return a note and rows of events as an HTML table."""
    columns = ["date", "type", "title", "place", "killed", "injured", "status", "sources"]
    head = "".join(f"<th>{escape(words[f'column.{column}'])}</th>" for column in columns)
    lines = "\n".join(rows)
    note = escape(words["noscript.note"])
    left = n_events - len(rows)
    more = f"<p>{escape(words['noscript.more'].replace('{n}', str(left)))}</p>" if left > 0 else ""
    return f"<p>{note}</p>\n<table>\n<tr>{head}</tr>\n{lines}\n</table>{more}"


def table_row(
    event: dict[str, Any], labels: Mapping[str, str], documents: Sequence[Document], *, quoted: bool
) -> str:
    """Return an event as a row, all text escaped; its claims number ``documents``."""
    cells = [
        _span(event.get("date_start"), event.get("date_end")),
        labels.get(event["type"], event["type"]),
        str(event.get("title", "")),
        ", ".join(str(event[key]) for key in ("place", "admin1", "country") if event.get(key)),
        _span(event.get("killed_min"), event.get("killed_max")),
        _span(event.get("injured_min"), event.get("injured_max")),
        str(event.get("status", "")),
        _sources(event, documents, quoted=quoted),
    ]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _span(low: object, high: object) -> str:
    ends = dict.fromkeys(str(end) for end in (low, high) if end is not None)
    return " – ".join(ends)


def _sources(event: dict[str, Any], documents: Sequence[Document], *, quoted: bool) -> str:
    claims = event.get("claims", ())
    if not quoted:
        return str(len(claims) + len(event.get("left", ())))
    return " · ".join(f"{_source(claim, documents)}: “{_quote(claim)}”" for claim in claims)


def _source(claim: dict[str, Any], documents: Sequence[Document]) -> str:
    document = documents[claim["document"]] if claim["document"] >= 0 else None
    told = document and (document.publisher or document.id)
    return str(claim.get("publisher") or told or "?")


def _quote(claim: dict[str, Any]) -> str:
    quote = str(claim.get("quote", ""))
    return quote if len(quote) <= _QUOTE_CHARACTERS else quote[:_QUOTE_CHARACTERS] + "…"
