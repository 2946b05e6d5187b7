"""Make annotations by hand: a text and the names in it."""

from __future__ import annotations

import re

from geomap.model import Annotation, Document, Mention, Use


def annotate(text, *names, use=Use.UNKNOWN, **document):
    """Mark every occurrence of the names, a longer one before a shorter one inside it."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = re.finditer(rf"\b(?:{pattern})\b", text) if names else ()
    mentions = tuple(
        Mention(document_id="d", start=m.start(), end=m.end(), text=m[0], label="GPE", use=use)
        for m in found
    )
    read = Document(id="d", text=text, **document)
    return Annotation(document=read, sentences=(), tokens=(), mentions=mentions)
