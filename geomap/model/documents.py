"""Texts as they were read, and what recognition says of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from geomap.model.base import noun


@noun
class Document:
    """One text as it was read.

    ``id`` is unique in a build and stable between builds of the same input. ``published`` is the
    day of publication, ``None`` where neither header nor text tells it. ``publisher`` is who
    published (a newspaper, an agency), not who is quoted. ``source`` is the path or stream it was
    read from, ``format`` what it was read as ("html in zip"), ``sha256`` the checksum of the bytes
    read. ``notes`` say in words what reading had to mend or could not understand.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    source: str | None = None
    format: str | None = None
    sha256: str | None = None
    notes: tuple[str, ...] = ()


@noun
class Failure:
    """A document that could not be read or worked on; the build went on without it."""

    source: str
    stage: str
    message: str


class Use(StrEnum):
    """What a place name is used for in its sentence."""

    PLACE = "place"  # the place as such: "in Kyiv"
    METONYM = "metonym"  # an institution named by its seat: "Kyiv said"
    DEMONYM = "demonym"  # people or things of a place: "Ukrainian forces"
    EMBEDDED = "embedded"  # part of another name: "University of Leeds"
    UNKNOWN = "unknown"


@noun
class Token:
    """A word with its syntax. ``head`` is the index in ``Annotation.tokens``; a root heads itself.

    ``pos`` is the universal part of speech, ``tag`` the Penn Treebank tag, ``dep`` the ClearNLP
    dependency label, ``lemma`` is lower case for everything but names.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@noun
class Sentence:
    """A sentence: its span in the text, and its tokens ``Annotation.tokens[first:last]``."""

    start: int
    end: int
    first: int
    last: int


@noun
class Entity:
    """A name that is no toponym: ``label`` is PERSON, ORG, DATE, CARDINAL … (OntoNotes 5)."""

    start: int
    end: int
    text: str
    label: str


@noun
class Mention:
    """One occurrence of a toponym; ``text`` is the span without article and possessive.

    ``label`` is the recognizer's own label: GPE, LOC, FAC or NORP (OntoNotes 5), or ADMIN for a
    name whose area word stands outside the span ("Idlib province"; each name of "Kharkiv and
    Kherson regions"). ``score`` is its probability, ``None`` where it has none.
    """

    document_id: str
    start: int
    end: int
    text: str
    label: str
    use: Use = Use.UNKNOWN
    score: float | None = None


@noun
class Annotation:
    """A document with sentences, tokens, toponym mentions and other entities, each in text order.

    ``tokens`` have no syntax (empty ``dep``) where only mentions were asked for.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...] = ()
