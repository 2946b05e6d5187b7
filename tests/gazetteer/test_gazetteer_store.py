"""Places, hierarchy, geometry and borders of the gazetteer that comes with geomap."""

from __future__ import annotations

import math

import pytest

from geomap.errors import GazetteerError, UnknownPlaceError
from geomap.gazetteer import Gazetteer
from geomap.geo import distance_km, nearest_point
from geomap.model import GeoPrecision, PlaceKind, Point

LVIV = Point(lon=24.0297, lat=49.8397)
SIMFEROPOL = Point(lon=34.1, lat=44.95)


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("place_id", "kind", "country", "admin1", "precision"),
    [
        ("geonames:706483", PlaceKind.CITY, "UA", "Kharkiv Oblast", GeoPrecision.EXACT),
        ("admin1:UA-63", PlaceKind.ADMIN1, "UA", None, GeoPrecision.AREA),
        ("country:UA", PlaceKind.COUNTRY, "UA", None, GeoPrecision.AREA),
        ("curated:black-sea", PlaceKind.SEA, None, None, GeoPrecision.AREA),
        ("curated:solomianskyi", PlaceKind.DISTRICT, "UA", "Kyiv", GeoPrecision.NEAR),
    ],
)
def test_place(gazetteer, place_id, kind, country, admin1, precision):
    place = gazetteer.place(place_id)
    assert (place.kind, place.country, place.admin1) == (kind, country, admin1)
    assert place.precision is precision


def test_a_district_without_a_position_is_somewhere_in_its_province(gazetteer):
    territory, province = gazetteer.place("geonames:12278160"), gazetteer.place("admin1:CD-EQ")
    assert (territory.kind, territory.parents[0]) == (PlaceKind.ADMIN2, province.id)
    assert (territory.point, territory.precision) == (province.point, GeoPrecision.AREA)
    assert territory.radius_km == province.radius_km


def test_a_place_answers_to_its_geonames_id_too(gazetteer):
    assert gazetteer.place("geonames:690791") == gazetteer.place("country:UA")


@pytest.mark.parametrize("place_id", ["geonames:1", "country:ZZ", "", "geonames:x", "'"])
def test_an_unknown_id_is_an_error(gazetteer, place_id):
    with pytest.raises(UnknownPlaceError, match="no place"):
        gazetteer.place(place_id)


def test_parents_lead_from_the_nearest_area_to_the_widest(gazetteer):
    parents = gazetteer.place("geonames:706483").parents
    assert parents[-3:] == ("admin1:UA-63", "country:UA", "continent:EU")


def test_area_names_are_english(gazetteer):
    names = [
        gazetteer.place(f"admin1:{code}").name for code in ("RU-BEL", "DE-BY", "SE-T", "IT-52")
    ]
    assert names == ["Belgorod Oblast", "Bavaria", "Örebro County", "Tuscany"]


def test_nato_is_known_and_has_no_point(gazetteer):
    assert gazetteer.place("curated:nato").point is None


def test_every_position_is_on_the_globe_and_every_parent_exists(gazetteer):
    execute = gazetteer._database.execute
    wrong = "abs(lat) > 9000000 OR abs(lon) > 18000000 OR (lat IS NULL) != (lon IS NULL)"
    assert execute(f"SELECT count(*) FROM place WHERE {wrong}").fetchone() == (0,)
    orphans = "parent IS NOT NULL AND parent NOT IN (SELECT id FROM place)"
    assert execute(f"SELECT count(*) FROM place WHERE {orphans}").fetchone() == (0,)


def test_country_points_are_those_of_geonames(gazetteer):
    points = {code: gazetteer.place(f"country:{code}").point for code in ("CA", "CN", "RU", "SD")}
    assert points["CA"] == Point(lon=-113.64258, lat=60.10867)
    assert points["CN"] == Point(lon=105, lat=35)
    assert points["RU"] == Point(lon=100, lat=60)


def test_lviv_to_the_polish_border(gazetteer):
    border = gazetteer.border("UA", "PL")
    spot, far_km = nearest_point(LVIV, border)
    assert far_km == pytest.approx(57.09, abs=0.05)  # Natural Earth 10m; OpenStreetMap: 57.28
    assert (spot.lat, spot.lon) == pytest.approx((50.243, 23.536), abs=0.01)
    _, to_country_km = nearest_point(LVIV, gazetteer.geometry("country:PL"))
    assert to_country_km == pytest.approx(far_km, abs=0.01)


def test_border_is_the_same_from_both_sides_and_none_without_neighbors(gazetteer):
    assert gazetteer.border("UA", "PL").equals(gazetteer.border("PL", "UA"))
    assert gazetteer.border("PL", "UA").length < gazetteer.border("PL").length
    assert gazetteer.border("UA", "FR") is None
    assert gazetteer.border("'", "UA") is None


def test_containing_gives_the_areas_from_narrow_to_wide(gazetteer):
    ids = [place.id for place in gazetteer.containing(LVIV)]
    assert ids[-2:] == ["admin1:UA-46", "country:UA"]
    assert gazetteer.containing(Point(lon=-30, lat=40)) == ()


def test_a_sea_has_its_polygon(gazetteer):
    shape = gazetteer.geometry("curated:black-sea")
    assert shape.covers(__import__("shapely").Point(34, 43.5))
    assert gazetteer.geometry("geonames:703448") is None


def test_nearest_and_within(gazetteer):
    ((nearest, far_km),) = gazetteer.nearest(LVIV)
    assert (nearest.id, far_km < 1) == ("geonames:702550", True)
    ((large, _),) = gazetteer.nearest(LVIV, min_population=1_000_000)
    assert large.name == "Warsaw"
    around = gazetteer.within(LVIV, 30)
    assert [pair[1] for pair in around] == sorted(pair[1] for pair in around)
    assert all(math.isclose(distance_km(LVIV, p.point), km, abs_tol=1e-6) for p, km in around)


def test_nearest_works_over_the_date_line_and_at_the_pole(gazetteer):
    ((across, far_km),) = gazetteer.nearest(Point(lon=-179.99, lat=-16.8))
    assert across.country == "FJ"
    assert far_km < 100
    assert len(gazetteer.nearest(Point(lon=0, lat=-90), limit=2)) == 2


def test_default_viewpoint_is_the_recognized_one(gazetteer):
    assert gazetteer.containing(SIMFEROPOL)[-1].id == "country:UA"
    assert gazetteer.place("geonames:693805").country == "UA"
    assert not gazetteer.disputed().is_empty


def test_another_viewpoint_moves_places_polygons_and_borders(gazetteer):
    with Gazetteer.open(viewpoint="RU") as other:
        assert other.containing(SIMFEROPOL)[-1].id == "country:RU"
        simferopol = other.place("geonames:693805")
        assert simferopol.country == "RU"
        assert "country:RU" in simferopol.parents
        assert "country:UA" not in simferopol.parents
        assert other.geometry("country:UA").area < gazetteer.geometry("country:UA").area
        assert other.border("UA", "RU").length > gazetteer.border("UA", "RU").length


def test_a_viewpoint_may_be_written_small():
    with Gazetteer.open(viewpoint="ru") as other:
        assert other.viewpoint == "RU"
        assert other.place("geonames:693805").country == "RU"


def test_an_unknown_viewpoint_names_the_known_ones():
    with pytest.raises(GazetteerError, match=r"no viewpoint 'XX'.*RU"):
        Gazetteer.open(viewpoint="XX")


def test_info_counts_and_names_sources(gazetteer):
    info = gazetteer.info()
    assert info.places > 250_000
    assert info.kinds["country"] == 250
    assert "CC BY 4.0" in {origin.licence for origin in info.origins}
    assert len(info.checksum) == 64
    assert info.to_dict()["places"] == info.places
