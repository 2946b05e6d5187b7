"""Choose the figures of a happening among all tolls that the text gives for it."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from geomap.extraction.tolls import KINDS, STRUCK
from geomap.model import Figure, Range

_FEW = 9  # more people of one group may hold those of another ("villagers", "children")
_ONE_SENTENCE = 16  # words between "six were shot" and "two of them fatally"

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.happening import Happening
    from geomap.extraction.tellings import Telling
    from geomap.extraction.tolls import Toll


def choose(tellings: Sequence[Telling]) -> dict[str, Toll]:
    """Choose the largest toll of each kind; a headline's stands in for a text without any."""
    tellings = _without_weak(tellings)
    told, above = _largest(tellings, headline=False), _largest(tellings, headline=True)
    chosen = above | told
    chosen |= _with_added(tellings, chosen)
    below = [toll for t in tellings if not t.headline for toll in t.tolls]
    chosen |= {kind: toll for kind, toll in above.items() if _sums_up(toll, below)}
    for more in (_of_sides, _of_names, _of_one_sentence):
        chosen |= more(tellings, chosen)
    chosen |= _with_struck(chosen)
    return {kind: chosen[kind] for kind in KINDS if kind in chosen}


def _without_weak(tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Leave out who came to hospital if these are the dead and the injured together."""
    tolls = [toll for telling in tellings for toll in telling.tolls]
    killed = {_number(toll.count) for toll in tolls if toll.kind == "killed"}
    hurt = {_number(toll.count) for toll in tolls if toll.kind == "injured" and not toll.weak}
    both = {dead + wounded for dead in killed for wounded in hurt if dead and wounded}
    if not any(toll.weak and _number(toll.count) in both for toll in tolls):
        return tellings
    return [
        dataclasses.replace(telling, tolls=[toll for toll in telling.tolls if not toll.weak])
        for telling in tellings
    ]


def _largest(tellings: Sequence[Telling], *, headline: bool) -> dict[str, Toll]:
    """Return the largest toll of each kind, of headlines or of the text below."""
    found: dict[str, Toll] = {}
    for toll in [toll for t in tellings if t.headline is headline for toll in t.tolls]:
        if headline and toll.joint:
            continue  # the headline counts what others harmed as well
        known = found.get(toll.kind)
        if known is None or toll.lowered or _number(toll.count) > _number(known.count):
            found[toll.kind] = toll
    return found


def _sums_up(above: Toll, below: Sequence[Toll]) -> bool:
    """Tell whether a headline has more than the text counts group by group: "21 dead".

    Where the text has a total of its own, the headline may count what others harmed as well.
    """
    counted = [toll for toll in below if toll.kind == above.kind and not toll.lowered]
    exact = above.count.low is not None and above.count.low == above.count.high
    return (
        bool(counted)
        and exact
        and all(
            _number(toll.count) < _number(above.count) and (toll.partial or toll.count.high is None)
            for toll in counted
        )
    )


def differing(happening: Happening, tolls: Mapping[str, Toll]) -> tuple[Figure, ...]:
    """Return the other figures of people as such that a text gives for one happening.

    One sentence does not contradict itself: it tells of several groups, or of several places.
    """
    chosen = {toll.index: kind for kind, toll in tolls.items()}
    sentence = {
        chosen[t.index]: n.sentence
        for n in happening.tellings
        for t in n.tolls
        if t.index in chosen
    }
    found = [
        Figure(field=toll.kind, count=toll.count)
        for telling in happening.tellings
        for toll in telling.tolls
        if toll.everyone
        and not toll.added
        and toll.kind in tolls
        and toll.count != tolls[toll.kind].count
        and telling.sentence != sentence[toll.kind]
    ]
    return tuple(dict.fromkeys(found))


def _with_added(tellings: Sequence[Telling], chosen: Mapping[str, Toll]) -> dict[str, Toll]:
    """Add to a toll who died after it: "Five died at the scene and, on Sunday, a sixth".

    What a headline counts has everybody already that the text below tells of.
    """
    found: dict[str, Toll] = {}
    last: dict[str, Toll] = {}
    told: set[tuple[str, Range]] = set()
    body = [telling for telling in tellings if not telling.headline]
    for toll in (toll for telling in body for toll in telling.tolls):
        base = last.get(toll.kind)
        again = toll.added and (toll.kind, toll.count) in told  # the same people, told anew
        told.update([(toll.kind, toll.count)] if toll.added else [])
        if not toll.added or base is None:
            last[toll.kind] = _as_nth(toll)
        elif again or _is_in(toll, base):
            continue
        elif toll.nth is not None:
            last[toll.kind] = max(base, _as_nth(toll), key=lambda one: _number(one.count))
        elif base.count.high is not None and toll.count.high is not None:
            last[toll.kind] = dataclasses.replace(base, count=_plus(base.count, toll.count))
        if not toll.added:
            continue
        if _number(last[toll.kind].count) > _number(found.get(toll.kind, chosen[toll.kind]).count):
            found[toll.kind] = last[toll.kind]
    return found


def _as_nth(toll: Toll) -> Toll:
    """Let "a third woman has died" be three dead, where no others are told before."""
    if toll.nth is None:
        return toll
    return dataclasses.replace(toll, count=Range(low=toll.nth, high=toll.nth))


def _is_in(toll: Toll, base: Toll) -> bool:
    """Tell whether who comes on top is counted already: "reached 11 with two more deaths"."""
    return base.nth is not None or (
        base.risen and base.index < toll.index <= base.index + _ONE_SENTENCE
    )


def _of_sides(tellings: Sequence[Telling], chosen: Mapping[str, Toll]) -> dict[str, Toll]:
    """Add up the harmed of groups apart: four soldiers, and five of the attackers."""
    found: dict[str, Toll] = {}
    for kind in ("killed", "injured"):
        sides: dict[str, Toll] = {}
        for toll in (toll for telling in tellings for toll in telling.tolls):
            known = sides.get(toll.side)
            larger = known is None or _number(toll.count) > _number(known.count)
            if toll.kind == kind and toll.side and larger:
                sides[toll.side] = toll
        if len(sides) > 1:
            total = functools.reduce(_plus, (toll.count for toll in sides.values()))
            if _number(total) > _number(chosen[kind].count):
                found[kind] = dataclasses.replace(chosen[kind], count=total)
    return found


def _of_names(tellings: Sequence[Telling], chosen: Mapping[str, Toll]) -> dict[str, Toll]:
    """Count who is told to have died by name, one by one."""
    found: dict[str, Toll] = {}
    for kind in ("killed", "injured"):
        names = {
            toll.name
            for telling in tellings
            for toll in telling.tolls
            if toll.kind == kind and toll.name and not telling.aftermath
        }
        if len(names) > 1 and len(names) > _number(chosen[kind].count):
            count = Range(low=len(names), high=len(names))
            found[kind] = dataclasses.replace(chosen[kind], count=count)
    return found


def _of_one_sentence(tellings: Sequence[Telling], chosen: Mapping[str, Toll]) -> dict[str, Toll]:
    """Add up who died in one sentence: "a driver was electrocuted, and two children drowned"."""
    found: dict[str, Toll] = {}
    groups: dict[int, dict[str, Toll]] = {}
    for telling in tellings:
        for toll in telling.tolls:
            few = toll.who and toll.count.high is not None and toll.count.high <= _FEW
            if toll.kind == "killed" and few and not toll.everyone and not toll.name:
                groups.setdefault(telling.sentence, {}).setdefault(toll.who, toll)
    for tolls in groups.values():
        total = functools.reduce(_plus, (toll.count for toll in tolls.values()))
        if _number(total) > _number(found.get("killed", chosen["killed"]).count):
            found["killed"] = dataclasses.replace(chosen["killed"], count=total)
    return found


def _with_struck(chosen: Mapping[str, Toll]) -> dict[str, Toll]:
    """Count who was shot or stabbed as injured; "one of them fatally" leaves the others."""
    struck, killed, injured = (chosen.get(kind) for kind in (STRUCK, "killed", "injured"))
    if struck is None or (injured and _number(injured.count) >= _number(struck.count)):
        return {}
    if killed is None:
        return {"injured": struck}
    if struck.index > killed.index and struck.who and struck.who != killed.who:
        return {"injured": struck}  # "killed a guard, and his wife was shot in the leg"
    left = _minus(struck.count, killed.count)
    near = struck.index < killed.index <= struck.index + _ONE_SENTENCE
    return {"injured": dataclasses.replace(struck, count=left)} if near and left else {}


def _minus(a: Range, b: Range) -> Range | None:
    """Return what is left of an exact number without a smaller one."""
    if a.low is None or a.low != a.high or b.low is None or b.low != b.high or a.low <= b.low:
        return None
    return Range(low=a.low - b.low, high=a.low - b.low)


def _number(count: Range) -> int:
    return count.low or count.high or 0


def _plus(a: Range, b: Range) -> Range:
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Range(low=low, high=high, open_ended=a.open_ended or b.open_ended)
