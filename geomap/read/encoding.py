"""Bytes to text: the encoding that a file has, whatever it says and wherever it is broken."""

from __future__ import annotations

import codecs
import re

from geomap.errors import InputError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What a page may declare: the one-byte and East Asian encodings of the WHATWG Encoding Standard.
# Python knows others, some of which take hours or mean no text.
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_OF_THE_WEB = re.compile(
    r"(?:windows-|cp)\d{3,4}|iso-?8859-\d+|koi8-[ru]|macintosh|gbk|gb2312|gb18030|big5|euc-(?:jp|kr)"
    r"|shift_jis",
    re.IGNORECASE,
)
_LATIN_1_MEANS = "cp1252"  # as in every browser
_HEAD_BYTES = 2_000

# A guess needs no more, and takes seconds for a megabyte.
_SAMPLE_BYTES = 50_000

# Of so few letters beyond ASCII a guess is worth nothing; on the web they are Windows-1252.
_FEW = 1 / 12
_FIRST_BEYOND_ASCII = 0x80
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"

# UTF-8 with a bit turned over, or cut within a letter, is still mostly right; text in another
# encoding has hardly a letter beyond ASCII that is right as UTF-8.
_RIGHT_FOR_EACH_WRONG = 4


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of a file with ``\n`` line ends, and a note where it is not plain UTF-8.

    Raises :class:`InputError` when there is none, or no text.
    """
    if not data:
        raise InputError("empty: the file has no bytes")
    text, encoding = _decoded(data)
    if "\0" in text:
        raise InputError("no text: it holds NUL bytes")
    notes = () if encoding in {"utf-8", "utf-8-sig"} else (f"read as {encoding}",)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decoded(data: bytes) -> tuple[str, str]:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        first_wrong = error.start
    text = data.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    if encoding != "utf-8" or right >= _RIGHT_FOR_EACH_WRONG * wrong:
        return text, f"{encoding} with broken characters"
    named = _declared(data[:_HEAD_BYTES]) or _guessed(data, first_wrong)
    return data.decode(named, "replace"), named


def _declared(head: bytes) -> str | None:
    """Return the encoding that a page names in its head, where it is one of the web."""
    match = _DECLARED.search(head)
    name = match[1].decode("ascii", "replace") if match else ""
    try:
        known = codecs.lookup(name).name if _OF_THE_WEB.fullmatch(name) else None
    except LookupError:
        return None
    return _LATIN_1_MEANS if known == "iso8859-1" else known


def _is_western(sample: bytes) -> bool:
    """Tell whether a text is ASCII but for some quotation marks and accents."""
    beyond = sum(byte >= _FIRST_BEYOND_ASCII for byte in sample)
    undefined = any(byte in sample for byte in _UNDEFINED_IN_CP1252)
    return not undefined and beyond <= _FEW * len(sample)


def _guessed(data: bytes, first_wrong: int) -> str:
    """Find the encoding by what the text looks like around the first byte that is no UTF-8."""
    import charset_normalizer

    start = max(0, first_wrong - _SAMPLE_BYTES // 2) // 4 * 4
    sample = data[start : start + _SAMPLE_BYTES]
    if _is_western(sample):
        return "cp1252"
    best = charset_normalizer.from_bytes(sample).best()
    if best is None:
        raise InputError("no text: its bytes are in no known encoding")
    return best.encoding
