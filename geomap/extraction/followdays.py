"""Days of happenings that no telling of theirs gives: told beside it, behind it or before.

"A bomb exploded at a police station in Kolo. It happened on Monday" has a day without a word for
the event; "it was raining in Sapporo on Tuesday. A train derailed shortly after noon" has the hour
alone.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from geomap.extraction.anchors import past_midnight
from geomap.extraction.company import belongs
from geomap.extraction.lexicon import words
from geomap.extraction.otherdays import LATER, dates_speech, dates_state, is_death, is_to_come
from geomap.extraction.published import in_dateline
from geomap.extraction.story import Story
from geomap.extraction.timing import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.happening import Happening
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling

_BEHIND = 2
_BEFORE = 2
_AGAIN = 6  # sentences behind in which a happening is still named anew
_HAPPEN = frozenset({"happen", "occur", "take", "begin", "start", "erupt", "break", "unfold"})
_NIGHT_DAYS = 2  # a day, or a night of two
_LASTING = frozenset({"posture", "biological", "climatological", "diplomacy", "alert"})
_THINGS = frozenset({"it", "this", "that", "they", "he", "she", "both", "all"})
_CLOCK = frozenset({"noon", "midday", "midnight", "dawn", "dusk", "daybreak", "sunrise", "o'clock"})
_HOURS = frozenset({"a.m.", "p.m.", "a.m", "p.m", "am", "pm"})


class FollowDays:
    """Dates the happenings of one document that are told without a day."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._syntax = scene.syntax

    def give(self, happenings: Sequence[Happening]) -> None:
        """Give each happening without a day the one that the text goes on with, or comes from."""
        told = self._dated_sentences(happenings)
        undated = [h for h in happenings if not self._is_dated(h) and self._is_sudden(h)]
        known = Story(self._scene, happenings)
        for happening in undated:
            known.give_known(happening)
        for happening in [h for h in undated if not self._is_dated(h)]:
            behind, before = self._behind(happening, told), self._before(happening)
            again = self._again(happening, told)
            time = next(chain(self._at_once(happening), behind, again, before), None)
            if time is not None:
                self._deed(happening).time = time
        story = Story(self._scene, happenings)
        for happening in undated:
            if not self._is_dated(happening):
                story.give(happening)

    def _dated_sentences(self, happenings: Iterable[Happening]) -> set[int]:
        return {t.sentence for h in happenings for t in h.tellings if t.time is not None}

    def _is_dated(self, happening: Happening) -> bool:
        """Tell whether a day is known; the day of a death is not that of the deed beside it."""
        deeds = [t for t in happening.tellings if not is_death(self._syntax, t)]
        return any(t.time is not None for t in deeds or happening.tellings)

    def _deed(self, happening: Happening) -> Telling:
        told = happening.tellings
        return next((t for t in told if not is_death(self._syntax, t)), told[0])

    def _is_sudden(self, happening: Happening) -> bool:
        main = happening.tellings[0]
        kind = self._scene.types[main.cue.type]
        effect = kind.effect and (kind.name != "fire" or happening.parent is not None)
        return kind.family not in _LASTING and not effect

    # --- beside ----------------------------------------------------------------------------------

    def _at_once(self, happening: Happening) -> Iterator[TimeExpression]:
        """Yield the day of what an event did at once: "was cut off on Friday after a dam burst"."""
        syntax = self._syntax
        for telling in happening.tellings:
            above = syntax.clause_of(telling.cue.index)
            token = syntax.tokens[above]
            after = any(syntax.words[i] == "after" for i in syntax.with_dep(above, "mark"))
            if not after or syntax.lemmas[token.head] not in words("linking", "at_once"):
                continue
            days = self._days(telling.sentence)
            yield from (t for t, head in days if syntax.clause_of(head) == token.head)

    # --- behind ----------------------------------------------------------------------------------

    def _behind(self, happening: Happening, told: set[int]) -> Iterator[TimeExpression]:
        """Yield the days of what goes on with a happening in the next sentences."""
        own, end = set(happening.said.sentences), len(self._syntax.annotation.sentences)
        for sentence in happening.said.sentences:
            for number in range(sentence + 1, min(sentence + 1 + _BEHIND, end)):
                if number in told:
                    break
                if number not in own:
                    yield from (t for t, head in self._days(number) if self._goes_on(head))

    def _again(self, happening: Happening, told: set[int]) -> Iterator[TimeExpression]:
        """Yield the day of "the attack took place on Friday", some sentences behind."""
        last = max(happening.said.sentences)
        end = min(last + 1 + _AGAIN, len(self._syntax.annotation.sentences))
        for number in range(last + 1, end):
            if number not in told:
                yield from (t for t, head in self._days(number) if self._happens(head))

    def _happens(self, head: int) -> bool:
        """Tell whether a day is that on which something known happened or began."""
        syntax = self._syntax
        verb = self._verb_of(head)
        aux = {syntax.words[i] for i in syntax.with_dep(verb, "aux", "neg")}
        if syntax.lemmas[verb] not in _HAPPEN or aux & _UNREAL:
            return False
        subjects = syntax.with_dep(verb, "nsubj")
        return bool(subjects) and all(self._is_known(i) for i in subjects)

    def _goes_on(self, head: int) -> bool:
        """Tell whether a day dates what somebody known did, or what happened, and nothing later."""
        syntax = self._syntax
        verb = self._verb_of(head)
        lemma = syntax.lemmas[verb]
        if syntax.tokens[verb].pos not in {"VERB", "AUX"}:
            return False
        subjects = syntax.with_dep(verb, "nsubj", "nsubjpass")
        unreal = any(syntax.words[i] in _UNREAL for i in syntax.with_dep(verb, "aux", "neg"))
        if lemma in _CALLED and any(belongs(syntax, i, _SERVICES) for i in subjects):
            return not unreal  # "police were called at 8 p.m. on Sunday"
        if lemma in LATER:
            return self._is_trip(verb)
        if unreal:
            return False
        return bool(subjects) and all(self._is_known(i) for i in subjects)

    def _is_trip(self, verb: int) -> bool:
        """Tell whether something was on its way: "the coach was taking tourists to a camp"."""
        syntax = self._syntax
        subjects = {syntax.lemmas[i] for i in syntax.with_dep(verb, "nsubj")}
        vehicles = (words("classes", kind) for kind in ("vehicle", "vessel", "aircraft"))
        going = syntax.tokens[verb].tag == "VBG" and syntax.lemmas[verb] in words(
            "linking", "carry"
        )
        return going and any(not subjects.isdisjoint(kind) for kind in vehicles)

    def _verb_of(self, head: int) -> int:
        """Return the verb that a day belongs to, also where it hangs on that of saying behind it.

        "They rode into X on Monday night, a spokesman said."
        """
        syntax = self._syntax
        verb = syntax.clause_of(head)
        if syntax.words[verb] in CLOCK:
            verb = syntax.clause_of(syntax.tokens[verb].head)
        if syntax.lemmas[verb] not in words("speech", "says"):
            return verb
        if any(subject < head for subject in syntax.with_dep(verb, "nsubj")):
            return verb
        return next((i for i in syntax.with_dep(verb, "ccomp") if i < head), verb)

    def _is_known(self, subject: int) -> bool:
        syntax = self._syntax
        if syntax.lemmas[subject] in words("speech", "titles"):
            return False
        determiners = {syntax.words[i] for i in syntax.with_dep(subject, "det")}
        return syntax.words[subject] in _THINGS or bool(determiners & {"the", "this", "that"})

    # --- before ----------------------------------------------------------------------------------

    def _before(self, happening: Happening) -> Iterator[TimeExpression]:
        """Yield the last day named before a happening that is told with an hour alone."""
        told = [t.sentence for t in happening.tellings if not t.headline]
        number = told[0] if told else happening.tellings[0].sentence
        if not self._has_hour(number):
            return
        for sentence in range(number - 1, max(-1, number - 1 - _BEFORE), -1):
            for time, _ in reversed(list(self._days(sentence))):
                yield past_midnight(self._syntax, time, self._deed(happening).cue.index)

    def _has_hour(self, number: int) -> bool:
        sentence = self._syntax.annotation.sentences[number]
        told = set(self._syntax.words[sentence.first : sentence.last])
        return bool(told & (_CLOCK | _HOURS)) and not self._scene.times_around(sentence.first)

    def _days(self, number: int) -> Iterator[tuple[TimeExpression, int]]:
        """Yield the past days of a sentence that are not those of saying, with their head words."""
        syntax, published = self._syntax, self._syntax.annotation.document.published
        sentence = syntax.annotation.sentences[number]
        for time in self._scene.times_around(sentence.first):
            head = syntax.head_of_span(time.start, time.end)
            if head is None or not 0 < time.days <= _NIGHT_DAYS or time.cumulative:
                continue
            if in_dateline(syntax.text, time.start) or is_to_come(syntax, time):
                continue
            if dates_speech(syntax, head, time) or dates_state(syntax, head, time):
                continue
            if published is None or (time.last is not None and time.last <= published):
                yield time, head


_CALLED = frozenset({"alert", "call", "summon", "attend", "respond", "race"})
_SERVICES = ("@police", "ambulance", "brigade", "crew", "firefighter", "paramedic", "service")
_UNREAL = frozenset({"will", "would", "could", "may", "might", "should", "not", "n't", "never"})
