"""``python -m geomap`` is ``geomap``."""

from __future__ import annotations

import sys

from geomap.cli import main

sys.exit(main())
