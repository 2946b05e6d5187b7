"""What the page knows of documents, in runs that are kept between builds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from geomap.features.runs import document_runs
from geomap.webmap.packing import PACKER, pack
from geomap.webmap.policy import embed_json

if TYPE_CHECKING:
    from geomap.features import Context
    from geomap.model import Document, Result
    from geomap.runs import Run


def documents(result: Result, context: Context, *, packed: bool) -> list[bytes]:
    """Return the documents of a result as JSON, each with a comma before it, by run."""

    def make(run: Run) -> bytes:
        told = result.documents[run.first : run.end]
        content = "".join(f",{embed_json(_document(each))}" for each in told).encode()
        return pack(content) if packed else content

    runs = document_runs(result, context)
    # What a document tells does not hang on its notes, and so its digest does not either.
    salts = [
        msgspec.msgpack.encode([each.notes for each in result.documents[run.first : run.end]])
        for run in runs.runs
    ]
    return runs.made(f"page documents {PACKER if packed else ''}", make, salts)


def _document(document: Document) -> dict[str, Any]:
    known = {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published and document.published.isoformat(),
        "url": document.url,
        "notes": list(document.notes),
    }
    return {key: value for key, value in known.items() if value is not None and value != []}
