"""Markdown that no text can break out of: escaped words, quotations, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

# What CommonMark and GitHub's extensions read as markup anywhere in a line: emphasis, code, links,
# HTML, entities, tables, strikethrough, mathematics, mentions.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&$@]")
# ... at the beginning of a line or list item: headings, quotes, lists, rules.
_LEADING = re.compile(r"^([#+=-])|^(\d{1,9})([.)])(?=\s|$)")
# ... and what becomes a link by itself.
_LINK = re.compile(r"(://|\bwww\.)", re.IGNORECASE)
_LONGEST_QUOTE = 240
MOST_ROWS = 500


def escape(text: str) -> str:
    """Return ``text`` on one line with what Markdown could take for markup escaped.

    Characters that do not print, such as those that turn the direction of writing, become spaces.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(text.split())
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _LEADING.sub(r"\2\\\1\3", line)
    return _LINK.sub(lambda link: f"{link[0][:-1]}\\{link[0][-1]}", line)


def quotation(text: str) -> str:
    """Return the words in quotation marks, escaped, cut where they are very long."""
    words = " ".join(text.split())
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"“{escape(words)}”"


def table(
    header: Sequence[str], items: Sequence[T], cells: Callable[[T], Sequence[str]]
) -> list[str]:
    """Return a table of a row an item, of ``cells`` that are Markdown.

    Very long tables are cut, and say so; what is cut is not made.
    """
    lines = [_row(header), _row(["---"] * len(header))]
    lines += [_row(cells(item)) for item in items[:MOST_ROWS]]
    if len(items) > MOST_ROWS:
        left = len(items) - MOST_ROWS
        lines += ["", f"… and {left} more; `events.csv` and `claims.csv` have them all."]
    return [*lines, ""]


def number(count: int, one: str, several: str | None = None) -> str:
    """Return a count with its noun: "1 event", "2 events"."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Return words as an enumeration: "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004  - one word needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell or '–' for cell in cells)} |"
