"""What one input may still give, however it is packed.

Archives in archives and tables of one value repeated a billion times are small as files; what comes
out of them is counted here, over all depths together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.config import Settings

MEGABYTE = 1_000_000

# Text shrinks to a tenth and rarely to a fiftieth; DEFLATE cannot do better than about a
# thousandth, which only a bomb comes near to, and a table that says one value in all its rows.
MAX_RATIO = 200

# What is small may be packed as well as it likes.
_ALWAYS_BYTES = 10 * MEGABYTE

MAX_DEPTH = 3
MAX_MEMBERS = 10_000

# A dump of a million short reports is a few hundred megabytes; more rows than that in one file is
# a table of something else.
MAX_DOCUMENTS = 1_000_000


# So much of one file is held in memory until all of it is read; more is passed on at once.
_SMALL_CHARS = 100 * MEGABYTE


# Parsers keep a hundred bytes to a kilobyte for each tag, however short it is, and a hundred for an
# attribute. The longest articles have ten thousand tags, feeds and Word files of a book a million.
MAX_PAGE_TAGS = 200_000
MAX_FEED_TAGS = 1_000_000
MAX_WORD_TAGS = 3_000_000
_ATTRIBUTES_A_TAG = 5


def check_tags(markup: bytes, most: int) -> None:
    """Raise :class:`InputError` where there are more tags, escaped or not, or attributes."""
    tags = markup.count(b"<") + markup.count(b"&lt;")
    if tags > most or markup.count(b"=") > most * _ATTRIBUTES_A_TAG:
        raise InputError(f"more than {most:,} tags, which no text needs")


class Budget:
    """Counts down what one file on the disk may give; raises :class:`InputError` where it is more.

    ``certain`` is false once a limit of time or an accident, and not the file, decided.
    """

    def __init__(self, settings: Settings, size_bytes: int) -> None:
        """Begin with all that the settings allow a file of this size."""
        self.file_bytes = settings.max_file_mb * MEGABYTE
        self.text_chars = settings.max_text_chars
        self.seconds = settings.max_seconds
        grown_bytes = max(_ALWAYS_BYTES, size_bytes * MAX_RATIO)
        self._allowed = self._bytes = self._chars = min(
            settings.max_archive_mb * MEGABYTE, grown_bytes
        )
        self.certain = True
        self._members = MAX_MEMBERS
        self._documents = MAX_DOCUMENTS

    def unpack(self, count_bytes: int) -> None:
        """Count one member of an archive with its bytes."""
        self._members -= 1
        self._bytes -= count_bytes
        if self._members < 0:
            raise InputError(f"an archive of more than {MAX_MEMBERS:,} files; split it")
        if self._bytes < 0:
            raise InputError(f"unpacks to {self._too_much()}")

    def give(self, count_chars: int) -> None:
        """Count one document, or one row that is none."""
        self._documents -= 1
        self._chars -= count_chars
        if self._documents < 0:
            raise InputError(f"more than {MAX_DOCUMENTS:,} documents in one file; split it")
        if self._chars < 0:
            raise InputError(f"holds texts of {self._too_much()}")

    def is_small(self) -> bool:
        """Tell whether what was given until now can be held in memory."""
        return self._allowed - self._chars <= _SMALL_CHARS

    def _too_much(self) -> str:
        return (
            f"more than {self._allowed / MEGABYTE:.0f} MB: more than max_archive_mb in geomap.toml "
            f"allows, or {MAX_RATIO} times the file, which no text needs"
        )
