"""The words that tell a position relative to a place, as patterns over the text around a mention.

Patterns on the words before a mention end where the mention begins, those on the words after begin
where it ends. Windows are short, so that matching costs the same for a text of any length.
"""

from __future__ import annotations

import re

BEFORE = 90
AFTER = 48
_WIND = r"(?:north|south)(?:[- ]?(?:east|west))?|east|west"
_TOWN = r"(?:border\s+)?(?:city|town|village|port|capital|settlement)"
_WORD_BEFORE_NAME = rf"(?:the\s+)?(?:{_TOWN}\s+of\s+)?(?:the\s+)?"
ANY = re.compile(
    r"north|south|east|west|near|close|far|from|around|outs|vicinity|suburb|edge|approach|area|"
    r"surround|off|central|border|frontier|between",
    re.IGNORECASE,
)
OF_WIND = re.compile(
    rf"(?:\bto\s+the\s+|(?<!\bthe\s)(?<![-\w])(?:just\s+|due\s+)?)(?P<wind>{_WIND})\s+of\s+{_WORD_BEFORE_NAME}\Z",
    re.IGNORECASE,
)
FROM = re.compile(rf"\A\s*(?:away\s+)?(?:from|outside|off)\s+{_WORD_BEFORE_NAME}\Z", re.IGNORECASE)
NEAR = re.compile(
    r"\b(?P<words>near|close\s+to|not\s+far\s+from|in\s+and\s+around|around|outside|"
    r"(?:on|in|at)\s+the\s+(?:outskirts|vicinity|suburbs|edge)\s+of|on\s+the\s+approaches\s+to)"
    rf"\s+{_WORD_BEFORE_NAME}\Z",
    re.IGNORECASE,
)
AREA_OF = re.compile(
    r"\A\s+(?P<words>area|suburbs?|outskirts|surroundings|vicinity)\b", re.IGNORECASE
)
OFFSHORE = re.compile(
    rf"\b(?P<words>off(?:\s+the)?(?:\s+(?:{_WIND})(?:ern)?)?(?:\s+(?:coast|shores?)\s+of)?)"
    rf"\s+{_WORD_BEFORE_NAME}\Z",
    re.IGNORECASE,
)
PART = re.compile(
    rf"\b(?P<words>(?:{_WIND})ern|central)\s+(?:parts?\s+of\s+)?(?:the\s+)?\Z|"
    rf"\b(?:the\s+)(?P<wind>{_WIND})\s+of\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
BORDER_WITH = re.compile(
    r"\bborders?(?:\s+(?:area|region|zone|crossing)s?)?\s+with\s+(?:the\s+)?\Z", re.IGNORECASE
)
BORDER_OF = re.compile(r"\bborders?\s+(?:of|between)\s+(?:the\s+)?\Z", re.IGNORECASE)
BORDER_AFTER = re.compile(
    r"\A(?:'s|’s)?\s+(?:land\s+|state\s+)?(?:border|frontier)\b", re.IGNORECASE
)
BETWEEN = re.compile(rf"\bbetween\s+{_WORD_BEFORE_NAME}\Z", re.IGNORECASE)
AND = re.compile(rf"\A\s+and\s+{_WORD_BEFORE_NAME}\Z", re.IGNORECASE)
LINE_BETWEEN = re.compile(r"\A\s?[-–—]\s?\Z")
SENTENCE_END = re.compile(r"[.!?;]\s|\n")
