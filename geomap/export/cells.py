"""Text made fit for cells: no formulas, no characters that a format cannot hold."""

from __future__ import annotations

import json
import re
from typing import Any

# What a spreadsheet takes for the begin of a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# Controls and non-characters that XML 1.0 (section 2.2) forbids; PostgreSQL forbids NUL only.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(value: Any) -> Any:
    """Return a value as formats without lists hold it: lists and tables as JSON text."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    return value


def defused(value: Any) -> Any:
    """Return a value that no spreadsheet runs: text like a formula gets an apostrophe in front."""
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def clean(value: Any) -> Any:
    """Return a value with the characters that XML forbids replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value
