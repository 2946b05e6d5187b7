"""Choose, for each toponym of a document, the place that it means, and say why and how sure.

Names are scored twice: by themselves, then together with what the document's other names mean at
that point. The second scoring is repeated once with its own results.
"""

from __future__ import annotations

from geomap.resolve.options import DEFAULT, Lookup, Options
from geomap.resolve.profile import profiles
from geomap.resolve.resolver import resolve

__all__ = ["DEFAULT", "Lookup", "Options", "profiles", "resolve"]
