"""Share the places of one sentence out among its tellings, after each was given what fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling


def leave_to_owner(syntax: Syntax, tellings: Sequence[Telling]) -> None:
    """Leave a place to the cue that it hangs on: "it came after a drive-by in X".

    One that names a happening, "the X shooting", is not that of what another clause tells.
    """
    cues = {t.cue.index for t in tellings}
    for mention in {m for t in tellings for m in t.places}:
        owner = _first_cue_above(syntax, mention, cues)
        if owner is None:
            continue
        top = syntax.top_conjunct(owner)
        inside = set(syntax.ancestors(owner))
        clause = syntax.clause_of(owner) if _is_named_for(syntax, owner, mention) else None
        for telling in tellings:
            index = telling.cue.index
            tied = index == owner or syntax.top_conjunct(index) == top
            apart = clause is not None and syntax.clause_of(index) != clause
            if mention in telling.places and not tied and (index in inside or apart):
                telling.places.remove(mention)


def _is_named_for(syntax: Syntax, cue: int, mention: int) -> bool:
    """Tell whether a noun is named for a place: "the Leeds shooting"."""
    span = syntax.annotation.mentions[mention]
    head = syntax.head_of_span(span.start, span.end)
    return head in syntax.with_dep(cue, "compound", "nmod", "poss")


def _first_cue_above(syntax: Syntax, mention: int, cues: set[int]) -> int | None:
    span = syntax.annotation.mentions[mention]
    head = syntax.head_of_span(span.start, span.end)
    if head is None:
        return None
    return next((i for i in syntax.ancestors(head) if i in cues), None)


def divide(syntax: Syntax, tellings: Sequence[Telling], scores: Sequence[dict[int, float]]) -> None:
    """Let two cues of one type share no place: "a fire in X and a fire in Y"."""
    for number, telling in enumerate(tellings):
        for other_number, other in enumerate(tellings):
            if other is telling or other.cue.type != telling.cue.type:
                continue
            for mention in set(telling.places) & set(other.places):
                mine = (scores[number][mention], -_apart(syntax, telling, mention))
                theirs = (scores[other_number][mention], -_apart(syntax, other, mention))
                if len(set(telling.places) | set(other.places)) > 1 and mine < theirs:
                    telling.places.remove(mention)


def leave_way(syntax: Syntax, tellings: Sequence[Telling]) -> None:
    """Put what vanished on its way where it crashed: "lost between X and Y, it fell near Z"."""
    for telling in tellings:
        if syntax.lemmas[telling.cue.index] in _VANISHING:
            same = (o for o in tellings if o.cue.type == telling.cue.type and o is not telling)
            telling.places = next((list(o.places) for o in same if o.places), telling.places)


_VANISHING = frozenset({"disappear", "lose", "miss", "vanish"})


def _apart(syntax: Syntax, telling: Telling, mention: int) -> int:
    span = syntax.annotation.mentions[mention]
    return abs(syntax.span_tokens(span.start, span.end)[0] - telling.cue.index)
