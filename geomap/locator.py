"""Recognize and resolve in one go: from documents to located toponyms."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.model import Annotation, Mention, Resolution, noun
from geomap.online import Online
from geomap.resolve import DEFAULT, Options, profiles, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.config import Settings
    from geomap.model import Document
    from geomap.recognize import Recognizer


@noun
class Located:
    """A document with its toponyms; ``resolutions`` are in the order of mentions or given spans."""

    annotation: Annotation
    resolutions: tuple[Resolution, ...]

    @property
    def document(self) -> Document:
        """The document that was located."""
        return self.annotation.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """What locating needs. ``recognizer`` may be ``None`` where only given spans are resolved.

    ``near`` is the name of a place that ambiguous names lean to, ``online`` a geocoder to ask for
    what stays unresolved.
    """

    gazetteer: Gazetteer
    recognizer: Recognizer | None = None
    near: str | None = None
    options: Options = DEFAULT
    online: Online | None = None

    def locate(self, documents: Iterable[Document]) -> Iterator[Located]:
        """Find and resolve the toponyms of each document, in input order.

        Words get no syntax, which finds the same toponyms several times as fast.
        """
        assert self.recognizer is not None, "this locator resolves given spans only"
        for annotation in self.recognizer.annotate(documents, syntax=False):
            yield self.resolve(annotation)

    def resolve(self, annotation: Annotation) -> Located:
        """Resolve the mentions of an annotation."""
        found = resolve(annotation, self.gazetteer, near=self.near, options=self.options)
        if self.online is not None:
            found = self.online.fill(found)
        return Located(annotation=annotation, resolutions=found)

    def with_profiles(self, located: Sequence[Located]) -> list[Located]:
        """Resolve documents again, each leaning to what its publisher's others are about."""
        told = profiles([(one.document.publisher, one.resolutions) for one in located])
        return [
            one if profile is None else self._leaning(profile).resolve(one.annotation)
            for one, profile in zip(located, told, strict=True)
        ]

    def _leaning(self, profile: Mapping[str, float]) -> Locator:
        options = dataclasses.replace(self.options, profile=profile)
        return dataclasses.replace(self, options=options)

    def resolve_spans(self, document: Document, spans: Sequence[tuple[int, int]]) -> Located:
        """Resolve given spans, in their order; they may overlap, each is a mention of its own.

        A span that is empty or not inside the text is unresolved, with a note that says so.
        """
        inside = [span for span in spans if is_inside(document, span)]
        answers = iter(self.resolve(given(document, inside)).resolutions)
        found = tuple(
            next(answers) if is_inside(document, span) else _refused(document, span)
            for span in spans
        )
        return Located(annotation=given(document, inside), resolutions=found)


@contextmanager
def open_locator(
    settings: Settings,
    *,
    spans_only: bool = False,
    options: Options = DEFAULT,
    online: str | None = None,
) -> Iterator[Locator]:
    """Open the gazetteer and, unless ``spans_only``, the language model.

    ``online`` names a geocoder of geopy to ask for what stays unresolved.
    """
    with Gazetteer.open(overlays=settings.overlays, viewpoint=settings.viewpoint) as gazetteer:
        yield Locator(
            gazetteer=gazetteer,
            recognizer=None if spans_only else _recognizer(settings, gazetteer),
            near=settings.near,
            options=options,
            online=Online.open(online) if online else None,
        )


def _recognizer(settings: Settings, gazetteer: Gazetteer) -> Recognizer:
    from geomap.recognize import Recognizer

    return Recognizer.load(pipeline=settings.spacy_pipeline, gazetteer=gazetteer, syntax=False)


def is_inside(document: Document, span: tuple[int, int]) -> bool:
    """Tell whether a span holds a part of the text."""
    return 0 <= span[0] < span[1] <= len(document.text)


def given(document: Document, spans: Sequence[tuple[int, int]]) -> Annotation:
    """Return a document annotated with nothing but spans inside of its text, in their order."""
    mentions = tuple(_mention(document, span) for span in spans)
    return Annotation(document=document, sentences=(), tokens=(), mentions=mentions)


def _mention(document: Document, span: tuple[int, int]) -> Mention:
    start, end = span
    text = document.text[start:end] if is_inside(document, span) else ""
    return Mention(document_id=document.id, start=start, end=end, text=text, label="GIVEN")


def _refused(document: Document, span: tuple[int, int]) -> Resolution:
    note = f"span {span[0]} to {span[1]} is not inside the text of {len(document.text)} code points"
    return Resolution(mention=_mention(document, span), location=None, confidence=0.0, note=note)
