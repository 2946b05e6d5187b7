"""Documents to annotations: sentences, words, toponyms and the other names in them.

The only package of geomap that imports spaCy, and no spaCy object leaves it.
"""

from __future__ import annotations

from geomap.recognize.evidence import NameIndex
from geomap.recognize.recognizer import Recognizer

__all__ = ["NameIndex", "Recognizer"]
