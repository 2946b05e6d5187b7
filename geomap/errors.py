"""What can go wrong, as a tree.

::

    GeomapError                  one line for people; exit code 1
    ├── InputError               a document, or the lack of any
    │   └── SlowError            a document takes longer than it may
    ├── ConfigError              geomap.toml or an option
    ├── OntologyError            an ontology or lexicon file; says the line
    ├── GazetteerError           the gazetteer file or its cache
    │   ├── UnknownPlaceError    no entry answers to the name
    │   ├── AmbiguousPlaceError  several do; carries them
    │   └── OverlayError         rows of a user's own file; says each row
    ├── CacheError               a file that is no cache of ours
    ├── EngineError              other processes or machines do not do their work
    ├── ModelError               the language model is missing or not the one we know
    ├── CorrectionError          corrections.csv; says each line
    └── OutputError              a file or database that cannot be written

A message says what was found, where (file, line), what was expected and what to do. Code that meets
a bad document inside a build turns its error into a :class:`geomap.model.Failure` and goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Candidate


class GeomapError(Exception):
    """Base of all errors that geomap raises on purpose."""


class InputError(GeomapError):
    """A document cannot be read, or there is none to read."""


class SlowError(InputError):
    """A document takes longer than the limit on time."""


class ConfigError(GeomapError):
    """A setting is unknown, of the wrong type or out of range."""


class OntologyError(GeomapError):
    """An ontology or lexicon file is malformed."""


class GazetteerError(GeomapError):
    """The gazetteer is missing, damaged, or cannot be unpacked."""


class UnknownPlaceError(GazetteerError):
    """No gazetteer entry answers to a name."""


class AmbiguousPlaceError(GazetteerError):
    """Several entries answer to a name about equally well."""

    def __init__(self, message: str, candidates: Sequence[Candidate]) -> None:
        """Keep the candidates, so that a caller can show them."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class OverlayError(GazetteerError):
    """Rows of a user's own gazetteer file are wrong; ``problems`` tells each by its number."""

    def __init__(self, *problems: str) -> None:
        """Tell all ``problems`` in one line."""
        super().__init__("; ".join(problems))
        self.problems = problems


class ModelError(GeomapError):
    """The language model cannot be loaded, or is not the one whose checksum we know."""


class CacheError(GeomapError):
    """A file is no cache of geomap."""


class EngineError(GeomapError):
    """An engine cannot be reached, lost its workers, or is of another version."""


class CorrectionError(GeomapError):
    """Lines of a corrections file are wrong."""


class OutputError(GeomapError):
    """Something cannot be written."""
