"""Words for events and words that only look like them: which types a sentence tells, and which not.

Published on Wednesday, 3 January 2024.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.extraction import extract
from geomap.model import Document
from geomap.resolve import resolve

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract_pipeline import Pipeline

PUBLISHED = date(2024, 1, 3)

EVENTS = [
    ("detention", "The driver fled into a wood and was caught on Sunday near Pecs."),
    ("detention", "The gunman was tracked down in Davao on Monday."),
    ("detention", "The owner of the ferry turned himself in to police in Conakry on Monday."),
    ("detention", "A suspect let himself be arrested in Trier on Monday without a struggle."),
    (
        "detention",
        "Officers took nine students to Kasubi police station in Kampala on Monday.",
    ),
    ("detention", "Two women are in custody in Faro since a fight in a bar."),
    ("protest", "In Poti, several hundred people gathered in front of the old town's parliament."),
    ("protest", "Fishermen sailed into the port of Cadiz on Monday to protest quotas."),
    ("protest", "Some 9,000 nurses walked through Turin on Friday in support of a colleague."),
    ("road_accident", "A snowplow ran over a cyclist in Lulea on Monday."),
    ("road_accident", "A van slammed into the back of a parked lorry near Tamale on Sunday."),
    ("industrial_accident", "A five-story building came down in Sidon on Monday."),
    ("armed_clash", "Fighting between two clans broke out on Saturday near Mendi."),
    ("flood", "Flash floods tore through a camp in Hajjah on Monday."),
    ("shooting", "Shooting near a mosque in Zaria killed nine people on Monday."),
    ("attack", "Masked men robbed a bank in Varna on Monday."),
    ("riot", "They pelted the town hall of Arras with bricks on Tuesday night."),
    ("shooting", "A lone attacker with a rifle killed six people at a bar in Tulsa on Monday."),
    ("shooting", "Two women were hit by stray bullets in Recife on Friday."),
    ("shooting", "When he came out, gunmen shot dead a tribal elder in Wana on Friday."),
    (
        "armed_clash",
        "Soldiers of both sides traded fire across a river near Osh on Friday.",
    ),
    ("armed_clash", "Herders and farmers clashed in Benue on Friday, leaving 11 dead."),
    ("riot", "Police clashed with demonstrators in Nairobi on Tuesday."),
    ("riot", "Youths hurled petrol bombs at the police in Belfast on Friday."),
    ("riot", "Shops were looted in Durban on Monday."),
    ("riot", "Inmates overpowered three guards at a prison in Loja on Friday."),
    ("abduction", "Gunmen seized 30 pupils from a school in Kaduna on Thursday."),
    ("detention", "Officers caught two Peruvians at a roadblock near Tacna on Friday."),
    ("detention", "Agents raided three houses in Lyon on Friday and detained four men."),
    ("detention", "A suspect turned himself in to the police in Miami on Friday."),
    ("protest", "Drivers in Lagos refused to work on Monday over their pay."),
    (
        "protest",
        "Crowds poured into a square in Tbilisi on Friday, shouting slogans.",
    ),
    ("protest", "Truckers set up roadblocks around Bogotá on Friday."),
    ("flood", "Half of Maiduguri was under water on Tuesday."),
    (
        "flood",
        "Torrents swept through Blatten on Friday and carried off two bridges.",
    ),
    ("flood", "A dam gave way above Derna on Sunday."),
    ("landslide", "A hillside collapsed onto a highway in Chocó on Friday, killing 30."),
    ("landslide", "Tons of earth and rock slid down on houses in Wayanad on Tuesday."),
    ("landslide", "A mudslide swept down a valley in Attock on Friday, engulfing two buses."),
    ("storm", "Beryl battered Jamaica on Wednesday with winds of 215 kph."),
    ("flood", "A van with nine workers was washed off a bridge near Zomba on Monday."),
    ("attack", "Gunmen storm TV station in Cuenca"),
    ("road_accident", "Two hurt as tram strikes delivery van in Zagreb"),
    ("armed_clash", "Pursuing troops clashed on Monday with rebels near Jolo."),
    ("industrial_accident", "One span of a bridge near Thika caved in on Monday."),
    ("road_accident", "A train hit a bus at a crossing near Pisa on Monday, killing two."),
    ("accident", "Four people died in Vigo on Monday after the cable of a gondola snapped."),
    ("riot", "Six students were hurt in Pabna on Monday when two wings of a party fought."),
    ("storm", "Hail the size of plums smashed windows in Girona on Tuesday."),
    ("plane_crash", "A plane hit a house in Lima on Friday, killing three people."),
    ("road_accident", "A biker was killed when he struck a moose near Houlton on Friday."),
    ("road_accident", "Six people died on Friday when a van rolled down a bank near Cusco."),
    (
        "plane_crash",
        "All aboard died when an airliner fell from the sky in Vinhedo on Friday.",
    ),
    ("road_accident", "A tanker truck overturned on a highway near Puebla on Monday."),
    ("road_accident", "A cyclist was struck and killed by a bus in London on Friday."),
    ("road_accident", "Nine people were hurt when a car ploughed into a crowd in Turin on Friday."),
    ("train_derailment", "Four carriages of an express jumped the rails near Rohri on Friday."),
    ("train_derailment", "A train struck a fallen tree near Perth on Friday."),
    ("fire", "Twelve people died when flames swept through a nightclub in Murcia on Sunday."),
    ("wildfire", "Flames raced through pine forests near Volos on Monday."),
    ("industrial_accident", "A bridge that was built in 1967 collapsed in Genoa on Tuesday."),
    ("abduction", "A man held 12 passengers of a city bus hostage in Recife on Friday."),
    ("abduction", "Armed men stopped a bus near Saravena on Monday and led away two engineers."),
    ("protest", "Some 200 miners set off on Friday on a march from Oruro to La Paz."),
    ("air_strike", "Air force jets bombed a gathering in a village near Pakokku on Tuesday."),
    ("detention", "A man was jailed in Dallas on Tuesday after a quarrel."),
    ("storm", "Storm Ciara left half a million homes without power in France on Sunday."),
    ("road_accident", "A pile-up in fog near Agra left seven people dead on Friday."),
    ("flood", "A cloudburst sent torrents of water through Pahalgam on Friday, killing 16."),
    ("shooting", "Bullets tore through a cafe in Beirut on Friday."),
    ("shooting", "Someone in a passing car fired into a crowd in Oakland on Friday."),
    ("killing", "A nurse was found with her throat cut in Nairobi on Friday."),
    ("armed_clash", "Rival militias turned their guns on each other in Tripoli on Friday."),
    ("attack", "Fighters rode into a village near Solhan on Friday and burned its market."),
    ("assault", "The rebels pushed into Kobo on Thursday."),
    ("drone_strike", "A pilotless aircraft hit a kindergarten in Mekelle on Friday."),
    ("bombing", "A motorbike rigged with explosives was set off in Yala on Friday."),
    ("abduction", "Pupils were taken at gunpoint in Kuriga on Friday."),
    ("abduction", "Six girls were carried off from their beds in Sokoto on Friday."),
    ("detention", "Detectives picked up a plumber in Cork on Friday."),
    ("detention", "The captain was being held at the police station in Watampone on Friday."),
    ("protest", "Villagers lay down on the rails near Gdansk on Friday to stop a coal train."),
    ("protest", "Farmers dumped manure in front of a ministry in Brussels on Monday."),
    ("riot", "Stones and bottles flew in Marseille on Friday."),
    ("riot", "A crowd broke into the parliament in Bishkek on Tuesday."),
    ("flood", "Brown water swirled through the streets of Passau on Friday."),
    ("flood", "Two policemen were washed away in Nagaon on Sunday."),
    ("train_derailment", "Wagons of a goods train toppled onto a platform in Pune on Monday."),
    ("shipwreck", "A trawler went to the bottom off Galicia on Friday."),
    ("storm", "A bolt of lightning killed four golfers near Bergamo on Friday."),
    ("fire", "Flames gutted a garment factory in Gazipur on Friday."),
    ("wildfire", "Firefighters battled a blaze in the hills above Malibu on Tuesday."),
    ("industrial_accident", "The roof of a supermarket came down in Riga on Thursday."),
    ("protest", "Police fired rubber bullets at protesters in Quito on Friday."),
    ("protest", "Ten demonstrators were hurt by rubber bullets in Bogotá on Friday."),
    ("protest", "Riot police turned water cannons on demonstrators in Tbilisi on Friday."),
    ("protest", "A march in Lagos on Saturday passed off without incident."),
    ("road_accident", "A fuel tanker flipped over near Jigawa on Tuesday."),
    ("road_accident", "A motorcyclist died when his bike hit a tree in Limerick on Saturday."),
    ("bombing", "A truck packed with explosives was driven into a barracks in Timbuktu on Sunday."),
    ("fire", "Four children burned to death in a house in Dortmund on Friday."),
    ("detention", "Three men were held in Brussels on Friday after a raid."),
    ("detention", "Police arrested three people on Friday over the attack on a church in Halle."),
    ("detention", "Officers stormed a flat in Cologne and arrested a student on Friday."),
    ("road_accident", "A school bus and a fuel truck collided near Nakuru on Friday; 18 died."),
    ("road_accident", "A drunk driver killed four cyclists near Durban on Sunday."),
    (
        "plane_crash",
        "Two people died when a plane caught fire and crashed near Butte on Friday.",
    ),
    ("shooting", "Three men in masks shot up a bar in Marseille on Saturday and fled."),
    ("shooting", "Police in Tulsa shot and killed a man who lunged at them on Monday."),
    ("abduction", "Six men were taken from their homes by armed men near Gao on Friday."),
    ("detention", "A suspect in a murder was captured in Tulsa on Friday."),
    ("air_strike", "Warplanes bombed a market in Taiz on Friday."),
    ("landslide", "Two hikers were killed by falling rocks near Chamonix on Friday."),
    ("train_derailment", "Two trams collided head-on in Gothenburg on Friday."),
    ("road_accident", "A student was struck and killed by a tram in Zagreb on Monday."),
    ("shipwreck", "A tanker torn from its anchorage smashed into a bridge in Genoa on Friday."),
    ("shelling", "Turkey fired on Qamishli on Friday."),
    ("shelling", "A fire broke out after shelling hit Kherson on Friday."),
]

# What people do is told without the usual words, or in words that taggers take for nouns.
EVENTS += [
    ("shooting", "Attackers peppered a minibus with bullets near Quetta on Friday, killing four."),
    ("shooting", "A clerk walked into a depot in Leeds on Monday and began firing."),
    ("shooting", "Two men riding a scooter shot a radio host in Davao on Monday."),
    ("armed_clash", "Two soldiers and five militants died in an encounter in Kupwara on Friday."),
    ("protest", "Villagers sat on the railway line in Odisha on Monday to demand work."),
    ("protest", "Shopkeepers in Lahore kept their shutters down on Friday over a tax."),
    ("protest", "Taxi drivers brought Rome to a standstill on Tuesday."),
    ("protest", "Women in black walked silently through Warsaw on Friday."),
    ("detention", "He was picked up on Friday at his brother's house in Tanta."),
    ("detention", "He was caught hours later at a motel in Jackson on Friday."),
    ("detention", "Three held over blaze in Leeds"),
    ("road_accident", "A coach ploughed into a row of parked lorries at Salgaa on Friday."),
    ("plane_crash", "It vanished from radar near Mzuzu on Monday."),
    ("industrial_accident", "The roof of a rink caved in at Oslo on Friday."),
    ("train_derailment", "Train derails near Lucknow"),
    ("storm", "Cyclone batters Mauritius"),
    ("riot", "Rioters torch shops in Noumea"),
    ("protest", "Teachers strike in Lisbon"),
    ("protest", "Dozens of mothers knelt in front of the ministry in Yerevan on Tuesday."),
    ("protest", "Hundreds of students tried on Monday to cut off a bridge in Avellaneda."),
    ("detention", "Four youths caught looting a store in Azul on Friday were handed to a judge."),
    ("flood", "Rising waters forced 3,000 people from their homes in Pilar on Sunday."),
    ("landslide", "Part of a spoil heap slid onto a brickworks in Enugu on Friday."),
    ("landslide", "Mud engulfed a row of shacks in Freetown on Monday."),
    ("train_derailment", "A tram jumped the rails in Kazan on Tuesday and hit a bus stop."),
    ("attack", "A boy was slashed across the face in a schoolyard in Hull on Tuesday."),
    ("accident", "A cyclist was killed by a falling branch in Braga on Monday."),
    ("storm", "Two people died in Split on Monday when winds brought down a wall."),
    ("industrial_accident", "A hotel wall fell on a bus queue in Manado on Sunday."),
    ("industrial_accident", "A section of a flyover caved in at Jaipur on Tuesday."),
    ("flood", "The dam at Kajbar cracked on Monday."),
    ("flood", "The Guaiba rose to a record 5.3 meters in Porto Alegre on Sunday."),
    ("riot", "Prisoners rioted at a jail in Guayaquil on Sunday, taking six guards hostage."),
    ("riot", "Angry residents burned down a police station in Kakamega on Friday."),
    ("protest", "Relatives of the hostages blocked a highway in Tel Aviv on Saturday."),
    ("detention", "Police arrested a lawyer in Caracas on Friday as she left a rally."),
    ("protest", "Hundreds rallied in Lima on Friday over the killing of a teacher."),
    ("accident", "A pensioner died after slipping on stairs in Bath on Monday."),
    ("road_accident", "A pensioner died in Bath on Monday after being hit by a bus."),
    ("riot", "Police and stone-throwing youths clashed in Tunis on Saturday."),
    ("storm", "Tornadoes tore through Barnsdall on Monday. The season has been the worst yet."),
    ("road_accident", "One of the lorries overturned near Lar on Friday."),
    ("attack", "A woman stabbed two pupils in Lyon on Friday; both are stable."),
    ("flood", "Rains flood Dhaka streets"),
]

NO_EVENTS = [
    (
        "who waits for a king",
        "Hundreds gathered at the palace in Oslo to watch a parade.",
    ),
    ("a title", "The boxer surrendered his title in Manila on Saturday."),
    ("no fare", "The thief was caught on camera in Lyon on Monday."),
    ("made safe", "A bomb disposal team blew up a shell on a beach near Hull on Monday."),
    ("a count", "The case brings the number of murders in Leeds this year to nine."),
    ("a bowler's", "The visitors' pace attack tore through Kent in Canterbury on Monday."),
    ("of teachers", "Their strike enters its third week in Cluj on Monday."),
    ("caught by the weather", "They were caught in the rain hours later in Tanta on Friday."),
    ("when talks were held", "Talks were held over the weekend in Leeds on a new bridge."),
    ("a union's plan", "The union announced a strike for Tuesday in Rome."),
    (
        "asked for",
        "Milan prosecutors asked for the arrest of a banker.",
    ),
    ("a warrant", "A warrant was issued for the arrest of a former minister in Lima on Friday."),
    ("long ago, in a clause above", "In 2010, a ferry overturned off Cebu and 40 people drowned."),
    ("a month long over", "In August a train derailed near Pune."),
    ("a year called to mind", "Many in Leeds recall 1997, when a fire gutted the mill."),
    ("another month's", "Farmers in Beira have not got over February's floods."),
    ("years before", "A tornado killed nine people in Alma a decade earlier."),
    ("carried to help", "Ann Bae was awake when she was carried off to a hospital in Seoul."),
    ("who is meant", "Survivors of the shooting in Denver met the mayor on Friday."),
    (
        "who is meant, in two steps",
        "Relatives of those killed in the blast met in Boston.",
    ),
    ("who is suspected", "A man suspected of the attack lived in Brussels."),
    ("a court", "Two men were jailed in Oslo on Friday for stabbing a tourist."),
    ("remembered", "The bombing of Dresden was marked in a church on Tuesday."),
    ("fiction", "The novel tells of a shooting in Dallas."),
    ("a habit, in a verb whose past looks the same", "Tornadoes often hit Oklahoma."),
    ("a habit by season", "Storms batter the coast of Ireland every winter."),
    ("counted by the year", "Road crashes kill 4,000 people a year in Ethiopia."),
    (
        "possible, with what it would bring",
        "Storms were possible in Ohio on Monday, with hail.",
    ),
    ("a hydrant", "The police opened the fire hydrant in Queens on Friday."),
    ("work in a quarry", "The firm denied that blasting in Cornwall on Monday was at fault."),
    ("a simile", "Lawsuits came down on the firm in Texas on Monday like an avalanche."),
    ("numbers", "Analysts in Leeds spoke on Friday of an explosion in sales."),
    ("a quarrel", "The row blew up into a crisis in Rome on Friday."),
    ("words", "The envoy fired a broadside at his hosts in Paris on Friday."),
    ("a feast", "The pope led the Easter Vigil at a church in Manila on Saturday."),
    ("words, under attack", "The mayor came under attack from critics in Turin on Friday."),
    ("at its end, by those who began it", "Doctors in Lagos ended their strike on Friday."),
    ("a year in its own clause", "The car bomb that killed him in 2005 changed Lebanon."),
    ("an act as such", "Setting off a bomb is a crime in Ohio."),
    ("a rate", "One person a year is killed on a highway in Ohio."),
    ("known for it", "The police in Graz are known for arrests like these."),
    ("after which life goes on", "Schools in Herat reopened on Friday after the earthquake."),
    ("a season", "The season usually begins in June and has brought ten hurricanes to Cuba."),
    ("of none of things", "The show in Leeds on Friday was an explosion of jokes."),
    ("a team", "The Cyclones of Ames played their first game in Denver on Friday."),
    ("a team in the singular", "The Avalanche lost in Denver on Monday."),
    ("a race", "The driver crashed out in Monza on Sunday."),
    ("reported, and false", "A report that a church in Ikare was attacked on Friday was false."),
    ("at its end", "The storm weakened over the Sea of Japan on Wednesday."),
    ("ranked", "It was the first attack of its kind in Ondo."),
    (
        "years ago, in a clause",
        "It saw protests in Aden that ignited the war seven years ago.",
    ),
    (
        "a count of a season",
        "The average season has 12 named storms, experts in Miami said.",
    ),
    ("a person", "Ann Gale spoke in Leeds on Friday."),
    ("a field of life, before another noun", "An earthquake in the fashion world shook Milan."),
    ("a plea", "He pleaded guilty in Denver on Monday to shooting a deputy."),
    ("a sentence served", "She serves a life sentence in Texas for the murder of a nurse."),
    ("a suit", "The airline was sued in New York over a crash that killed 150 people."),
    ("a mark in time", "Since the earthquake, prices in Kathmandu have risen."),
    ("years before", "Ten years after floods killed 20 people, Simbach has a new bridge."),
    ("for years", "The army has been fighting rebels in Kivu for years."),
    ("since long", "At least 200 people have been killed in clashes in Manipur since May."),
    ("seen before", "The prison in Guayaquil has been the scene of riots before."),
    ("compared", "The country has more mass shootings than any other, experts in Ohio said."),
    ("due", "A protest is due to take place in Prague on Friday."),
    ("something else", "What sounded like gunfire in Lyon turned out to be fireworks."),
    ("a storm of other things", "A hurricane of blows knocked him out in Reno on Saturday."),
    ("under siege for ideas", "The chancellor is under siege in Berlin over the budget."),
    ("a drill", "Miami will hold a drill on Friday in which a hurricane makes landfall."),
    ("joy", "There was an outbreak of joy in Kaduna on Friday."),
    (
        "an old one, told beside",
        "He spoke on Monday of the flood of 2014 near Jindo, in which 300 drowned.",
    ),
    ("years since", "Relatives on Tuesday marked ten years since a ferry sank off Jindo."),
    ("who somebody is", "The attacker, who also shot nine people on Utoya, is in prison."),
    ("a town of that name", "HURRICANE, W.Va. - Officers have found two boys on Sunday."),
    ("a beast", "A lion attacked a farmer near Kasese on Monday."),
    ("a team of a town", "The Alexandria Blizzard sent volunteers to Fargo on Tuesday."),
    (
        "counted over months",
        "Road crashes claimed 2,373 lives in the first eleven months of the year.",
    ),
    ("in court", "A man admitted to a judge in Salem on Monday that he gunned down his wife."),
    ("what it stirred", "His arrest set off an uproar in Little Rock on Monday."),
    ("at the polls", "The party was crushed at the polls in Riga on Sunday."),
    ("on foot", "She ran down the aisle of a church in Ohio on Sunday."),
    ("to herself", "She handcuffed herself to a friend in Boise on Sunday."),
    ("a legal battle", "He fought a legal battle in Boise on Sunday."),
    ("ahead of it", "Vaccines reached Port Sudan on Monday ahead of the floods."),
    ("a drill", "Two villages near Rize were evacuated in a drill on Monday."),
    ("hearsay", "A text message said on Monday that gunmen had stormed a school in Jos."),
    ("none at all", "No shots were fired in La Paz on Tuesday."),
    ("weather as a reason", "Flights in Shannon were delayed on Monday by strong winds."),
    ("weather in the way", "Strong winds hampered the search in Split on Monday."),
    ("an alert", "The office issued an alert for thunderstorms in Split on Monday."),
    ("words of a party", "The Conservatives fired a salvo in Ottawa on Monday."),
    ("a day in a name", "The mayor of Mar del Plata spoke."),
    ("inverted", "Had the storm hit Miami on Monday, thousands would have fled."),
    ("a share", "One in five drivers in Bogota has been in a crash, an insurer said on Monday."),
    ("fewer", "Crime fell in Chicago, with 20 shootings fewer than in May."),
    ("people as water", "A flood of tourists swamped Venice on Saturday."),
    ("a score", "The Avalanche bury the Senators 5-2 in Denver on Monday."),
    ("a surname", "Ms Storm, a lawyer in Oslo, said on Monday that the ruling was wrong."),
    ("practice", "Firefighters in Porto practised on Monday for a train crash."),
    ("an exhibition", "An exhibition on the siege of Sarajevo opened in Vienna on Monday."),
    ("planned, in a headline", "Miners plan strike in Johannesburg"),
    ("foiled, in a headline", "Police foil attack in Prague"),
    ("a court, in a headline", "Court jails bomber in Paris"),
    ("a warning, in a headline", "Storm warning for Brittany"),
    ("a speaker's own", "This is our fire and we put it out, he said in Lae on Monday."),
    ("papers", "He surrendered his passport to the police in Zagreb on Friday."),
]


def _types(pipeline: Pipeline, texts: list[str]) -> dict[str, list[str]]:
    documents = [Document(id="d", text=text, published=PUBLISHED) for text in texts]
    annotations = pipeline.recognizer.annotate(documents)
    return {
        one.document.text: [
            report.type
            for report in extract(one, resolve(one, pipeline.gazetteer), pipeline.ontology)
        ]
        for one in annotations
    }


@pytest.fixture(scope="module")
def types(pipeline: Pipeline) -> Mapping[str, list[str]]:
    """All sentences of the tables, read in one go."""
    return _types(pipeline, [text for _, text in EVENTS + NO_EVENTS])


@pytest.mark.parametrize(("name", "text"), EVENTS)
def test_what_happened_is_told_by_many_words(
    types: Mapping[str, list[str]], name: str, text: str
) -> None:
    assert types[text] == [name]


@pytest.mark.parametrize(("reason", "text"), NO_EVENTS)
def test_words_that_only_look_like_events_tell_none(
    types: Mapping[str, list[str]], reason: str, text: str
) -> None:
    assert types[text] == [], reason
