"""Names that tell where an event was, and names beside them that do not.

Published on Wednesday, 3 January 2024.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from extract_pipeline import Pipeline

PUBLISHED = "2024-01-03"

PLACES = [
    (
        "PARMA, Ohio (AP) - A gunman shot dead two men in this Cleveland suburb on Monday.",
        "shot dead",
        ["PARMA"],
        "this suburb is the town of the dateline, not the city that describes it",
    ),
    (
        "A train came off the rails near the Alpine resort of Chamonix on Monday.",
        "came off",
        ["Chamonix"],
        "a resort has a name of its own",
    ),
    (
        "A bomb killed six in Maiduguri on Monday. The president was in Paris before the attack.",
        "killed",
        ["Maiduguri"],
        "what is told elsewhere of the time before a known attack",
    ),
    (
        "Gunmen killed nine in Zurmi on Sunday. The governor was in Abuja when the attack began.",
        "killed",
        ["Zurmi"],
        "where somebody was when it happened",
    ),
    (
        "Gunmen attacked the village of Gressier-Nord on Monday, killing five people.",
        "attacked",
        ["Gressier-Nord"],
        "a name goes on behind its hyphen",
    ),
    (
        "A mob torched two shops in Sector 70 of Gurugram on Monday.",
        "torched",
        ["Sector 70", "Gurugram"],
        "a ward has its number, and its city behind it",
    ),
    (
        "A flood swept through Aldubayah, a fishing village in southern Yemen, on Monday.",
        "flood",
        ["Aldubayah", "Yemen"],
        "what is said to be a village is one",
    ),
    (
        "Angry residents of Budumburam blocked the highway on Monday, burning tires.",
        "blocked",
        ["Budumburam"],
        "who lives there acts there",
    ),
    (
        "A truck rammed a minibus at the Salgaa junction on Monday, killing five people.",
        "rammed",
        ["Salgaa"],
        "a name says which junction",
    ),
    (
        "Gunmen killed nine in the villages of Kwari, Dan Goro and Sabon Gida on Monday.",
        "killed",
        ["Kwari", "Dan Goro", "Sabon Gida"],
        "what is in one list with a village is a village, whatever the parser takes it for",
    ),
    (
        "NAIROBI - Rebels fought the guard on Monday. Thirty men were arrested in the city.",
        "arrested",
        ["NAIROBI"],
        "the city that the text is from, if it names no other",
    ),
    (
        "The roof of a theater in Reno, Nevada, collapsed on Monday, injuring nine people.",
        "collapsed",
        ["Reno"],
        "a state behind a town only says which town",
    ),
    (
        "A quake shook Myitkyina on Monday. The tremor was felt as far as Imphal in India.",
        "quake",
        ["Myitkyina"],
        "where a quake was felt as well",
    ),
    (
        "A crash near Selby on Monday claimed the life of Ann Noble, 32, of Leeds.",
        "crash",
        ["Selby"],
        "where the dead lived",
    ),
    (
        "Crowds rallied against the government in Belgrade on Monday over a law.",
        "rallied",
        ["Belgrade"],
        "where they rallied, whosever government it is",
    ),
    (
        "A mob killed a man in northern Nigeria on Monday. He was dragged from a house in Warji.",
        "killed",
        ["Warji"],
        "from where he was taken",
    ),
    (
        "A jet that vanished on Monday between Bari and Rome was found; it crashed near Lecce.",
        "vanished",
        ["Lecce"],
        "where it fell, not its way",
    ),
    (
        "A woman of 34 was found dead in a hotel room in Marrakech on Monday, police said.",
        "dead",
        ["Marrakech"],
        "to find somebody is not to say something",
    ),
    (
        "Twelve drowned when a boat sank off Tunisia on Monday. It had left Zarzis for Lampedusa.",
        "sank",
        ["Tunisia"],
        "where it was going is not what the text is about",
    ),
    (
        "Floods in Italy killed eight people on Monday. One man drowned in his yard in Ronta.",
        "Floods",
        ["Italy"],
        "where one of the dead of a flood was is not where the flood was",
    ),
    (
        "Six people have died and many had to flee after rain swelled rivers in Bahia on Monday.",
        "died",
        ["Bahia"],
        "what the dead died of has the place",
    ),
    (
        "A man was killed on Monday when his pickup left County Road 14 and rolled over.",
        "left",
        ["County Road 14"],
        "a road that nobody lists, where nothing else is told",
    ),
    (
        "A boy was killed when his car struck a tree on Colorado 7 west of Lyons on Monday.",
        "struck",
        ["Lyons"],
        "a state with a number is a road",
    ),
    (
        "A storm brought hail to Port Macquarie on Monday and cut power to 9,000 homes.",
        "storm",
        ["Port Macquarie"],
        "a storm takes nobody to a hospital",
    ),
    (
        "Two men shot dead a guard who was watching a bank in Quetta on Monday.",
        "shot dead",
        ["Quetta"],
        "where he was at it when he was shot",
    ),
]


@pytest.mark.parametrize(("text", "trigger", "places", "why"), PLACES)
def test_the_ground_of_an_event(
    pipeline: Pipeline, text: str, trigger: str, places: list[str], why: str
) -> None:
    told = pipeline.report_by(trigger, text, PUBLISHED)
    assert [r.mention.text for r in told.where] == places, why
