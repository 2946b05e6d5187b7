"""The bytes of one file, or of one member of an archive, before they are documents."""

from __future__ import annotations

import hashlib
from typing import Any

from geomap.model import Document, noun


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

    @property
    def sha256(self) -> str:
        """The checksum of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def document(self, text: str, **facts: Any) -> Document:
        """Return a document of this item; ``facts`` are fields, of which empty ones are unknown."""
        known = {name: value for name, value in facts.items() if value}
        fields = {"id": self.id, "source": self.source, "sha256": self.sha256} | known
        return Document(text=text, **fields)
