"""Link an event to its place among the place names of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import Use, noun

if TYPE_CHECKING:
    from geomap.extract.syntax import Syntax

_FARTHEST = 7


@noun
class Link:
    """A mention (its number in the annotation) and how probable it is the event's place."""

    mention: int
    probability: float


def link(syntax: Syntax, index: int) -> list[Link]:
    """Return the mentions of the sentence that are the place of the event at token ``index``."""
    sentence = syntax.sentence(index)
    links = []
    for number, mention in enumerate(syntax.annotation.mentions):
        if not sentence.start <= mention.start < sentence.end:
            continue
        probability = _probability(syntax, index, number)
        if probability > 0.5:  # noqa: PLR2004  more likely than not
            links.append(Link(mention=number, probability=probability))
    if not links:
        return []
    best = max(link.probability for link in links)
    return [link for link in links if link.probability >= best - 0.05]


def _probability(syntax: Syntax, index: int, number: int) -> float:
    mention = syntax.annotation.mentions[number]
    if mention.use in {Use.METONYM, Use.DEMONYM, Use.EMBEDDED}:
        return 0.0
    head = syntax.head_of_span(mention.start, mention.end)
    if head is None or _is_subject(syntax, head, index):
        return 0.0
    distance = path_length(syntax, index, head)
    if distance is None or distance > _FARTHEST:
        return 0.0
    return 1.0 - distance / 20


def _is_subject(syntax: Syntax, head: int, index: int) -> bool:
    return syntax.tokens[head].dep == "nsubj" and not syntax.is_passive(syntax.tokens[head].head)


def path_length(syntax: Syntax, a: int, b: int) -> int | None:
    """Return the number of arcs between two words of a sentence, None where not connected."""
    above_a = {a: 0} | {node: n for n, node in enumerate(syntax.ancestors(a), start=1)}
    if b in above_a:
        return above_a[b]
    for steps, node in enumerate(syntax.ancestors(b), start=1):
        if node in above_a:
            return above_a[node] + steps
    return None
