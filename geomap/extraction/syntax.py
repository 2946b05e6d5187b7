"""A document's words as a graph: children, clauses, arguments. Plain indices, no spaCy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, wraps
from itertools import islice
from typing import TYPE_CHECKING

from geomap.quantities import find_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.model import Annotation, Entity, Mention, Sentence
    from geomap.quantities import Number

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "dative", "iobj", "oprd", "attr"})
CLAUSES = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp"}
)
_ACCUSING = frozenset({"accuse", "suspect", "blame", "charge", "convict", "stop", "prevent"})
_MAX_STEPS = 64  # a path to the root that is longer is a broken parse


def _kept(ask: Callable[[Syntax, int], list[int]]) -> Callable[[Syntax, int], list[int]]:
    """Keep what is asked of a word: many rules ask it again, and a text stays as it is.

    Each gets a list of its own.
    """
    name = ask.__name__

    @wraps(ask)
    def answer(syntax: Syntax, index: int) -> list[int]:
        answers = syntax.kept.setdefault(name, {})
        if index not in answers:
            answers[index] = ask(syntax, index)
        return answers[index].copy()

    return answer


class Syntax:
    """Read access to the words of one annotation by index."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.kept: dict[str, dict[int, list[int]]] = {}
        self._passive: dict[int, bool] = {}
        self._above: dict[int, tuple[int, ...]] = {}
        self._heads: dict[tuple[int, int], int | None] = {}
        self.text = annotation.document.text
        self.tokens = annotation.tokens
        self.lemmas = [token.lemma.lower() for token in self.tokens]
        self.words = [token.text.lower() for token in self.tokens]
        self._starts = [token.start for token in self.tokens]
        self._deps = [token.dep for token in self.tokens]
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                self.children[token.head].append(index)
        self.sentence_of = self._number_sentences()
        self.mention_at = self._owners(annotation.mentions)
        self.entity_at = self._owners(annotation.entities)

    @cached_property
    def counts(self) -> tuple[Number, ...]:
        """The counts in the text, in order."""
        return tuple(find_numbers(self.text))

    def _number_sentences(self) -> list[int]:
        numbers = [0] * len(self.tokens)
        for number, sentence in enumerate(self.annotation.sentences):
            for index in range(sentence.first, sentence.last):
                numbers[index] = number
        return numbers

    def _owners(self, spans: Sequence[Mention | Entity]) -> dict[int, int]:
        """Map each token to the number of the span it lies in."""
        owners = {}
        for number, span in enumerate(spans):
            for index in self.span_tokens(span.start, span.end):
                owners[index] = number
        return owners

    def span_tokens(self, start: int, end: int) -> range:
        """Return the indices of the tokens that overlap ``text[start:end]``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self.tokens) and self.tokens[first].end <= start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, end)))

    def head_of_span(self, start: int, end: int) -> int | None:
        """Return the token of the span that the others hang on."""
        span = start, end
        if span not in self._heads:
            self._heads[span] = self._ask_head(start, end)
        return self._heads[span]

    def _ask_head(self, start: int, end: int) -> int | None:
        indices = self.span_tokens(start, end)
        for index in reversed(indices):
            if self.tokens[index].head not in indices or self.tokens[index].head == index:
                return index
        return indices[-1] if indices else None

    def sentence(self, index: int) -> Sentence:
        """Return the sentence of a token."""
        return self.annotation.sentences[self.sentence_of[index]]

    def ancestors(self, index: int) -> tuple[int, ...]:
        """Return the heads above ``index``, nearest first."""
        if index not in self._above:
            self._above[index] = tuple(islice(self._climb(index), _MAX_STEPS))
        return self._above[index]

    def _climb(self, index: int) -> Iterator[int]:
        while (head := self.tokens[index].head) != index and not self._stands_alone(index, head):
            yield head
            index = head

    def _stands_alone(self, clause: int, head: int) -> bool:
        """Tell whether a semicolon parts a clause from the one that parsers hang it on.

        "Gunmen killed two near Kano; nobody has claimed the attack."
        """
        return (
            clause < head and self.tokens[clause].dep == "ccomp" and ";" in self.words[clause:head]
        )

    def subtree(self, index: int) -> Iterator[int]:
        """Yield ``index`` and all below it, in no particular order."""
        stack = [index]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(self.children[current])

    def entity_label(self, index: int) -> str:
        """Return the label of the entity that a token is of, or an empty string."""
        number = self.entity_at.get(index)
        return self.annotation.entities[number].label if number is not None else ""

    def with_dep(self, index: int, *deps: str) -> list[int]:
        """Return the children of ``index`` with one of these dependency labels."""
        deps_of = self._deps
        return [child for child in self.children[index] if deps_of[child] in deps]

    @_kept
    def conjuncts(self, index: int) -> list[int]:
        """Return ``index`` and everything coordinated below it, in text order."""
        found = [index]
        for current in found:
            if len(found) > _MAX_STEPS:
                break
            found.extend(self.with_dep(current, "conj"))
            found.extend(i for i in self.with_dep(current, "appos") if self.with_dep(i, "conj"))
        return sorted(set(found))

    def top_conjunct(self, index: int) -> int:
        """Return the first member of the list that ``index`` is coordinated in."""
        for above in self.ancestors(index):
            if self.tokens[index].dep not in {"conj", "appos"}:
                break
            index = above
        return index

    def crosses(self, index: int, target: int, marks: frozenset[str]) -> bool:
        """Tell whether the way up from ``index`` to ``target`` or above leaves a clause of marks.

        With {"after"}: "it came three days after a man was killed" crosses from "killed" to "came".
        """
        stop = {target, *self.ancestors(target)}
        for node in (index, *self.ancestors(index)):
            if node in stop:
                return False
            if self.words[node] in marks:
                return True
            if any(
                self.words[mark] in marks and mark < node
                for mark in self.with_dep(node, "mark", "prep")
            ):
                return True
        return False

    def clause_of(self, index: int) -> int:
        """Return the verb (or root) of the clause that ``index`` stands in."""
        if self.tokens[index].pos in {"VERB", "AUX"}:
            return index
        for above in self.ancestors(index):
            if self.tokens[above].pos in {"VERB", "AUX"}:
                return above
            index = above
        return index

    @_kept
    def subjects(self, verb: int) -> list[int]:
        """Return who acts: the subject of an active verb, "by" of a passive one, else inherited."""
        by = [
            obj
            for agent in (*self.with_dep(verb, "agent"), *self._by(verb))
            for obj in self.with_dep(agent, "pobj")
        ]
        if self.is_passive(verb):
            return self._spread(by or self._shared_agent(verb))
        own = self.with_dep(verb, "nsubj", "csubj")
        if own:
            return self._spread([self._antecedent(verb, subject) for subject in own])
        return self._inherited_subjects(verb)

    def _shared_agent(self, verb: int) -> list[int]:
        """Return the agent that a passive verb shares: "was struck and killed by a tram"."""
        found = []
        for other in self.with_dep(verb, "conj"):
            if self.tokens[other].tag == "VBN" and not self.with_dep(other, "nsubjpass"):
                for agent in self.with_dep(other, "agent"):
                    found += self.with_dep(agent, "pobj")
        return found

    def _by(self, verb: int) -> list[int]:
        if not self.is_passive(verb):
            return []
        return [c for c in self.with_dep(verb, "prep") if self.lemmas[c] == "by"]

    def _antecedent(self, verb: int, subject: int) -> int:
        """Replace a relative pronoun by the noun it stands for."""
        relative = self.tokens[subject].tag in {"WDT", "WP"}
        return self.tokens[verb].head if relative and self.tokens[verb].dep == "relcl" else subject

    def _inherited_subjects(self, verb: int) -> list[int]:
        """Return the subject that a verb without its own takes from the word it hangs on."""
        dep, head = self.tokens[verb].dep, self.tokens[verb].head
        if dep == "acl" and self.tokens[verb].tag == "VBG":
            return self._spread([head])
        if dep == "pcomp" and self.tokens[head].pos == "ADP" and self.tokens[head].head != head:
            # "accused X of attacking": X acts; "warned of attacking": the subject does.
            head = self.tokens[head].head
            accused = self.with_dep(head, "dobj") if self.lemmas[head] in _ACCUSING else []
            if accused:
                return self._spread(accused)
        if head == verb or dep not in {"conj", "xcomp", "advcl", "ccomp", "pcomp"}:
            return []
        return self._spread(self._shared_subject(verb, head))

    def _shared_subject(self, verb: int, head: int) -> list[int]:
        dep = self.tokens[verb].dep
        if self.tokens[head].pos not in {"VERB", "AUX"}:
            return [head] if dep == "xcomp" else []
        if (
            self.is_passive(head)
            and dep in {"conj", "xcomp", "pcomp"}
            and not self.is_passive(verb)
        ):
            return self.with_dep(head, "nsubjpass")
        return [self._antecedent(head, subject) for subject in self.with_dep(head, "nsubj")]

    @_kept
    def objects(self, verb: int) -> list[int]:
        """Return what is acted on: direct object, or the subject of a passive verb."""
        if self.is_passive(verb):
            own = self.with_dep(verb, "nsubjpass")
            if own:
                return self._spread([self._antecedent(verb, obj) for obj in own])
            if self.tokens[verb].dep == "acl":
                return self._spread([self.tokens[verb].head])
            if self.tokens[verb].dep in {"conj", "advcl", "xcomp"}:
                head = self.tokens[verb].head
                return self._spread(
                    self.with_dep(head, "nsubjpass") or self.with_dep(head, "nsubj")
                )
            return self._spread(self.with_dep(verb, *OBJECTS))
        return self._spread(self.with_dep(verb, *OBJECTS))

    def is_passive(self, verb: int) -> bool:
        """Tell whether a verb is passive: by its auxiliary, or a bare participle ("troops hit")."""
        if verb not in self._passive:
            self._passive[verb] = self._ask_passive(verb)
        return self._passive[verb]

    def _ask_passive(self, verb: int) -> bool:
        if self.with_dep(verb, "nsubjpass", "auxpass"):
            return True
        token = self.tokens[verb]
        if token.tag != "VBN" or self.with_dep(verb, "nsubj", "aux"):
            return False
        if token.dep == "conj":
            return not self.with_dep(verb, "dobj") and self.is_passive(token.head)
        return token.dep in {"acl", "advcl"} and not self.with_dep(verb, "dobj")

    def prepositional(self, index: int, *prepositions: str) -> list[int]:
        """Return the objects of the prepositions on ``index``, of any if none is named."""
        found = []
        for prep in self.with_dep(index, "prep", "agent"):
            if not prepositions or self.words[prep] in prepositions:
                found += self.with_dep(prep, "pobj", "pcomp")
        return self._spread(found)

    @_kept
    def modifiers(self, noun: int) -> list[int]:
        """Return the words before a noun that tell its kind, at any depth of compounds."""
        found = []
        stack = self.with_dep(noun, "compound", "amod", "nmod", "poss")
        while stack:
            current = stack.pop()
            found.append(current)
            stack += self.with_dep(current, "compound", "amod", "nmod", "conj")
        return sorted(found)

    def _spread(self, indices: list[int]) -> list[int]:
        return [c for index in indices for c in self.conjuncts(index)]
