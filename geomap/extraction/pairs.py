"""Compare two happenings of one article: what they share, and what tells them apart.

What each answer weighs is in ``evidence.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extraction.agreement import NEAR_SENTENCES
from geomap.extraction.kinds import APART, HARMLESS, alike, heads, kin, takes_up
from geomap.extraction.tallies import differ, figures, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.extraction.happening import Happening, Said
    from geomap.extraction.tellings import Telling
    from geomap.extraction.whereabouts import Whereabouts
    from geomap.ontology import EventType

_LEAD_SENTENCES = 1  # the sentences on top, by number, that tell the main event
_LONG_DAYS = 4  # a storm or unrest goes on for some days
_FAR_SENTENCES = 6
# In a war one attack follows another, and few words tell two apart.
_WARS = frozenset({"strike", "battle"})
DISASTERS = frozenset({"meteorological", "hydrological", "geophysical"})
_FIRES = frozenset({"fire", "wildfire"})
_GATHERINGS = frozenset({"unrest"})
_LASTING = frozenset({"meteorological", "hydrological", "climatological", "unrest", "battle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two happenings of one article, in the order of their first triggers.

    ``lead`` is what the body of the article tells first.
    """

    first: Happening
    later: Happening
    types: Mapping[str, EventType]
    lead: Happening | None = None
    _kinds: tuple[EventType, EventType] = field(init=False)

    def __post_init__(self) -> None:
        mine, theirs = (
            max((self.types[name] for name in one.said.first_of_type), key=lambda kind: kind.rank)
            for one in (self.first, self.later)
        )
        object.__setattr__(self, "_kinds", (mine, theirs))  # as one sets fields of what is frozen

    # --- what forbids ----------------------------------------------------------------------------

    def is_forbidden(self) -> bool:
        """Tell whether the two cannot be one, or do not even have the same kind."""
        a, b = self.first, self.later
        if a.parent is not None or b.parent is not None or b.said.is_fresh:
            return True
        if self._is_case_of() or self._are_parts() or self._is_outcome():
            return True
        if self._is_told_back() or not self._is_of_one_kind():
            return True
        again = self.takes_up() or self.takes_up_several()
        return self.is_on_other_days() and not (self.is_lasting() and again)

    def _is_told_back(self) -> bool:
        """Tell whether one has a day told from another; a headline without a day has none."""
        a, b = self.first, self.later
        above = all(telling.headline for telling in a.tellings) and not a.said.days
        return a.said.is_told_back or (b.said.is_told_back and not above)

    def _is_of_one_kind(self) -> bool:
        mine, theirs = self.kinds()
        if self.has_toll_of_headline():
            return True
        if mine.effect or theirs.effect:
            return {mine.name, theirs.name} <= _FIRES and not self._burn_apart()
        if self.first.said.is_toll != self.later.said.is_toll:
            cause = theirs if self.first.said.is_toll else mine
            near = self._is_near_in_text()
            wrong = HARMLESS | _GATHERINGS | _WARS
            harms = cause.family not in wrong or cause.name == "explosion"
            return near and harms and cause.name not in APART
        if alike(mine, theirs) or kin(mine, theirs):
            return True
        return self.takes_up() or self.is_headline_of_lead()

    def _burn_apart(self) -> bool:
        """Tell whether two fires are told with places of their own: strikes burn many."""
        mine, theirs = self._grounds()
        return bool(mine.size and theirs.size) and not mine.shares(theirs)

    def has_toll_of_headline(self) -> bool:
        """Tell whether the headline gives the toll of the later, whatever words tell the two."""
        above = any(telling.headline for telling in self.first.tellings)
        names = {kind.name for kind in self.kinds()}
        return above and names.isdisjoint(APART) and self.has_one_toll()

    def _are_parts(self) -> bool:
        """Tell whether one cue tells both, each in a place of its own: "one in X and two in Y"."""
        mine = {telling.cue.index for telling in self.first.tellings}
        return not mine.isdisjoint(telling.cue.index for telling in self.later.tellings)

    def _is_outcome(self) -> bool:
        """Tell whether one came after the other in one sentence: a riot after a shooting."""
        apart = {id(t.outcome_of or t.led_to) for t in self.first.tellings} - {id(None)}
        return not apart.isdisjoint(map(id, self.later.tellings))

    def _is_case_of(self) -> bool:
        """Tell whether "In X, four people drowned …" is one of the floods of a state."""
        opener, ground = _opener(self.later), self.later.said.ground
        own = opener.tolls or (opener.day is not None and not self.is_on_one_day())
        if not opener.opens_place or opener.of_toll or opener.definite or not own:
            return False
        return bool(ground.size and self.first.said.ground.size) and not (
            self.is_in_one_place() or self.has_one_toll() or self.is_one_quake()
        )

    def _is_near_in_text(self) -> bool:
        """Tell whether harm is told right after its cause, or at the top of the article."""
        harm = self.first if self.first.said.is_toll else self.later
        if harm is self.first:
            return _opener(harm).sentence <= _LEAD_SENTENCES
        return self.first.distance(self.later.tellings[0].sentence) <= NEAR_SENTENCES

    def kinds(self) -> tuple[EventType, EventType]:
        """Return the types of the two, of several the one of the highest rank."""
        return self._kinds

    # --- what speaks for one, or for two ---------------------------------------------------------

    def is_war(self) -> bool:
        """Tell whether both are strikes or fighting."""
        return all(kind.family in _WARS for kind in self.kinds())

    def is_harm_of_disaster(self) -> bool:
        """Tell whether one counts the dead of the other, a storm, flood or quake, by place."""
        if self.first.said.is_toll == self.later.said.is_toll:
            return False
        if not any(kind.family in DISASTERS for kind in self.kinds()):
            return False
        both = (self.first, self.later) if self.first.said.is_toll else (self.later, self.first)
        harm, disaster = both
        placed = harm.said.ground.size or harm.said.ground.unknown
        return bool(placed) or disaster.distance(harm.tellings[0].sentence) <= 1

    def is_one_quake(self) -> bool:
        """Tell whether both are of a quake, which shakes many towns at once, and none is new."""
        quakes = all(kind.name == "earthquake" for kind in self.kinds())
        opener = _opener(self.later)
        return quakes and not opener.indefinite

    def is_lasting(self) -> bool:
        """Tell whether both are of what goes on for days, and begin within a few days."""
        mine, theirs = self.first.said, self.later.said
        if not all(kind.family in _LASTING for kind in self.kinds()):
            return False
        if mine.last_start is None or theirs.last_start is None:
            return False
        return abs((mine.last_start - theirs.last_start).days) <= _LONG_DAYS

    def is_of_one_type(self) -> bool:
        """Tell whether one type names both."""
        return not self.first.said.first_of_type.keys().isdisjoint(self.later.said.first_of_type)

    def takes_up(self) -> bool:
        """Tell whether the later is told by "the", as known: "the crash"."""
        return any(
            takes_up(self.types, telling, self.first) and not telling.plural
            for telling in self.later.tellings
        )

    def takes_up_several(self) -> bool:
        """Tell whether the later is told by a plural with "the": "the attacks"."""
        return not self.takes_up() and any(
            takes_up(self.types, telling, self.first) for telling in self.later.tellings
        )

    def retells(self) -> bool:
        """Tell whether the later says when or where "the crash happened"."""
        return any(
            telling.retells and takes_up(self.types, telling, self.first)
            for telling in self.later.tellings
        )

    def goes_on(self) -> bool:
        """Tell whether somebody known takes part in the later: "the gunman fired"."""
        return any(telling.goes_on for telling in self.later.tellings)

    def is_headline_of_lead(self) -> bool:
        """Tell whether the headline has the first, and the body begins with the later."""
        if self.later is not self.lead:
            return False
        mine, theirs = self.kinds()
        return heads(mine, theirs) and all(telling.headline for telling in self.first.tellings)

    def is_of_kin(self) -> bool:
        """Tell whether types of two kinds tell the two: a raid and a gunfight."""
        mine, theirs = self.kinds()
        harm = self.first.said.is_toll != self.later.said.is_toll
        again = self.takes_up() or self.has_toll_of_headline()
        return not harm and not alike(mine, theirs) and not again

    def is_of_one_family(self) -> bool:
        """Tell whether these two kinds are of one family: coaches derail and overturn."""
        mine, theirs = self.kinds()
        return mine.family == theirs.family and self.is_of_kin()

    def goes_on_soon(self) -> bool:
        """Tell whether the later, soon after, says neither when nor where: the text goes on."""
        said, opener = self.later.said, _opener(self.later)
        told = said.days or said.day_names or said.ground.size or said.ground.unknown
        near = self.first.distance(opener.sentence) <= NEAR_SENTENCES
        return near and not told and not opener.indefinite

    def is_of_one_sentence(self) -> bool:
        """Tell whether one sentence begins to tell both."""
        opener = _opener(self.later)
        return not opener.headline and opener.sentence in self.first.said.introduced

    def is_bare(self) -> bool:
        """Tell whether the later is told far below, with neither a day nor a place."""
        said, far = self.later.said, self.first.distance(_opener(self.later).sentence)
        told = said.days or said.ground.size or said.ground.unknown
        return not told and far > _FAR_SENTENCES and not self.first.tellings[0].headline

    def is_new(self) -> bool:
        """Tell whether "a crash" opens the later, though the first was no headline."""
        lead = _opener(self.first)
        return _opener(self.later).indefinite and not lead.headline and lead.sentence > 0

    def is_other_gathering(self) -> bool:
        """Tell whether "a march" opens the later, with day or place, beside what was told."""
        opener = _opener(self.later)
        said = self.later.said
        told = bool(said.days or said.ground.size) and not self.first.tellings[0].headline
        both = all(kind.family in _GATHERINGS for kind in self.kinds())
        return both and told and opener.indefinite

    def is_of_one_paragraph(self) -> bool:
        """Tell whether the later goes on in a paragraph that tells of the first."""
        told = _opener(self.later).amid
        return told is not None and self.first.tells(told)

    def is_in_one_place(self) -> bool:
        """Tell whether the two have a place in common."""
        mine, theirs = self._grounds()
        return mine.touches(theirs) and mine.shares(theirs)

    def is_inside(self) -> bool:
        """Tell whether a place of one is inside that of the other."""
        mine, theirs = self._grounds()
        return mine.touches(theirs) and not mine.shares(theirs)

    def is_near(self) -> bool:
        """Tell whether a village of one is near the town of the other."""
        mine, theirs = self._grounds()
        return not mine.touches(theirs) and mine.is_near(theirs)

    def is_elsewhere(self) -> bool:
        """Tell whether both have places, and these have nothing in common."""
        mine, theirs = self._grounds()
        known = (mine.size or mine.unknown) and (theirs.size or theirs.unknown)
        if not known or self.is_harm_of_disaster() or self._is_unlisted() or self.is_one_quake():
            return False
        return not mine.touches(theirs) and not mine.is_near(theirs)

    def is_beside_town(self) -> bool:
        """Tell whether one is in a village that nobody lists, and the other in a town."""
        mine, theirs = self._grounds()
        return self._is_unlisted() and not (mine.may_hold(theirs) or theirs.may_hold(mine))

    def _is_unlisted(self) -> bool:
        mine, theirs = self._grounds()
        return bool((mine.is_unlisted and theirs.size) or (theirs.is_unlisted and mine.size))

    def _grounds(self) -> tuple[Whereabouts, Whereabouts]:
        return self.first.said.ground, self.later.said.ground

    def is_on_one_day(self) -> bool:
        """Tell whether both have a day in common, or the name of one."""
        mine, theirs = self.first.said, self.later.said
        return not (mine.days | mine.day_names).isdisjoint(theirs.days | theirs.day_names)

    def is_on_other_days(self) -> bool:
        """Tell whether both are dated, and by no day in common."""
        mine, theirs = self.first.said, self.later.said
        if mine.day_names and theirs.day_names and mine.day_names.isdisjoint(theirs.day_names):
            return True
        return _ends_before(mine, theirs) or _ends_before(theirs, mine)

    def has_other_attackers(self) -> bool:
        """Tell whether those who attacked are of different countries."""
        mine, theirs = self.first.said.countries, self.later.said.countries
        return bool(mine and theirs) and mine.isdisjoint(theirs)

    def has_one_attacker(self) -> bool:
        """Tell whether those who attacked have one name."""
        return not self.first.said.attackers.isdisjoint(self.later.said.attackers)

    def has_one_person(self) -> bool:
        """Tell whether somebody is named in both."""
        return not self.first.said.people.isdisjoint(self.later.said.people)

    def has_other_people(self) -> bool:
        """Tell whether people are named in both, and none in both."""
        mine, theirs = self.first.said.people, self.later.said.people
        return bool(mine and theirs) and mine.isdisjoint(theirs)

    def has_one_toll(self) -> bool:
        """Tell whether a number of several people is told twice."""
        mine, theirs = numbers(self.first), numbers(self.later)
        return any(number > 1 for _, number in mine & theirs)

    def has_other_tolls(self) -> bool:
        """Tell whether the figures of a kind of harm differ; a part of the dead is no other.

        "The storm" taken up has the dead of one town after those of all.
        """
        mine, theirs = figures(self.first), figures(self.later)
        storm = all(kind.family in DISASTERS for kind in self.kinds()) and self.takes_up()
        part = self.later.said.is_toll or self.is_harm_of_disaster() or self.is_one_quake()
        if storm or part:
            theirs = {kind: counts for kind, counts in theirs.items() if kind not in mine}
        return differ(mine, theirs)


def _opener(happening: Happening) -> Telling:
    return min(happening.tellings, key=lambda telling: telling.cue.index)


def _ends_before(one: Said, other: Said) -> bool:
    ends, starts = one.first_end, other.last_start
    return ends is not None and starts is not None and ends < starts
