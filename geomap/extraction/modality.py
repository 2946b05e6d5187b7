"""Tell whether what a cue names happened: asserted, negated, hypothetical, planned, denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from geomap.extraction.background import is_background
from geomap.extraction.lexicon import words
from geomap.extraction.unreal import (
    is_act,
    is_hearsay,
    is_imagined,
    is_in_court,
    is_inverted,
    is_possible,
    is_untrue,
    turns_out_harmless,
)

if TYPE_CHECKING:
    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax


class Modality(StrEnum):
    """What the text makes of the happening."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    UNREALIZED = "unrealized"  # planned, feared, conditional, possible
    DENIED = "denied"
    BACKGROUND = "background"  # told to compare with


_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "zero"})
_STEPS = 8

# What stands under these happened, whatever the clause around them says of something else.
_FACTUAL = frozenset({"after", "following", "since", "amid", "during", "because", "despite", "as"})


def modality_of(syntax: Syntax, cue: Cue) -> Modality:
    """Return the modality of a cue from the words that govern it."""
    found = _realized(syntax, cue)
    if found is Modality.ASSERTED and is_background(syntax, cue.index):
        return Modality.BACKGROUND
    return found


def _realized(syntax: Syntax, cue: Cue) -> Modality:
    own = _verb_modality(syntax, cue.index) if cue.verbal else _noun_modality(syntax, cue.index)
    if own is not Modality.ASSERTED:
        return own
    if cue.verbal and (is_imagined(syntax, cue.index) or is_act(syntax, cue.index)):
        return Modality.UNREALIZED
    below, known = cue.index, not cue.verbal and _is_definite(syntax, cue.index)
    for step, above in enumerate(syntax.ancestors(cue.index)):
        if step >= _STEPS or syntax.words[above] in _FACTUAL:
            break
        found = _governed(syntax, above, below)
        if found is not Modality.ASSERTED:
            return Modality.ASSERTED if _spares(syntax, (above, below), cue.index, found) else found
        if is_imagined(syntax, above):
            return Modality.UNREALIZED
        subject = syntax.tokens[below].dep in {"nsubj", "nsubjpass"} and not cue.verbal
        if subject and (known or syntax.lemmas[above] not in _OCCURRENCE):
            break  # "warned that the attack would not go unpunished": there was an attack
        if known and syntax.tokens[above].pos == "VERB" and syntax.lemmas[above] not in _LIGHT:
            break  # "urged states to respond to the attack": so does this
        if syntax.tokens[below].dep in {"relcl", "advcl", "conj", "parataxis"} and _finite(
            syntax, below
        ):
            break
        below = above
    return Modality.ASSERTED


def _is_definite(syntax: Syntax, noun: int) -> bool:
    """Tell whether a noun is spoken of as known: "the attack", "Monday's attack".

    "The arrest of the driver" has its article from the driver: it may only be asked for.
    """
    if syntax.lemmas[noun] in _ASKED_FOR and syntax.prepositional(noun, "of"):
        return False
    return any(
        syntax.words[child] in {"the", "this", "that", "these", "those"}
        or syntax.tokens[child].dep == "poss"
        for child in syntax.with_dep(noun, "det", "poss")
    )


def _spares(syntax: Syntax, step: tuple[int, int], noun: int, found: Modality) -> bool:
    """Tell whether what is not so, or denied, is something else about a known event.

    "Nobody claimed Monday's attack", "did not comment on the raid in which two were killed".
    """
    above, below = step
    if found is Modality.DENIED:
        spared = below != noun and syntax.lemmas[below] in _SHARES
    else:
        spared = found is Modality.NEGATED and (below != noun or syntax.lemmas[above] not in _LIGHT)
    return spared and _is_definite(syntax, noun) and _is_told_of(syntax, noun)


def _is_told_of(syntax: Syntax, noun: int) -> bool:
    """Tell whether a noun has a day or a clause that tells more of it."""
    if syntax.with_dep(noun, "relcl"):
        return True
    named = (syntax.entity_at.get(i) for i in syntax.subtree(noun))
    return any(e is not None and syntax.annotation.entities[e].label == "DATE" for e in named)


def _is_asked(syntax: Syntax, verb: int) -> bool:
    """Tell whether only the cause or the way is asked for: "could not say why the dam burst"."""
    return (
        syntax.tokens[verb].dep == "ccomp"
        and any(syntax.words[i] in _QUESTIONS for i in syntax.with_dep(verb, "advmod"))
        and _finite(syntax, verb)
    )


_PROTESTING = frozenset({"protest", "demonstrate", "picket"})
_QUESTIONS = frozenset({"why", "how", "when", "where"})
_SHARES = frozenset({"responsibility", "involvement", "account", "role", "part", "hand", "link"})
_LIGHT = words("grammar", "modality_light")
_ASKED_FOR = frozenset({"arrest", "detention"})


def _finite(syntax: Syntax, index: int) -> bool:
    return syntax.tokens[index].tag in {"VBD", "VBZ", "VBP"} or bool(
        syntax.with_dep(index, "aux", "auxpass")
    )


def _verb_modality(syntax: Syntax, verb: int) -> Modality:
    if _is_negated(syntax, verb):
        return Modality.NEGATED
    for child in syntax.children[verb]:
        token, word = syntax.tokens[child], syntax.words[child]
        if token.dep == "aux" and word in words("modality", "modals"):
            return Modality.UNREALIZED
        if token.dep == "mark" and word in words("modality", "conditions"):
            return Modality.UNREALIZED
    if _is_infinitive(syntax, verb) and not _happened(syntax, verb):
        return Modality.UNREALIZED
    return Modality.UNREALIZED if is_inverted(syntax, verb) else Modality.ASSERTED


def _is_negated(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb is denied: "did not", "never", "nobody was", "arrested no one"."""
    for child in syntax.children[verb]:
        token, word = syntax.tokens[child], syntax.words[child]
        if token.dep == "neg" or (token.dep in {"advmod", "preconj"} and word in _NEGATIONS):
            return True
        if token.dep in {"nsubj", "nsubjpass"} and _denies_existence(syntax, child):
            return True
    return any(_denies_existence(syntax, i) for i in syntax.objects(verb))


def _denies_existence(syntax: Syntax, noun: int) -> bool:
    nobody = any(syntax.words[i] == "no" for i in syntax.with_dep(noun, "det"))
    nobody |= syntax.words[noun] == "one" and syntax.words[noun - 1] == "no"
    return nobody or syntax.words[noun] in {"none", "nobody", "nothing", "neither"}


def _is_infinitive(syntax: Syntax, verb: int) -> bool:
    return any(syntax.words[c] == "to" for c in syntax.with_dep(verb, "aux"))


def _happened(syntax: Syntax, verb: int) -> bool:
    """Tell whether an infinitive hangs on a verb that implies it: "managed to hit"."""
    head = syntax.tokens[verb].head
    perfect = any(syntax.words[i] == "have" for i in syntax.with_dep(verb, "aux"))
    if perfect and syntax.lemmas[head] in words("speech", "claims"):
        return True  # "claimed to have hit a convoy"
    if _is_purpose_of_protest(syntax, verb):
        return True
    return head != verb and syntax.lemmas[head] in words("modality", "implicative")


def _is_purpose_of_protest(syntax: Syntax, verb: int) -> bool:
    """Tell whether people did something to protest: "sailed into the harbor to protest quotas"."""
    token = syntax.tokens[verb]
    if syntax.lemmas[verb] not in _PROTESTING or token.dep != "advcl":
        return False
    done = syntax.tokens[token.head].tag in {"VBD", "VBN", "VBG"}
    return done and _verb_modality(syntax, token.head) is Modality.ASSERTED


def _noun_modality(syntax: Syntax, noun: int) -> Modality:
    for child in syntax.with_dep(noun, "det", "amod", "neg", "advmod", "compound"):
        word = syntax.words[child]
        if word in _NEGATIONS:
            return Modality.NEGATED
        if word in words("modality", "unrealized_adjectives"):
            return Modality.UNREALIZED
    return Modality.ASSERTED


def _governed(syntax: Syntax, above: int, below: int) -> Modality:
    """Judge one step up the tree, from ``below`` to its head ``above``."""
    token = syntax.tokens[above]
    if _is_asked(syntax, below):
        return Modality.ASSERTED
    if token.pos in {"NOUN", "PROPN"}:
        return _under_noun(syntax, above, below)
    if token.pos == "ADP":
        return Modality.NEGATED if syntax.words[above] == "without" else Modality.ASSERTED
    if token.pos not in {"VERB", "AUX", "ADJ"}:
        # "Vaccines came ahead of the floods."
        return Modality.UNREALIZED if syntax.words[above] == "ahead" else Modality.ASSERTED
    dep = syntax.tokens[below].dep
    if dep in {"nsubj", "nsubjpass", "npadvmod"}:
        return _as_subject(syntax, above, below)
    beside = dep in {"advcl", "relcl", "conj", "parataxis"}
    return (_beside if beside else _under_verb)(syntax, above, below)


def _under_verb(syntax: Syntax, above: int, below: int) -> Modality:
    """Judge a complement: "denied attacking", "plans to attack", "charged with murder"."""
    lemma, dep, word = syntax.lemmas[above], syntax.tokens[below].dep, syntax.words[below]
    if lemma in words("modality", "denials") and dep in _DENIABLE:
        return Modality.DENIED
    if _any_in(syntax, syntax.subjects(above), "fiction") or is_hearsay(syntax, above):
        return Modality.UNREALIZED  # "the novel tells of a shooting", "a tweet said that"
    if dep == "ccomp" and is_in_court(syntax, above):
        return Modality.UNREALIZED
    if dep == "prep" and _makes_unreal(syntax, above, word):
        return Modality.UNREALIZED
    complement = dep in _COMPLEMENTS or (dep == "prep" and word in _TOWARD)
    if lemma == "set":
        complement = dep == "xcomp"  # "is set to strike", not "set fire"
    if complement and lemma in words("modality", "unrealized"):
        return Modality.UNREALIZED
    return _verb_modality(syntax, above) if dep in _GOVERNED else Modality.ASSERTED


def _makes_unreal(syntax: Syntax, verb: int, preposition: str) -> bool:
    """Judge what a preposition ties to a verb: "issued a warrant for", "jailed for"."""
    if is_possible(syntax, verb):
        return True  # "storms were possible on Monday, with hail"
    if preposition == "for" and _any_in(syntax, syntax.objects(verb), "unrealized_nouns"):
        return True
    if preposition == "like" and syntax.lemmas[verb] in _SEEMS:
        return True  # "what sounded like gunfire"
    if syntax.lemmas[verb] in {"plead", "guilty"}:
        return True
    # An old deed before a court: its place and day are elsewhere.
    return preposition in {"for", "of", "with"} and syntax.lemmas[verb] in words(
        "modality", "courts"
    )


def _any_in(syntax: Syntax, indices: list[int], key: str) -> bool:
    return any(syntax.lemmas[i] in words("modality", key) for i in indices)


_DENIABLE = frozenset({"dobj", "xcomp", "ccomp", "pcomp", "prep", "pobj"})
_COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "pobj", "pcomp", "attr", "acomp", "oprd"})
_GOVERNED = _COMPLEMENTS | {"prep", "agent"}


def _under_noun(syntax: Syntax, above: int, below: int) -> Modality:
    if any(syntax.words[i] == "no" for i in syntax.with_dep(above, "det")):
        return Modality.NEGATED  # "there was no sign of an attack"
    if syntax.tokens[below].dep in {"prep", "acl", "pobj", "pcomp", "ccomp"} and (
        syntax.lemmas[above] in words("modality", "unrealized_nouns")
    ):
        return Modality.UNREALIZED
    return Modality.UNREALIZED if is_untrue(syntax, above) else Modality.ASSERTED


def _is_condition(syntax: Syntax, verb: int) -> bool:
    return any(
        syntax.words[mark] in words("modality", "conditions")
        for mark in syntax.with_dep(verb, "mark", "advmod")
    )


def _as_subject(syntax: Syntax, verb: int, noun: int) -> Modality:
    """Judge a noun as subject: "the attack did not happen", "a strike could follow"."""
    if _keeps_off(syntax, verb):
        return Modality.UNREALIZED
    found = _verb_modality(syntax, verb)
    if found is Modality.NEGATED and syntax.lemmas[verb] not in _OCCURRENCE:
        return Modality.ASSERTED  # "the attack did not kill anyone" is an attack
    if found is Modality.UNREALIZED and syntax.lemmas[verb] not in _OCCURRENCE:
        # "The attack would not go unpunished" is an attack, "floods could displace many" is none.
        known = _is_definite(syntax, noun) or syntax.lemmas[verb] in _SENSES
        return Modality.ASSERTED if known else found
    return found


def _keeps_off(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb says of its subject that it did not come, or not yet."""
    if _is_condition(syntax, verb) or is_inverted(syntax, verb):
        return True
    if syntax.lemmas[verb] in _FORECASTS or _is_forecast(syntax, verb):
        return True
    # "More flooding was possible."
    off = is_possible(syntax, verb) or turns_out_harmless(syntax, verb)
    return off or _is_called_off(syntax, verb)


def _is_called_off(syntax: Syntax, verb: int) -> bool:
    """Tell whether a passive verb says that what it is said of did not take place."""
    if not syntax.is_passive(verb):
        return False
    off = any(syntax.words[i] == "off" for i in syntax.with_dep(verb, "prt", "advmod"))
    return syntax.lemmas[verb] in _PREVENTED or (off and syntax.lemmas[verb] == "call")


def _is_forecast(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb is what is expected: "expect the hurricane to make landfall"."""
    head = syntax.tokens[verb].head
    return _is_infinitive(syntax, verb) and syntax.lemmas[head] in _FORECASTS and head != verb


_PREVENTED = frozenset({"cancel", "postpone", "avert", "prevent", "ban", "forbid", "threaten"})
_SEEMS = frozenset({"sound", "look", "seem", "feel", "smell"})
_SENSES = frozenset({"hear", "see", "feel"})  # "explosions could be heard"
_TOWARD = frozenset({"of", "for", "against", "about"})
_FORECASTS = frozenset({"expect", "forecast", "predict", "project", "schedule", "plan", "fear"})
_OCCURRENCE = words("grammar", "modality_occurrence")


def _beside(syntax: Syntax, above: int, below: int) -> Modality:
    """Let a non-finite clause share the modality of its head: "could strike, killing many"."""
    if _finite(syntax, below):
        return Modality.ASSERTED
    head = _verb_modality(syntax, above)
    return head if head is not Modality.NEGATED else Modality.ASSERTED
