"""What speaks for one happening told twice, and what for two, with weights that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def weigh(pair: Pair) -> float:
    """Add up the evidence that two happenings of one article are one."""
    return sum(weight for weight, holds in EVIDENCE.values() if holds(pair))


# What speaks for one happening, with its weight, and what for two. Set by reason, in halves, and
# checked on the articles of tests/gold (docs/events.md says how): "the" and a common place, day or
# toll are worth about the same each; two places or two tolls outweigh any one of these.
EVIDENCE: Mapping[str, tuple[float, Callable[[Pair], bool]]] = {
    "an article has one main event": (2.0, lambda _: True),
    "same type": (0.5, Pair.is_of_one_type),
    "the headline, and the first of the body": (1.5, Pair.is_headline_of_lead),
    "told as known: the crash": (2.0, Pair.takes_up),
    "told as known: the attacks": (0.5, Pair.takes_up_several),
    "told as known, with its day or place: the crash happened": (2.0, Pair.retells),
    "somebody known takes part": (0.5, Pair.goes_on),
    "two kinds: a raid, a gunfight": (-1.5, Pair.is_of_kin),
    "two kinds of one family: derailed, overturned": (0.5, Pair.is_of_one_family),
    "soon after, with neither day nor place": (1.0, Pair.goes_on_soon),
    "in one sentence": (1.0, Pair.is_of_one_sentence),
    "goes on in the paragraph": (1.0, Pair.is_of_one_paragraph),
    "same people": (2.0, Pair.has_one_person),
    "other people": (-1.0, Pair.has_other_people),
    "same attacker": (0.5, Pair.has_one_attacker),
    "same place": (1.0, Pair.is_in_one_place),
    "one place inside the other": (0.5, Pair.is_inside),
    "one place near the other": (-0.5, Pair.is_near),
    "the dead of a storm, by place": (1.0, Pair.is_harm_of_disaster),
    "same day": (1.0, Pair.is_on_one_day),
    "same toll": (1.0, Pair.has_one_toll),
    "another place": (-3.0, Pair.is_elsewhere),
    "a village that nobody lists, and a town": (-1.5, Pair.is_beside_town),
    "far below, with neither day nor place": (-1.0, Pair.is_bare),
    "another toll": (-2.5, Pair.has_other_tolls),
    "another attacker": (-3.0, Pair.has_other_attackers),
    "another day, of what goes on for days": (-1.0, Pair.is_on_other_days),
    "a crash, told as new": (-1.0, Pair.is_new),
    "a march, beside a riot": (-1.5, Pair.is_other_gathering),
    "attacks of a war follow one another": (-2.0, Pair.is_war),
}
