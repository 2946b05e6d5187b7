"""Distances that a text states between places, or from a place to a border.

A claim needs a length, "from" or "north of" after it with the far end, and the place that it is
told of before it, or right after in a clause that begins with the distance. What stands between
must be words of lying somewhere: "missiles that can hit targets 300 km from the border" states no
distance of anything. Travel times are no lengths, and a weapon's range has no far end.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.model import DistanceClaim, PlaceKind, Provenance, Use
from geomap.quantities import find_lengths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Annotation, Place, Resolution, Sentence
    from geomap.quantities import Length

_DIRECTION = r"(?:due |just )?(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern|wards?)?"
_TAIL = re.compile(
    rf"\)?,?\s+(?:(?:away|distant|outside|inland|upstream|downstream|off)\s+)?(?:to the\s+)?"
    rf"(?:(?P<direction>{_DIRECTION})\s+)?(?:away\s+)?(?P<link>from|of)\s+",
    re.IGNORECASE,
)
#: Between a length and the same length in another unit: "30 km (19 miles) from".
_CONVERSION = re.compile(r"\s*[(/,]?\s*(?:or |about |some |around )*", re.IGNORECASE)
_CONVERSION_WIDTH = 12
_BORDER_WORDS = frozenset({"border", "borders", "frontier", "boundary", "borderline"})
_BORDER = re.compile(
    r"(?:['’]s?)?\s+(?:(?:state|land|national|eastern|western|northern|southern)\s+)?"
    r"(?:borderline|borders?|frontier|boundary)\b",
    re.IGNORECASE,
)
_CLAUSE_GAP = re.compile(r",\s+(?:the\s+)?")
_WITHIN = re.compile(r"\b(?:within|less than|under)\s+\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_REACH_CHARS = 160  # how far before a distance its place may stand
_INHERITED = "in or near"  # what the resolver says of a place taken over from another mention
_POINTS = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.FACILITY, PlaceKind.ISLAND})


def find_claims(
    annotation: Annotation, resolutions: Sequence[Resolution]
) -> tuple[DistanceClaim, ...]:
    """Return the distances that a document states, in order of the text."""
    lengths = find_lengths(annotation.document.text)
    if not lengths:
        return ()
    return tuple(_Finder(annotation, resolutions).claims(lengths))


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in table.items()}


class _Finder:
    """Looks around each length of one document."""

    def __init__(self, annotation: Annotation, resolutions: Sequence[Resolution]) -> None:
        self._document = annotation.document
        self._text = annotation.document.text
        self._sentences = annotation.sentences
        self._starts = [sentence.start for sentence in annotation.sentences]
        self._resolutions = sorted(resolutions, key=lambda item: item.mention.start)
        self._mentions = [item.mention.start for item in self._resolutions]

    def claims(self, lengths: Sequence[Length]) -> Iterator[DistanceClaim]:
        last: DistanceClaim | None = None
        for number, length in enumerate(lengths):
            if length.high_km == 0 or (last and length.start < last.provenance.end):
                continue
            claim = self._claim(length, self._after_conversion(lengths, number), last)
            if claim:
                last = claim
                yield claim

    def _after_conversion(self, lengths: Sequence[Length], number: int) -> int:
        """Return where the length ends, together with its conversion to another unit."""
        end = lengths[number].end
        if number + 1 < len(lengths):
            following = lengths[number + 1]
            gap = self._text[end : following.start]
            if len(gap) <= _CONVERSION_WIDTH and gap.strip() and _CONVERSION.fullmatch(gap):
                return following.end
        return end

    def _claim(self, length: Length, end: int, last: DistanceClaim | None) -> DistanceClaim | None:
        sentence = self._sentence(length.start)
        tail = _TAIL.match(self._text, end)
        if sentence is None or tail is None or tail.end() > sentence.end:
            return None
        target = self._target(tail.end(), sentence.end)
        if target is None:
            return None
        place, to_border, target_end = target
        found = (
            self._origin_of_last(last, length.start)
            or self._origin_before(sentence, length.start)
            or self._origin_after(sentence, length.start, target_end)
        )
        if found is None or found[0].id == place.id:
            return None
        origin, start, stop = found
        return self._made(length, (origin, place), (start, max(stop, target_end)), to_border)

    def _made(
        self, length: Length, ends: tuple[Place, Place], span: tuple[int, int], to_border: bool
    ) -> DistanceClaim:
        start, end = span
        low, high = self._bounds(length)
        return DistanceClaim(
            provenance=Provenance(
                document_id=self._document.id, start=start, end=end, quote=self._text[start:end]
            ),
            origin=ends[0],
            target=ends[1],
            to_border=to_border,
            stated_low_km=low,
            stated_high_km=high,
            approximate=length.approximate,
        )

    def _bounds(self, length: Length) -> tuple[float, float]:
        """Return the ends of what is stated; "within 10 km" and "up to 10 km" begin at 0."""
        low, high = length.low_km, length.high_km
        before = self._text[max(0, length.start - 12) : length.start]
        if low is None or _WITHIN.search(before):
            return 0.0, float(high or low or 0.0)
        return float(low), float(low if high is None else high)

    def _sentence(self, position: int) -> Sentence | None:
        index = bisect_left(self._starts, position + 1) - 1
        return self._sentences[index] if index >= 0 else None

    def _within(self, start: int, end: int) -> list[Resolution]:
        """Return the mentions that begin in a span."""
        first, last = bisect_left(self._mentions, start), bisect_left(self._mentions, end)
        return self._resolutions[first:last]

    def _target(self, start: int, end: int) -> tuple[Place, bool, int] | None:
        """Return the far end: its place, whether its border is meant, and where its words end."""
        for resolution in self._within(start, min(end, start + _REACH_CHARS)):
            mention = resolution.mention
            place = None if _is_inherited(resolution) else resolution.place
            if mention.text.lower() in _words()["before_target"]:
                continue  # "the capital, X": a common word taken for a name
            between = _lower_words(self._text[start : mention.start])
            border_before = bool(between & _BORDER_WORDS)
            allowed = _words()["before_target"] | _BORDER_WORDS | {"with", "between"}
            if place is None or not between <= allowed:
                return None
            border_end = _border_after(self._text, mention.end)
            if border_before or border_end or mention.text.lower().endswith("border"):
                return place, True, border_end or mention.end
            if mention.use is Use.DEMONYM:
                return None  # "from Russian positions" is somewhere else
            return place, place.kind is PlaceKind.COUNTRY, mention.end
        return None

    def _origin_of_last(
        self, last: DistanceClaim | None, position: int
    ) -> tuple[Place, int, int] | None:
        """Return the place of the distance before: "X, 16 km south of Y and about 80 km from Z"."""
        if last is None or position - last.provenance.end > _REACH_CHARS:
            return None
        between = _lower_words(self._text[last.provenance.end : position])
        if "and" not in between or not between <= _words()["small_words"]:
            return None
        return last.origin, last.provenance.start, position

    def _origin_before(self, sentence: Sentence, position: int) -> tuple[Place, int, int] | None:
        """Return the nearest place before a distance that the words between tie to it."""
        start = max(sentence.start, position - _REACH_CHARS)
        spans: list[tuple[int, int]] = []
        for resolution in reversed(self._within(start, position)):
            mention, place = resolution.mention, resolution.place
            between = _outside(self._text, (mention.end, position), spans)
            if not self._lies(between):
                return None
            if place is not None and place.kind in _POINTS and mention.use is not Use.DEMONYM:
                if _is_shifted(resolution):
                    return None
                return place, mention.start, position
            spans.append((mention.start, mention.end))
        return None

    def _lies(self, text: str) -> bool:
        """Tell whether all words only say what and where a place is."""
        words = _words()
        allowed = words["verbs_of_lying"] | words["nouns_of_places"] | words["small_words"]
        return all(
            word in allowed or word.isdigit() or _is_adjective(word) for word in _lower_words(text)
        )

    def _origin_after(
        self, sentence: Sentence, position: int, target_end: int
    ) -> tuple[Place, int, int] | None:
        """Return the place after it when the clause begins with the distance: "30 km from Y, X"."""
        before = self._text[max(sentence.start, position - 40) : position]
        if _lower_words(before) - _words()["small_words"] - _words()["verbs_of_lying"]:
            return None
        gap = _CLAUSE_GAP.match(self._text, target_end)
        if gap is None:
            return None
        for resolution in self._within(gap.end(), min(sentence.end, gap.end() + 40)):
            mention, place = resolution.mention, resolution.place
            between = _lower_words(self._text[gap.end() : mention.start])
            if place is None or place.kind not in _POINTS or _is_shifted(resolution):
                return None
            return (place, position, mention.end) if between <= _words()["before_target"] else None
        return None


def _is_inherited(resolution: Resolution) -> bool:
    """Tell whether a mention only took over the place of another: a village that no list has."""
    return resolution.location is not None and resolution.location.relation == _INHERITED


def _is_shifted(resolution: Resolution) -> bool:
    """Tell whether a mention is only told relative to its place, so that it lies elsewhere."""
    return resolution.location is not None and resolution.location.relation is not None


def _border_after(text: str, position: int) -> int | None:
    """Return where the word for border ends that follows a name, as in "Poland's border"."""
    found = _BORDER.match(text, position)
    return found.end() if found else None


def _lower_words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _outside(text: str, span: tuple[int, int], holes: Sequence[tuple[int, int]]) -> str:
    """Return the text of a span without the holes, which are in it and go backward."""
    start, end = span
    parts = []
    for hole_start, hole_end in reversed(holes):
        parts.append(text[start:hole_start])
        start = hole_end
    return " ".join([*parts, text[start:end]])


_ADJECTIVE = re.compile(
    r".*(?:est|ern|al|ic|ous|ish|ian|ese)|second-.*|(?:large|big|small|key|tiny|major|old|new|"
    r"nearby|strategic|front-?line|border|coastal|busy|besieged|embattled|second|third)"
)


def _is_adjective(word: str) -> bool:
    return bool(_ADJECTIVE.fullmatch(word))
