"""Events as features: the field table, once for the map and every export format.

:func:`event_features` is what they all build on. ``properties`` holds plain JSON values under the
names of ``fields.csv``, in its order; what is not known is ``None``. Outputs that keep what they
wrote of events ask for features by run (:mod:`.runs`, :mod:`.making`).
"""

from __future__ import annotations

from geomap.features.columns import first_level
from geomap.features.context import Context
from geomap.features.fields import Field, FieldType, event_fields
from geomap.features.making import Feature, event_features

__all__ = [
    "Context",
    "Feature",
    "Field",
    "FieldType",
    "event_features",
    "event_fields",
    "first_level",
]
