"""What documents told in former builds, so that only what is new or changed is worked on again.

A document is known again by a checksum over itself and :mod:`geomap.fingerprint`, which stands for
all else that decides what it tells. What the cache gives is what telling anew would.
"""

from geomap.cache.known import Known, open_known

__all__ = ["Known", "open_known"]
