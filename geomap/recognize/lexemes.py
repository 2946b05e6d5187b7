"""Words as the networks see them: rows of embedding tables and a static vector.

A network reads a word by four of its features, each hashed to four rows of a table ("hash
embeddings", Svenstrup et al. 2017, in the form that spaCy uses), and by the vector that the
``en_core_web_md`` vocabulary has for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.model import noun

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Names of the token features, in the order of the columns that ``features_of`` returns. The first
# identifies the word; the others are hashed.
COLUMNS = ("ORTH", "NORM", "PREFIX", "SUFFIX", "SHAPE")

# Rows of the table of each hashed feature and the seed of its hash, as in ``en_core_web_md``.
TABLE_ROWS = (5000, 1000, 2500, 2500)
HASH_SEEDS = (8, 9, 10, 11)
HASHES = 4


@noun
class Lexemes:
    """The distinct words of a batch.

    ``index`` (n words) tells which lexeme each word is; ``rows`` (m lexemes, 4 features, 4 hashes)
    are table rows; ``vectors`` (m, 300) static vectors, zero where there is none; ``folded``
    (n words) numbers the words alike but for case.
    """

    index: NDArray[np.intp]
    rows: NDArray[np.intp]
    vectors: NDArray[np.float32]
    folded: NDArray[np.intp]


def features_of(doc: Doc) -> NDArray[np.uint64]:
    """Return an array (words, 5) of the features of the words of ``doc``."""
    return np.asarray(doc.to_array(list(COLUMNS)), dtype=np.uint64).reshape(len(doc), len(COLUMNS))


def look_up(features: NDArray[np.uint64], vocab: Vocab) -> Lexemes:
    """Find rows and vectors for words given by their features (n, 5)."""
    orths, first, index = np.unique(features[:, 0], return_index=True, return_inverse=True)
    distinct = features[first]
    _, folded = np.unique(distinct[:, 1], return_inverse=True)
    return Lexemes(
        index=index,
        rows=_table_rows(distinct[:, 1:]),
        vectors=_vectors(orths, vocab),
        folded=folded[index],
    )


def _table_rows(features: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Hash features (m, 4) to rows (m, 4, 4) of their tables."""
    from thinc.api import NumpyOps

    ops = NumpyOps()
    columns = (np.ascontiguousarray(column) for column in features.T)
    hashed = [
        ops.hash(column, seed) % rows
        for column, seed, rows in zip(columns, HASH_SEEDS, TABLE_ROWS, strict=True)
    ]
    return np.stack(hashed, axis=1).astype(np.intp)


def _vectors(orths: NDArray[np.uint64], vocab: Vocab) -> NDArray[np.float32]:
    """Return the static vector of each word, else of its other spellings in case, else zeros."""
    table = vocab.vectors
    found = np.asarray(table.find(keys=orths), dtype=np.intp)
    for number in np.flatnonzero(found < 0):
        found[number] = _other_case(vocab, vocab.strings[int(orths[number])])
    vectors: NDArray[np.float32] = table.data[np.maximum(found, 0)].astype(np.float32)
    vectors[found < 0] = 0
    return vectors


def _other_case(vocab: Vocab, word: str) -> int:
    """Return the row of the vector of the word in small letters or as a name, or -1."""
    rows = (
        vocab.vectors.key2row.get(vocab.strings[form], -1) for form in (word.lower(), word.title())
    )
    return next((row for row in rows if row >= 0), -1)
