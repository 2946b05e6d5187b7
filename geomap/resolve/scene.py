"""A mention with the words around it, for those who read positions off a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.model import Location, Resolution, noun
from geomap.resolve import wording

if TYPE_CHECKING:
    from re import Pattern


@noun
class Scene:
    """A mention with the words around it and the others of its document, in text order."""

    text: str
    resolutions: Sequence[Resolution]
    index: int

    @property
    def location(self) -> Location:
        """The location of the mention, which has one."""
        location = self.resolutions[self.index].location
        assert location is not None
        return location

    @property
    def before(self) -> str:
        """The words before the mention, back to the end of the last sentence."""
        start = self.resolutions[self.index].mention.start
        window = self.text[max(0, start - wording.BEFORE) : start]
        return wording.SENTENCE_END.split(window)[-1]

    @property
    def after(self) -> str:
        """The words after the mention."""
        end = self.resolutions[self.index].mention.end
        return self.text[end : end + wording.AFTER]

    def next_if(self, between: Pattern[str]) -> Location | None:
        """Return the location of the next mention if ``between`` is all that stands before it."""
        if self.index + 1 >= len(self.resolutions):
            return None
        this, following = self.resolutions[self.index], self.resolutions[self.index + 1]
        gap = self.text[this.mention.end : this.mention.end + wording.AFTER]
        width = following.mention.start - this.mention.end
        if 0 <= width <= wording.AFTER and between.match(gap[:width]):
            return following.location
        return None
