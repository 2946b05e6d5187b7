"""The gazetteer: a read-only store of the world's places, their names and their borders."""

from geomap.gazetteer.info import GazetteerInfo
from geomap.gazetteer.store import Gazetteer

__all__ = ["Gazetteer", "GazetteerInfo"]
