"""Do two facets tell one event? A probability with its reasons, or why it cannot be.

The score is a sum of log-odds (:mod:`geomap.merge.weights`). Some pairs are impossible whatever
else they share: those are the limits that also hold for whole clusters.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from geomap.geo import great_circle_km
from geomap.merge.facets import Extent, Facet, Scope, count_of
from geomap.model import Feature, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.merge.facets import Count
    from geomap.merge.weights import Weights
    from geomap.model import Weapon

    NearCopy = Callable[[str, str], bool]

_CLEAR_COUNT = 20  # from here on two equal counts are hardly chance
_ALIKE = 0.75  # the smaller count over the larger: later counts of one attack grow
_APART = 0.4
_WEEKDAY_ALONE = 0.4
_NEWS_DAYS = 4  # news is about the last few days
_FEW_WORDS = 6  # two words in common of three say nothing


class Verdict(StrEnum):
    """What a comparison decides."""

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


@noun
class Comparison:
    """Whether two facets tell one event: ``probability`` is the logistic of the weighted sum.

    ``obstacle`` says in words why they cannot, whatever was observed; ``None`` if they can.
    """

    probability: float
    verdict: Verdict
    obstacle: str | None = None


def compare(one: Facet, other: Facet, weights: Weights, near_copy: NearCopy) -> Comparison:
    """Compare two facets; ``near_copy`` tells of two document ids whether they copy one another."""
    why = obstacle(one, other, weights)
    if why:
        return Comparison(probability=0.0, verdict=Verdict.DIFFERENT, obstacle=why)
    score = weights.bias
    for name, value in _observations(one, other, near_copy):
        score += value * weights.weights[name]
    probability = 1 / (1 + math.exp(-score))
    return Comparison(probability=probability, verdict=_verdict(probability, weights))


def explain(one: Facet, other: Facet, weights: Weights, near_copy: NearCopy) -> tuple[Feature, ...]:
    """Return what :func:`compare` adds up, beside the bias."""
    return tuple(
        Feature(name=name, value=value, weight=weights.weights[name])
        for name, value in _observations(one, other, near_copy)
        if value
    )


def obstacle(one: Facet, other: Facet, weights: Weights) -> str | None:
    """Return why two facets cannot be one event, ``None`` if they can."""
    if one.family != other.family:
        return "events of different families"
    if (one.scope is Scope.JOINT) != (other.scope is Scope.JOINT):
        return "one tells of several places, the other of one"
    return date_obstacle(one, other, weights) or place_obstacle(one, other, weights)


def date_obstacle(one: Facet, other: Facet, weights: Weights) -> str | None:
    """Return why the possible days of two facets rule out one event."""
    gap = gap_days(one, other)
    if gap is not None:
        return f"{gap} days apart" if gap > weights.gap_days else None
    for undated, told in ((one, other), (other, one)):
        if undated.first is None and undated.published is not None:
            late = (told.first or told.published or undated.published) - undated.published
            early = undated.published - (told.last or told.published or undated.published)
            if late > weights.gap_days and told.first is not None:
                return "told before the day of the other"
            if max(late, early) > weights.age_days:
                return "published too long before or after the other"
    return None


def gap_days(one: Facet, other: Facet) -> int | None:
    """Return the days between two windows, 0 where they meet, ``None`` if one is unknown."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return None
    return max(0, one.first - other.last, other.first - one.last)


def place_obstacle(one: Facet, other: Facet, weights: Weights) -> str | None:
    """Return why the places of two facets rule out one event."""
    if not one.place or not other.place or _same_place(one, other):
        return None
    if one.scope is Scope.JOINT:
        return None if _shared_places(one, other) else "no place in common"
    if Extent.COUNTRY in {one.extent, other.extent}:
        return "one is about a whole country, the other about a place in it or elsewhere"
    if contains(one, other) or contains(other, one):
        return None
    if Extent.AREA in {one.extent, other.extent}:
        return "in different areas"
    return _too_far(one, other, weights)


def _same_place(one: Facet, other: Facet) -> bool:
    """Return whether two facets tell of one place, or one of them also names the other's."""
    if one.place is None or other.place is None:
        return False
    if one.place.id == other.place.id:
        return True
    return any(location.place.id == other.place.id for location in one.around) or any(
        location.place.id == one.place.id for location in other.around
    )


def contains(outer: Facet, inner: Facet) -> bool:
    """Return whether the place of ``inner`` lies in that of ``outer``."""
    return bool(outer.place and inner.place and outer.place.id in inner.place.parents)


def _too_far(one: Facet, other: Facet, weights: Weights) -> str | None:
    here, there = one.places[0].point, other.places[0].point
    if here is None or there is None:
        return "at different places"
    distance_km = great_circle_km(here, there)
    return f"{distance_km:.0f} km apart" if distance_km > weights.distance_km else None


def _shared_places(one: Facet, other: Facet) -> float:
    """Return the share of all places of two joint facets that both name."""
    here = {location.place.id for location in one.places}
    there = {location.place.id for location in other.places}
    return len(here & there) / len(here | there)


def _verdict(probability: float, weights: Weights) -> Verdict:
    if probability >= weights.same:
        return Verdict.SAME
    return Verdict.UNSURE if probability >= weights.unsure else Verdict.DIFFERENT


def _observations(one: Facet, other: Facet, near_copy: NearCopy) -> list[tuple[str, float]]:
    """Return what speaks for and against one event: names of weights, each with its value.

    The functions below add to one list: this runs for every pair, and generators would cost more
    than what they yield.
    """
    seen: list[tuple[str, float]] = []
    _see_place(one, other, seen)
    _see_date(one, other, seen)
    _see_actors(one, other, seen)
    _see_figures(one, other, seen)
    _see_type(one, other, seen)
    seen.append(("wording", _wording(one.words, other.words)))
    if one.report.document_id == other.report.document_id:
        seen.append(("other_cause" if _other_cause(one, other) else "same_document", 1.0))
    elif near_copy(one.report.document_id, other.report.document_id):
        seen.append(("near_copy", 1.0))
    return seen


def _other_cause(one: Facet, other: Facet) -> bool:
    """Return whether one article tells of two effects of different events."""
    here, there = one.report.parent_id, other.report.parent_id
    return here is not None and there is not None and here != there


def _see_place(one: Facet, other: Facet, seen: list[tuple[str, float]]) -> None:
    if not one.place or not other.place:
        seen.append(("no_place", 1.0))
    elif one.scope is Scope.JOINT:
        seen.append(("same_place", _shared_places(one, other)))
    elif Extent.COUNTRY in {one.extent, other.extent}:
        seen.append(("whole_country", 1.0))
    elif not _same_place(one, other):
        within = contains(one, other) or contains(other, one)
        seen.append(("contained" if within else "nearby", 1.0))
    else:
        seen.append(("same_place", 1.0))
        if one.extent is not Extent.SPOT:
            seen.append(("wide_place", 1.0))


def _see_date(one: Facet, other: Facet, seen: list[tuple[str, float]]) -> None:
    if one.dated and other.dated:
        apart = gap_days(one, other)
        days = max(one.days, other.days)
        seen.append(("day_apart", 1.0) if apart else ("same_days", 1 / math.sqrt(days)))
        return
    seen.append(("undated", 1.0))
    seen.append(("just_before", max(_just_before(one, other), _just_before(other, one))))
    if one.weekday is not None and other.weekday is not None:
        # Two undated reports of one weekday may be weeks apart.
        sure = 1.0 if one.dated or other.dated else _WEEKDAY_ALONE
        same = one.weekday == other.weekday
        seen.append(("same_weekday", sure) if same else ("other_weekday", 1.0))


def _just_before(told: Facet, undated: Facet) -> float:
    """Return 1 if ``undated`` was published within days of the day that ``told`` names."""
    if not told.dated or told.last is None or undated.dated or undated.published is None:
        return 0.0
    return 1.0 if told.last - 1 <= undated.published <= told.last + _NEWS_DAYS else 0.0


def _see_actors(one: Facet, other: Facet, seen: list[tuple[str, float]]) -> None:
    here, there = one.report.attacker, other.report.attacker
    if not here or not there:
        return
    if (here.country or here.name) == (there.country or there.name):
        seen.append(("same_attacker", 1.0))
    elif here.country and there.country:
        seen.append(("other_attacker", 1.0))


def _see_type(one: Facet, other: Facet, seen: list[tuple[str, float]]) -> None:
    if one.report.type == other.report.type:
        seen.append(("same_type", 1.0))
    elif one.kin and other.kin:
        if one.kin != other.kin:
            seen.append(("other_type", 1.0))
        elif one.arms and other.arms and not one.arms & other.arms:
            seen.append(("other_kind", 1.0))


def _see_figures(one: Facet, other: Facet, seen: list[tuple[str, float]]) -> None:
    if one.tolls and other.tolls:
        told = dict(one.tolls)
        agreed = [_agreement(told[name], count) for name, count in other.tolls if name in told]
        seen.append(("toll", _clip(sum(agreed))))
    if one.report.weapons and other.report.weapons:
        _see_weapons(one.weapons, other.weapons, seen)


def _see_weapons(
    here: Sequence[Weapon], there: Sequence[Weapon], seen: list[tuple[str, float]]
) -> None:
    known = {weapon.system: weapon for weapon in here}
    pairs = [(known[weapon.system], weapon) for weapon in there if weapon.system in known]
    if not pairs:
        seen.append(("other_weapons", 1.0))
        return
    seen.append(("weapons", 1.0))
    counts = [
        _agreement(count_of(one), count_of(other))
        for a, b in pairs
        for one, other in ((a.launched, b.launched), (a.destroyed, b.destroyed))
        if one and other
    ]
    if counts:
        seen.append(("weapon_counts", _clip(sum(counts))))


def _agreement(one: Count, other: Count) -> float:
    """Return how far two counts speak for one event (to 1) or against it (to -1).

    "At least 10" does not speak against 160.
    """
    (small, at_least), (large, _) = (one, other) if one[0] <= other[0] else (other, one)
    if large <= 0:
        return 0.0
    if small / large >= _ALIKE:
        return min(1.0, math.log1p(small) / math.log1p(_CLEAR_COUNT))
    return 0.0 if at_least or small / large >= _APART else -0.5


def _wording(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words in common, from 0 (a fifth, as any two reports have) to 1."""
    share = len(one & other) / max(_FEW_WORDS, min(len(one), len(other)))
    return min(1.0, max(0.0, (share - 0.2) / 0.6))


def _clip(value: float) -> float:
    return max(-1.0, min(1.0, value))
