"""One name in different company means different places: the whole gazetteer, names as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from annotating import annotate

from geomap.gazetteer import Gazetteer
from geomap.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


# Text, the names in it, and of each the kind of place, country and first-level area (of one that
# is no such area itself).
CASES = [
    ("A fire in Paris, Texas.", {"Paris": "city US Texas", "Texas": "admin1 US"}),
    (
        "Floods hit Santa Fe, Argentina, and Rosario.",
        {
            "Santa Fe": "city AR Santa Fe Province",
            "Argentina": "country AR",
            "Rosario": "city AR Santa Fe Province",
        },
    ),
    ("Snow fell in Cordoba, Spain.", {"Cordoba": "city ES Andalusia", "Spain": "country ES"}),
    (
        "Police in London, Ontario, and in Windsor said so.",
        {"London": "city CA Ontario", "Ontario": "admin1 CA", "Windsor": "city CA Ontario"},
    ),
    (
        "The trains from London to Windsor were late.",
        {"London": "city GB England", "Windsor": "city GB England"},
    ),
    (
        "A crash near Birmingham, Alabama.",
        {"Birmingham": "city US Alabama", "Alabama": "admin1 US"},
    ),
    (
        "A crash near Birmingham and Coventry.",
        {"Birmingham": "city GB England", "Coventry": "city GB England"},
    ),
    (
        "Protests in Tripoli and Benghazi.",
        {"Tripoli": "city LY Tripoli", "Benghazi": "city LY Benghazi"},
    ),
    (
        "Clashes in Tripoli, Sidon and Beirut.",
        {
            "Tripoli": "city LB North Governorate",
            "Sidon": "city LB South Governorate",
            "Beirut": "city LB Beirut Governorate",
        },
    ),
    ("Voters in Georgia and Florida.", {"Georgia": "admin1 US", "Florida": "admin1 US"}),
    (
        "Troops in Georgia, Armenia and Azerbaijan.",
        {"Georgia": "country GE", "Armenia": "country AM", "Azerbaijan": "country AZ"},
    ),
    ("Shells hit Kharkiv region.", {"Kharkiv region": "admin1 UA"}),
    (
        "Boats sank in Equateur province, in Congo.",
        {"Equateur": "admin1 CD", "Congo": "country CD"},
    ),
    ("Shells hit Kharkiv.", {"Kharkiv": "city UA Kharkiv Oblast"}),
    (
        "A tornado struck Valparaiso, Indiana.",
        {"Valparaiso": "city US Indiana", "Indiana": "admin1 US"},
    ),
    (
        "A quake struck Valparaiso, Chile.",
        {"Valparaiso": "city CL Valparaíso", "Chile": "country CL"},
    ),
    (
        "Fires in Victoria, New South Wales and Queensland.",
        {"Victoria": "admin1 AU", "New South Wales": "admin1 AU", "Queensland": "admin1 AU"},
    ),
    (
        "Fires near Victoria and Vancouver, British Columbia.",
        {
            "Victoria": "city CA British Columbia",
            "Vancouver": "city CA British Columbia",
            "British Columbia": "admin1 CA",
        },
    ),
    (
        "Workers in Durham and Newcastle.",
        {"Durham": "city GB England", "Newcastle": "city GB England"},
    ),
    (
        "Students in Durham and Raleigh, North Carolina.",
        {
            "Durham": "city US North Carolina",
            "Raleigh": "city US North Carolina",
            "North Carolina": "admin1 US",
        },
    ),
    (
        "Riots in Hyderabad and Karachi, Pakistan.",
        {
            "Hyderabad": "city PK Sindh Province",
            "Karachi": "city PK Sindh Province",
            "Pakistan": "country PK",
        },
    ),
    (
        "Riots in Hyderabad and Bangalore.",
        {"Hyderabad": "city IN Telangana", "Bangalore": "city IN Karnataka"},
    ),
    ("Portland, Maine, was hit.", {"Portland": "city US Maine", "Maine": "admin1 US"}),
    (
        "Portland and Seattle were hit.",
        {"Portland": "city US Oregon", "Seattle": "city US Washington"},
    ),
    (
        "Wildfires in Washington, Oregon and California.",
        {"Washington": "admin1 US", "Oregon": "admin1 US", "California": "admin1 US"},
    ),
    (
        "Washington and Moscow agreed.",
        {"Washington": "city US District of Columbia", "Moscow": "city RU Moscow"},
    ),
    (
        "The EU and NATO met in Brussels.",
        {"EU": "bloc", "NATO": "bloc", "Brussels": "city BE Brussels"},
    ),
    (
        "A bomb went off in Zaporizhia and in Kharkhiv.",
        {"Zaporizhia": "city UA Zaporizhzhia Oblast", "Kharkhiv": "city UA Kharkiv Oblast"},
    ),
    ("Troops left Perth, Scotland.", {"Perth": "city GB Scotland", "Scotland": "admin1 GB"}),
    (
        "Sharks off Perth and Fremantle.",
        {"Perth": "city AU Western Australia", "Fremantle": "city AU Western Australia"},
    ),
    (
        "A fire at Heathrow in London.",
        {"Heathrow": "facility GB England", "London": "city GB England"},
    ),
    (
        "The mayor of Springfield, Illinois, spoke.",
        {"Springfield": "city US Illinois", "Illinois": "admin1 US"},
    ),
    (
        "The mayor of Springfield, Massachusetts, spoke.",
        {"Springfield": "city US Massachusetts", "Massachusetts": "admin1 US"},
    ),
]


# Of names that are known by another spelling or as a kind of area: what they stand for, and the
# town of the same text that might have lent them its place.
KNOWN = [
    (
        "Houses burned in the Solomyansky district, and a market in the Podilsky district.",
        {"Solomyansky district": "Solomianskyi", "Podilsky district": "Podilskyi"},
        "two districts of one city",
    ),
    (
        "Houses burned in Kyiv and its Podilsky district.",
        {"Kyiv": "Kyiv", "Podilsky district": "Podilskyi"},
        "a district and its city",
    ),
    (
        "JOS, Nigeria: Gunmen attacked villages around Bokkos in Plateau.",
        {"JOS": "Jos", "Nigeria": "Nigeria", "Bokkos": "Bokkos", "Plateau": "Plateau"},
        "a dateline of three capitals, and a smaller town behind it",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), KNOWN)
def test_a_name_that_is_known_takes_no_place_of_its_neighbors(
    gazetteer: Gazetteer, text: str, expected: dict[str, str], reason: str
) -> None:
    found = resolve(annotate(text, *expected), gazetteer)
    assert {one.mention.text: one.place and one.place.name for one in found} == expected, reason


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_company_decides_between_places_of_one_name(
    gazetteer: Gazetteer, text: str, expected: dict[str, str]
) -> None:
    found = {}
    for one in resolve(annotate(text, *expected), gazetteer):
        assert one.place is not None, one.note
        facts = (one.place.kind.value, one.place.country, one.place.admin1)
        found[one.mention.text] = " ".join(fact for fact in facts if fact)
    assert found == expected
