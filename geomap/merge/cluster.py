"""Which facets are one event: pairs above the threshold, joined as far as the limits allow.

The surest pairs come first, and a cluster is never wider in kilometers or days than two facets may
be: no chain of small steps leads from one attack to another. Undated facets come last and join only
where one dated cluster fits clearly better than every other. The order of reports does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geomap.geo import great_circle_km
from geomap.merge.block import pairs
from geomap.merge.facets import Extent, Scope
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.merge.cards import Card
    from geomap.merge.weights import Weights

# An undated facet joins a cluster only if the second best is less likely by this much.
LEAST_MARGIN = 0.1
# Fewer reports than this share of the others may be a day off, by a slip or by the time zone.
_SLIP_SHARE = 0.4


@noun
class Clusters:
    """Facets of one event each, and pairs of clusters that may be one, with the probability.

    ``members`` are numbers of cards, in order.
    """

    members: tuple[tuple[int, ...], ...]
    unsure: tuple[tuple[int, int, float], ...]


class _Pair(NamedTuple):
    one: int
    other: int
    probability: float


def cluster(
    cards: Sequence[Card],
    groups: Sequence[str],
    compared: Callable[[Iterable[Sequence[int]]], Sequence[float]],
    weights: Weights,
) -> Clusters:
    """Partition facets into events by their cards, which are in order of key.

    ``groups`` are the near-copy groups of their documents. ``compared`` gives for each pair of
    numbers of cards the probability that the two facets tell one event.
    """
    nodes = _alike(cards, groups)
    heads = np.array([node[0] for node in nodes], dtype=np.int64)
    found = pairs([cards[n] for n in heads], [groups[n] for n in heads], weights.distance_km)
    probable = np.array(compared(heads[found].tolist()), dtype=np.float64)
    joiner = _Joiner(cards, nodes, weights)
    joiner.link(_pairs(found, probable, _that_matter(found, probable >= weights.same)))
    likely = np.flatnonzero(probable >= weights.unsure)
    ranked = likely[np.lexsort((found[likely, 1], found[likely, 0], -probable[likely]))]
    kept = list(_pairs(found, probable, ranked))
    joiner.join_all(pair for pair in kept if pair.probability >= weights.same)
    return _expand(nodes, joiner, kept)


def _pairs(
    found: NDArray[np.int64], probable: NDArray[np.float64], chosen: NDArray[np.int64]
) -> Iterator[_Pair]:
    """Yield chosen ones of the pairs."""
    chances = probable[chosen].tolist()
    for (one, other), probability in zip(found[chosen].tolist(), chances, strict=True):
        yield _Pair(one, other, probability)


def _that_matter(found: NDArray[np.int64], same: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the pairs of what a chain of likely pairs connects; no others are ever joined."""
    above: dict[int, int] = {}

    def top(number: int) -> int:
        while (higher := above.get(number, number)) != number:
            above[number] = above.get(higher, higher)
            number = higher
        return number

    for one, other in found[same].tolist():
        above[top(one)] = top(other)
        above.setdefault(other, other)
    chains = np.arange(-1, -1 - found.max(initial=-1) - 1, -1)  # every node is its own
    for number in above:
        chains[number] = top(number)
    return np.flatnonzero(chains[found[:, 0]] == chains[found[:, 1]])


def _alike(cards: Sequence[Card], groups: Sequence[str]) -> list[list[int]]:
    """Put facets together that no comparison could tell apart, so that copies cost nothing."""
    nodes: dict[tuple[bytes, str], list[int]] = defaultdict(list)
    for number, (card, group) in enumerate(zip(cards, groups, strict=True)):
        nodes[card.alike, group if card.wordy else ""].append(number)
    return list(nodes.values())


class _Summary(NamedTuple):
    """What limits a cluster: the dates and places it spans, and who attacked.

    ``published`` are the first and the last day on which facets without days were published.
    ``told_days`` are the days that facets name exactly, each with how many do, and ``usual_day``
    is the one of them that most do, (0, 0) if none does.
    """

    latest_first: int | None
    earliest_last: int | None
    published: tuple[int, ...]
    spots: tuple[Card, ...]
    attackers: frozenset[str]
    told_days: tuple[tuple[int, int], ...]
    usual_day: tuple[int, int]


class _Joiner:
    """Disjoint sets of facets that refuse to grow beyond the limits.

    Two sets join only if the pairs compared between them are on average likelier one event than not
    (average linkage): one lucky pair does not pull two attacks together.
    """

    def __init__(
        self, cards: Sequence[Card], nodes: Sequence[Sequence[int]], weights: Weights
    ) -> None:
        self._cards = [cards[node[0]] for node in nodes]
        self._sizes = list(map(len, nodes))
        self._weights = weights
        self._leader = list(range(len(nodes)))
        self._summaries: dict[int, _Summary] = {}  # made when asked for: most nodes are alone
        self._links: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)

    def link(self, pairs: Iterable[_Pair]) -> None:
        """Take the pairs whose average decides what is joined."""
        for pair in pairs:
            self._link(pair.one, pair.other, (pair.probability, 1))

    def leader(self, number: int) -> int:
        while self._leader[number] != number:
            self._leader[number] = self._leader[self._leader[number]]
            number = self._leader[number]
        return number

    def join_all(self, sure: Iterable[_Pair]) -> None:
        """Join dated with dated, undated with undated, and only then the two kinds."""
        by_dates: dict[int, list[_Pair]] = defaultdict(list)
        for pair in sure:
            by_dates[self._cards[pair.one].dated + self._cards[pair.other].dated].append(pair)
        for pair in [*by_dates[2], *by_dates[0]]:
            self._join(pair.one, pair.other)
        self._attach(by_dates[1])

    def compatible(self, one: int, other: int) -> bool:
        """Return whether the clusters of two facets may become one."""
        here, there = self._summary(self.leader(one)), self._summary(self.leader(other))
        return _within_limits(here, there, self._weights)

    def _summary(self, leader: int) -> _Summary:
        if leader not in self._summaries:
            self._summaries[leader] = _summary(self._cards[leader], self._sizes[leader])
        return self._summaries[leader]

    def _likely(self, one: int, other: int) -> bool:
        total, count = self._links[one].get(other, (0.0, 1))
        return total / count >= self._weights.unsure

    def _join(self, one: int, other: int) -> None:
        one, other = self.leader(one), self.leader(other)
        if one == other or not self.compatible(one, other) or not self._likely(one, other):
            return
        # The one with fewer links moves, so that each link moves few times.
        few, many = sorted((one, other), key=lambda number: (len(self._links[number]), -number))
        self._leader[few] = many
        self._summaries[many] = _united(self._summary(many), self._summary(few))
        del self._summaries[few]
        self._links[many].pop(few, None)
        for neighbor, weight in self._links.pop(few).items():
            self._links[neighbor].pop(few, None)
            if neighbor != many:
                self._link(many, neighbor, weight)

    def _link(self, one: int, other: int, weight: tuple[float, int]) -> None:
        total, count = self._links[one].get(other, (0.0, 0))
        linked = (total + weight[0], count + weight[1])
        self._links[one][other] = self._links[other][one] = linked

    def _attach(self, mixed: Iterable[_Pair]) -> None:
        """Join each undated cluster with the dated one that fits clearly best, if one does."""
        offers: dict[int, dict[int, float]] = defaultdict(dict)
        for pair in mixed:
            undated, dated = pair.one, pair.other
            if self._cards[undated].dated:
                undated, dated = dated, undated
            best = offers[self.leader(undated)]
            dated = self.leader(dated)
            best[dated] = max(best.get(dated, 0.0), pair.probability)
        for undated, best in sorted(offers.items()):
            ranked = sorted((-probability, dated) for dated, probability in best.items())
            if len(ranked) == 1 or ranked[1][0] - ranked[0][0] >= LEAST_MARGIN:
                self._join(undated, ranked[0][1])


def _summary(card: Card, size: int) -> _Summary:
    spot = card.extent is Extent.SPOT and card.scope is not Scope.JOINT
    told_days = ((card.first, size),) if card.is_one_day and card.first else ()
    return _Summary(
        latest_first=card.first,
        earliest_last=card.last,
        published=() if card.first or card.published is None else (card.published,),
        spots=(card,) if spot else (),
        attackers=frozenset({card.side} if card.side else ()),
        told_days=told_days,
        usual_day=told_days[0] if told_days else (0, 0),
    )


def _united(one: _Summary, other: _Summary) -> _Summary:
    firsts = [day for day in (one.latest_first, other.latest_first) if day is not None]
    lasts = [day for day in (one.earliest_last, other.earliest_last) if day is not None]
    spots = {card.places[0]: card for card in (*other.spots, *one.spots)}
    told_days = dict(one.told_days)
    for day, votes in other.told_days:
        told_days[day] = told_days.get(day, 0) + votes
    return _Summary(
        latest_first=max(firsts, default=None),
        earliest_last=min(lasts, default=None),
        published=_ends((*one.published, *other.published)),
        spots=tuple(spots[key] for key in sorted(spots)),
        attackers=one.attackers | other.attackers,
        told_days=tuple(sorted(told_days.items())),
        usual_day=max(told_days.items(), key=lambda told: (told[1], -told[0]), default=(0, 0)),
    )


def _within_limits(one: _Summary, other: _Summary, weights: Weights) -> bool:
    # The cheapest questions first: this is asked for every pair of clusters that might join.
    if one.attackers and other.attackers and not one.attackers & other.attackers:
        return False
    if max(_days_after(one, other), _days_after(other, one)) > weights.gap_days:
        return False
    if _on_two_days(one, other) or _published_apart(one, other, weights):
        return False
    return all(
        _near(here, there, weights.distance_km) for here in one.spots for there in other.spots
    )


def _days_after(late: _Summary, early: _Summary) -> int:
    """Return the days from the earliest last day of one to the latest first day of the other."""
    if late.latest_first is None or early.earliest_last is None:
        return 0
    return late.latest_first - early.earliest_last


def _ends(days: tuple[int, ...]) -> tuple[int, ...]:
    return (min(days), max(days)) if days else ()


def _published_apart(one: _Summary, other: _Summary, weights: Weights) -> bool:
    """Return whether something was told before the day of the event, or too long after it.

    This holds a cluster to what :func:`~geomap.merge.compare.date_obstacle` asks of a pair.
    """
    told = (*one.published, *other.published)
    if not told:
        return False
    firsts = [s.latest_first for s in (one, other) if s.latest_first is not None]
    lasts = [s.earliest_last for s in (one, other) if s.earliest_last is not None]
    before = bool(firsts) and max(firsts) - min(told) > weights.gap_days
    return before or max(told) - min((*lasts, *told)) > weights.age_days


def _on_two_days(one: _Summary, other: _Summary) -> bool:
    """Return whether two clusters name different days, and neither is a slip of a few reports."""
    (day, votes), (other_day, other_votes) = one.usual_day, other.usual_day
    fewer, more = sorted((votes, other_votes))
    return day != other_day and fewer > 1 and fewer >= _SLIP_SHARE * more


def _near(here: Card, there: Card, distance_km: float) -> bool:
    one, other = here.places[0], there.places[0]
    if one == other or here.point is None or there.point is None:
        return True
    nested = one in there.parents or other in here.parents
    return nested or great_circle_km(here.point, there.point) <= distance_km


def _expand(nodes: Sequence[Sequence[int]], joiner: _Joiner, kept: Iterable[_Pair]) -> Clusters:
    """Return the clusters of facets, and the pairs of clusters that remain unsure."""
    numbers: dict[int, int] = {}
    members: list[list[int]] = []
    for node_number, node in enumerate(nodes):
        leader = joiner.leader(node_number)
        if leader not in numbers:
            numbers[leader] = len(members)
            members.append([])
        members[numbers[leader]].extend(node)
    unsure: dict[tuple[int, int], float] = {}
    for pair in kept:
        one, other = sorted(numbers[joiner.leader(n)] for n in (pair.one, pair.other))
        if one != other and joiner.compatible(pair.one, pair.other):
            known = unsure.get((one, other), 0.0)
            unsure[one, other] = max(known, pair.probability)
    return Clusters(
        members=tuple(tuple(sorted(each) if len(each) > 1 else each) for each in members),
        unsure=tuple((*pair, probability) for pair, probability in sorted(unsure.items())),
    )
