"""Who says so, and as what: report, claim, denial, retraction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import roles, words
from geomap.model import Provenance, Speaker, Status, noun

if TYPE_CHECKING:
    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax
    from geomap.model import Resolution

_STEPS = 8
_SENTENCES_BACK = 3
_FAR_CHARS = 600
_ACCORDING = re.compile(r"\baccording to\s+", re.IGNORECASE)


@noun
class Claim:
    """What the text makes of a cue, and whose words it is."""

    status: Status
    speaker: Speaker | None = None


def claim_of(syntax: Syntax, cue: Cue, resolutions: tuple[Resolution, ...]) -> Claim:
    """Return status and speaker of a cue from the verb of saying above it or "according to"."""
    below = cue.index
    for step, above in enumerate(syntax.ancestors(cue.index)):
        if step >= _STEPS:
            break
        claim = _saying(syntax, above, below, resolutions)
        if claim is not None:
            return claim
        below = above
    return _according(syntax, cue, resolutions)


def _saying(
    syntax: Syntax, verb: int, below: int, resolutions: tuple[Resolution, ...]
) -> Claim | None:
    lemma = syntax.lemmas[verb]
    said, claimed = lemma in words("speech", "says"), lemma in words("speech", "claims")
    if not (said or claimed) or syntax.tokens[verb].pos != "VERB":
        return None
    if syntax.tokens[below].dep in {"nsubj", "advcl", "relcl", "nsubjpass"}:
        return None
    subjects = syntax.subjects(verb)
    if not subjects or _takes_lives(syntax, verb):
        return None
    status = Status.CLAIMED if claimed else Status.REPORTED
    who = _antecedent(syntax, subjects[0])
    if who is None:
        return Claim(status=status)
    return Claim(status=status, speaker=speaker(syntax, who, resolutions))


def _antecedent(syntax: Syntax, subject: int) -> int | None:
    """Return who a pronoun stands for: who may have spoken in one of the sentences before."""
    if syntax.tokens[subject].pos != "PRON":
        return subject
    sentences = syntax.annotation.sentences
    number = syntax.sentence_of[subject]
    for sentence in reversed(sentences[max(0, number - _SENTENCES_BACK) : number]):
        for index in reversed(range(sentence.first, sentence.last)):
            if syntax.tokens[index].dep == "nsubj" and _may_speak(syntax, index):
                return index
    return None


def _may_speak(syntax: Syntax, noun: int) -> bool:
    if syntax.tokens[noun].pos == "PRON":
        return False
    verb = syntax.lemmas[syntax.tokens[noun].head]
    named = syntax.entity_label(noun) == "PERSON"
    return (
        named
        or verb in words("speech", "says")
        or syntax.lemmas[noun] in words("classes", "leader")
    )


def _takes_lives(syntax: Syntax, verb: int) -> bool:
    """Tell whether a claim is one of lives: "the roads claimed 12 lives" is no statement."""
    return any(syntax.lemmas[i] in {"life", "victim", "casualty"} for i in syntax.objects(verb))


def _according(syntax: Syntax, cue: Cue, resolutions: tuple[Resolution, ...]) -> Claim:
    sentence = syntax.sentence(cue.index)
    start = syntax.tokens[cue.index].start
    low, high = max(sentence.start, start - _FAR_CHARS), min(sentence.end, start + _FAR_CHARS)
    match = _ACCORDING.search(syntax.text, low, high)
    if match is None:
        return Claim(status=Status.REPORTED)
    for index in syntax.span_tokens(match.end(), sentence.end):
        if syntax.tokens[index].dep == "pobj":
            return Claim(status=Status.REPORTED, speaker=speaker(syntax, index, resolutions))
    return Claim(status=Status.REPORTED)


def retractions(syntax: Syntax) -> list[int]:
    """Return the sentences that take back a statement: "later dismissed his own accusation"."""
    found = set()
    for index, lemma in enumerate(syntax.lemmas):
        if lemma not in words("modality", "retractions") or syntax.tokens[index].pos != "VERB":
            continue
        if any(syntax.words[c] in {"not", "n't", "never"} for c in syntax.with_dep(index, "neg")):
            continue
        for obj in syntax.objects(index):
            if syntax.lemmas[obj] in words("modality", "retracted_objects") and (
                _is_own(syntax, obj) or lemma in _ALWAYS
            ):
                found.add(syntax.sentence_of[index])
    return sorted(found)


_ALWAYS = frozenset({"retract", "withdraw", "recant"})


def _is_own(syntax: Syntax, noun: int) -> bool:
    """Tell whether the statement is the speaker's: others' are denied, not taken back."""
    return any(syntax.tokens[i].tag == "PRP$" for i in syntax.with_dep(noun, "poss"))


def speaker(syntax: Syntax, index: int, resolutions: tuple[Resolution, ...]) -> Speaker:
    """Return the speaker named by the noun phrase of ``index``, with its side where told."""
    first, last = _phrase(syntax, index)
    start, end = syntax.tokens[first].start, syntax.tokens[last - 1].end
    return Speaker(
        name=syntax.text[start:end],
        side=_side(syntax, first, last, resolutions),
        provenance=Provenance(
            document_id=syntax.annotation.document.id,
            start=start,
            end=end,
            quote=syntax.text[start:end],
        ),
    )


def _phrase(syntax: Syntax, index: int) -> tuple[int, int]:
    """Return the words of a noun phrase without its clauses."""
    own = {index}
    stack = syntax.with_dep(
        index, "compound", "amod", "nmod", "poss", "prep", "nummod", "appos", "flat"
    )
    while stack:
        current = stack.pop()
        own.add(current)
        stack += syntax.with_dep(
            current, "compound", "amod", "nmod", "poss", "pobj", "prep", "case", "det"
        )
    last = index + 1
    while last in own:
        last += 1
    if syntax.tokens[last - 1].pos == "ADP":
        last -= 1  # "doctors at", cut before a name
    first = index
    while first - 1 in own:
        first -= 1
    return first, last


def _side(syntax: Syntax, first: int, last: int, resolutions: tuple[Resolution, ...]) -> str | None:
    for index in range(first, last):
        role = roles().get(syntax.words[index])
        if role is not None and role.country:
            return role.country
        number = syntax.mention_at.get(index)
        if number is not None and number < len(resolutions):
            place = resolutions[number].place
            if place is not None and place.country:
                return place.country
    return None
