"""Characters that a terminal obeys and nobody sees, made visible.

Titles, file names and messages of libraries come from strangers. A terminal would run what is
escaped in them (ECMA-48 control functions), and the marks of writing direction (Unicode Standard
Annex 9) can make a line read as another.
"""

from __future__ import annotations

import re

# C0 and C1 controls, embeddings, overrides and isolates of direction, line and paragraph separator,
# lone surrogates (in file names: bytes that are no UTF-8).
_UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"

_IN_LINE = re.compile(f"[{_UNSEEN}\t\n]")
_IN_TEXT = re.compile(f"[{_UNSEEN}]")
_HALF = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    r"""Return ``text`` on one line, with the unseen written out: ``\u001b``."""
    return _IN_LINE.sub(_written_out, text)


def visible(text: str) -> str:
    r"""Return ``text`` with the unseen written out but for tab and line feed.

    The form ``\u001b`` is also that of JSON, so that JSON text stays JSON.
    """
    return _IN_TEXT.sub(_written_out, text)


def whole_characters(text: str) -> str:
    """Return ``text`` with the halves of characters replaced that JSON can write and UTF-8 not.

    Its length stays.
    """
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def _written_out(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
