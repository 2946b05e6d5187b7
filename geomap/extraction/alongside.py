"""What is known already and only named to tell of something else.

"Hours before the collision, a fire in X killed two", "she was in X when the attack happened". The
places of such a sentence are those of what it tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.places import OTHER_TIME

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling

_BESIDE = OTHER_TIME | {"against", "over", "about", "following"}


def named_beside(syntax: Syntax, telling: Telling, *, told: bool, beside: bool) -> int | None:
    """Return the head of the words that only name what a telling is of, None where it is told.

    ``told``: whether the text told of something before, ``beside``: or tells of it in the sentence.
    """
    cue, dep = telling.cue, syntax.tokens[telling.cue.index].dep
    if cue.verbal or telling.of_toll or not telling.definite:
        return None
    above = syntax.tokens[cue.index].head
    if dep == "pobj" and syntax.words[above] in _BESIDE:
        return cue.index if beside else None
    return above if told and dep == "nsubj" and syntax.tokens[above].dep == "advcl" else None
