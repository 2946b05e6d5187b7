"""Figures of several claims as one range, and the claims that differ as conflicts.

The rule: the low end is the smallest number told, the high end the largest. "At least 22" and "25"
give 22 to 25. The range stays open-ended only where its largest number was itself told as "at
least". A further claim can widen the range but never narrow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.merge.facets import CASUALTY_FIELDS
from geomap.model import Casualties, Conflict, ConflictValue, Range, Weapon
from geomap.wording import say_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.merge.facets import Facet

_NONE_TOLD = Casualties()
WEAPON_FIELDS = ("launched", "destroyed", "hit")


def combine_ranges(claims: Iterable[Range | None]) -> Range | None:
    """Return the spread of the claims, ``None`` where there is none."""
    told = [claim for claim in claims if claim is not None]
    lows = [claim.low for claim in told if claim.low is not None]
    tops = [top for claim in told if (top := _top(claim)) is not None]
    if not tops:
        return None
    high = max(tops)
    open_ended = any(claim.open_ended and _top(claim) == high for claim in told)
    low = min(lows, default=None)
    only_open = open_ended and low == high
    return Range(low=low, high=None if only_open else high, open_ended=open_ended)


def combine_casualties(facets: Sequence[Facet]) -> Casualties:
    """Return the spread of each figure that the facets own."""
    claims = _casualty_claims(facets)
    if not claims:
        return _NONE_TOLD
    return Casualties(
        **{
            name: combine_ranges(claim for claim, _ in claims[name])
            for name in CASUALTY_FIELDS
            if name in claims
        }
    )


def combine_weapons(facets: Sequence[Facet]) -> tuple[Weapon, ...]:
    """Return each weapon system once, with the spread of its numbers, in order of name."""
    told = [weapon for facet in facets if facet.report.weapons for weapon in facet.weapons]
    return tuple(
        Weapon(
            system=system,
            **{
                name: combine_ranges(getattr(w, name) for w in told if w.system == system)
                for name in WEAPON_FIELDS
            },
        )
        for system in sorted({weapon.system for weapon in told})
    )


def figure_conflicts(facets: Sequence[Facet]) -> list[Conflict]:
    """Return the casualty and weapon figures in which the facets differ."""
    claims = _casualty_claims(facets)
    found = [conflict(name, claims[name]) for name in CASUALTY_FIELDS if name in claims]
    for system in sorted({w.system for facet in facets for w in facet.report.weapons}):
        for name in WEAPON_FIELDS:
            numbers = (
                (getattr(weapon, name), facet)
                for facet in facets
                for weapon in facet.weapons
                if weapon.system == system
            )
            found.append(conflict(f"{system} {name}", numbers))
    return [item for item in found if item]


def _casualty_claims(facets: Iterable[Facet]) -> dict[str, list[tuple[Range, Facet]]]:
    """Return every figure told, by field, also each of those in which a text differs from itself.

    Of a field that nobody tells there is nothing: most are such.
    """
    found: dict[str, list[tuple[Range, Facet]]] = {}
    for facet in facets:
        for name, _ in facet.tolls:
            found.setdefault(name, []).append((getattr(facet.casualties, name), facet))
        for figure in facet.differing:
            found.setdefault(figure.field, []).append((figure.count, facet))
    return found


def conflict(field: str, claims: Iterable[tuple[Range | None, Facet]]) -> Conflict | None:
    """Return the differing values with who says them, smallest first; ``None`` if all agree.

    "At least 22" beside "22" is no conflict; "at least 22" beside "25" is listed, for the reader
    to judge.
    """
    told = [(claim, facet.report.document_id) for claim, facet in claims if claim is not None]
    if len(told) <= 1:
        return None
    if len({(claim.low is None, _top(claim)) for claim, _ in told}) <= 1:
        return None
    ordered = sorted(told, key=lambda item: (_top(item[0]) or 0, say_count(item[0]), item[1]))
    values = dict.fromkeys(say_count(claim) for claim, _ in ordered)
    return Conflict(
        field=field,
        values=tuple(
            ConflictValue(
                value=value,
                document_ids=tuple(
                    dict.fromkeys(d for claim, d in ordered if say_count(claim) == value)
                ),
            )
            for value in values
        ),
    )


def _top(claim: Range) -> int | None:
    return claim.high if claim.high is not None else claim.low
