"""The picture that is drawn without a browser."""

from __future__ import annotations

import made_cases
import made_map
import pytest

from geomap import webmap
from geomap.errors import OutputError
from geomap.webmap.canvas import drawable

image = pytest.importorskip("PIL.Image")


def draw(result, path):
    webmap.write_png(result, path, made_map.context())
    return image.open(path).convert("RGB")


def test_picture_has_land_water_and_marks(tmp_path):
    picture = draw(made_map.result(), tmp_path / "map.png")
    assert picture.size == (1600, 1000)
    colors = {color for _, color in picture.getcolors(maxcolors=1 << 24)}
    missile_strike, land, panel = (178, 24, 43), (247, 244, 237), (255, 255, 255)
    assert {missile_strike, land, panel} <= colors


def test_same_result_gives_same_bytes(tmp_path):
    for name in ("one.png", "two.png"):
        webmap.write_png(made_map.result(), tmp_path / name, made_map.context())
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


@pytest.mark.parametrize(
    "result",
    [made_map.result((), distances=()), made_cases.hostile_result()],
    ids=["no events", "hostile text"],
)
def test_anything_can_be_drawn(result, tmp_path):
    assert draw(result, tmp_path / "map.png").size == (1600, 1000)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Łódź", "Lodz"),
        ("Kraków – Iași", "Krakow - Iasi"),
        ("7 events · 2 “maybe”", "7 events · 2 “maybe”"),
        ("Київ", ""),
        ("\u202eevil\x00\n", "evil"),
    ],
    ids=["stroke", "accents and dash", "signs of the font", "no such letters", "not printable"],
)
def test_letters_that_the_font_lacks_are_drawn_plain(text, drawn):
    assert drawable(text) == drawn


def test_unwritable_path_is_an_output_error(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        webmap.write_png(made_map.result(), tmp_path / "no" / "map.png", made_map.context())
