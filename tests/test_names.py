"""Names as keys: laws that hold for any text, and spellings that must meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import PlaceKind
from geomap.names import (
    LONGEST_NAME,
    fold,
    is_acronym,
    is_part,
    respellings,
    skeleton,
    split_affix,
    split_part,
)

NAMES = st.text(max_size=60)


@given(NAMES)
def test_fold_is_idempotent(name):
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_fold_forgets_case(name):
    assert fold(name.upper().lower()) == fold(name.upper())


@given(NAMES)
def test_folded_names_have_no_space_at_the_ends_and_no_two_in_a_row(name):
    assert fold(name) == " ".join(fold(name).split())


@pytest.mark.parametrize("name", ["\u202eKyiv\u202c", "\ufeffKyiv", "Ky\ud83div", "\udc00Kyiv"])
def test_marks_of_direction_and_halves_of_characters_are_no_part_of_a_key(name):
    assert fold(name) == "kyiv"


@given(NAMES)
def test_skeleton_is_idempotent_and_sees_only_the_key(name):
    assert skeleton(skeleton(name)) == skeleton(name)
    assert skeleton(fold(name)) == skeleton(name)


@given(NAMES)
def test_every_function_takes_any_text(name):
    core, kind = split_affix(name)
    assert kind is None or len(core) < len(name)
    assert split_part(name) is None or len(split_part(name)) < len(fold(name))
    assert all(fold(spelling) == spelling for spelling in respellings(name))
    assert is_acronym(name) in {True, False}
    assert is_part(name) in {True, False}


def test_an_endless_name_is_cut():
    assert len(fold("a" * 10_000)) == LONGEST_NAME
    assert skeleton("ab" * 10_000)


@pytest.mark.parametrize(
    ("written", "key", "reason"),
    [
        ("kyiv", "kyiv", "lower case"),
        ("KYIV", "kyiv", "upper case"),
        ("Ivano-Frankivs’k", "ivano frankivsk", "hyphen and curly apostrophe"),
        ("Kharkivʼ", "kharkiv", "modifier letter"),
        ("São  Tomé\u00a0", "sao tome", "accents, double and unbreakable spaces"),
        ("Łódź", "lodz", "a letter that Unicode does not decompose"),
        ("Straße", "strasse", "sharp s"),
        ("Æbeltoft", "aebeltoft", "a ligature"),
        ("U.S.", "us", "points of an acronym"),
        ("Winston–Salem", "winston salem", "en dash"),
        ("Київ", "киів", "a letter that Unicode does decompose"),
        ("…", "", "no letter at all"),
    ],
)
def test_fold(written, key, reason):
    assert fold(written) == key, reason


@pytest.mark.parametrize(
    ("spellings", "reason"),
    [
        (("Zaporizhzhia", "Zaporizhia", "Zaporizhzhya", "Запоріжжя"), "doubled zh"),
        (("Solomyansky", "Solomianskyi", "Solomianskiy", "Solomians'kyi"), "endings of adjectives"),
        (("Podilsky", "Podilskyi", "Podilskiy", "Подільський"), "endings, soft sign"),
        (("Avdiivka", "Avdiyivka", "Avdeevka"), "yi, ii and ee"),
        (("Mykolaiv", "Mykolayiv", "Миколаїв"), "ayi and ai"),
        (("Kharkiv", "Харків"), "Cyrillic"),
        (("Raqqa", "Al-Raqqah", "ar-Raqqa"), "Arabic article, q, final h"),
        (("Goettingen", "Göttingen"), "German umlaut written out"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings, reason):
    assert len({skeleton(spelling) for spelling in spellings}) == 1, reason


def test_different_towns_keep_different_skeletons():
    names = ["Kyiv", "Kharkiv", "Kherson", "Lviv", "Odesa", "Donetsk", "Luhansk", "Poltava"]
    assert len({skeleton(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "core", "kind"),
    [
        ("Belgorod region", "Belgorod", PlaceKind.ADMIN1),
        ("Kharkiv Oblast", "Kharkiv", PlaceKind.ADMIN1),
        ("Oblast of Odesa", "Odesa", PlaceKind.ADMIN1),
        ("Province of Idlib", "Idlib", PlaceKind.ADMIN1),
        ("Laurel County", "Laurel", PlaceKind.ADMIN2),
        ("County Cork", "Cork", PlaceKind.ADMIN2),
        ("Rapides Parish", "Rapides", PlaceKind.ADMIN2),
        ("Solomyansky district", "Solomyansky", PlaceKind.DISTRICT),
        ("Yamalo-Nenets Autonomous Okrug", "Yamalo-Nenets", PlaceKind.ADMIN1),
        ("Region", "Region", None),
        ("Kyiv", "Kyiv", None),
    ],
)
def test_split_affix(name, core, kind):
    assert split_affix(name) == (core, kind)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("eastern Ukraine", "ukraine"),
        ("North-East London", "london"),
        ("downtown Chicago", "chicago"),
        ("Kyiv", None),
        ("East", None),
    ],
)
def test_split_part(name, whole):
    assert split_part(name) == whole


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Loudon Co.", "loudon county"),
        ("Mt. Vernon", "mount vernon"),
        ("Saint Louis", "st louis"),
        ("Fort Worth", "ft worth"),
    ],
)
def test_respellings(name, spelling):
    assert spelling in respellings(name)


@pytest.mark.parametrize(
    ("name", "answer"),
    [("US", True), ("U.S.", True), ("NATO", True), ("Us", False), ("I", False), ("UKRAINE", False)],
)
def test_is_acronym(name, answer):
    assert is_acronym(name) is answer
