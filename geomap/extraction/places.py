"""Link an event to its place among the names of its sentence.

The linker was learned from sentences with annotated events and locations; see
``benchmarks/train_links.py`` for the training and ``docs/events.md`` for its score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.candidates import bare_name, find_candidates
from geomap.extraction.elsewhere import holder_of, is_elsewhere, is_passed, names_road
from geomap.extraction.forest import chosen, link_forests, link_thresholds
from geomap.extraction.lexicon import words
from geomap.extraction.linking import Candidate, Linker
from geomap.extraction.published import dateline_end
from geomap.extraction.syntax import Syntax
from geomap.model import Use, noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.extraction.forest import Forest
    from geomap.model import Annotation, Mention

# Uses of a name that stand for people, not for ground: never the place of an event.
NO_GROUND = frozenset({Use.METONYM, Use.EMBEDDED, Use.DEMONYM})

_AT = ("in", "at", "near", "outside", "off", "on", "across", "around", "inside", "through", "over")
_ARTICLES = frozenset({"the", "a", "an", "this", "that"})
_PLAIN = 0.08
_SURE = 0.5
_PASSED = frozenset({"in", "at", "near", "outside", "off", "inside", "from", "to", "between"})
_DOING = words("linking", "doing")

# What stands under these happened at another time.
OTHER_TIME = frozenset({"after", "since", "before"})

# A name in a list with a linked one needs this part of the threshold.
_SHARE = 0.3

# A sentence with more names than this is a list or a table; linking it would cost and not pay.
_MOST_NAMES = 60
_LONGEST = 160
_PART = 40


@noun
class Link:
    """A mention (its number in the annotation) and how probable it is the event's place."""

    mention: int
    probability: float


class PlaceLinker:
    """Links events to places in one document; a sentence's names are looked at once."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._linkers: dict[int, tuple[Linker, list[Candidate]]] = {}
        self._scored: dict[int, list[tuple[Candidate, float]]] = {}
        self._dateline_end = dateline_end(syntax.text)

    def scored(self, index: int) -> list[tuple[Candidate, float]]:
        """Return the names of the sentence of token ``index``, each with its probability."""
        if index not in self._scored:
            self.prepare([index])
        return self._scored[index]

    def prepare(self, indices: Iterable[int]) -> None:
        """Judge the names around many events at once, which is faster than one by one."""
        new = [index for index in dict.fromkeys(indices) if index not in self._scored]
        linkers = [self._linker(index) for index in new]
        rows = [linker.rows(index) for index, (linker, _) in zip(new, linkers, strict=True)]
        first, second = link_forests()
        alone = _each(first, rows)
        beside = [
            linker.second_rows(own, scores)
            for (linker, _), own, scores in zip(linkers, rows, alone, strict=True)
        ]
        for index, (_, candidates), scores in zip(new, linkers, _each(second, beside), strict=True):
            self._scored[index] = list(zip(candidates, scores, strict=True))

    def links(self, index: int) -> list[Link]:
        """Return the mentions that are the place of the event at token ``index``."""
        threshold, single = link_thresholds()
        agents = self._agents(index)
        grounds = [
            (head, link)
            for head, link in self._grounds(index)
            if head not in agents and not self._is_in_other_clause(head, index)
        ]
        links = {head: link for head, link in grounds if link.probability >= threshold}
        joined = [link for _, link in grounds if threshold * _SHARE <= link.probability < threshold]
        best = max(joined, key=lambda link: link.probability, default=None)
        if not links and best is not None and best.probability >= single:
            links[-1 - best.mention] = best
        for link in joined:
            if self._coordinated(link.mention, links):
                links[-1 - link.mention] = link
        plain = self._plain(index, agents)
        links = (
            links | self._hit(index, plain)
            if links
            else plain or self._held(index) or self._passed(index)
        )
        return sorted(set(links.values()), key=lambda link: link.mention)

    def _passed(self, index: int) -> dict[int, Link]:
        """Return what stands aside or on the way, where the linker is sure and has nothing else.

        "Fell into a crater that rain had opened near X", "overturned on the road from X".
        """
        sure, syntax = [c for c, p in self.scored(index) if p >= _SURE], self._syntax
        if any(names_road(syntax, candidate) for candidate in sure):
            beside = [pair for pair in self._grounds(index) if pair[1].probability >= _PLAIN]
            best = sorted(beside, key=lambda pair: -pair[1].probability)[:1]
            if best:
                return dict(best)  # "on the Bengaluru-Chennai highway near X"
        return {
            candidate.head: Link(mention=number, probability=_SURE)
            for candidate in sure
            if candidate.end > self._dateline_end
            and (number := syntax.mention_at.get(candidate.head)) is not None
            and self._is_ground(number)
            and syntax.words[syntax.tokens[candidate.head].head] in _PASSED
            and is_passed(syntax, candidate, index)
        }

    def _held(self, index: int) -> dict[int, Link]:
        """Return what somebody holds the office of whom it happened to: "the mayor of X was shot".

        Where nothing else is told of the place it was there, as a mayor is seldom elsewhere.
        """
        syntax, (_, single) = self._syntax, link_thresholds()
        harmed = {*syntax.objects(index), *syntax.with_dep(index, "nsubjpass")}
        harmed.update(syntax.prepositional(index, "of", "on", "against"))
        return {
            candidate.head: Link(mention=number, probability=probability)
            for candidate, probability in self.scored(index)
            if probability >= single
            and candidate.end > self._dateline_end
            and (number := syntax.mention_at.get(candidate.head)) is not None
            and self._is_ground(number)
            and holder_of(syntax, candidate) in harmed
        }

    def _grounds(self, index: int) -> list[tuple[int, Link]]:
        """Return the mentions that may be a place of the event, with their head words."""
        found = []
        for candidate, probability in self.scored(index):
            number = self._syntax.mention_at.get(candidate.head)
            if number is None or not self._is_ground(number):
                continue
            if self._syntax.crosses(candidate.head, index, OTHER_TIME):
                continue  # "left X dark after a plant in Y failed"
            if candidate.end > self._dateline_end and not is_elsewhere(
                self._syntax, candidate, index
            ):
                found.append((candidate.head, Link(mention=number, probability=probability)))
        return found

    def _is_in_other_clause(self, name: int, index: int) -> bool:
        """Tell whether a name tells where another clause happened, and the event's has its own.

        "In X, a boy was killed, and in Y, debris started a fire."
        """
        syntax = self._syntax
        mine = syntax.clause_of(index)
        verb = syntax.clause_of(name)
        if verb == mine or syntax.top_conjunct(verb) != syntax.top_conjunct(mine):
            return False
        if not syntax.with_dep(mine, "nsubj", "nsubjpass"):
            return False
        own = syntax.prepositional(mine, *_AT)
        return name not in own and any(place in syntax.mention_at for place in own)

    def _hit(self, index: int, plain: dict[int, Link]) -> dict[int, Link]:
        """Return what the verb of an event acts on: "the quake rattled X" was in X."""
        syntax = self._syntax
        if syntax.tokens[index].dep != "nsubj":
            return {}
        objects = syntax.objects(syntax.tokens[index].head)
        hit = {i for noun in objects for i in (noun, *syntax.modifiers(noun))}
        return {head: link for head, link in plain.items() if head in hit}

    def _plain(self, index: int, agents: set[int]) -> dict[int, Link]:
        """Return a place in plain reach of syntax where the linker found none.

        What a strike or storm hits ("struck X"), or what "in", "at", "near" … X on the event's own
        word or verb names.
        """
        syntax = self._syntax
        verb = syntax.clause_of(index)
        found = list(syntax.prepositional(index, *_AT))
        if verb != index and syntax.tokens[index].dep in {"nsubj", "nsubjpass", "dobj"}:
            found += syntax.prepositional(verb, *_AT)
        if syntax.tokens[verb].pos == "VERB" and (index == verb or index in syntax.subjects(verb)):
            found += syntax.objects(verb)
        # "hit the hamlet of X"
        found += [m for i in found if i not in syntax.mention_at for m in self._named(i)]
        # "struck Morocco's coast": the possessor, where the noun itself is no name.
        found += [m for i in found if i not in syntax.mention_at for m in syntax.modifiers(i)]
        if not syntax.is_passive(verb) and not syntax.objects(verb):
            found += syntax.with_dep(index, "nsubj")  # "Mount Etna erupted"
        links = {}
        for candidate, probability in self.scored(index):
            number = syntax.mention_at.get(candidate.head)
            if number is None or candidate.head not in found or candidate.head in agents:
                continue
            if is_elsewhere(syntax, candidate, index) or candidate.end <= self._dateline_end:
                continue
            known = probability >= _PLAIN or syntax.lemmas[index] == "erupt"
            if known and self._is_ground(number):
                links[candidate.head] = Link(mention=number, probability=probability)
        return links

    def _named(self, noun: int) -> list[int]:
        """Return the name of a settlement: "the hamlet of X"."""
        settled = self._syntax.lemmas[noun] in words("linking", "settlements")
        return self._syntax.prepositional(noun, "of") if settled else []

    def _agents(self, index: int) -> set[int]:
        """Return who acts: never the place, though it may be the name of a country."""
        token = self._syntax.tokens[index]
        if token.pos not in {"VERB", "AUX"}:
            done = token.dep == "dobj" and self._syntax.lemmas[token.head] in _DOING
            return set(self._syntax.subjects(token.head)) if done else set()
        if not self._syntax.is_passive(index) and not self._syntax.objects(index):
            return set()
        return set(self._syntax.subjects(index))

    def _is_ground(self, number: int) -> bool:
        mention = self._syntax.annotation.mentions[number]
        before = self._syntax.span_tokens(mention.start, mention.end).start - 1
        common = mention.text.islower() and before >= 0 and self._syntax.words[before] in _ARTICLES
        if common:
            return False  # "in the favela" names nothing
        return mention.use not in NO_GROUND or self._names_site(mention)

    def _names_site(self, mention: Mention) -> bool:
        """Tell whether a name in a name says where a site is: "the Merowe dam"."""
        behind = self._syntax.span_tokens(mention.start, mention.end).stop
        embedded = mention.use is Use.EMBEDDED and behind < len(self._syntax.tokens)
        return embedded and self._syntax.tokens[behind].text in words("linking", "named_sites")

    def _coordinated(self, number: int, links: dict[int, Link]) -> bool:
        """Tell whether a name is in one list with a linked one: "in A, B and C"."""
        mention = self._syntax.annotation.mentions[number]
        head = self._syntax.head_of_span(mention.start, mention.end)
        if head is None:
            return False
        top = self._syntax.top_conjunct(head)
        return any(self._syntax.top_conjunct(other) == top for other in links if other >= 0)

    def _linker(self, index: int) -> tuple[Linker, list[Candidate]]:
        first, last = self._reach(index)
        if first not in self._linkers:
            candidates = find_candidates(self._syntax, first, last)[:_MOST_NAMES]
            self._linkers[first] = Linker(self._syntax, candidates), candidates
        return self._linkers[first]

    def _reach(self, index: int) -> tuple[int, int]:
        """Return the words that a place may stand in: the sentence, or a part of a very long one.

        Lists and tables come as sentences of thousands of words; work stays linear in them.
        """
        sentence = self._syntax.sentence(index)
        if sentence.last - sentence.first <= _LONGEST:
            return sentence.first, sentence.last
        part = (index - sentence.first) // _PART * _PART + sentence.first
        return max(sentence.first, part - _PART // 2), min(sentence.last, part + 3 * _PART // 2)


def _each(forest: Forest, groups: Sequence[Sequence[Sequence[float]]]) -> list[list[float]]:
    """Return the probabilities of groups of rows, judged in one go."""
    scores = iter(forest.probabilities([row for rows in groups for row in rows]))
    return [[next(scores) for _ in rows] for rows in groups]


def event_places(annotation: Annotation, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans of the names that are the place of the event told by ``text[start:end]``.

    Unlike :func:`geomap.extraction.extract` it judges every proper name of the sentence, also those
    that the recognizer took for no place.
    """
    syntax = Syntax(annotation)
    index = syntax.head_of_span(start, end)
    if index is None:
        return ()
    scored = PlaceLinker(syntax).scored(index)
    numbers = chosen([probability for _, probability in scored], *link_thresholds())
    names = [bare_name(syntax, scored[number][0]) for number in numbers]
    return tuple((syntax.tokens[n[0]].start, syntax.tokens[n[-1]].end) for n in names)


def path_length(syntax: Syntax, a: int, b: int) -> int | None:
    """Return the number of arcs between two words of a sentence, None where not connected."""
    above_a = {a: 0} | {node: n for n, node in enumerate(syntax.ancestors(a), start=1)}
    if b in above_a:
        return above_a[b]
    for steps, node in enumerate(syntax.ancestors(b), start=1):
        if node in above_a:
            return above_a[node] + steps
    return None
