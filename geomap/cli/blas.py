"""Threads inside of numpy's matrix products, which commands do without.

Starting them takes as long as half of importing numpy. Our products are small, so that the threads
mostly wait for one another; a build shares its work out among processes instead. And what a product
gives, to the last bit, then hangs on no number of processors.
"""

from __future__ import annotations

import os

_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def one_thread() -> None:
    """Have numpy use one thread where the user has set nothing; to be called before its import."""
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")
