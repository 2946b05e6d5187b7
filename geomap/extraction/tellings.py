"""One cue with everything that its sentence tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extraction import participants
from geomap.extraction.actors import ActorReader
from geomap.extraction.aftermath import Aftermath
from geomap.extraction.anchors import told_from_story
from geomap.extraction.arsenal import WeaponUse, find_weapons
from geomap.extraction.background import comes_before
from geomap.extraction.calendar_days import WEEKDAYS
from geomap.extraction.circumstances import is_circumstance
from geomap.extraction.claims import Claim, claim_of
from geomap.extraction.cues import Cue, find_cues
from geomap.extraction.dates import TimeExpression, find_times
from geomap.extraction.deeds import is_flight
from geomap.extraction.lengths import Lengths
from geomap.extraction.lexicon import words
from geomap.extraction.modality import Modality, modality_of
from geomap.extraction.paragraphs import tie
from geomap.extraction.passing import in_passing
from geomap.extraction.places import PlaceLinker
from geomap.extraction.placing import Placer
from geomap.extraction.published import headline_end, in_dateline
from geomap.extraction.relevance import BACKGROUND_DAYS
from geomap.extraction.scene import Scene
from geomap.extraction.sequels import Sequels
from geomap.extraction.timing import TimeGiver
from geomap.extraction.tolling import TollGiver

if TYPE_CHECKING:
    from datetime import date

    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tolls import Toll
    from geomap.model import Actor, Resolution
    from geomap.ontology import Ontology


@dataclass(slots=True, kw_only=True)
class Telling:
    """A cue with its slots.

    ``places`` are numbers of mentions. ``definite`` and ``fresh`` are what the article says: "the
    attack" was told before, "another attack" was not. ``of_toll`` marks people harmed without a
    word for the event that harmed them, ``natural`` a death that nothing is said to have caused.
    ``passing`` marks what is only named to say who is meant ("survivors of the crash").
    ``headline`` marks what is told again in the text below, ``bare`` a noun without a place of its
    own ("the attack", not "the attack on X"). ``people`` are those named in it, by last names;
    ``goes_on`` marks a verb with somebody in it who is known already ("the gunman"), ``retells`` a
    noun told again for its day or place ("the crash happened at noon"), ``aftermath`` what was done
    to those who attacked, ``arson`` a fire that people set. ``follows`` is what a toll goes on
    with: "two died at the scene"; ``outcome_of`` what it came after in one sentence ("a riot broke
    out after police shot a boy"), which ``led_to`` it.
    ``opens_place`` marks what stands in a sentence that opens with a place: "In X, a river …";
    ``amid`` is what its paragraph told before it, if it has neither place nor day of its own.
    """

    cue: Cue
    sentence: int
    modality: Modality
    claim: Claim
    places: list[int] = field(default_factory=list)
    time: TimeExpression | None = None
    tolls: list[Toll] = field(default_factory=list)
    weapons: list[WeaponUse] = field(default_factory=list)
    attacker: Actor | None = None
    target: Actor | None = None
    definite: bool = False
    fresh: bool = False
    indefinite: bool = False
    of_toll: bool = False
    headline: bool = False
    plural: bool = False
    bare: bool = False
    natural: bool = False
    passing: bool = False
    goes_on: bool = False
    retells: bool = False
    aftermath: bool = False
    arson: bool = False
    people: frozenset[str] = frozenset()
    follows: Telling | None = None
    outcome_of: Telling | None = None
    led_to: Telling | None = None
    amid: Telling | None = None
    opens_place: bool = False
    part: int = 0

    @property
    def day(self) -> tuple[date, date] | None:
        """First and last possible day, if told."""
        time = self.time
        if time is None or time.first is None or time.last is None:
            return None
        return time.first, time.last


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "latest"})
_FRESH = words("grammar", "tellings_fresh")
_OPENERS = words("grammar", "tellings_openers")
_LASTING = frozenset({"biological", "climatological"})


class Reader:
    """Reads the tellings of one document."""

    def __init__(
        self, syntax: Syntax, resolutions: tuple[Resolution, ...], ontology: Ontology
    ) -> None:
        self._syntax = syntax
        self._resolutions = resolutions
        self._ontology = ontology
        self._actors = ActorReader(syntax, resolutions, ontology)
        annotation = syntax.annotation
        self._headline_end = headline_end(
            syntax.text, annotation.sentences, annotation.document.title
        )
        self.scene = Scene(
            syntax=syntax,
            types=ontology.types,
            times=_times(syntax),
            linker=PlaceLinker(syntax),
        )

    def tellings(self) -> list[Telling]:
        """Return the tellings in text order; dates, tolls and weapons go to the nearest cue."""
        scene = self.scene
        cues = [cue for cue in find_cues(self._syntax, self._ontology) if not self._is_date(cue)]
        events = {cue.index: cue for cue in cues}
        for cue in cues:
            if not is_circumstance(self._syntax, scene.types, cue, events):
                scene.add(self._telling(cue))
        scene.linker.prepare(t.cue.index for ts in scene.by_sentence.values() for t in ts)
        placer = Placer(self._syntax, self._resolutions, scene.linker, scene.by_sentence)
        placer.give()
        TollGiver(scene, self._telling).give()
        TimeGiver(scene).give()
        Aftermath(scene).give()
        Lengths(scene).give()
        Sequels(self._syntax, self._resolutions, scene.types, scene.by_sentence).give()
        placer.give_only_town()
        self._give_weapons()
        everything = [t for tellings in scene.by_sentence.values() for t in tellings]
        for telling in everything:
            self._keep_own(telling)
            if self._is_of_old(telling):
                telling.modality = Modality.BACKGROUND
        tie(self._syntax, scene.types, scene.by_sentence)
        return sorted(everything, key=lambda t: (t.cue.index, t.part))

    def _is_of_old(self, telling: Telling) -> bool:
        """Tell whether its clause, or one above, says that it was long before publication."""
        published = self._syntax.annotation.document.published
        family = self._ontology.types[telling.cue.type].family
        if published is None or family in _LASTING:
            return False
        syntax = self._syntax
        clause = syntax.clause_of(telling.cue.index)
        told = self._times_of_antecedent(clause)
        if told or telling.time is not None:
            return bool(told) and all(_is_old(time, published) for time in told)
        above = {clause, *syntax.ancestors(clause)}
        above.update(syntax.with_dep(telling.cue.index, "relcl", "acl"))
        times = [
            time
            for time in self.scene.times_around(telling.cue.index)
            if (head := syntax.head_of_span(time.start, time.end)) is not None
            and syntax.clause_of(head) in above
        ]
        return bool(times) and all(_is_old(time, published) for time in times)

    def _times_of_antecedent(self, clause: int) -> list[TimeExpression]:
        """Return when that was which a relative clause tells of: "the flood of 2014, in which"."""
        syntax = self._syntax
        for node in (clause, *syntax.ancestors(clause)):
            if syntax.tokens[node].dep == "relcl":
                own = set(syntax.subtree(syntax.tokens[node].head)) - set(syntax.subtree(node))
                return [
                    time
                    for time in self.scene.times_around(node)
                    if syntax.head_of_span(time.start, time.end) in own
                ]
        return []

    def _keep_own(self, telling: Telling) -> None:
        """Take from what is named in passing the day and the places told outside its phrase."""
        phrase = in_passing(self._syntax, telling.cue.index)
        if phrase is None:
            return
        telling.passing = True
        own = set(self._syntax.subtree(phrase))
        mentions = self._syntax.annotation.mentions
        telling.places = [
            m
            for m in telling.places
            if not own.isdisjoint(self._syntax.span_tokens(mentions[m].start, mentions[m].end))
        ]
        time = telling.time
        if time and own.isdisjoint(self._syntax.span_tokens(time.start, time.end)):
            telling.time = None

    def _is_said_of(self, cue: Cue) -> bool:
        """Tell whether a noun says what was told: "it was an attack"."""
        syntax = self._syntax
        head = syntax.tokens[cue.index].head
        said = {syntax.words[i] for i in syntax.with_dep(head, "nsubj")}
        return syntax.tokens[cue.index].dep == "attr" and bool(said & {"it", "this", "that"})

    def _is_date(self, cue: Cue) -> bool:
        """Tell whether a cue is part of a date: "March 11" is no march."""
        start = self._syntax.tokens[cue.index].start
        times = self.scene.times_around(cue.index)
        return in_dateline(self._syntax.text, start) or any(t.start <= start < t.end for t in times)

    def _telling(self, cue: Cue) -> Telling:
        syntax = self._syntax
        near = {
            syntax.words[d] for d in syntax.with_dep(cue.index, "det", "amod", "poss", "advmod")
        }
        opener = syntax.sentence(cue.index).first
        dated = any(syntax.words[i] in WEEKDAYS for i in syntax.with_dep(cue.index, "poss"))
        return Telling(
            cue=cue,
            sentence=syntax.sentence_of[cue.index],
            modality=modality_of(syntax, cue),
            claim=claim_of(syntax, cue, self._resolutions),
            attacker=self._actors.attacker(cue),
            target=self._actors.target(cue),
            indefinite=bool(near & {"a", "an"}) and not is_flight(syntax, cue),
            of_toll=cue.verbal
            and syntax.lemmas[cue.index] in words("casualties", "plain")
            and (cue.type == "killing" or syntax.lemmas[cue.index] == "drown"),
            definite=(dated or self._is_said_of(cue) or bool(near & _DEFINITE))
            and not near & _FRESH,
            fresh=bool(near & _FRESH)
            or syntax.words[opener] in _OPENERS
            or participants.opens_another(syntax, opener)
            or comes_before(syntax, cue.index),
            plural=syntax.tokens[cue.index].tag in {"NNS", "NNPS"},
            bare=not any(i in syntax.mention_at for i in syntax.prepositional(cue.index)),
            headline=syntax.tokens[cue.index].end <= self._headline_end,
            goes_on=participants.goes_on(syntax, cue),
            retells=participants.retells(syntax, cue),
            opens_place=participants.opens_place(syntax, opener),
            aftermath=participants.is_aftermath(syntax, cue),
            arson=cue.verbal and participants.sets_fire(syntax, cue.index),
            people=participants.names(syntax, cue),
        )

    def _give_weapons(self) -> None:
        for use in find_weapons(self._syntax):
            owner = self.scene.nearest(use.index, self.scene.around(use.index))
            if owner is not None:
                owner.weapons.append(use)


def _is_old(time: TimeExpression, published: date) -> bool:
    end = time.first if time.cumulative else time.last
    return end is not None and (published - end).days > BACKGROUND_DAYS


def _times(syntax: Syntax) -> list[TimeExpression]:
    times = find_times(syntax.text, syntax.annotation.document.published)
    return told_from_story(syntax, [time for time in times if not _is_name(syntax, time)])


def _is_name(syntax: Syntax, time: TimeExpression) -> bool:
    """Tell whether a day is of a name: "Monday Kassah", "Mar del Plata"."""
    first = syntax.span_tokens(time.start, time.end).start
    mention = syntax.mention_at.get(first)
    if mention is not None and syntax.annotation.mentions[mention].end > time.end:
        return True
    entity = syntax.entity_at.get(first)
    return entity is not None and syntax.annotation.entities[entity].label == "PERSON"
