"""Marks in the page where something is inserted that must not pass through templates.

branca compiles what a template gave as a template once more.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"%geomap-(\w+)%")


def insert(text: str, **contents: str) -> str:
    """Replace ``%geomap-name%`` by the content of that name; what is inserted is not read again."""
    return _MARK.sub(lambda mark: contents.get(mark[1], mark[0]), text)
