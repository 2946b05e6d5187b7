"""Find the dateline that opens a line of news: "NAIROBI, Kenya (Reuters) - Police fired …".

It is no part of the sentence behind it: read as one, the city acts.
"""

from __future__ import annotations

import re

# A city, what it is in or the day, the agency in brackets; a dash, or a colon, ends it.
_WORD = r"[A-ZÀ-Þ][\w.'’/]{0,20}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w{0,6}\.?"
_CITY = rf"{_WORD}(?:[ -](?:{_WORD}|al|and|d[aeiou]|del|el|l[ae]|of)){{0,4}}"
_DATELINE = re.compile(
    rf"\(?{_CITY}\)?(?:, ?(?P<day>{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})|, ?[\w. ]{{2,25}}){{0,3}}"
    r"(?P<agency> ?\([\w /.,]{2,25}\)\.?)?(?P<dash>(?: ?--| ?[-–—](?=\s))|:(?=\s))\s{0,2}"
)
_NO_DASH = re.compile(rf"{_CITY} \((?:AFP|AP|CNN|Reuters|RNS|UPI|Xinhua)\) (?=[A-Z])")
# "Lviv, January 2, 2024. A fire …": a city and a full date, closed like a sentence.
_CLOSED = re.compile(
    rf"{_CITY}(?:, ?{_CITY})?, (?:{_WORD} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_WORD},? \d{{4}})"
    r"\.\s{1,2}(?=[A-ZÀ-Þ])"
)
_MAX_CHARS = 120
_CAPITALS = 3  # so many letters in capitals show that a city is set as a dateline


def dateline_at(text: str, start: int) -> int:
    """Return where the dateline ends that opens the line at ``start``; ``start`` if there is none.

    A city in capitals opens it, or any city with a day, or with an agency in brackets behind it.
    """
    match = _DATELINE.match(text, start, start + _MAX_CHARS)
    if match is not None and _is_set(text, start, match):
        return match.end()
    short = _NO_DASH.match(text, start, start + _MAX_CHARS) or _CLOSED.match(
        text, start, start + _MAX_CHARS
    )
    return short.end() if short is not None else start


def _is_set(text: str, start: int, match: re.Match[str]) -> bool:
    first = start + (text[start] == "(")
    bracketed = match["agency"] is not None and match["dash"] != ":"
    return bracketed or match["day"] is not None or text[first : first + _CAPITALS].isupper()
