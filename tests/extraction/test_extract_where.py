"""Where and when an event of several sentences was: what the text goes on with, and whose it is.

Published on Wednesday, 3 January 2024.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.extraction.lexicon import table

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from extract_pipeline import Pipeline

PUBLISHED = "2024-01-03"

PLACES = [
    (
        (
            "A coach fell into a gorge in southern Peru on Monday, killing ten. "
            "It left the road in fog near Pisac and rolled down a slope."
        ),
        "fell into",
        ["Pisac"],
        "the scene goes on, and has a town",
    ),
    (
        (
            "Gunmen shot dead a judge in Honduras on Sunday. "
            "Oscar Mejia, 51, was leaving a church in Gracias when two men drew up beside him."
        ),
        "shot dead",
        ["Gracias"],
        "something came between",
    ),
    (
        (
            "A care home in northern Italy burned down on Monday, killing six. "
            "Firefighters were called to the building in the Milan suburb of Corsico."
        ),
        "burned down",
        ["Corsico"],
        "the suburb, not the city that describes it",
    ),
    (
        (
            "A plane crashed in Switzerland on Monday, killing two. "
            "The president of the club spoke in Bern. The pilot, a man of 60, was born in Thun."
        ),
        "crashed",
        ["Switzerland"],
        "where an official spoke and somebody was born is not the scene",
    ),
    (
        (
            "A powerful storm swept across Ireland on Monday, killing one. "
            "Trees blocked a road near Sligo."
        ),
        "storm",
        ["Ireland"],
        "a storm is everywhere",
    ),
    (
        (
            "KABUL (Reuters) - A landslide buried twenty homes in a village in the country's north "
            "on Monday."
        ),
        "landslide",
        [],
        "out of the town of the dateline",
    ),
    (
        "Deputies arrested two men from Tulsa on Monday on suspicion of stealing cars in Bixby.",
        "arrested",
        ["Bixby"],
        "of the deed, where nothing says where they were arrested; not their home",
    ),
    (
        (
            "In Prizren, the streets were empty after the vote. "
            "Three men were shot there on Monday, the ministry said in Pristina."
        ),
        "shot there",
        ["Prizren"],
        "there: named before, though nothing happened in that sentence",
    ),
    (
        (
            "Residents of Jenin woke to sirens on Tuesday. "
            "Troops raided the camp and shot dead four men."
        ),
        "raided",
        ["Jenin"],
        "a thing that is known by where it is",
    ),
    (
        "Mud came down on the hamlet of Chota in northern Peru on Monday, killing two.",
        "came down",
        ["Chota"],
        "the name of a settlement",
    ),
    (
        (
            "A footbridge collapsed in western India on Sunday, killing twenty. Before dusk "
            "hundreds were on the bridge over the Machchhu river in the town of Morbi."
        ),
        "collapsed",
        ["Morbi"],
        "a town before a river",
    ),
    (
        (
            "CORINTH, N.Y. (AP) — Two girls died on Sunday when their car ran off Route 9 "
            "and hit a wall."
        ),
        "ran off",
        ["CORINTH"],
        "a road is no town: that of the dateline is it",
    ),
    (
        (
            "BISHKEK (AFP) - Thousands stormed the seat of government in Kyrgyzstan's capital "
            "on Monday."
        ),
        "stormed",
        ["BISHKEK"],
        "the capital of a country, by the city that the text names",
    ),
    (
        "A silent march to Windsor drew 3,000 people on Monday.",
        "march",
        ["Windsor"],
        "where a march led",
    ),
    (
        (
            "At least 30 people died in the earthquake. The shock came at noon on Monday, "
            "with its epicenter near Ferrara."
        ),
        "earthquake",
        ["Ferrara"],
        "of the epicenter",
    ),
    (
        "Two teenagers, both from Preston, were taken into custody on Monday.",
        "taken into custody",
        [],
        "both: of people",
    ),
    (
        "A truck taking workers to a quarry near Agra overturned on Monday, killing four.",
        "overturned",
        ["Agra"],
        "the way of who it happened to",
    ),
    (
        "The mayor of Kirkuk was shot dead on Monday. The bodies lie in Erbil.",
        "shot dead",
        ["Kirkuk"],
        "who holds an office in a town is mostly there",
    ),
    (
        "The mayor of Kirkuk was shot dead in Mosul on Monday.",
        "shot dead",
        ["Mosul"],
        "but not where another place is told",
    ),
    (
        "Two men were shot dead in the Nigerian capital on Monday. Police in Kano are on alert.",
        "shot dead",
        ["Nigerian"],
        "the capital is no other city that the text names",
    ),
    (
        "A plane crashed in the Colombian Amazon on Monday. The wreck was seen near Mitu.",
        "crashed",
        ["Mitu"],
        "an unlisted area is in its country",
    ),
    (
        (
            "Raiders attacked a village in northwestern Nigeria, killing ten. "
            "The attackers rode into Gidan Dosa, in Katsina state, on Monday night."
        ),
        "attacked",
        ["Gidan Dosa"],
        "a name that the parser takes for a person's, before what it is in",
    ),
    (
        "Men were jailed. Hours before the trial, a fire in Tanta killed two on Monday.",
        "fire",
        ["Tanta"],
        "at hours before something else",
    ),
    (
        "A light plane vanished from radar on Monday. Its wreckage was found near Tocoa.",
        "vanished from radar",
        ["Tocoa"],
        "where the wreck lay",
    ),
    (
        "A man was booked into the Lamar County jail on Monday after police stopped him in Paris.",
        "booked into",
        ["Paris"],
        "where he was stopped, not where he is held",
    ),
    (
        "Gunmen shot dead three herders on the bank of the Ruzizi near Uvira on Monday.",
        "shot dead",
        ["Ruzizi", "Uvira"],
        "the town by the river",
    ),
    (
        "Police arrested a man on Monday at a house in Kafr el-Zayat.",
        "arrested",
        ["Kafr el-Zayat"],
        "a name goes on behind its small words",
    ),
    (
        "A lorry overturned on the road from Lar on Monday. Shiraz was calm.",
        "overturned",
        ["Lar"],
        "a road is known by its end where nothing else is told",
    ),
    (
        "Seven died when a bus rammed a van on the Bengaluru-Chennai highway near Vellore.",
        "rammed",
        ["Vellore"],
        "which highway, and where on it",
    ),
    (
        (
            "In Rosario, two men died in a shoot-out on Sunday. "
            "Police in Salta said they had arrested four members of a gang on Monday."
        ),
        "arrested",
        ["Salta"],
        "the police of a town arrest there, not where the last event was",
    ),
    (
        (
            "A bomb killed four at a mass in the southern Philippines on Sunday. "
            "Windows were shattered across the campus in Iligan."
        ),
        "killed",
        ["Iligan"],
        "the damage is where it was",
    ),
    (
        "A quake shook western Java on Monday. It was centred 20 km south of Sukabumi.",
        "quake",
        ["Sukabumi"],
        "the center, in a sentence of its own",
    ),
    (
        "Fighters shelled Marib on Monday. In the city two died on Tuesday when a mine exploded.",
        "exploded",
        ["Marib"],
        "where those were whom it killed",
    ),
    (
        (
            "A man shot dead a minister at his home in Uganda on Monday. "
            "Witnesses in Kasese said the gunman was his bodyguard."
        ),
        "shot dead",
        ["Kasese"],
        "those speak who saw it",
    ),
    (
        (
            "The clean-up began in Kempsey on Tuesday. "
            "The town on the New South Wales coast was swamped by a flood on Monday."
        ),
        "swamped",
        ["Kempsey"],
        "the town of which a coast is told",
    ),
    (
        "Police used tear gas after protesters blocked a bridge in Yerevan. Gyumri was calm.",
        "used tear gas",
        ["Yerevan"],
        "what it came after has the place",
    ),
]
DAYS = [
    (
        "A man died after a fire at a house in Sligo. Crews attended the scene at 3 am on Monday.",
        "fire",
        "2024-01-01",
        "who attends comes at once",
    ),
    (
        "In Durban, a family of four died in a house fire on Sunday.",
        "fire",
        "2023-12-31",
        "four are the family, not some of those hurt before",
    ),
    (
        "Whole streets lay in ruins on Monday. Nine people died in the earthquake in Arequipa.",
        "earthquake",
        None,
        "what is known was on a day that is not told",
    ),
    (
        "Crews began to mend a bridge in Kerava on Monday that was hit when a train derailed.",
        "derailed",
        None,
        "the day of the work is not that of the damage",
    ),
    (
        "A riot broke out after police shot dead a teenager in Nanterre on Monday.",
        "riot",
        "2024-01-01",
        "the end of the sentence dates what came of it too",
    ),
    (
        "A man was stabbed in Derby. Paramedics were called on Sunday. He died on Monday.",
        "stabbed",
        "2023-12-31",
        "not the day on which he died",
    ),
    (
        "Four men appeared in court in Perth on Monday over a shooting in Hull on Sunday.",
        "shooting",
        "2023-12-31",
        "a verb has one day",
    ),
    (
        "Mobs rioted in Kano on Sunday. Youths burned a station in Dala.",
        "burned",
        "2023-12-31",
        "a story keeps its day",
    ),
    (
        "Police raided two flats in Antwerp on Monday. Officers arrested four men in Ghent.",
        "arrested",
        "2024-01-01",
        "also where nothing else happened on it",
    ),
    (
        "Mobs rioted in Kano on Sunday. Youths had burned a man to death in Dala.",
        "burned",
        None,
        "what had happened was before",
    ),
    (
        "A bomb went off in Kano on Sunday. Officials also said that troops shelled Dala.",
        "shelled",
        None,
        "what else somebody tells may be of another day",
    ),
    (
        "Hours before the crash, a fire in Zagazig killed four. The crash in Tanta was on Monday.",
        "fire",
        "2024-01-01",
        "told from what is told behind it",
    ),
    (
        "Two miners were freed on Sunday, three days after a shaft collapsed in Zabrze.",
        "collapsed",
        "2023-12-28",
        "told back from the day beside it",
    ),
    (
        "Rites were held on Monday for nine men killed when a bomb exploded in Uch on Friday.",
        "exploded",
        "2023-12-29",
        "the day that hangs on it, not the nearer one",
    ),
    (
        "Police fired tear gas in Kisumu on Monday after men blocked a road, and arrested six.",
        "arrested",
        "2024-01-01",
        "goes on with the main clause",
    ),
    (
        "A man stabbed two women in Graz on Monday. Officers arrested him in a park.",
        "arrested",
        "2024-01-01",
        "an arrest at what was told before",
    ),
    (
        "A man stabbed two women in Graz on Monday. A suspect has been arrested.",
        "been arrested",
        None,
        "an arrest up to now",
    ),
    (
        "A bomb killed two in Derbent on Monday. In another attack, men shot a guard in Kaspiysk.",
        "another attack",
        "2024-01-01",
        "a row of attacks has one day",
    ),
    (
        (
            "Rebels shot six men in Komanda on Saturday. One of them died on Monday. "
            "Hours earlier, police had arrested four suspects in Mambasa."
        ),
        "arrested",
        "2023-12-30",
        "told from the event, not from a later death",
    ),
    (
        (
            "A bomb wounded six in Ouani on Saturday. One of them died on Sunday. "
            "Later the same night, a train derailed near Tanta."
        ),
        "derailed",
        "2023-12-30",
        "the same night as what happened, not as a later death",
    ),
    (
        "The army said on Monday that it had bombed a camp near Kolo a day earlier.",
        "bombed",
        "2023-12-31",
        "told from the day of saying beside it",
    ),
    (
        "A bus hit a truck in Kolo. Hours later, a bomb exploded in Dala.",
        "exploded",
        None,
        "hours from no day",
    ),
    (
        (
            "Lightning killed six farmers who were cutting grass in a field at Nabha on Monday. "
            "Owners withdrew a strike they had called for Sunday."
        ),
        "Lightning",
        "2024-01-01",
        "the day of its own sentence, not one that a strike was called for",
    ),
    (
        (
            "A girl was stabbed on a bus in Graz on Sunday. She was in critical condition "
            "overnight. Guards held a man until police arrested him."
        ),
        "held",
        "2023-12-31",
        "a state goes on and is of no day",
    ),
    (
        "Officers on Monday met miners who had blocked a road near Busia.",
        "blocked",
        None,
        "what had been done before",
    ),
    (
        "Rain fell on Tonga on Monday. Flash floods hit the village of Kolo and killed nine.",
        "floods",
        "2024-01-01",
        "also what is told in the plural",
    ),
    (
        (
            "A man shot a guard at a bank in Graz on Saturday evening. "
            "Police arrested the gunman at dawn in Linz."
        ),
        "arrested",
        "2023-12-31",
        "the dawn after an evening",
    ),
    (
        (
            "Gunmen raided a farm near Gao on Monday. Six were dead, a colonel said on Tuesday. "
            "A bus then overturned near Ansongo."
        ),
        "overturned",
        "2024-01-01",
        "the day of a statement between ends no story",
    ),
    (
        "A lorry killed a girl in Kasoa on Monday. Youths have blocked the road since the crash.",
        "blocked",
        "2024-01-01",
        "from what happened on",
    ),
    (
        (
            "Nine men were hurt after a strong tremor of magnitude 5 struck off Kolo on Monday, "
            "an agency said on Tuesday."
        ),
        "tremor",
        "2024-01-01",
        "the parser hangs what struck on the clause before it",
    ),
    (
        (
            "A mob clashed with police in Graz on Monday. The clash lasted for an hour. Guards "
            "fled. A bomb then exploded in Linz."
        ),
        "exploded",
        "2024-01-01",
        "sentences that go on with a happening keep its day",
    ),
    (
        (
            "A mob rioted in Graz on Monday. A tanker hit a bridge in Linz, stranding nine men "
            "overnight. The runways lay under water on Tuesday."
        ),
        "hit",
        "2024-01-01",
        "nights and days of a state",
    ),
    (
        "Calm returned to Graz on Monday after two nights of riots.",
        "riots",
        "2023-12-30",
        "what lasted began before the day of its end",
    ),
    (
        "A siege at a hotel in Gao ended early on Monday after 13 hours, police said.",
        "siege",
        "2023-12-31",
        "an early hour is less than 13 into its day",
    ),
    (
        (
            "Nine people were killed when a bus fell off a bridge in Graz. The coach was taking "
            "pilgrims home on Sunday evening."
        ),
        "fell",
        "2023-12-31",
        "the trip on which it happened",
    ),
    (
        "A bomb went off in Kano on Sunday. A mayor said that troops shelled Dala.",
        "shelled",
        "2023-12-31",
        "what somebody says of the same story",
    ),
    (
        "Guards opened fire on a van carrying Afghan migrants near Kano on Sunday, killing two.",
        "opened fire",
        "2023-12-31",
        "the day hangs on what the van carried",
    ),
    (
        (
            "Rescuers on Tuesday found nine bodies from a launch that sank in the Meghna after "
            "being rammed by another vessel in the early hours of Monday."
        ),
        "sank",
        "2024-01-01",
        "what befell it made it sink at once",
    ),
    (
        (
            "Two men on a motorbike shot dead a policeman who was guarding a church in the "
            "southwestern Pakistani city of Quetta on Monday."
        ),
        "shot dead",
        "2024-01-01",
        "the parser takes the verb for an adjective",
    ),
    (
        "Two guards were stabbed in Graz on Friday, and one of them died of his wounds on Sunday.",
        "stabbed",
        "2023-12-29",
        "a later death in the next clause",
    ),
    (
        (
            "Rescuers on Monday found more bodies under soil that came down on the hamlet of "
            "Cugenang, three days after an earthquake that killed nine men."
        ),
        "came down",
        "2023-12-29",
        "what they searched for, so many days after",
    ),
    (
        "A bomb exploded at a police station in Uch. It happened on Monday at about 7 p.m.",
        "exploded",
        "2024-01-01",
        "the text goes on with it",
    ),
    (
        "A bomb exploded at a police station in Uch. The road was reopened on Monday.",
        "exploded",
        None,
        "what was done later",
    ),
    (
        "It was raining in Sapporo on Tuesday. A train derailed after noon and ten men were hurt.",
        "derailed",
        "2024-01-02",
        "an hour is one of the day named before",
    ),
    (
        "The village of Kolo was cut off on Tuesday after a river burst its banks.",
        "burst its banks",
        "2024-01-02",
        "what it did at once",
    ),
    (
        "Ten died in Mexico. The accident took place on a road that leads to Leon on Monday.",
        "accident",
        "2024-01-01",
        "on the verb of the noun, though the parser hangs it lower",
    ),
    (
        "Gunmen killed six in Komanda on Friday. Hours after the killing, men abducted a nurse.",
        "abducted",
        "2023-12-29",
        "hours after: the same day",
    ),
    (
        "Lagos, Jan 3: A bus fell into a river in Epe on Tuesday, killing five.",
        "fell into",
        "2024-01-02",
        "a day in front is that of the dateline",
    ),
    (
        "Youths burned cars in Lyon on Tuesday, a day after a boy was shot dead there by police.",
        "shot",
        "2024-01-01",
        "a day that the parser takes for the subject",
    ),
    (
        "Rites were held on Tuesday for ten pupils killed when their bus overturned near Timbio.",
        "overturned",
        None,
        "the day of the rites",
    ),
    (
        "A wildfire that started near Bendigo on Sunday was contained on Tuesday.",
        "wildfire",
        "2023-12-31",
        "the day on which it began, not that on which it ended",
    ),
    (
        "The toll of a bombing in Mosul rose to 14 after two of the wounded died on Monday.",
        "bombing",
        None,
        "who died of wounds died later",
    ),
    (
        (
            "A man is held after a brawl in Ibiza. He was arrested on Sunday. "
            "The fight happened on Friday night outside a club."
        ),
        "brawl",
        "2023-12-29",
        "told some sentences behind, in another word",
    ),
    (
        "A blast hit a market in Odesa. It happened at about 10 am on Tuesday, police said.",
        "blast",
        "2024-01-02",
        "the parser takes the hour for a clause",
    ),
    (
        "It is a week since a storm sank a yacht off Taormina, killing seven.",
        "storm",
        "2023-12-27",
        "told back from publication",
    ),
]


@pytest.mark.parametrize(("text", "trigger", "day", "why"), DAYS)
def test_when_an_event_was(
    pipeline: Pipeline, text: str, trigger: str, day: str | None, why: str
) -> None:
    told = pipeline.report_by(trigger, text, PUBLISHED)
    found = told.when.first if told.when else None
    assert (str(found) if found else None) == day, why


@pytest.mark.parametrize(("text", "trigger", "places", "why"), PLACES)
def test_where_an_event_was(
    pipeline: Pipeline, text: str, trigger: str, places: list[str], why: str
) -> None:
    told = pipeline.report_by(trigger, text, PUBLISHED)
    assert [r.mention.text for r in told.where] == places, why


def test_capitals_are_those_of_the_epithets() -> None:
    path = Path(__file__).parents[2] / "gazetteer" / "curated" / "aliases.csv"
    ids = {id_ for row in table("capitals")["capitals"].values() for id_ in row}
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    told = {row[1].removeprefix("geonames:") for row in rows if row[-1].startswith("Capital of ")}
    beside = {1273294, 3911925, 3903987}  # Delhi, La Paz, Sucre
    assert ids - beside <= {int(id_) for id_ in told}
