"""The street or road that a sentence names, for events of which nothing else tells the place.

No gazetteer lists most of them: an event on "Western Avenue" keeps these words and has no pin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.model import Mention, Resolution, Use

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax

_ON = frozenset({"on", "along", "off", "at", "in", "near", "left"})
_NOTE = "a street or a road, which no gazetteer lists"
_LONGEST = 4  # words of a name before "Street"


def road_around(syntax: Syntax, index: int) -> Resolution | None:
    """Return the first road that something in the sentence of a token was on, without a place."""
    sentence = syntax.sentence(index)
    for last in range(sentence.first + 2, sentence.last):
        if syntax.words[last] not in words("linking", "roads") or not _is_capital(syntax, last):
            continue
        first = last
        while first > max(sentence.first, last - _LONGEST) and _is_capital(syntax, first - 1):
            first -= 1
        end = last + 1
        numbered = end < sentence.last and syntax.words[end].isdigit()
        before = first - 1 - (syntax.words[first - 1] in {"the", "a"})
        if (first < last or numbered) and before >= 0 and syntax.words[before] in _ON:
            return _resolution(syntax, first, end + numbered)
    return None


def _is_capital(syntax: Syntax, index: int) -> bool:
    text = syntax.tokens[index].text
    return text[0].isupper() or (text[0].isdigit() and not text.isdigit())


def _resolution(syntax: Syntax, first: int, end: int) -> Resolution:
    start, stop = syntax.tokens[first].start, syntax.tokens[end - 1].end
    mention = Mention(
        document_id=syntax.annotation.document.id,
        start=start,
        end=stop,
        text=syntax.text[start:stop],
        label="FAC",
        use=Use.UNKNOWN,
    )
    return Resolution(mention=mention, location=None, confidence=0.0, note=_NOTE)
