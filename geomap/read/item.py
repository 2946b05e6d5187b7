"""The bytes of one file, or of one member of an archive, before they are documents."""

from __future__ import annotations

from geomap.model import noun


@noun
class Item:
    """Bytes with a name.

    ``id`` becomes the id of the document, or its beginning where the item holds several. ``name``
    is the file's own name, for its ending. ``source`` is what people are told: the path that was
    read.
    """

    id: str
    name: str
    source: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its point; empty where there is none."""
        _, point, ending = self.name.lower().rpartition(".")
        return point + ending if point else ""
