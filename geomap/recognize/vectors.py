"""The static vectors of the default pipeline, mapped into memory and not read.

spaCy makes a dictionary of half a million hashes of words at each start, in a quarter of a second
and 60 MB. Here the hashes lie sorted in a file of the user's cache, which all processes share; a
word is found by bisection. The file is made anew wherever it is not the one we know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.gazetteer.resources import cache_folder, whole_or_not

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.strings import StringStore

    Pairs = NDArray[np.uint64]
    Vectors = Any  # spaCy's; compiled, so untyped

#: SHA-256 of the sorted file, which follows from the pipeline's ``vocab/key2row``.
_SHA256 = "3c6a83320e3d13165254c37040515026d77df6e3d9f49f16d51811895cc6260a"
_REMEMBERED = 50_000  # words


class Rows(Mapping[int, int]):
    """From the hash of a word to its row in the table; ``pairs`` (2, n) are hashes, rows."""

    def __init__(self, pairs: Pairs) -> None:
        self._hashes, self._rows = pairs
        self._row = lru_cache(_REMEMBERED)(self._find)

    def __getitem__(self, key: int) -> int:
        row = self._row(key)
        if row is None:
            raise KeyError(key)
        return row

    def __len__(self) -> int:
        return len(self._hashes)

    def __iter__(self) -> Iterator[int]:
        return iter(self._hashes.tolist())

    def _find(self, key: int) -> int | None:
        word = np.uint64(key)
        at = int(self._hashes.searchsorted(word))
        return int(self._rows[at]) if at < len(self) and self._hashes[at] == word else None


def load(folder: Path, strings: StringStore, pairs: Pairs | None) -> Vectors:
    """Return the vectors of the pipeline in ``folder``, whose files must have been verified.

    ``pairs`` are those that :func:`kept` returned; without them they are made, and kept.
    """
    from spacy.vectors import Vectors  # type: ignore[import-not-found]

    table = np.load(folder / "vocab" / "vectors", mmap_mode="r", allow_pickle=False)
    vectors = Vectors(strings=strings, data=np.asarray(table))
    vectors.key2row = Rows(_made(folder / "vocab" / "key2row") if pairs is None else pairs)
    return vectors


def kept() -> Pairs | None:
    """Return the sorted hashes and rows of the cache; ``None`` unless they are those we know."""
    try:
        content = np.asarray(np.memmap(_file(), "<u8", "r"))
    except (OSError, ValueError):  # not there, or not of whole numbers
        return None
    known = hashlib.sha256(content.data).hexdigest() == _SHA256
    return content.reshape(2, -1) if known else None


def _made(path: Path) -> Pairs:
    from srsly import read_msgpack  # type: ignore[import-untyped]

    rows = read_msgpack(path)
    hashes = np.fromiter(rows.keys(), "<u8", len(rows))
    pairs = np.stack((hashes, np.fromiter(rows.values(), "<u8", len(rows))))
    pairs = pairs[:, hashes.argsort()]
    # A cache that cannot be written costs the next start some time.
    with suppress(OSError), whole_or_not(_file()) as file:
        file.write(pairs.tobytes())
    return pairs


def _file() -> Path:
    return cache_folder() / f"vectors-{_SHA256[:16]}.bin"
