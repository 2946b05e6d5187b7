"""Names of places as keys: one normalization for building the gazetteer and for searching it.

``fold`` is the key of exact lookup: it forgets case, accents, apostrophes, points and hyphens.
``skeleton`` is the key of the transliteration lookup: Zaporizhzhia and Zaporizhia, Solomianskyi
and Solomyansky, Харків and Kharkiv share one. ``split_affix`` takes the word for the kind of area
off a name ("Belgorod region"). All are pure and total; ``fold`` and ``skeleton`` are idempotent.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from geomap.model import PlaceKind

LONGEST_NAME = 200
"""Code points that a name may have; what is longer is cut, since no place is called so."""

LONGEST_ACRONYM = 5

SAINTS = frozenset({"st", "ste", "mt", "ft"})
"""Short words that gazetteers themselves use in names."""

_SPACES = dict.fromkeys(map(ord, "-‐‑‒–—―_/\\,;:&+|·•\t\n\r\u00a0\u200b"), " ")
_DROPPED = dict.fromkeys(map(ord, "'`´’‘‛ʼʻʹʺʾʿˈ′″“”„«»\".()[]{}!?*\u200c\u200d\u200e\u200f\u00ad"))
# Marks of direction, and halves of characters, which JSON can write and a database cannot hold.
_DROPPED |= dict.fromkeys((0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_DROPPED |= dict.fromkeys(range(0xD800, 0xE000))
_LETTERS = {
    ord(letter): plain
    for letter, plain in {
        "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
        "ŋ": "n", "ħ": "h", "ŧ": "t", "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k",
    }.items()
}  # fmt: skip
_SPECIAL = _SPACES | _DROPPED | _LETTERS
_PLAIN = {code: _SPECIAL.get(code, chr(code).lower()) for code in range(128)}

# Letters as they stand after folding (й is и, ї is і); a letter without a sound is left out.
_CYRILLIC = dict(
    zip(
        "абвгґдеёзиіклмнопрстуфхыэђљњћѕәғқңөұүһ",
        "abvhgdeeziiklmnoprstufhiedlnczagknouuh",
        strict=True,
    )
)
_CYRILLIC |= {
    "є": "ie",
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "iu",
    "я": "ia",
}
_CYRILLIC |= {"џ": "dz", "ъ": "", "ь": ""}
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψως", "avgdezitiklmnxoprstifhsos", strict=True))
_TO_LATIN = {ord(letter): latin for letter, latin in (_CYRILLIC | _GREEK).items()}

# Each rule maps spellings of one sound in romanizations of Slavic, Arabic, Persian and German names
# onto one of them. None lengthens a name, so that repeating them comes to an end.
_SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^(?:al|el|ad|ar|as|ash|at|an|az) (?=...)", ""),  # the Arabic article
        (r" ", ""),
        (r"[yj]", "i"),
        (r"sk(?:ii|i|aia|ia|a|oie|oe|oi|e)$", "ski"),  # adjectives: -skyi, -skaya, -ska
        (r"shch|sch|sh|sz", "s"),
        (r"tch|ch|cz|ts|tz", "c"),
        (r"([kgdtzb])h", lambda match: "h" if match[1] == "k" else match[1]),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"w", "v"),
        (r"ah$", "a"),  # the Arabic feminine ending
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"i([aeou])", r"\1"),
        (r"([aou])e", r"\1"),
        (r"(.)\1+", r"\1"),
    )
)


def fold(name: str) -> str:
    """Return the key of exact lookup: ``"Ivano-Frankivs’k"`` gives ``"ivano frankivsk"``."""
    name = name[:LONGEST_NAME]
    if name.isascii():
        return " ".join(name.translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_SPECIAL)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Return the transliteration key: Zaporizhzhia, Zaporizhia and Запоріжжя give one."""
    key = fold(name).translate(_TO_LATIN)
    while True:
        shorter = key
        for pattern, plain in _SOUNDS:
            shorter = pattern.sub(plain, shorter)
        if shorter == key:
            return key
        key = shorter


def is_acronym(name: str) -> bool:
    """Tell whether a name is written as an acronym: two to five capitals, with points or not."""
    letters = name.replace(".", "")
    return 1 < len(letters) <= LONGEST_ACRONYM and letters.isalpha() and letters.isupper()


@dataclass(frozen=True, slots=True)
class _Affixes:
    """The words of ``affixes.toml``, folded."""

    before: dict[str, PlaceKind]
    after: dict[str, PlaceKind]
    parts: frozenset[str]
    venues: frozenset[str]
    short: dict[str, str]
    shortened: dict[str, str]


@lru_cache(maxsize=1)
def _affixes() -> _Affixes:
    table = tomllib.loads(files("geomap").joinpath("affixes.toml").read_text(encoding="utf-8"))
    kinds = table["kinds"].items()
    return _Affixes(
        before={fold(word): PlaceKind(kind) for kind, at in kinds for word in at["before"]},
        after={fold(word): PlaceKind(kind) for kind, at in kinds for word in at["after"]},
        parts=frozenset(table["parts"]),
        venues=frozenset(table["venues"]),
        short=table["short"],
        shortened={word: short for short, word in table["short"].items() if short in SAINTS},
    )


def split_affix(name: str) -> tuple[str, PlaceKind | None]:
    """Return the name without the word for its kind of area, and that kind.

    ``"Belgorod region"`` gives ``("Belgorod", ADMIN1)``, ``"Province of Idlib"`` ``("Idlib",
    ADMIN1)``; a name without such a word comes back as it is, with ``None``.
    """
    affixes = _affixes()
    words = name[:LONGEST_NAME].split()
    for size in (3, 2, 1):
        if len(words) <= size:
            continue
        if kind := affixes.after.get(fold(" ".join(words[-size:]))):
            return " ".join(words[:-size]), kind
        if kind := affixes.before.get(fold(" ".join(words[:size]))):
            return " ".join(words[size:]), kind
    return name, None


def split_part(name: str) -> str | None:
    """Return the whole of which a name tells a part ("eastern Ukraine"), else ``None``."""
    parts = _affixes().parts
    words = fold(name).split()
    for size in (2, 1):
        if len(words) > size and " ".join(words[:size]) in parts:
            return " ".join(words[size:])
    return None


def is_part(words: str) -> bool:
    """Tell whether words name no place but a part of one: "South", "Upper"."""
    return fold(words) in _affixes().parts


def is_venue(word: str) -> bool:
    """Tell whether a word tells a kind of venue and no place: "University", "Hospital"."""
    return fold(word) in _affixes().venues


def respellings(name: str) -> tuple[str, ...]:
    """Return a name with short words written out ("Loudon Co."), and with long ones shortened.

    Gazetteers write some saints, forts and mounts in full and shorten others.
    """
    affixes = _affixes()
    words = fold(name).split()
    spellings = (
        " ".join(affixes.short.get(word, word) for word in words),
        " ".join(affixes.shortened.get(word, word) for word in words),
    )
    return tuple(spelling for spelling in spellings if spelling != " ".join(words))
