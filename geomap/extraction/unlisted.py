"""Names of places that the recognizer did not list: villages that few texts name.

An event's place may be known to the parser's entities alone ("near Odemira"), or to the general
word before it ("the village of Titao"). Such a name becomes a mention without a place: the event
keeps the words that tell where it was, and no pin.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.model import Mention, Resolution, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.extraction.syntax import Syntax
    from geomap.model import Annotation

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NOTE = "a name of a place by its company; the recognizer did not list it"
_LOCATIVE = frozenset({"in", "at", "near", "outside", "off", "around", "from"})


def with_unlisted(
    syntax: Syntax, resolutions: tuple[Resolution, ...]
) -> tuple[Annotation, tuple[Resolution, ...]]:
    """Return annotation and resolutions with the unlisted names among them, in text order."""
    annotation = syntax.annotation
    pairs = list(zip(annotation.mentions, resolutions, strict=True))
    known = [_whole(syntax, mention, resolution) for mention, resolution in pairs]
    extra = [(mention, _resolution(mention, resolutions)) for mention in _unlisted(syntax)]
    if not extra and known == pairs:
        return annotation, resolutions
    both = sorted(known + extra, key=lambda pair: (pair[0].start, pair[0].end))
    mentions = tuple(mention for mention, _ in both)
    return dataclasses.replace(annotation, mentions=mentions), tuple(r for _, r in both)


def _whole(syntax: Syntax, mention: Mention, resolution: Resolution) -> tuple[Mention, Resolution]:
    """Return a mention and what it means; of a part of a name the whole name, which is unknown.

    "Bandar" of "Bandar-e Lengeh", "Morro" of "Morro do Curumim", "Pont" of "Pont-Rouge", "Sector"
    of "Sector 9".
    """
    last = syntax.span_tokens(mention.start, mention.end).stop
    end = _behind_number(syntax, _behind_particle(syntax, last))
    if end == last:
        return mention, resolution
    stop = syntax.tokens[end - 1].end
    name = dataclasses.replace(mention, end=stop, text=syntax.text[mention.start : stop])
    return name, Resolution(mention=name, location=None, confidence=0.0, note=_NOTE)


def _resolution(mention: Mention, others: tuple[Resolution, ...]) -> Resolution:
    """Return what the same name means elsewhere in the text, else that nothing is known."""
    for other in others:
        if other.mention.text.lower() == mention.text:
            return dataclasses.replace(other, mention=mention)
    return Resolution(mention=mention, location=None, confidence=0.0, note=_NOTE)


def _unlisted(syntax: Syntax) -> Iterator[Mention]:
    seen: set[int] = set()
    for first, last, label in [
        *_repeats(syntax),
        *_entities(syntax),
        *_named(syntax),
        *_before_area(syntax),
        *_explained(syntax),
        *_before_site(syntax),
        *_coordinated(syntax),
        *_plain(syntax),
    ]:
        indices = range(first, last)
        if seen.intersection(indices) or any(i in syntax.mention_at for i in indices):
            continue
        seen.update(indices)
        start, end = syntax.tokens[first].start, syntax.tokens[last - 1].end
        yield Mention(
            document_id=syntax.annotation.document.id,
            start=start,
            end=end,
            text=syntax.text[start:end],
            label=label,
            use=Use.UNKNOWN,
        )


def _repeats(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield a small-letter name that the text also writes with a capital: "at kyiv and Kharkiv"."""
    known = {mention.text.lower(): mention.label for mention in syntax.annotation.mentions}
    for index, token in enumerate(syntax.tokens):
        if not token.text.islower() or token.text not in known or index in syntax.mention_at:
            continue
        located = token.dep == "pobj" and syntax.words[token.head] in _LOCATIVE
        listed = any(i in syntax.mention_at for i in syntax.conjuncts(syntax.top_conjunct(index)))
        if token.pos in {"NOUN", "PROPN"} and (located or listed):
            yield index, index + 1, known[token.text]


def _entities(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield what the parser's own entities call a place, where "in", "near" … leads to it."""
    for entity in syntax.annotation.entities:
        if entity.label not in _PLACES:
            continue
        indices = syntax.span_tokens(entity.start, entity.end)
        first, last = indices.start, indices.stop
        while first < last and syntax.words[first] in {"the", "a", "an"}:
            first += 1
        if first < last and syntax.words[max(0, indices.start - 1)] in _LOCATIVE | {"of"}:
            yield first, _behind_particle(syntax, last), entity.label


def _named(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield the name after a general word: "the town of La Vega", "residents of Titao"."""
    areas = words("linking", "areas") | _DWELLERS
    for index in range(2, len(syntax.tokens)):
        if syntax.words[index - 1] != "of" or syntax.lemmas[index - 2] not in areas:
            continue
        last = index
        while last < len(syntax.tokens) and syntax.tokens[last].pos == "PROPN":
            last += 1
        if last > index and syntax.tokens[index].text[0].isupper():
            yield index, _behind_particle(syntax, last), "GPE"


def _before_area(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield a name with the general word behind it: "the Noto peninsula"."""
    for index in range(1, len(syntax.tokens)):
        if syntax.lemmas[index] not in _LANDFORMS or not _is_name(syntax, index - 1):
            continue
        first = index - 1
        while first and _is_name(syntax, first - 1):
            first -= 1
        yield first, index + 1, "LOC"


def _explained(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield a proper name that is said to be a town: "Moss Bay, a fishing village in Scotland"."""
    for index in range(1, len(syntax.tokens) - 2):
        if syntax.words[index] != "," or syntax.words[index + 1] not in {"a", "an"}:
            continue
        kind = index + 2
        while kind < len(syntax.tokens) and syntax.tokens[kind].pos in {"ADJ", "ADV"}:
            kind += 1
        while kind + 1 < len(syntax.tokens) and syntax.tokens[kind].dep == "compound":
            kind += 1
        first = index
        while first and _is_name(syntax, first - 1):
            first = _before_hyphen(syntax, first - 1)
        named = first < index and syntax.words[first - 1] in _LEADING
        if named and kind < len(syntax.tokens) and syntax.lemmas[kind] in _SETTLEMENTS:
            yield first, index, "GPE"


def _before_site(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield the name that says which site is meant: "at the Tsavo junction"."""
    for index in range(2, len(syntax.tokens)):
        if syntax.tokens[index].text not in words("linking", "named_sites"):
            continue
        last = index
        while last and syntax.tokens[last - 1].dep == "compound" and not _is_name(syntax, last - 1):
            last -= 1  # "the Tsavo toll booth"
        first = last
        while first and _is_name(syntax, first - 1):
            first = _before_hyphen(syntax, first - 1)
        led = first > 1 and syntax.words[first - 2] in _LEADING and syntax.words[first - 1] == "the"
        if first < last and led and _is_no_institution(syntax, last - 1):
            yield first, last, "GPE"


def _coordinated(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield names in one list with a place: "in Bama, Dan Goro and Sabon Riga"."""
    for mention in syntax.annotation.mentions:
        head = syntax.head_of_span(mention.start, mention.end)
        if head is None or syntax.tokens[head].dep != "pobj":
            continue
        above = syntax.tokens[head].head
        several = syntax.tokens[above].head
        listed = syntax.words[above] == "of" and syntax.lemmas[several] in _SETTLEMENTS
        if not listed and syntax.words[above] not in _LOCATIVE:
            continue
        for last in syntax.conjuncts(head):
            first = last
            while first and _is_name(syntax, first - 1) and syntax.tokens[first - 1].head == last:
                first -= 1
            if last != head and _is_name(syntax, last) and _is_no_institution(syntax, last):
                yield first, last + 1, "GPE"


def _before_hyphen(syntax: Syntax, first: int) -> int:
    """Return where a name begins that a hyphen joins to the word before: "Al-Mina"."""
    tight = first > 1 and syntax.words[first - 1] == "-"
    return first - 2 if tight and _is_name(syntax, first - 2) else first


def _plain(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Yield a proper name after "in", "near", "off" … that the parser labels nothing."""
    index = 1
    while index < len(syntax.tokens):
        last = index
        while last < len(syntax.tokens) and _is_name(syntax, last):
            last = _behind_particle(syntax, last + 1)
        titled = syntax.words[index] in words("speech", "titles")  # "near Ambassador Lee"
        if last > index and not titled and _leads(syntax, index - 1, index, last):
            yield index, _behind_number(syntax, last), "GPE"
        index = max(last, index + 1)


def _behind_particle(syntax: Syntax, last: int) -> int:
    """Return where a name ends that goes on behind a small word: "Kafr el-Zayat", "Rio do Sul"."""
    end = last = _behind_hyphen(syntax, last)
    while end < len(syntax.tokens) and syntax.tokens[end].text in _PARTICLES | {"-"}:
        end += 1
    joined = last < end < len(syntax.tokens) and syntax.words[end - 1] != "-"
    return end + 1 if joined and _is_name(syntax, end) else last


def _behind_hyphen(syntax: Syntax, last: int) -> int:
    """Return where a name ends that goes on behind a hyphen: not with a place of its own."""
    second = last + 1
    if second >= len(syntax.tokens) or syntax.words[last] != "-" or second in syntax.mention_at:
        return last
    tight = syntax.tokens[last - 1].end + 1 == syntax.tokens[second].start
    name = syntax.tokens[second].text[0].isupper() and syntax.tokens[second].pos == "PROPN"
    return second + 1 if tight and name else last


def _behind_number(syntax: Syntax, last: int) -> int:
    """Return where a name ends with the number of a road or ward: "Route 9", "Sector 9"."""
    road = syntax.words[last - 1] in words("linking", "streets") | _WARDS
    numbered = last < len(syntax.tokens) and syntax.tokens[last].text[:1].isdigit()
    return last + (road and numbered)


def _is_name(syntax: Syntax, index: int) -> bool:
    token = syntax.tokens[index]
    proper = token.text[0].isupper() and (token.pos == "PROPN" or _is_set_off(syntax, index))
    return proper and index not in syntax.mention_at and _label(syntax, index) in _MISTAKEN


def _is_set_off(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun with a capital stands among small letters: "at Sachang'wan on Sunday"."""
    if syntax.tokens[index].pos != "NOUN" or not 1 < index < len(syntax.tokens) - 1:
        return False
    around = (syntax.tokens[i].text for i in (index - 2, index - 1, index + 1))
    return not any(word[0].isupper() for word in around)


def _leads(syntax: Syntax, before: int, index: int, last: int) -> bool:
    """Tell whether the word before a name, or a place behind it, shows that it is a place."""
    word = syntax.words[before]
    if word in _NEARNESS or (word == "of" and before and syntax.lemmas[before - 1] in _SHARES):
        return True
    if word in {"in", "into"} and _is_before_whole(syntax, last):
        return True
    if word not in _LOCATIVE - {"from"}:
        return False
    # "In Agen, protesters …": a name in front of the sentence tells where.
    label = _label(syntax, index)
    front = before == syntax.sentence(before).first and label != "PERSON"
    return front or not label or (label == "ORG" and _is_no_institution(syntax, index))


def _is_before_whole(syntax: Syntax, last: int) -> bool:
    """Tell whether the place follows that a name is in: "in Gidan Sule, in Katsina state"."""
    if last + 2 >= len(syntax.tokens) or syntax.words[last] != ",":
        return False
    return last + 1 + (syntax.words[last + 1] == "in") in syntax.mention_at


def _is_no_institution(syntax: Syntax, index: int) -> bool:
    word = syntax.tokens[index].text
    return not word.isupper() and word.lower() not in words("linking", "institutions")


def _label(syntax: Syntax, index: int) -> str:
    entity = syntax.entity_at.get(index)
    return syntax.annotation.entities[entity].label if entity is not None else ""


_WARDS = frozenset({"block", "phase", "sector", "ward", "zone"})
_MISTAKEN = frozenset({"", "ORG", "PERSON", "PRODUCT", "NORP", "GPE", "LOC", "FAC"})
_SETTLEMENTS = words("linking", "settlements")
_DWELLERS = frozenset({"inhabitant", "resident", "villager", "youth"})
_LANDFORMS = words("linking", "landforms")
_PARTICLES = frozenset({"al", "el", "da", "de", "di", "do", "dos", "das", "del", "la", "le", "e"})
_NEARNESS = frozenset({"near", "nearby", "neighboring", "neighbouring", "outside", "off"})
_LEADING = _LOCATIVE | {"through", "across", "into", "on", "to", "of"}
_SHARES = frozenset({"much", "most", "part", "outskirt", "center", "centre"})
