"""The map as a table, for a browser without JavaScript."""

from __future__ import annotations

from html import escape
from typing import Any

_QUOTED_EVENTS = 1000  # beyond this many events the table leaves the quotes out, to stay readable
_MOST_ROWS = 5000  # what comes after is counted; a browser without scripts could not search it
_QUOTE_CHARACTERS = 400


def table(content: dict[str, Any], words: dict[str, str]) -> str:
    """Return a note and the events as an HTML table; all text is escaped."""
    events = content["events"]
    quoted = len(events) <= _QUOTED_EVENTS
    columns = ["date", "type", "title", "place", "killed", "injured", "status", "sources"]
    head = "".join(f"<th>{escape(words[f'column.{column}'])}</th>" for column in columns)
    rows = "\n".join(_row(event, content, quoted=quoted) for event in events[:_MOST_ROWS])
    note = escape(words["noscript.note"])
    left = len(events) - _MOST_ROWS
    more = f"<p>{escape(words['noscript.more'].replace('{n}', str(left)))}</p>" if left > 0 else ""
    return f"<p>{note}</p>\n<table>\n<tr>{head}</tr>\n{rows}\n</table>{more}"


def _row(event: dict[str, Any], content: dict[str, Any], *, quoted: bool) -> str:
    event_type = content["types"].get(event["type"], {"label": event["type"]})
    title = str(event.get("title", ""))
    cells = [
        _span(event.get("date_start"), event.get("date_end")),
        event_type["label"],
        title,
        ", ".join(str(event[key]) for key in ("place", "admin1", "country") if event.get(key)),
        _span(event.get("killed_min"), event.get("killed_max")),
        _span(event.get("injured_min"), event.get("injured_max")),
        str(event.get("status", "")),
        _sources(event, content["documents"], quoted=quoted),
    ]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _span(low: object, high: object) -> str:
    ends = dict.fromkeys(str(end) for end in (low, high) if end is not None)
    return " – ".join(ends)


def _sources(event: dict[str, Any], documents: list[dict[str, Any]], *, quoted: bool) -> str:
    claims = event.get("claims", ())
    if not quoted:
        return str(len(claims))
    return " · ".join(f"{_source(claim, documents)}: “{_quote(claim)}”" for claim in claims)


def _source(claim: dict[str, Any], documents: list[dict[str, Any]]) -> str:
    number = claim["document"]
    document = documents[number] if number >= 0 else {}
    return str(claim.get("publisher") or document.get("publisher") or document.get("id") or "?")


def _quote(claim: dict[str, Any]) -> str:
    quote = str(claim.get("quote", ""))
    return quote if len(quote) <= _QUOTE_CHARACTERS else quote[:_QUOTE_CHARACTERS] + "…"
