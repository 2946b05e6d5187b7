"""Land borders of OpenStreetMap (ODbL 1.0) for geomap: ``borders.zip``, and no code."""
