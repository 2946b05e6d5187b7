"""What is printed is shown and never obeyed.

Everything that a command prints goes through here, so that no command can forget it: names of
files, titles, quotes and messages of libraries come from strangers.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

from geomap.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Shown:
    """A text stream that writes control characters out."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``."""
        self.stream = stream

    def write(self, text: str) -> int:
        """Write ``text`` with the unseen written out; JSON stays JSON."""
        self.stream.write(_encodable(visible(text), self.stream.encoding))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write lines one after another."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def shown() -> Iterator[None]:
    """Let the block print through :class:`Shown`."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = cast("TextIO", Shown(out)), cast("TextIO", Shown(err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def bare(stream: TextIO) -> TextIO:
    """Return the stream below, for what draws on the terminal and prints nothing of strangers."""
    return stream.stream if isinstance(stream, Shown) else stream


def _encodable(text: str, encoding: str | None) -> str:
    r"""Write out (``\u2013``) what a terminal of another encoding than UTF-8 cannot show."""
    if encoding is None or encoding.lower().replace("-", "") == "utf8":
        return text
    return text.encode(encoding, "backslashreplace").decode(encoding)
