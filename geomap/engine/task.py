"""What a worker does: open its tools once, and tell one document after another."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

from geomap.codec import decode_document, encode, encode_document
from geomap.engine.aside import aside
from geomap.errors import EngineError
from geomap.fingerprint import fingerprint as fingerprint_of
from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.config import Settings
    from geomap.tools import Tools

# Models know no threads; a worker of a cluster may have several.
_ONE_AT_A_TIME = threading.Lock()

# A sentence of which every stage makes something, so that all is loaded that loads at first use.
_ANY = Document(id="any", text="A flood in Lviv killed two people on 3 May 2024, officials said.")


def tell_packed(contents: Sequence[bytes], settings: Settings) -> list[bytes]:
    """Tell documents that came as bytes, and return what each tells as bytes."""
    from geomap.telling import tell

    with _ONE_AT_A_TIME:
        tools = _tools(settings)
        return [encode(tell(decode_document(content), tools)) for content in contents]


def tell_by_two(contents: Sequence[bytes], settings: Settings) -> list[bytes]:
    """Do what :func:`tell_packed` does, about half of it in a process forked from this one.

    That one has the models as they are loaded here. Where it cannot be, or dies, this one does all.
    """
    mine, others = _halves(contents)
    left = [contents[number] for number in others]
    receiver, sender = multiprocessing.Pipe(duplex=False)
    with receiver, aside(lambda: sender.send(tell_packed(left, settings)), allowed=bool(left)):
        sender.close()  # the other process has its own: when that is closed too, it has ended
        told = tell_packed([contents[number] for number in mine], settings)
        try:
            told += receiver.recv()
        except (EOFError, OSError):
            told += tell_packed(left, settings)
    in_order = sorted(zip((*mine, *others), told, strict=True))
    return [each for _, each in in_order]


def _halves(contents: Sequence[bytes]) -> tuple[list[int], list[int]]:
    """Return numbers of contents in two parts of about the same size in all."""
    parts: tuple[list[int], list[int]] = ([], [])
    sizes = [0, 0]
    for number in sorted(range(len(contents)), key=lambda number: -len(contents[number])):
        smaller = int(sizes[1] < sizes[0])
        parts[smaller].append(number)
        sizes[smaller] += len(contents[number])
    return parts


def load_tools(settings: Settings) -> None:
    """Open the tools of this process, and load what tells, before they are needed."""
    tell_packed([encode_document(_ANY)], settings)


def check_fingerprint(settings: Settings, expected: bytes) -> None:
    """Raise :class:`EngineError` unless this process would tell what the asking one would."""
    with _ONE_AT_A_TIME:
        found = _fingerprint(settings)
    if found != expected:
        raise EngineError(
            "a worker has another geomap, gazetteer, model or Python than this process, or other "
            "files of overlays and ontologies; its results would differ"
        )


@cache
def _fingerprint(settings: Settings) -> bytes:
    return fingerprint_of(settings, _tools(settings).gazetteer)


def _tools(settings: Settings) -> Tools:
    return _opened(settings)[0]


@cache
def _opened(settings: Settings) -> tuple[Tools, ExitStack]:
    """Return the tools of this process, with what keeps them open as long as it lives.

    Their models are many small objects that stay: the collector need not walk them, not even once.
    """
    from geomap.tools import open_tools

    stack = ExitStack()
    tools = stack.enter_context(open_tools(settings))
    tools.recognizer  # noqa: B018 - loads the models
    gc.freeze()
    return tools, stack
