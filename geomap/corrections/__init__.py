"""What people set right: read from a file, and applied to the events of every build.

``docs/merging.md`` explains the file.
"""

from __future__ import annotations

from geomap.corrections.apply import apply
from geomap.corrections.table import FILE_NAME, beside, clashes, problem, read

__all__ = ["FILE_NAME", "apply", "beside", "clashes", "problem", "read"]
