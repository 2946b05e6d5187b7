"""What lies around places: looked up once, and not again in every build."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from geomap import codec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.cache.shelf import Shelf
    from geomap.model import Place, Point


class Surroundings:
    """What a shelf knows of places; ``mark`` stands for gazetteer, code and the user's places."""

    FILE_NAME = "around.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark

    def recall(self, point: Point, place: Place) -> dict[str, Any] | None:
        """Return the columns on what is around a point, ``None`` where they are not known."""
        for _, content in self._shelf.get([self._key(point, place)]):
            try:
                return codec.decode_columns(content)
            except codec.CodecError:
                self._shelf.notes.append("an entry of the cache is damaged; it was looked up anew")
        return None

    def keep(self, point: Point, place: Place, columns: Mapping[str, Any]) -> None:
        """Keep the columns for the next build."""
        self._shelf.put(self._key(point, place), codec.encode_columns(columns))

    def _key(self, point: Point, place: Place) -> bytes:
        return hashlib.sha256(self._mark + codec.encode_position(point, place)).digest()
