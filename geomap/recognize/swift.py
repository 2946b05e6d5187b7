"""The default pipeline made quicker, with the same results.

Dense products go through numpy's BLAS, which takes half as long as the one that spaCy brings. Part
of speech and lemma of a word follow from its letters, its tag and its dependency alone, but for a
few patterns of two words: spaCy's rules are asked once for each such word, and the answers kept.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

    Key = tuple[int, ...]

RULES, LEMMATIZER = "attribute_ruler", "lemmatizer"

# What an answer follows from, and what it is.
_ASKED: list[int | str] = ["ORTH", "TAG", "DEP"]
_ANSWER: list[int | str] = ["POS", "MORPH", "LEMMA"]

# The answers are forgotten at this number: memory stays bounded, whatever the texts.
_MOST_KEPT = 200_000


def import_spacy() -> None:
    """Import spaCy without its command line, which takes as long as all the rest of it.

    Only its function ``info`` is part of ``import spacy``. Whoever wants the command line imports
    it afterwards.
    """
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    stand_ins["spacy.cli.info"].__dict__["info"] = None
    sys.modules.update(stand_ins)
    try:
        import spacy

        vars(spacy).pop("info", None)
    finally:
        for name in stand_ins:
            del sys.modules[name]


def multiply_with_numpy(language: Language) -> None:
    """Make the models of ``language`` use numpy's dense product."""
    from thinc.api import NumpyOps

    class BlasOps(NumpyOps):  # type: ignore[misc]  # compiled, so untyped
        """Operations on arrays, with numpy's dense product."""

        def gemm(  # noqa: PLR0917 - thinc's signature
            self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
        ) -> Any:
            return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)

    ops = BlasOps()
    for _, component in language.pipeline:
        if model := getattr(component, "model", None):
            for node in model.walk():
                node.ops = ops


class WordRules:
    """The attribute ruler and the lemmatizer of a pipeline, with a memory."""

    def __init__(self, language: Language) -> None:
        """Take the two from ``language``, which is then to be run without them."""
        rules: Any = language.get_pipe(RULES)
        lemmatizer: Any = language.get_pipe(LEMMATIZER)
        self._rules, self._lemmatizer = rules, lemmatizer
        _index_words(lemmatizer.lookups.get_table("lemma_index"))
        self._several = _of_several_words(language, rules.patterns)
        self._kept: dict[Key, Key] = {}

    def __call__(self, doc: Doc) -> None:
        """Set part of speech, morphology and lemma of the words of ``doc``."""
        if not len(doc):
            return
        keys: list[Key] = [tuple(row) for row in doc.to_array(_ASKED).tolist()]
        answers = [self._kept.get(key) for key in keys]
        alone = not self._several(doc)
        if alone and None not in answers:
            rows: Any = np.array(answers, np.uint64)
            doc.from_array(_ANSWER, rows)
            return
        self._lemmatizer(self._rules(doc))
        if alone:
            self._keep(keys, doc)

    def _keep(self, keys: list[Key], doc: Doc) -> None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        rows = doc.to_array(_ANSWER).tolist()
        self._kept.update(zip(keys, map(tuple, rows), strict=True))


def _index_words(tables: Any) -> None:
    """Make sets of the lemmatizer's lists of words, each of which it goes through for each word."""
    for part_of_speech in list(tables):
        tables[part_of_speech] = frozenset(tables[part_of_speech])


def _of_several_words(language: Language, rules: Sequence[Any]) -> Matcher:
    """Return what finds the words to which a rule for several words applies."""
    from spacy.matcher import Matcher

    matcher = Matcher(language.vocab)
    patterns = [pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1]
    matcher.add("several", patterns)
    return matcher
