"""Features of the linker for a name alone, whatever the event: its kind and its syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words
from geomap.extraction.linkrow import PREPOSITIONS

if TYPE_CHECKING:
    from geomap.extraction.linking import Candidate
    from geomap.extraction.linkrow import Row
    from geomap.extraction.syntax import Syntax

AREAS = words("linking", "areas")
SITES = words("linking", "sites")
_SIDES = words("linking", "sides")
_ORIGINS = frozenset({"from", "by", "with"})
_ACRONYM = 4  # letters
_GOVERNORS = (
    ("governor_event", words("linking", "events")),
    ("governor_person", words("linking", "persons")),
    ("governor_official", words("linking", "officials")),
    ("governor_area", AREAS),
    ("governor_site", SITES),
    ("governor_motion", words("linking", "motion")),
)


def put_name(row: Row, syntax: Syntax, candidate: Candidate) -> None:
    """Set what kind of name it is."""
    head = syntax.tokens[candidate.head]
    row.set(f"label_{candidate.label or 'none'}")
    row.set(f"use_{candidate.use or 'none'}")
    row.set(f"cand_dep_{head.dep}")
    row.set("width", candidate.last - candidate.first)
    if candidate.end - candidate.start <= _ACRONYM and head.text.isupper():
        row.set("capital_acronym")
    if candidate.first == syntax.sentence(candidate.head).first:
        row.set("first_in_sentence")
    if head.dep == "nsubj" and not syntax.is_passive(head.head):
        row.set("subject_active")
    _put_words(row, syntax, candidate)
    _put_preposition(row, syntax, candidate)


def _put_words(row: Row, syntax: Syntax, candidate: Candidate) -> None:
    """Set what kinds of words are in the name and beside it."""
    inside = set(syntax.words[candidate.first : candidate.last])
    following = "".join(syntax.words[candidate.last : candidate.last + 1])
    before = syntax.words[candidate.first - 1] if candidate.first else ""
    if inside & SITES or following in SITES:
        row.set("site")
    if inside & AREAS or following in AREAS:
        row.set("area")
    if before in _SIDES or inside & _SIDES:
        row.set("side_before")
    if before == "the":
        row.set("article")
    if following in {"'s", "’s", "'", "’"}:
        row.set("possessive")
    above = syntax.tokens[candidate.head].head
    if above >= candidate.last and syntax.tokens[above].pos in {"NOUN", "PROPN"}:
        row.set("modifies_noun")


def _put_preposition(row: Row, syntax: Syntax, candidate: Candidate) -> None:
    """Find the preposition that leads to the name, through nouns and coordination."""
    for above in syntax.ancestors(candidate.head):
        if syntax.tokens[above].pos in {"ADP", "SCONJ"}:
            word = syntax.words[above]
            row.set(f"prep_{word}" if word in PREPOSITIONS else "prep_none")
            governor = syntax.tokens[syntax.tokens[above].head]
            if governor.pos in {"NOUN", "PROPN"}:
                row.set("prep_after_noun")
            if word in {"of", "from"} and governor.text.lower() in _SIDES:
                row.set("relative_to")
            return
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            break
    row.set("prep_none")


def put_governor(row: Row, syntax: Syntax, top: int) -> None:
    """Set what kind of word the noun phrase of a name hangs on."""
    if syntax.lemmas[top] in AREAS | SITES:
        row.set("top_is_area")
    above = governor(syntax, top)
    for name, lemmas in _GOVERNORS:
        if syntax.lemmas[above] in lemmas:
            row.set(name)
    saying = sayings()
    if syntax.tokens[above].pos in {"VERB", "AUX"} and syntax.lemmas[above] in saying:
        row.set("governor_saying")
    head = syntax.tokens[top].head
    if syntax.words[head] in _ORIGINS and syntax.tokens[head].pos == "ADP":
        row.set("governor_origin")


def governor(syntax: Syntax, top: int) -> int:
    """Return the noun or verb that a noun phrase depends on, past its preposition."""
    for above in syntax.ancestors(top):
        if syntax.tokens[above].pos in {"NOUN", "PROPN", "VERB", "AUX", "ADJ"}:
            return above
    return top
