"""Days of what a text goes on to tell without one: "… on Monday. They then stormed a base at X".

A story keeps its day until it names another. What is told in the plain past, in the sentences
right behind something dated, was on that day; what had happened, or is told in an aside, was not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings
from geomap.extraction.modality import Modality
from geomap.extraction.otherdays import LATER, dates_speech
from geomap.extraction.published import in_dateline
from geomap.extraction.timereaders import TURN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.happening import Happening
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling

_REACH = 3  # sentences that a day is kept for after the last one that tells of it
_MOST_DAYS = 2  # a night or a weekend is a day of a story, a week is not
_ASIDE = frozenset({"relcl", "acl"})
_EARLIER = frozenset({"earlier", "previously", "once", "formerly", "ago", "recently", "before"})


class Story:
    """The days that the sentences of one document are told on."""

    def __init__(self, scene: Scene, happenings: Iterable[Happening]) -> None:
        self._scene = scene
        self._syntax = scene.syntax
        self._days: dict[int, TimeExpression] = {}
        for happening in happenings:
            for telling in happening.tellings:
                self._note(telling, telling.time)

    def give(self, happening: Happening) -> None:
        """Date a happening that has no day by that of the story it stands in."""
        for telling in happening.tellings:
            if telling.headline or telling.definite or not self._goes_on(telling):
                continue  # "the earthquake" is of a day that was told, or is not known
            day = self._day_before(telling.sentence)
            if day is not None:
                telling.time = day
                self._note(telling, day)
                return

    def _note(self, telling: Telling, time: TimeExpression | None) -> None:
        if time is None or telling.headline or telling.modality is not Modality.ASSERTED:
            return
        if self._is_of_story(time):
            self._days[telling.sentence] = time

    def _day_before(self, sentence: int) -> TimeExpression | None:
        """Return the day that a sentence goes on with, None where one between names another."""
        for number in range(sentence - 1, max(-1, sentence - 1 - _REACH), -1):
            if number in self._days:
                return self._days[number]
            if self._scene.times_around(self._syntax.annotation.sentences[number].first):
                return self._plain_day(number)
        return None

    def _plain_day(self, number: int) -> TimeExpression | None:
        """Return the one day of a sentence without an event: "They were lining up on Monday"."""
        syntax, published = self._syntax, self._syntax.annotation.document.published
        times = self._scene.times_around(syntax.annotation.sentences[number].first)
        if len(times) != 1 or published is None or not self._is_of_story(times[0]):
            return None
        head = syntax.head_of_span(times[0].start, times[0].end)
        if head is None or times[0].first is None or times[0].first > published:
            return None
        verb = syntax.clause_of(head)
        said = dates_speech(syntax, head, times[0]) or in_dateline(syntax.text, times[0].start)
        return None if said or syntax.lemmas[verb] in LATER else times[0]

    def _is_of_story(self, time: TimeExpression) -> bool:
        return 0 < time.days <= _MOST_DAYS and not time.cumulative and time.rule != TURN

    def _goes_on(self, telling: Telling) -> bool:
        """Tell whether a telling is in the plain past of a main clause, with no time of its own."""
        syntax, cue = self._syntax, telling.cue.index
        if self._scene.times_around(cue):
            return False
        sentence = syntax.sentence(cue)
        if not _EARLIER.isdisjoint(syntax.words[sentence.first : sentence.last]):
            return False
        verb = syntax.clause_of(cue)
        while syntax.tokens[verb].dep in _INNER and syntax.tokens[verb].head != verb:
            verb = syntax.clause_of(syntax.tokens[verb].head)
        if syntax.tokens[verb].dep in _ASIDE or self._is_news_of_others(verb):
            return False
        return self._is_past(verb)

    def _is_news_of_others(self, verb: int) -> bool:
        """Tell whether somebody else's telling begins here: "Officials also reported that …"."""
        syntax, head = self._syntax, self._syntax.tokens[verb].head
        said = syntax.lemmas[head] in sayings()
        return said and head < verb and syntax.tokens[verb].dep == "ccomp"

    def _is_past(self, verb: int) -> bool:
        syntax = self._syntax
        aux = {syntax.words[i] for i in syntax.with_dep(verb, "aux", "auxpass")}
        if not aux:  # taggers mix tenses up: "the river burst its banks"
            return syntax.tokens[verb].tag in {"VBD", "VBN"} or syntax.words[verb] in _UNCHANGING
        return aux <= _PAST


_INNER = frozenset({"advcl", "xcomp", "pcomp", "conj"})
_PAST = frozenset({"was", "were"})
_UNCHANGING = frozenset(
    {"beat", "burst", "cast", "cut", "hit", "hurt", "put", "set", "shut", "split", "spread"}
)
