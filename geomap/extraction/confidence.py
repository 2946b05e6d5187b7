"""How sure it is that a report is of an event of its own.

Rules find a report; whether it holds is weighed over all that it says. One that has a day, a place,
people harmed and an attacker, told as new ("a bomb"), is seldom wrong; a bare "the attack" below
another attack is mostly that one told again. The answer is a logistic regression over features of
the report and of the others in its document; ``confidence.json`` holds its weights, which
``benchmarks/train_confidence.py`` learns from the gold of ``tests/gold``.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from geomap.extraction.evidence import weigh
from geomap.extraction.pairs import Pair
from geomap.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from geomap.extraction.happening import Happening, Told
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.model import Report
    from geomap.ontology import EventType

    Row = dict[str, float]

_MOST_REPORTS, _MOST_SAME = 8, 3  # counts beyond say nothing more
_WAR = frozenset({"strike", "battle", "air_defense", "alert", "posture"})
_LONG_DAYS = 7
_MOST_COMPARED = 24
_UNLIKE = -6.0
_DIGITS = 4
_MONTHS_DAYS = 60
_TAGS = ("NN", "NNS", "NNP", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_DEPS = ("ROOT", "nsubj", "dobj", "pobj", "relcl", "advcl", "acl", "conj", "compound", "ccomp")


def confidences(
    syntax: Syntax, types: Mapping[str, EventType], told: Sequence[Told]
) -> list[float]:
    """Return the probability, 0 to 1, that each report is of an event of its own, in order.

    ``told`` are those of one document, in text order.
    """
    weights = _weights()
    return [round(_logistic(row, weights), _DIGITS) for row in rows(syntax, types, told)]


def _logistic(row: Row, weights: Mapping[str, float]) -> float:
    score = weights["intercept"] + sum(weights[name] * value for name, value in row.items())
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> Mapping[str, float]:
    text = files(__package__).joinpath("confidence.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


def rows(syntax: Syntax, types: Mapping[str, EventType], told: Sequence[Told]) -> Iterator[Row]:
    """Yield the features of each report, by name."""
    others = _Others([report for _, report, _ in told], types)
    open_, any_ = _kinship([happening for happening, _, _ in told], types)
    quotes = _Quotes(syntax.text)
    for number, (happening, report, main) in enumerate(told):
        tellings = happening.tellings
        parent = happening.parent
        yield {
            "part of war": parent is not None and types[parent.tellings[0].cue.type].family in _WAR,
            **_of_words(syntax, main, quotes),
            **_of_tellings(tellings),
            **_of_report(report, types, syntax.annotation.document.published),
            **others.around(report),
            "like another": any_[number],
            "might be another": open_[number],
        }


class _Quotes:
    """Tells where a text is between quotation marks, by its marks, found once."""

    def __init__(self, text: str) -> None:
        self._opening = [mark.start() for mark in re.finditer("“", text)]
        self._closing = [mark.start() for mark in re.finditer("”", text)]

    def are_open(self, at: int) -> bool:
        """Tell whether more quotations open than close before an offset."""
        return bisect_left(self._opening, at) > bisect_left(self._closing, at)


def _of_words(syntax: Syntax, main: Telling, quotes: _Quotes) -> Row:
    """Return what the trigger is and how it stands in its sentence."""
    index = main.cue.index
    token = syntax.tokens[index]
    return {
        **{f"tag {tag}": token.tag == tag for tag in _TAGS},
        **{f"dep {dep}": token.dep == dep for dep in _DEPS},
        "verbal": main.cue.verbal,
        "the": main.definite,
        "plural": main.plural,
        "bare noun": main.bare and not main.cue.verbal,
        "people named": bool(main.people),
        "quoted": quotes.are_open(token.start),
        "on top": main.sentence <= 1,
        "deep": token.start / max(1, len(syntax.text)),
    }


def _of_tellings(tellings: Sequence[Telling]) -> Row:
    """Return how the article tells of it."""
    return {
        "told once": len(tellings) == 1,
        "in headline": any(t.headline for t in tellings),
        "only in headline": all(t.headline for t in tellings),
        "own day": any(t.time is not None for t in tellings),
        "own place": any(t.places for t in tellings),
        "toll": any(t.tolls for t in tellings),
        "nothing but toll": all(t.of_toll for t in tellings),
        "always the": all(t.definite for t in tellings),
        "a": any(t.indefinite for t in tellings),
        "another": any(t.fresh for t in tellings),
        "in passing": any(t.passing for t in tellings),
        "goes on": any(t.goes_on for t in tellings),
        "told anew": any(t.retells for t in tellings),
        "toll goes on": any(t.follows is not None for t in tellings),
        "after another": any(t.outcome_of is not None for t in tellings),
        "opens with place": any(t.opens_place for t in tellings),
    }


def _of_report(report: Report, types: Mapping[str, EventType], published: date | None) -> Row:
    """Return what is known in the end."""
    when = report.when
    first, last = (when.first, when.last) if when else (None, None)
    ago = (published - last).days if published and last else 0
    return {
        "day": first is not None,
        "place": bool(report.where),
        "neither day nor killed": first is None and report.casualties.killed is None,
        "long": bool(first and last and (last - first).days > _LONG_DAYS),
        "ago": min(max(ago, 0), _MONTHS_DAYS) / _MONTHS_DAYS,
        "attacker": report.attacker is not None,
        "target": report.target is not None,
        "speaker": report.speaker is not None,
        "claimed": report.status is not Status.REPORTED,
        "killing": report.type == "killing",
        "war": types[report.type].family in _WAR,
        "effect": types[report.type].effect,
        "part": report.parent_id is not None,
    }


def _kinship(
    happenings: Sequence[Happening], types: Mapping[str, EventType]
) -> tuple[list[float], list[float]]:
    """Return how much speaks for each being another one of the article, told anew.

    First of those that it may be, then of all others.
    """
    open_, any_ = [_UNLIKE] * len(happenings), [_UNLIKE] * len(happenings)
    if len(happenings) > _MOST_COMPARED:
        return open_, any_
    for one, other in combinations(range(len(happenings)), 2):
        first, later = sorted((happenings[one], happenings[other]), key=lambda each: each.first)
        pair = Pair(first=first, later=later, types=types)
        evidence, forbidden = weigh(pair), pair.is_forbidden()
        for number in (one, other):
            any_[number] = max(any_[number], evidence)
            if not forbidden:
                open_[number] = max(open_[number], evidence)
    return open_, any_


class _Others:
    """What the other reports of the document are."""

    def __init__(self, reports: Sequence[Report], types: Mapping[str, EventType]) -> None:
        self._types = types
        self._numbers = {report.id: number for number, report in enumerate(reports)}
        self._types_at: dict[str, list[int]] = {}
        self._families_at: dict[str, list[int]] = {}
        self._sentences_at: dict[int, list[int]] = {}
        self._days_at: dict[date, list[int]] = {}
        self._first_of_place: dict[str, int] = {}
        for number, report in enumerate(reports):
            self._types_at.setdefault(report.type, []).append(number)
            self._families_at.setdefault(types[report.type].family, []).append(number)
            self._sentences_at.setdefault(report.sentence.start, []).append(number)
            if report.when is not None and report.when.first is not None:
                self._days_at.setdefault(report.when.first, []).append(number)
            for resolution in report.where:
                self._first_of_place.setdefault(resolution.mention.text, number)

    def around(self, report: Report) -> Row:
        """Return the features of one."""
        number = self._numbers[report.id]
        same = self._types_at[report.type]
        family = self._families_at[self._types[report.type].family]
        day = report.when.first if report.when else None
        places = [self._first_of_place[r.mention.text] for r in report.where]
        return {
            "first": number == 0,
            "reports": min(len(self._numbers), _MOST_REPORTS),
            "same type": min(len(same) - 1, _MOST_SAME),
            "same family": min(len(family) - 1, _MOST_SAME),
            "same type before": same[0] < number,
            "same family before": family[0] < number,
            "same sentence": len(self._sentences_at[report.sentence.start]) > 1,
            "same day": day is not None and len(self._days_at[day]) > 1,
            "same place before": any(first < number for first in places),
        }
