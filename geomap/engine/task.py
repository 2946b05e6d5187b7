"""What a worker does: open its tools once, and tell one document after another."""

from __future__ import annotations

import gc
import threading
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

from geomap.codec import decode_document, encode
from geomap.errors import EngineError
from geomap.fingerprint import fingerprint as fingerprint_of

if TYPE_CHECKING:
    from geomap.config import Settings
    from geomap.tools import Tools

# Models know no threads; a worker of a cluster may have several.
_ONE_AT_A_TIME = threading.Lock()


def tell_packed(content: bytes, settings: Settings) -> bytes:
    """Tell a document that came as bytes, and return what it tells as bytes."""
    from geomap.telling import tell

    with _ONE_AT_A_TIME:
        return encode(tell(decode_document(content), _tools(settings)))


def load_tools(settings: Settings) -> None:
    """Open the tools of this process, and import what tells, before they are needed."""
    import geomap.telling  # noqa: F401 - imported for tell_packed

    _opened(settings)


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
