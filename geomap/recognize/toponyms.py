"""Find toponyms with the trained networks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.model import Entity, Mention, Use, noun
from geomap.recognize import network
from geomap.recognize.additions import BY_GAZETTEER, with_additions
from geomap.recognize.boundaries import PLACE_LABELS, with_area_word
from geomap.recognize.lexemes import look_up
from geomap.recognize.parse import Parsed
from geomap.recognize.tagging import TAGS, TaggedSpan, likely_spans, probable_spans
from geomap.recognize.uses import is_no_place, use_of
from geomap.recognize.wholes import end_of, whole_names
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.vocab import Vocab

    from geomap.recognize.lookup import Lookup
    from geomap.recognize.weights import Trained

USES = (Use.PLACE, Use.METONYM, Use.EMBEDDED)

# Words alike inform each other within a stretch of this many words of a document, so that memory
# does not grow with its length.
_SCOPE_WORDS = 20_000

_SURE = 1 - 1e-6

# Names that may hold that of a place without meaning it ("University of Leeds").
_HOLDERS = frozenset({"EVENT", "LAW", "ORG", "PRODUCT", "WORK_OF_ART"})

# A name is taken for a place unless the networks are this sure of another use, because what a
# metonym loses on a map is worse than what a place wrongly kept adds.
_SURE_OF_USE = 0.7


@noun
class Found:
    """The toponyms of a document, and its other names as the networks see them."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]


class Finder:
    """The networks with vocabulary and gazetteer."""

    def __init__(self, trained: Trained, vocab: Vocab, lookup: Lookup) -> None:
        self._trained = trained
        self._vocab = vocab
        self._lookup = lookup

    def find(self, documents: Sequence[Parsed]) -> list[Found]:
        """Find toponyms and entities of a few documents at once."""
        stretches = [stretch for parsed in documents for stretch in _stretches(parsed)]
        found: dict[int, list[Found]] = {id(parsed): [] for parsed in documents}
        for group in _groups(stretches):
            scores = self._scores(group)
            first = 0
            for stretch in group:
                last = first + sum(stretch.lengths)
                part = _slice(scores, first, last)
                found[id(stretch.parsed)].append(self._read(stretch, part))
                first = last
        return [_joined(found[id(parsed)]) for parsed in documents]

    def _scores(self, stretches: Sequence[_Stretch]) -> network.Scores:
        features = np.concatenate([stretch.features for stretch in stretches])
        sizes = [len(stretch.features) for stretch in stretches]
        batch = network.Batch(
            lexemes=look_up(features, self._vocab),
            lengths=[length for stretch in stretches for length in stretch.lengths],
            scope=np.repeat(np.arange(len(stretches)), sizes),
            known=np.concatenate([self._known(stretch) for stretch in stretches]),
        )
        return network.average([network.predict(w, batch) for w in self._trained.networks])

    def _known(self, stretch: _Stretch) -> NDArray[np.float32]:
        tokens = stretch.parsed.tokens[stretch.first : stretch.first + len(stretch.features)]
        spans = [(token.start, token.end) for token in tokens]
        return self._lookup.features(stretch.parsed.document.text, spans, stretch.lengths)

    def _read(self, stretch: _Stretch, scores: network.Scores) -> Found:
        """Decode the scores of a stretch to mentions and entities."""
        lengths, entity_tags = stretch.lengths, self._trained.entity_tags
        parsed = stretch.parsed
        likely = _numbered(probable_spans(scores.tags, lengths, TAGS), stretch)
        toponyms = [self._placed(parsed, span) for span in likely]
        wholes = whole_names(parsed.document.text, parsed.tokens, toponyms, self._lookup)
        cores = {whole.span.first: whole.core for whole in wholes}
        toponyms = [whole.span for whole in wholes]
        numbers = range(stretch.first, stretch.first + len(stretch.features))

        def chance(first: int, last: int) -> float:
            tags = scores.tags[first - stretch.first : last - stretch.first]
            return 1 / (1 + math.exp(-raw_log_odds(tags)))

        toponyms = with_additions(parsed, toponyms, numbers, self._lookup, chance=chance)
        others = _numbered(likely_spans(scores.entities, lengths, entity_tags), stretch)
        holders = _words_of(span for span in others if span.kind in _HOLDERS)
        mentions: list[Mention] = []
        entities: list[Entity] = []
        for span in toponyms:
            core = cores.get(span.first, span)
            local = _slice(scores, core.first - stretch.first, core.last - stretch.first)
            if self._is_spot(stretch.parsed, span):
                entities.append(_entity(stretch.parsed, span, "FAC"))
            elif mention := self._mention(stretch.parsed, span, local, holders):
                mentions.append(mention)
        taken = _words_of(toponyms)
        for span in others:
            inside = all(number in taken for number in range(span.first, span.last))
            if not (inside or span.kind in PLACE_LABELS):
                entities.append(_entity(stretch.parsed, span, span.kind))
        entities.sort(key=lambda entity: (entity.start, -entity.end))
        return Found(mentions=tuple(mentions), entities=tuple(entities))

    def _placed(self, parsed: Parsed, span: TaggedSpan) -> TaggedSpan:
        """Take for a town what has the form of a demonym and is but a town's name: Popayan."""
        if span.kind != "D":
            return span
        start, end = _offsets(parsed, span)
        name = parsed.document.text[start:end]
        if not self._lookup.knows(name) or not self._lookup.standing(name).is_town(name):
            return span
        return TaggedSpan(first=span.first, last=span.last, kind="T")

    def _is_spot(self, parsed: Parsed, span: TaggedSpan) -> bool:
        """Tell whether a span is a street or the like, which the gazetteer does not hold."""
        start, end = _offsets(parsed, span)
        return span.kind == "X" and not self._lookup.knows(parsed.document.text[start:end])

    def _mention(
        self,
        parsed: Parsed,
        span: TaggedSpan,
        scores: network.Scores,
        holders: Mapping[int, TaggedSpan],
    ) -> Mention | None:
        """Make a mention of a span, if it is probable enough and the name of a place."""
        text = parsed.document.text
        start, end = _offsets(parsed, span)
        unlisted = self._lookup.lacks(text[start : end_of(text, start, end)])
        score = self._trained.probability(raw_log_odds(scores.tags), unlisted=unlisted)
        if span.kind == BY_GAZETTEER:
            score = max(score, self._trained.threshold)
        if score < self._trained.threshold or self._is_no_place(parsed, span):
            return None
        label = self._label(scores.entities, span)
        named = with_area_word(text, start, end_of(text, start, end), label)
        return Mention(
            document_id=parsed.document.id,
            start=named.start,
            end=named.end,
            text=text[named.start : named.end],
            label=named.label,
            use=_use(parsed, span, scores.uses, holders),
            score=round(score, 4),
        )

    def _is_no_place(self, parsed: Parsed, span: TaggedSpan) -> bool:
        """Tell whether a name is that of a weapon, a disease, a faith or a party."""
        if is_no_place(parsed.tokens, span.first, span.last, self._lookup.knows):
            return True
        if span.kind != "D":
            return False
        start, end = _offsets(parsed, span)
        name = parsed.document.text[start:end]
        if name.lower() in words().faiths or self._lookup.lacks(name):
            return True
        return self._lookup.knows(name) and not self._lookup.standing(name).wide

    def _label(self, entities: NDArray[np.float32], span: TaggedSpan) -> str:
        """Return the most probable of the stock model's labels for places."""
        if span.kind == "D":
            return "NORP"
        mass = dict.fromkeys(sorted(PLACE_LABELS), 0.0)
        for tag, probability in zip(self._trained.entity_tags, entities.sum(axis=0), strict=True):
            if tag[2:] in mass:
                mass[tag[2:]] += float(probability)
        return max(mass, key=lambda label: (mass[label], label))


@noun
class _Stretch:
    """A part of a document: its first word, the lengths of its sequences, features of its words."""

    parsed: Parsed
    first: int
    lengths: tuple[int, ...]
    features: NDArray[np.uint64]


def _stretches(parsed: Parsed) -> Iterator[_Stretch]:
    """Cut a document where a sequence ends, into parts of a bounded number of words."""
    first = total = 0
    lengths: list[int] = []
    for length in (*parsed.lengths, None):
        if lengths and (length is None or total + length > _SCOPE_WORDS):
            features = parsed.features[first : first + total]
            yield _Stretch(parsed=parsed, first=first, lengths=tuple(lengths), features=features)
            first, total, lengths = first + total, 0, []
        if length:
            lengths.append(length)
            total += length


def _groups(stretches: Sequence[_Stretch]) -> Iterator[list[_Stretch]]:
    """Put short stretches together, so that none of the matrices is small."""
    group: list[_Stretch] = []
    total = 0
    for stretch in stretches:
        if group and total + len(stretch.features) > _SCOPE_WORDS:
            yield group
            group, total = [], 0
        group.append(stretch)
        total += len(stretch.features)
    if group:
        yield group


def _slice(scores: network.Scores, first: int, last: int) -> network.Scores:
    return network.Scores(
        tags=scores.tags[first:last],
        uses=scores.uses[first:last],
        entities=scores.entities[first:last],
    )


def _numbered(spans: Iterable[TaggedSpan], stretch: _Stretch) -> list[TaggedSpan]:
    """Count the words of spans from the beginning of the document."""
    offset = stretch.first
    return [
        TaggedSpan(first=span.first + offset, last=span.last + offset, kind=span.kind)
        for span in spans
    ]


# Places in a toponym of either kind, and in a spot that is one because the gazetteer knows it.
_PLACES = {
    place: [number for number, tag in enumerate(TAGS) if tag[0] == place] for place in "BILU"
}


def raw_log_odds(tags: NDArray[np.float32]) -> float:
    """Return the log-odds of the least sure word of a span, all types of span taken together."""
    size = len(tags)
    places = "U" if size == 1 else "B" + "I" * (size - 2) + "L"
    chances = [float(row[_PLACES[place]].sum()) for place, row in zip(places, tags, strict=True)]
    chance = min(max(min(chances), 1 - _SURE), _SURE)
    return math.log(chance / (1 - chance))


def _use(
    parsed: Parsed,
    span: TaggedSpan,
    uses: NDArray[np.float32],
    holders: Mapping[int, TaggedSpan],
) -> Use:
    """Tell what a name is used for: by its form, by the words around it, by the networks."""
    if span.kind == "D":
        return Use.DEMONYM
    holder = holders.get(span.first)
    if holder and holder.last >= span.last and _size(holder) > _size(span):
        return Use.EMBEDDED
    told = use_of(parsed.tokens, span.first, span.last)
    if told is not Use.UNKNOWN:
        return told
    means = uses.mean(axis=0)
    best = int(means.argmax())
    return USES[best] if means[best] >= _SURE_OF_USE else Use.PLACE


def _size(span: TaggedSpan) -> int:
    return span.last - span.first


def _words_of(spans: Iterable[TaggedSpan]) -> dict[int, TaggedSpan]:
    """Return the span of each word that is in one."""
    return {number: span for span in spans for number in range(span.first, span.last)}


def _offsets(parsed: Parsed, span: TaggedSpan) -> tuple[int, int]:
    return parsed.tokens[span.first].start, parsed.tokens[span.last - 1].end


def _entity(parsed: Parsed, span: TaggedSpan, label: str) -> Entity:
    start, end = _offsets(parsed, span)
    return Entity(start=start, end=end, text=parsed.document.text[start:end], label=label)


def _joined(parts: Sequence[Found]) -> Found:
    return Found(
        mentions=tuple(mention for part in parts for mention in part.mentions),
        entities=tuple(entity for part in parts for entity in part.entities),
    )
