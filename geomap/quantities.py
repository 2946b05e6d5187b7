"""Numbers and lengths as news writes them.

``find_numbers`` reads counts ("at least 22", "1 200", "three or four", "dozens") and
``find_lengths`` lengths in kilometers ("about 70 kilometers", "30-40 miles"). Both are pure and
linear in the length of the text.

Vague plurals ("dozens", "hundreds of thousands") give the smallest number that the word allows when
read as ACLED does (ACLED, "Coding fatalities": dozens as 12, hundreds as 100): a lower bound, open
at the top.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator


@noun
class Number:
    """A count: ``text[start:end]`` with its qualifier; ``low`` or ``high`` is None if untold."""

    start: int
    end: int
    low: float | None
    high: float | None
    open_ended: bool = False
    approximate: bool = False


@noun
class Length:
    """A length in kilometers; ``unit`` is the unit as written."""

    start: int
    end: int
    low_km: float | None
    high_km: float | None
    approximate: bool
    unit: str


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_TEENS = "fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(f"{_UNITS} {_TEENS}".split())}
_SMALL |= {word: 10 * n for n, word in enumerate(_TENS.split(), start=2)}
_SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_PLURALS = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
}

# A number of more than 18 digits counts nothing; Python would also refuse to read a huge one.
_DIGITS = (
    r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,3}(?:[  ’']\d{3}){1,5}"
    r"|\d{1,3}(?: \d{3}){1,5}|\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,6})?|\d{1,18}(?:[.,]\d{1,6})?"
)
# "1.5m people" are a million and a half, "1.5m" alone are meters.
_PEOPLE = r"(?:people|residents|refugees|children|civilians|homes|hectares|tons)\b"
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALE_WORD = r"dozen|score|hundred|thousand|million|billion|trillion"
_VALUE = (
    rf"(?:(?:{_DIGITS})(?!\d)(?:[ -]?(?:{_SCALE_WORD}|bn|mn|tn)\b|k\b|m(?= {_PEOPLE}))?"
    rf"|(?:(?:half )?an?|half|(?:{_WORD}))[ -](?:{_SCALE_WORD})\b"
    rf"(?:[ -](?:and )?(?:{_WORD}|{_SCALE_WORD})\b){{0,8}}"
    rf"|(?:{_WORD})(?:[ -](?:{_WORD}|{_SCALE_WORD})\b){{0,8}})"
)
_PLURAL = r"(?:tens|dozens|scores|hundreds|thousands|millions|billions)\b"
_PLURAL_RUN = rf"{_PLURAL}(?: (?:of|upon|and) {_PLURAL}){{0,3}}"
_BETWEEN = (
    rf"(?:between|from) (?P<b1>{_VALUE})(?: people)? (?:and|to) (?P<b2>{_VALUE})"
    rf"|(?P<r1>{_VALUE})(?: to | or )(?P<r2>{_VALUE})"
    rf"|(?P<d1>{_DIGITS}) ?[-–—] ?(?P<d2>{_DIGITS}(?: ?(?:{_SCALE_WORD})\b)?)"
)
# What stands before decides that it is no count: F-16, $40bn, 11:30, the 3 of 1.2.3, X31.
_NUMBER = re.compile(
    rf"(?<![\w.,:/$€£₴₽#-])(?:{_BETWEEN}|(?P<p>{_PLURAL_RUN})|(?P<v>{_VALUE}))"
    r"(?:(?=km|mi\b|m\b|nm\b|ft\b)|(?![\w:/]|[.,]\d|-\d))",
    re.IGNORECASE,
)
_AT_LEAST = (
    "at least|no fewer than|no less than|not fewer than|not less than|more than|over|above"
    "|a minimum of|minimum of|upwards of|in excess of|greater than|exceeding|well over|just over"
)
_AT_MOST = (
    "up to|as many as|fewer than|less than|at most|no more than|not more than|a maximum of"
    "|maximum of|under"
)
_ABOUT = (
    "nearly|almost|close to|about|around|approximately|roughly|some|an estimated|estimated|circa"
    "|just under|approx\\.?|~|≈"
)


def _spaced(words: str) -> str:
    """Let a line break stand for a space in a pattern."""
    return words.replace(" ", r"\s")


_BEFORE = re.compile(
    rf"(?:(?P<least>\b(?:{_spaced(_AT_LEAST)}))|(?P<most>\b(?:{_spaced(_AT_MOST)}))|(?P<about>(?:\b|(?<=\W))"
    rf"(?:{_ABOUT})))(?:\sthe)?\s?\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<least> or more\b| and more\b| or higher\b|\+)|(?P<most> or (?:fewer|less)\b)"
    r"|(?P<about> or so\b)",
    re.IGNORECASE,
)
_QUALIFIER_WIDTH = 24
# "rose from nine to 14" counts 14, "from nine to 14" is a range.
_RISING = re.compile(
    r"\b(?:ris(?:en|es?|ing)|rose|climb(?:ed|s|ing)?|jump(?:ed|s)?|increas(?:ed|es|ing)|gr[eo]wn?|went"
    r"|rais(?:ed|es|ing)|up|revised|toll|number|figure)\sfrom\s",
    re.IGNORECASE,
)
_RISING_WIDTH = 12
_GONE_UP = re.compile(r"\b(?:gone|went|go|goes|going|moved|jumped|crept) up to \Z", re.IGNORECASE)
_PERCENT = re.compile(r" ?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_HYPHENATED = re.compile(r"-(?=[A-Za-z])")
_PRONOUN = re.compile(r"\b(?:no|any|every|each|some|this|that|the|another|which) \Z", re.IGNORECASE)

_KM_PER_UNIT = (
    (re.compile(r"kilomet(?:er|re)s?|kms?", re.IGNORECASE), 1.0),
    (re.compile(r"nautical miles?|nmi|nm", re.IGNORECASE), 1.852),
    (re.compile(r"miles?|mi", re.IGNORECASE), 1.609344),
    (re.compile(r"met(?:er|re)s?|m", re.IGNORECASE), 0.001),
    (re.compile(r"feet|foot|ft", re.IGNORECASE), 0.0003048),
    (re.compile(r"yards?", re.IGNORECASE), 0.0009144),
)
# "square kilometers" and "kilometers per hour" are no lengths.
_UNIT = re.compile(
    r"[  -]?(?P<unit>kilomet(?:er|re)s?|kms?|nautical miles?|nmi|nm|miles?|mi|met(?:er|re)s?"
    r"|m|feet|foot|ft|yards?)(?![\w²]|/h| ?per hour| an hour|ph)(?:-long|-wide|-deep)?",
    re.IGNORECASE,
)


def find_numbers(text: str) -> list[Number]:
    """Return the counts in ``text``, in order.

    Left out are money, percentages, lengths, ordinals, clock times, dates with slashes, numbers
    inside a name ("F-16") or a compound ("15-year-old"), and "one" as a pronoun ("no one").
    """
    numbers = (_number(text, match) for match in _NUMBER.finditer(text) if _is_count(text, match))
    return [number for number in numbers if number is not None]


def find_lengths(text: str) -> list[Length]:
    """Return the lengths in ``text`` in kilometers, in order.

    A decimal point before three digits is a decimal point here: nobody writes "57.123 km" for 57
    thousand.
    """
    return list(_lengths(text))


def _lengths(text: str) -> Iterator[Length]:
    for match in _NUMBER.finditer(text):
        unit = _UNIT.match(text, match.end())
        number = _number(text, match, dot_groups=False) if unit else None
        if unit is None or number is None:
            continue
        factor = _km_per(unit["unit"])
        yield Length(
            start=number.start,
            end=unit.end(),
            low_km=None if number.low is None else number.low * factor,
            high_km=None if number.high is None else number.high * factor,
            approximate=number.approximate,
            unit=unit["unit"],
        )


def _km_per(unit: str) -> float:
    return next(factor for pattern, factor in _KM_PER_UNIT if pattern.fullmatch(unit))


def _is_count(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    if any(p.match(text, end) for p in (_PERCENT, _HYPHENATED, _UNIT)):
        return False
    if match["v"] and match["v"].lower() == "one":
        return not _PRONOUN.search(text[max(0, match.start() - 8) : match.start()])
    return True


def _number(text: str, match: re.Match[str], *, dot_groups: bool = True) -> Number | None:
    """Read one match with the qualifiers around it."""
    if match["p"]:
        low, high, vague = _plural_value(match["p"]), None, True
    else:
        words, last_words = _parts(match)
        first = _value(words, dot_groups=dot_groups)
        last = first if last_words is None else _value(last_words, dot_groups=dot_groups)
        if first is None or last is None:
            return None
        if match["b1"] and _RISING.search(
            text[max(0, match.start() - _RISING_WIDTH) : match.end()]
        ):
            first = last
        low, high, vague = *_ordered(first, last, last_words), False
    return _qualified(text, (match.start(), match.end()), (low, high), vague=vague)


def _parts(match: re.Match[str]) -> tuple[str, str | None]:
    """Return the words of the number, or of both ends of a range."""
    return (
        match["b1"] or match["r1"] or match["d1"] or match["v"],
        match["b2"] or match["r2"] or match["d2"],
    )


def _ordered(first: float, last: float, last_words: str | None) -> tuple[float, float]:
    """Order a range; the ends of "2 to 3 million" and "two or three dozen" share their scale."""
    scale = _scale_of(last_words) if last_words else 1
    if scale > 1 and first < last / scale:
        first *= scale
    return min(first, last), max(first, last)


def _scale_of(words: str) -> int:
    parts = words.lower().replace("-", " ").split()
    return _SCALES.get(parts[-1], 1) if len(parts) > 1 else 1


def _qualified(
    text: str, span: tuple[int, int], bounds: tuple[float | None, float | None], *, vague: bool
) -> Number:
    start, end = span
    low, high = bounds
    from_ = max(0, start - _QUALIFIER_WIDTH)
    before = _BEFORE.search(text[from_:start])
    after = _AFTER.match(text, end)
    kinds = {m.lastgroup for m in (before, after) if m}
    open_ended = vague
    if "least" in kinds:
        low, high, open_ended = low if low is not None else high, None, True
    elif "most" in kinds and not _GONE_UP.search(text[max(0, from_ - 1) : start]):
        low, high = (low, None) if vague else (None, high)
    return Number(
        start=from_ + before.start() if before else start,
        end=after.end() if after else end,
        low=low,
        high=high,
        open_ended=open_ended,
        approximate=vague or "about" in kinds,
    )


def _plural_value(words: str) -> float:
    value = 1.0
    for word in words.lower().split():
        value *= _PLURALS.get(word, 1)
    return _tidy(value)


def _value(words: str, *, dot_groups: bool) -> float | None:
    """Read one number in digits or words, or None for what is no number ("a one")."""
    lowered = words.lower()
    if lowered[0].isdigit():
        return _digit_value(lowered, dot_groups=dot_groups)
    return _word_value(re.split(r"[ -]", lowered))


_LEADING_DIGITS = re.compile(r"\d[\d.,  ’' ]*")


def _digit_value(words: str, *, dot_groups: bool) -> float:
    match = _LEADING_DIGITS.match(words)
    assert match, "the words begin with a digit"
    digits = re.sub(r"[  ’' ]", "", match[0])
    scale = _SCALES.get(words[match.end() :].strip(" -"), 1)
    value = _plain(digits, dot_groups=dot_groups and scale == 1)
    return _tidy(value * scale)


def _plain(digits: str, *, dot_groups: bool) -> float:
    """Read separators: groups of three after commas are thousands; dots only if asked."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return _exact(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", digits) or (
        dot_groups and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}(?:,\d+)?", digits)
    ):
        return _exact(digits.replace(".", "").replace(",", "."))
    return _exact(digits.replace(",", "."))


def _exact(digits: str) -> float:
    return float(digits) if "." in digits else int(digits)


def _tidy(value: float) -> float:
    return int(value) if value == int(value) else value


def _word_value(words: list[str]) -> float | None:
    """Add up number words, "two hundred and five thousand"; None where they make no number."""
    total: float = 0
    group: float | None = None
    for word in words:
        if word in ("a", "an", "and", ""):
            continue
        if word == "half":
            group = 0.5
        elif word in _SMALL:
            if group is not None and not _may_add(group, _SMALL[word]):
                return None
            group = (group or 0) + _SMALL[word]
        else:
            total, group = _scaled(total, group, _SCALES[word])
    return _tidy(total + (group or 0))


def _may_add(group: float, small: int) -> bool:
    """Tell whether ``small`` can follow: "twenty two" and "hundred five", not "two three"."""
    return (group % 100 == 0) or (group % 100 in range(20, 100, 10) and 0 < small < 10)  # noqa: PLR2004  place values


def _scaled(total: float, group: float | None, scale: int) -> tuple[float, float | None]:
    base = 1 if group is None else group
    if scale == 100:  # noqa: PLR2004  "hundred" stays within its group of three digits
        return total, base * scale
    return total + base * scale, None
