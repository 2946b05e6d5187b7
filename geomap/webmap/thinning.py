"""What the page leaves out of the details of its events where it would grow too large to send.

Every event stays, with its mark, its fields, its sources and the beginning of what is said of it;
what goes are further reports' words, then how places were found. Layers have all of it.
"""

from __future__ import annotations

from typing import Any

from geomap.model import noun

#: Claims that an event keeps at each step; the last one cuts their quotes too.
_CLAIMS = (5, 2, 1)
_QUOTE_CHARACTERS = 120
#: What the last step leaves out whole.
_DISPENSABLE = frozenset({"resolved", "notes"})


@noun
class Thinned:
    """How a page was thinned: so many ``claims`` an event at most, and whether these are cut."""

    claims: int
    cut: bool

    def __str__(self) -> str:
        """Return it in words, for report and summary."""
        if self.cut:
            return "the beginning of what its first report says, and not how its place was found"
        return f"the words of its first {self.claims} reports at most"

    def to_dict(self) -> dict[str, Any]:
        """Return it for the page."""
        return {"claims": self.claims, "cut": self.cut}


#: How much a page holds of its events: everything, then less and less.
STEPS: tuple[Thinned | None, ...] = (
    None,
    *(Thinned(claims=claims, cut=claims == _CLAIMS[-1]) for claims in _CLAIMS),
)


def thin(event: dict[str, Any], thinned: Thinned | None) -> dict[str, Any]:
    """Return what a page that is thinned so holds of an event."""
    if thinned is None:
        return event
    claims = event.get("claims", [])
    kept, left = claims[: thinned.claims], claims[thinned.claims :]
    thin = dict(event)
    if left:
        thin["left"] = [claim["document"] for claim in left]
    if thinned.cut:
        thin = {name: value for name, value in thin.items() if name not in _DISPENSABLE}
        kept = [_cut(claim) for claim in kept]
    elif "resolved" in event:
        thin["resolved"] = event["resolved"][: thinned.claims]
    return thin | {"claims": kept} if claims else thin


def _cut(claim: dict[str, Any]) -> dict[str, Any]:
    """Cut a quote between words; the page tells the end of the whole one from ``end``."""
    quote = claim["quote"]
    if len(quote) <= _QUOTE_CHARACTERS:
        return claim
    begun = quote[:_QUOTE_CHARACTERS].rsplit(maxsplit=1)[0]
    # A mark counts UTF-16 units, never fewer than letters, so that none goes beyond the cut.
    marks = [mark for mark in claim.get("marks", ()) if mark[1] <= len(begun)]
    cut = {name: value for name, value in claim.items() if name != "marks"}
    cut |= {"quote": begun, "end": claim["start"] + len(quote)}
    return cut | {"marks": marks} if marks else cut
