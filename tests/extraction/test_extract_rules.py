"""Sentences written for single rules: each tells exactly what stands beside it, and why.

A report is written in one line: type, places, day, figures; ``?`` is a place that has no entry.
Published on Wednesday, 3 January 2024.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.extraction import extract
from geomap.model import Document
from geomap.resolve import resolve

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract_pipeline import Pipeline

    from geomap.model import Report

PUBLISHED = date(2024, 1, 3)
FIGURES = ("killed", "injured", "missing", "displaced", "detained")

FIGURES_OF_SPEECH = [
    ("The Warriors won the last battle of the season with a late penalty in Auckland.", "a game"),
    ("Two chefs were locked in a battle for the best restaurant in Lyon.", "nothing of arms"),
    ("The minister faced a scathing attack in Madrid on Tuesday.", "an attack in words"),
    ("There was an attack on the bill in Madrid on Tuesday.", "a bill is no ground"),
    ("A flood of complaints reached the council in Leeds on Monday.", "a flood of words"),
    ("The mayor survived an attack by critics in Lisbon on Monday.", "who attacks with words"),
    ("An earthquake in the fashion industry shook Milan on Monday.", "a field of life"),
    ("The currency crashed in Ankara on Monday.", "money crashes otherwise"),
    ("Criticism flooded the ministry in Warsaw on Monday.", "what floods is no water"),
    ("The office in Dublin was flooded with complaints on Monday.", "nor is what it is with"),
    ("Small firms in Athens are drowning in debt.", "nobody drowns in debt"),
    ("The senator stormed out of the meeting in Ottawa on Monday.", "a way to leave"),
    ("The opposition attacked the mayor in Prague on Monday.", "politicians attack in words"),
    ("The governor hit back at the newspaper in Denver on Monday.", "an answer"),
    ("The bill was killed in Denver on Friday.", "a bill does not die"),
    ("A battle of words broke out in Basel on Friday.", "a battle of words"),
    ("Traders attacked the currency in Lagos.", "a currency is no ground"),
]

NOTHING_HAPPENED = [
    ("No attack took place in Oslo on Friday.", "denied by 'no'"),
    ("A strike in Oslo was averted on Friday.", "prevented"),
    ("The attack on Goma was called off on Friday.", "called off"),
    ("The army expects an attack on Goma on Friday.", "expected"),
    ("Rebels are set to attack Goma on Friday.", "about to"),
    ("More flooding is possible in Assam on Friday.", "possible"),
    ("They will march in Paris on Saturday, January 6.", "to come"),
    ("He was sentenced for the bombing of a market in Kano in 2019.", "an old deed in court"),
    ("A court in Kano sentenced two men for a bombing on Friday.", "the same"),
    ("Floods are common in Assam.", "a habit of nature"),
    ("Every year floods kill hundreds in Assam.", "each year"),
    ("Landslides kill people in Sikkim each year.", "each year, told last"),
    ("The firm fired 300 people on Monday in Essen.", "jobs"),
    ("The London bombing on July 7, 2005 killed 52 people.", "long ago"),
    ("At least 30 people were killed in Goma over the past week.", "a total of a week"),
    ("In the past 24 hours, 30 people were killed in Goma.", "a total of a day"),
    ("Since January, 300 people have been killed in Taiz.", "a total since a day"),
    ("The war has killed 300 people in Taiz since January.", "a total of a war"),
    ("The drug was linked to 15 deaths in Ohio.", "deaths without day and place of their own"),
    ("Children have been injured in Kidal since Monday.", "a total since a weekday"),
    ("Twelve people were displaced in Goma on Friday.", "displaced, and nothing that did it"),
    ("It was the deadliest fire since March, when nine people died in Porto.", "to compare with"),
    ("A senator denied that there was any attack in Diffa on Friday.", "denied, not claimed"),
    ("Ten people are missing in Cebu.", "missing, and nothing that they are missing from"),
]

# It happened, whatever a clause beside it says was not so, denied or unknown.
PRESUPPOSED = [
    (
        "Gunmen shot dead four farmers in Kano on Friday; nobody has been arrested.",
        ["shooting Kano 2023-12-29 killed 4"],
        "a semicolon parts clauses, though parsers hang the first on the second",
    ),
    (
        "Police arrested a man in Lyon on Friday; he denied everything.",
        ["detention Lyon 2023-12-29 detained 1"],
        "what is denied behind a semicolon is something else",
    ),
    (
        "There was no immediate claim of responsibility for Friday's bombing in Gao.",
        ["bombing Gao 2023-12-29"],
        "no claim of a bombing that is known by its day",
    ),
    (
        "The army did not comment on the raid in Jenin on Friday, in which two boys were killed.",
        ["attack Janīn 2023-12-29 killed 2"],
        "no comment on what a clause tells more of",
    ),
    (
        "It was not clear who was behind the blast, which injured nine in Quetta on Friday.",
        ["explosion Quetta 2023-12-29 injured 9"],
        "who did it is not clear",
    ),
    (
        "The firm could not say why the dam burst on Friday in Jos, killing 30.",
        ["flood Jos 2023-12-29 killed 30"],
        "only the cause is asked for",
    ),
]

TOLLS = [
    (
        "Three men suffered burns in a fire in Perth on Monday.",
        ["fire Perth 2024-01-01 injured 3"],
        "what they suffered",
    ),
    (
        "A girl suffered fatal injuries in a crash in Perth on Monday.",
        ["road_accident Perth 2024-01-01"],
        "fatal injuries hurt nobody",
    ),
    (
        "Four people were taken to hospital with injuries after a crash in Graz on Monday.",
        ["road_accident Graz 2024-01-01 injured 4"],
        "what they were taken with",
    ),
    (
        "The number of people killed by floods in Assam has risen to 24.",
        ["flood Assam - killed 24"],
        "a number that has risen",
    ),
    (
        "The quake cost 12 lives in Herat on Saturday.",
        ["earthquake Herāt 2023-12-30 killed 12"],
        "lives",
    ),
    (
        "Soldiers shot dead three men in Bucha on Friday.",
        ["shooting Bucha 2023-12-29 killed 3"],
        "shot dead",
    ),
    (
        "One person was found dead after a fire in Kraków on Friday.",
        ["fire Kraków 2023-12-29 killed 1"],
        "found dead",
    ),
    (
        "Six men, all pronounced dead at the scene, were shot in Tijuana on Friday.",
        ["shooting Tijuana 2023-12-29 killed 6"],
        "pronounced dead",
    ),
    (
        "No one was hurt when a bridge collapsed in Kraków on Friday.",
        ["industrial_accident Kraków 2023-12-29"],
        "no one is no figure",
    ),
    (
        "Two men were killed and three wounded in Gao on Friday.",
        ["killing Gao 2023-12-29 killed 2 injured 3"],
        "two words of harm, one happening",
    ),
    (
        "In Gao, a boy was killed on Friday.",
        ["killing Gao 2023-12-29 killed 1"],
        "harm without another word for what happened",
    ),
    (
        "Shelling killed a boy in Gao, and in Timbuktu two men were shot on Friday.",
        ["shelling Gao 2023-12-29 killed 1", "shooting Timbuktu 2023-12-29 injured 2"],
        "each place its own",
    ),
    (
        "Two bodies were found on Friday after a flood on Tuesday in Valencia.",
        ["flood Valencia 2024-01-02 killed 2"],
        "the day on which the dead were found is not that of the flood",
    ),
    (
        "Gunmen killed one man in Kano and two men in Jos on Friday.",
        ["shooting Kano 2023-12-29 killed 1", "shooting Jos 2023-12-29 killed 2"],
        "a toll with a share for each place",
    ),
    (
        "Ten people drowned when a flood swept their bus off a road in Oruro on Friday.",
        ["flood Oruro 2023-12-29 killed 10"],
        "drowned in water",
    ),
    (
        "Flooding killed 30 people in Durban last week.",
        ["flood Durban 2023-12-27 killed 30"],
        "a flood may last a week",
    ),
    (
        "A deployment of 300 troops to Tapa has killed nobody since Monday.",
        ["force_deployment Tapa 2024-01-01"],
        "nobody is no figure",
    ),
]

PLACES = [
    (
        "Estonia said on Friday that a drone violated its airspace.",
        ["airspace_violation Estonia -"],
        "'its' is who says so",
    ),
    (
        "Jets violated its airspace on Friday, Finland said.",
        ["airspace_violation Finland 2023-12-29"],
        "who says so behind it",
    ),
    (
        "Iran fired missiles across its border with Pakistan on Friday.",
        ["missile_strike Pakistan 2023-12-29"],
        "a border is with the other side",
    ),
    (
        "Shelling hit several towns, including Nikopol and Marhanets, on Friday.",
        ["shelling Nikopol, Marhanets 2023-12-29"],
        "examples of a general word",
    ),
    (
        "Strikes hit Ukrainian cities on Friday.",
        ["attack Ukraine 2023-12-29"],
        "an adjective before one",
    ),
    (
        "Protests broke out in Nairobi on Monday. Police shot two men in the capital on Tuesday.",
        ["protest Nairobi 2024-01-01", "shooting Nairobi 2024-01-02 injured 2"],
        "the capital is the one of the country",
    ),
    (
        "Explosions were heard in Odesa on Friday. Some quarters of the city lost electricity.",
        ["explosion Odesa 2023-12-29", "utility_outage Odesa -"],
        "the city named before",
    ),
    (
        "Floods hit Derna on Monday. At least 40 people were killed there on Tuesday.",
        ["flood Darnah 2024-01-01", "killing Darnah 2024-01-02 killed 40+"],
        "there",
    ),
    (
        "In Goma there was an attack on Friday. There, gunmen killed two men on Saturday.",
        ["attack Goma 2023-12-29", "shooting Goma 2023-12-30 killed 2"],
        "there, in front",
    ),
    (
        "A fire killed two people in a forest near Leiria in Portugal on Sunday.",
        ["fire Leiria 2023-12-31 killed 2"],
        "the closest of three",
    ),
    (
        "The wounded were brought to Chernihiv, where on Friday another attack hit a clinic.",
        ["attack Chernihiv 2023-12-29"],
        "with a day between",
    ),
    (
        "It hit a market in Sumy, where the attack killed two people on Friday.",
        ["attack Sumy 2023-12-29 killed 2"],
        "with nothing between",
    ),
    (
        "He died in custody in Minsk, where riots broke out.",
        ["riot Minsk -"],
        "the place before 'where'",
    ),
    (
        "Two men were arrested in raids by Montreal police on Friday.",
        ["detention Montréal 2023-12-29 detained 2"],
        "the police of a city act in it",
    ),
    (
        "A bus crashed on the road to Quito on Friday.",
        ["road_accident Quito 2023-12-29"],
        "on the road to the one city of the text",
    ),
    (
        "A bus on its way from Quito to Guayaquil crashed on Friday, killing three people.",
        ["road_accident - 2023-12-29 killed 3"],
        "the ends of a way are no place of what happened on it",
    ),
    (
        "Moscow's attack on Kharkiv on Friday killed two people.",
        ["attack Kharkiv 2023-12-29 killed 2"],
        "who acts is not where",
    ),
    (
        "A bomb killed two people in Qumzir on Monday.",
        ["bombing ?Qumzir 2024-01-01 killed 2"],
        "a village that nobody lists",
    ),
    (
        "A landslide buried houses in the village of Tarumbo on Monday.",
        ["landslide ?Tarumbo 2024-01-01"],
        "a general word before it",
    ),
    (
        "A quake struck the Ollmar peninsula on Monday.",
        ["earthquake ?Ollmar 2024-01-01"],
        "a landform behind it",
    ),
    (
        "A bomb exploded near Qumzir on Friday. The bombing near Qumzir killed four people.",
        ["bombing ?Qumzir 2023-12-29 killed 4"],
        "the same unlisted village is one place",
    ),
    (
        "A bomb exploded near Qumzir on Friday. A bombing near Tarumbo killed four people.",
        ["bombing ?Qumzir 2023-12-29", "bombing ?Tarumbo 2023-12-29 killed 4"],
        "two unlisted villages are two",
    ),
    (
        "Rockets hit Ashkelon on Friday. Four people were killed in Sderot, the mayor said.",
        ["rocket_fire Ashkelon 2023-12-29", "killing Sderot 2023-12-29 killed 4"],
        "people harmed in a town of their own",
    ),
    (
        "An attack by Toronto gangs in Hamilton on Friday killed two people.",
        ["attack Hamilton 2023-12-29 killed 2"],
        "where they are from is not where it was",
    ),
]

TYPES = [
    ("Jets struck Kharkiv on Friday.", ["air_strike Kharkiv 2023-12-29"], "several jets strike"),
    (
        "Helicopters rocketed a monastery in Lashio on Friday.",
        ["air_strike Lashio 2023-12-29"],
        "what helicopters do to a building",
    ),
    ("The air force attacked Kharkiv on Friday.", ["air_strike Kharkiv 2023-12-29"], "of the air"),
    (
        "Omar Haddad, 31, was captured on Friday at a farmhouse outside Split.",
        ["detention Split 2023-12-29 detained 1"],
        "who is captured by nobody in particular is under arrest",
    ),
    (
        "Marines seized the head of a gang in Lima on Friday.",
        ["detention Lima 2023-12-29 detained 1"],
        "soldiers who seize somebody, not a town",
    ),
    ("Ana Torres was captured on video in Lima on Friday.", [], "a camera captures nobody"),
    (
        "Two died and nine are in critical condition after a truck, out of control, ran into Graz.",
        ["road_accident Graz - killed 2 injured 9"],
        "what moved stands behind two verbs of harm",
    ),
    (
        "A plumber died in Graz on Friday after slipping on stairs.",
        ["accident Graz 2023-12-29 killed 1"],
        "who slips is not killed by anybody",
    ),
    (
        "A woman drowned in Graz on Friday. Three companions are missing.",
        ["accident Graz 2023-12-29 killed 1 missing 3"],
        "what goes on with an event does not name it",
    ),
    (
        "The roof of a gym collapsed under heavy rain in Puebla on Friday, killing two people.",
        ["industrial_accident Puebla 2023-12-29 killed 2"],
        "the rain is why",
    ),
    (
        "A boat sank in a storm off Mayotte on Friday, killing nine people.",
        ["shipwreck Mayotte 2023-12-29 killed 9"],
        "the storm is how",
    ),
    (
        "Two people were killed at a rally in Lahore on Friday.",
        ["killing Lahore 2023-12-29 killed 2"],
        "the rally is where",
    ),
    (
        "A bomb went off at a rally in Quetta on Friday.",
        ["bombing Quetta 2023-12-29"],
        "so it is of a bomb",
    ),
    (
        "Thousands marched in Nairobi on Friday. Three people were killed.",
        ["protest Nairobi 2023-12-29", "killing Nairobi 2023-12-29 killed 3"],
        "a march does not kill",
    ),
    (
        "At a protest in Quito on Friday a car burned.",
        ["protest Quito 2023-12-29"],
        "what burns at a protest is part of it",
    ),
    (
        "A police officer was killed in clashes at a rally in Dakar on Friday.",
        ["armed_clash Dakar 2023-12-29 killed 1"],
        "clashes at a rally",
    ),
    (
        "Officers detained ten people in a raid in Turin on Friday.",
        ["detention Turin 2023-12-29 detained 10"],
        "the raid is how",
    ),
    (
        "A strike by nurses shut clinics in Wales on Friday.",
        ["protest Wales 2023-12-29"],
        "a strike of workers",
    ),
    (
        "The crash of a helicopter near Astana on Friday killed nine people.",
        ["plane_crash Astana 2023-12-29 killed 9"],
        "what crashed is told behind",
    ),
    (
        "The helicopter lost height before it crashed near Astana on Friday.",
        ["plane_crash Astana 2023-12-29"],
        "what crashed is told before, and 'it'",
    ),
    (
        "Hurricane Otis struck Acapulco on Wednesday.",
        ["storm Acapulco de Juárez 2024-01-03"],
        "the name of a storm does not attack",
    ),
    (
        "Armed men opened heavy fire on a bus near Jos on Friday.",
        ["shooting Jos 2023-12-29"],
        "a word between",
    ),
    (
        "A train and a bus collided near Pune on Friday. The accident killed four people.",
        ["train_derailment Pune 2023-12-29 killed 4"],
        "an accident is what was told before",
    ),
    (
        "A ferry sank off Cebu on Friday. The accident killed forty people.",
        ["shipwreck Cebu City 2023-12-29 killed 40"],
        "so it is at sea",
    ),
    (
        "A bomb exploded in Kano on Friday. An explosion killed four people, police said.",
        ["bombing Kano 2023-12-29 killed 4"],
        "an explosion is that of the bomb",
    ),
    (
        "Fighting went on into May, with rebels shelling Goma on Monday.",
        ["armed_clash Goma -", "shelling Goma 2024-01-01"],
        "the day is that of the shelling",
    ),
    (
        "Fighting went on until May, with officials saying that rebels shelled Goma on Monday.",
        ["armed_clash Goma -", "shelling Goma 2024-01-01"],
        "the same, behind a verb of saying",
    ),
    (
        "Hundreds of soldiers have been deployed to Tapa since Monday.",
        ["force_deployment Tapa 2024-01-01"],
        "what lasts begins on a day",
    ),
    (
        "A bomb exploded at a rally celebrating the party's anniversary in Quetta on Friday.",
        ["bombing Quetta 2023-12-29"],
        "a day at the end of a clause is that of the event above",
    ),
    (
        "A quake struck Herat on Thanksgiving.",
        ["earthquake Herāt 2023-11-23"],
        "a day named by its feast",
    ),
    (
        "Shelling hit Kherson on Friday. A fire broke out.",
        ["shelling Kherson 2023-12-29", "fire Kherson -"],
        "an effect has the place of its cause",
    ),
]

RETOLD = [
    (row["text"], row["tells"], row["reason"])
    for row in tomllib.loads(Path(__file__).with_name("retold.toml").read_text("utf-8"))["texts"]
]

TABLES = (
    [(text, [], reason) for text, reason in FIGURES_OF_SPEECH + NOTHING_HAPPENED]
    + PRESUPPOSED
    + TOLLS
    + PLACES
    + TYPES
    + RETOLD
)


def line(report: Report) -> str:
    """Return what a report tells, in one line."""
    places = [one.place.name if one.place else f"?{one.mention.text}" for one in report.where]
    first = report.when.first if report.when else None
    figures = []
    for name in FIGURES:
        count = getattr(report.casualties, name)
        if count is not None:
            figures.append(f"{name} {count.low}{'+' if count.high is None else ''}")
    return " ".join([report.type, ", ".join(places) or "-", str(first or "-"), *figures])


@pytest.fixture(scope="module")
def found(pipeline: Pipeline) -> Mapping[str, list[str]]:
    """What each text tells; all texts are read at once, which is quicker."""
    documents = [Document(id=text, text=text, published=PUBLISHED) for text, _, _ in TABLES]
    lines = {}
    for annotation in pipeline.recognizer.annotate(documents):
        resolutions = resolve(annotation, pipeline.gazetteer)
        reports = extract(annotation, resolutions, pipeline.ontology)
        lines[annotation.document.id] = [line(report) for report in reports]
    return lines


@pytest.mark.parametrize(("text", "expected", "reason"), TABLES)
def test_a_rule_tells_what_it_is_for(
    found: Mapping[str, list[str]], text: str, expected: list[str], reason: str
) -> None:
    assert sorted(found[text]) == sorted(expected), reason


@pytest.mark.parametrize(
    ("text", "status", "speaker", "reason"),
    [
        (
            "On Friday, Latvia said that a drone hit Riga. The minister retracted the statement.",
            "retracted",
            "Latvia",
            "taken back",
        ),
        (
            "On Friday, Latvia said that a drone hit Riga. The minister dismissed the idea.",
            "reported",
            "Latvia",
            "an idea is not what was said",
        ),
        (
            "The minister did not withdraw his statement. On Friday a drone hit Riga, he said.",
            "reported",
            "minister",
            "not taken back",
        ),
        (
            "Rebels claimed on Friday that they attacked Goma. The army denied the attack on Goma.",
            "denied",
            "Rebels",
            "only claimed, and denied",
        ),
        (
            "On Friday, rebels attacked Goma. The army denied that rebels had attacked Goma.",
            "disputed",
            None,
            "told, and denied",
        ),
        (
            "According to officials, a bomb killed two people in Kano on Friday.",
            "reported",
            "officials",
            "named in front",
        ),
        (
            "A bomb killed two people in Kano on Friday, according to.",
            "reported",
            None,
            "nobody is named",
        ),
    ],
)
def test_who_says_so_and_who_takes_it_back(
    pipeline: Pipeline, text: str, status: str, speaker: str | None, reason: str
) -> None:
    (report,) = pipeline.reports(text, str(PUBLISHED))
    assert report.status.value == status, reason
    assert (report.speaker.name if report.speaker else None) == speaker, reason
