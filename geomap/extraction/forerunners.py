"""Find what a toll goes on with that says neither what harmed people nor where.

"Two died at the scene", "a sixth in hospital on Sunday", "seven were treated for fractures" tell of
the last event before them that can have done it, if the text has not left its place.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.homes import is_home, is_source, is_speakers
from geomap.extraction.kinds import HARMLESS
from geomap.extraction.lexicon import words
from geomap.extraction.modality import Modality
from geomap.extraction.pairs import DISASTERS
from geomap.extraction.participants import opens_another
from geomap.model import Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling
    from geomap.extraction.tolls import Toll
    from geomap.model import Mention

BODILY = frozenset({"killed", "injured"})
_COUNTED_UP = frozenset({"toll", "figure", "tally", "count"})
_MOST_TELLINGS = 24  # a sentence with more of them is a list or a table
_GONE_ON = 2  # sentences from an event to its toll, with another between
_ON_GROUND = frozenset({"in", "at", "near", "on", "outside"})
_FAR_SENTENCES = 7  # from an event to a toll that says nothing of what harmed
_FORCE = frozenset({"officer", "police", "policeman", "soldier", "troop", "troops", "gas"})
_RIOT_WORDS = frozenset({"stone", "baton", "truncheon", "gas", "protester", "demonstrator"})
_AT_A_RIOT = frozenset({"forces", "crowd"})
_AFTER_HARM = ("at", "on", "in", "of", "from", "to")
_HURT = frozenset({"injured", "wounded"})
_DIE = frozenset({"die", "succumb", "perish", "expire"})
_LIFELESS = frozenset({"dead", "lifeless"})
_FIND = frozenset({"find", "discover", "pull", "dig", "recover", "bring"})
_WHOM = frozenset({"who", "whom"})


class Forerunners:
    """Finds what the tolls of one document go on with."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def is_of_known(self, toll: Toll) -> bool:
        """Tell whether it is of somebody told of before: "she died at the scene"."""
        start = self._scene.syntax.span_tokens(toll.start, toll.end).start
        return self._scene.syntax.words[start] in {"he", "she"}

    def goes_on(self, toll: Toll, places: list[int]) -> bool:
        """Tell whether a toll can only be of what was told before: it says neither what nor where.

        "Two died at the scene", "a sixth in hospital on Sunday", "dozens suffered burns".
        """
        known = toll.share or self.is_of_known(toll) or self._is_of_the_hurt(toll)
        if known or self._is_later(toll):
            return True
        if toll.risen or self._scene.syntax.lemmas[toll.index] in _COUNTED_UP:
            return not places  # "the toll rose to 14 on Wednesday"
        if toll.kind in BODILY and self._is_done_by_others(toll):
            return False
        if places:
            return self.is_part(toll)
        return toll.kind not in BODILY or self._is_late(toll) or not self._has_day(toll)

    def _is_late(self, toll: Toll) -> bool:
        """Tell whether a day is that of a count: "two others died", "12 bodies by Monday"."""
        syntax = self._scene.syntax
        lemma = syntax.lemmas[toll.index]
        found = lemma in _LIFELESS and syntax.lemmas[syntax.tokens[toll.index].head] in _FIND
        if found and _least(toll) > 1:  # a man found dead may be another matter
            return self._is_mishap(self.told_before(toll))
        return lemma == "body" or (toll.besides and lemma in _DIE)

    def _is_mishap(self, telling: Telling | None) -> bool:
        family = self._scene.types[telling.cue.type].family if telling else ""
        return family in DISASTERS or family == "transport"

    def is_part(self, toll: Toll) -> bool:
        """Tell whether a toll by place is of a larger one just before: "two people died in X"."""
        syntax = self._scene.syntax
        opener = syntax.sentence(toll.index).first
        counted = syntax.lemmas[toll.index] == "body"
        dated = self._scene.times_around(toll.index) and not counted
        if dated or opens_another(syntax, opener):
            return False
        return self._whole(toll) is not None

    def _whole(self, toll: Toll) -> Telling | None:
        """Return what was just told to have harmed more people, of whom these may be some."""
        sentence = self._scene.syntax.sentence_of[toll.index]
        near = [t for t in self._told(toll) if sentence - t.sentence <= _GONE_ON]
        larger = [
            t
            for t in near
            if any(one.kind == toll.kind and _least(one) > _least(toll) for one in t.tolls)
        ]
        return self._best(larger, toll)

    def _is_of_the_hurt(self, toll: Toll) -> bool:
        """Tell whether the hurt are known: "of the 31 injured, four are in hospital"."""
        syntax = self._scene.syntax
        start = syntax.span_tokens(toll.start, toll.end).start
        known = start > 0 and syntax.words[start - 1] == "the"
        return known and syntax.words[toll.index] in _HURT and toll.index - start <= 1

    def _has_day(self, toll: Toll) -> bool:
        """Tell whether a toll has a day, not the people: "nine, two of whom left on Monday"."""
        syntax = self._scene.syntax
        for time in self._scene.times_around(toll.index):
            last = syntax.span_tokens(time.start, time.end).start
            if _WHOM.isdisjoint(syntax.words[toll.index : last]):
                return True
        return False

    def told_before(self, toll: Toll, places: Sequence[int] = ()) -> Telling | None:
        """Return the event in the sentences before that a toll with these places goes with."""
        whole = self._whole(toll) if places else None
        return whole or self._best(self._told(toll), toll)

    def _told(self, toll: Toll) -> list[Telling]:
        """Return the events in the sentences before that can have done harm, last ones first."""
        sentence = self._scene.syntax.sentence_of[toll.index]
        told = [
            telling
            for before in range(sentence - 1, sentence - 1 - _FAR_SENTENCES, -1)
            for telling in islice(reversed(self._scene.by_sentence.get(before, ())), _MOST_TELLINGS)
            if telling.modality is Modality.ASSERTED and self._may_do(telling, toll)
        ]
        return [t for t in told if not self._is_elsewhere(t, sentence)]

    def _best(self, told: Sequence[Telling], toll: Toll) -> Telling | None:
        best = max(told, key=lambda telling: self._fit(telling, toll), default=None)
        return best.follows or best if best else None

    def _fit(self, telling: Telling, toll: Toll) -> float:
        """Say how well a toll goes with what was told before it; of equals the last is meant."""
        kind = self._scene.types[telling.cue.type]
        own = bool(telling.tolls) or telling.fresh
        fit = (
            (-2.0, kind.effect and not own),  # "a fire broke out" after a blast
            (-2.0, telling.cue.type == "fire" and telling.arson),
            # People harmed nowhere are of what was told before them as well.
            (-3.0, telling.of_toll and not telling.places),
            (3.0, toll.besides and bool(telling.tolls)),
            (5.0, toll.risen and any(told.kind == toll.kind for told in telling.tolls)),
            (1.0, bool(telling.tolls)),
            # Officers are hurt in a riot, not by what it burned.
            (4.0, kind.family == "unrest" and self._is_of_riot(toll)),
        )
        apart = self._scene.syntax.sentence_of[toll.index] - telling.sentence
        return sum(weight for weight, holds in fit if holds) - apart

    def _is_of_riot(self, toll: Toll) -> bool:
        """Tell whether officers or protesters are hurt, or people by stones, batons and gas."""
        syntax = self._scene.syntax
        sentence = syntax.sentence(toll.index)
        said = syntax.lemmas[sentence.first : sentence.last]
        return toll.side in _AT_A_RIOT or not _RIOT_WORDS.isdisjoint(said)

    def is_harmless(self, telling: Telling) -> bool:
        """Tell whether an event harms nobody's body: an alert, an arrest."""
        kind = self._scene.types[telling.cue.type]
        return kind.family in HARMLESS or kind.name == "detention"

    def _is_later(self, toll: Toll) -> bool:
        """Tell whether wounds, a hospital or "it" tell of what was told before.

        "Two died of their wounds", "seven were treated for fractures", "it killed two men".
        """
        syntax = self._scene.syntax
        if toll.kind == "injured" and syntax.tokens[toll.index].pos == "NOUN":
            return True
        if any(syntax.words[i] == "it" for i in syntax.with_dep(toll.index, "nsubj")):
            return True
        objects = syntax.prepositional(toll.index, *_AFTER_HARM)
        return not _after_harm().isdisjoint(syntax.lemmas[i] for i in objects)

    def _is_done_by_others(self, toll: Toll) -> bool:
        """Tell whether it is told who did harm: "soldiers also killed two men" may be another."""
        syntax = self._scene.syntax
        if syntax.is_passive(toll.index) or syntax.tokens[toll.index].pos != "VERB":
            return False
        people = syntax.span_tokens(toll.start, toll.end)
        return any(i in people for i in syntax.objects(toll.index))  # not "seven inhaled smoke"

    def _may_do(self, telling: Telling, toll: Toll) -> bool:
        """Tell whether something told before can have done harm: a march seldom kills."""
        kills = telling.cue.type != "protest" or toll.kind != "killed" or self._is_policed(toll)
        return not self.is_harmless(telling) and kills

    def _is_policed(self, toll: Toll) -> bool:
        """Tell whether the police are at work in the sentence of a toll, or the one before it."""
        syntax = self._scene.syntax
        sentences = syntax.annotation.sentences
        number = syntax.sentence_of[toll.index]
        near = range(sentences[max(0, number - 1)].first, toll.index)
        return any(syntax.lemmas[i] in _FORCE for i in near)

    def _is_elsewhere(self, telling: Telling, sentence: int) -> bool:
        """Tell whether the text has gone on to another place between an event and a toll."""
        syntax = self._scene.syntax
        if not telling.places or sentence - telling.sentence < _GONE_ON:
            return False
        mentions = syntax.annotation.mentions
        own = {mentions[m].text for m in telling.places if m < len(mentions)}
        first = syntax.annotation.sentences[telling.sentence + 1].first
        last = syntax.annotation.sentences[sentence - 1].last
        at = syntax.mention_at
        between = {at[i] for i in range(first, last) if i in at}
        return any(self._is_ground(mentions[n]) and mentions[n].text not in own for n in between)

    def _is_ground(self, mention: Mention) -> bool:
        """Tell whether a name says where something is: not whose home, and not who speaks where."""
        syntax = self._scene.syntax
        start = syntax.span_tokens(mention.start, mention.end).start
        lies = syntax.words[start - 1] in _ON_GROUND or syntax.words[start - 2] in _ON_GROUND
        told = is_home(syntax, mention) or is_speakers(syntax, mention)
        return lies and mention.use is Use.PLACE and not told and not is_source(syntax, mention)


def _least(toll: Toll) -> int:
    return toll.count.low or toll.count.high or 0


def _after_harm() -> frozenset[str]:
    return words("casualties", "after_harm")
