"""Anything at all, given to what reads strangers' input: no exception but our own, and no hang.

The default run takes a few examples of each, ``-m slow`` a minute of them, and
``benchmarks/fuzz.py`` as many as one likes.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from bad_files import MUTATIONS, good_files, mutated
from given_files import CORRECTIONS, GEOJSON, ONTOLOGY, OVERLAY, POIS, SETTINGS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap import config, corrections
from geomap.corrections import values
from geomap.errors import GeomapError
from geomap.extraction import find_published
from geomap.extraction.dates import as_range, find_times
from geomap.features.pois import read_pois
from geomap.gazetteer.overlay import read_overlays
from geomap.model import Document
from geomap.names import fold, respellings, skeleton, split_affix, split_part
from geomap.ontology import Ontology
from geomap.quantities import find_lengths, find_numbers
from geomap.read import read_documents
from geomap.visible import one_line

# Examples of each, times its share.
FEW, MANY = 8, 700

FILES = good_files()
ENDINGS = sorted({name.partition(".")[2] for name in FILES} | {"xml", "zip.gz", "weird", ""})
BEGINNINGS = [
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"PAR1", b"<html>", b"<rss><item>", b"{",
    b"[{", b"---\n", b"Title: x\n", b"a,text\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\xfe\xff",
]  # fmt: skip

WORDS = (  # noqa: SIM905  so many words are easier to read in a row
    "on|Tuesday|January|31|2024|29 February|2023-02-30|yesterday|last|next|week of|from|to|-|–|9999"
    "|0000|at least|more than|up to|nearly|hundreds of|dozens|a|half|1,000,000|1.5|million|billion"
    "|km|miles|twenty-|two|and|or|between|Easter|New Year's Eve|night|weekend|,|.|(|)|½|٣|Ⅷ|\n|  "
    "|1000000000000000000000000000|the 32nd of|weeks ago|in|months|years ago|before|the eve of"
    "|KYIV, Jan 2 (Wire) —|oblast|Saint|St.|-on-|'s|de la|Région|городъ|İ|ß|\u0301"
).split("|")
GLUED = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=25)
TEXTS = GLUED.map(" ".join) | GLUED.map("".join) | st.text(max_size=300)
DAYS = st.none() | st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29)])


def read_file(folder, name, data):
    """Read one file as a build does, and hold what is promised of what comes out."""
    path = Path(folder, name)
    path.write_bytes(data)
    for found in read_documents([path], config.Settings(max_file_mb=1)):
        if isinstance(found, Document):
            assert found.text.strip()
            found.text.encode()
            assert one_line(found.id) == found.id
            assert one_line(found.title or "") == (found.title or "")
        else:
            assert found.source.startswith(one_line(str(path)))
            assert one_line(found.message) == found.message != ""


@st.composite
def broken_files(draw):
    name = draw(st.sampled_from(sorted(FILES)))
    kinds = draw(st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=4))
    data = FILES[name]
    for kind in kinds:
        data = mutated(data, kind, draw(st.integers(0, 2**32))) or b"x"
    return f"f.{name.partition('.')[2]}", data


@st.composite
def made_up_files(draw):
    inside = st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "ignore"))
    data = draw(st.sampled_from(BEGINNINGS)) + draw(inside)
    return f"f.{draw(st.sampled_from(ENDINGS))}", data


@st.composite
def json_files(draw):
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
    names = st.sampled_from(["text", "title", "date", "url", "id", "Text ", ""])
    value = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=12,
    )
    return draw(st.sampled_from(["f.json", "f.jsonl"])), json.dumps(draw(value)).encode()


def broken(text):
    """Return a strategy of a text with pieces changed: by bytes, and by lines and cells."""
    by_bytes = st.tuples(st.sampled_from(sorted(MUTATIONS)), st.integers(0, 2**32))
    replaced = st.tuples(st.sampled_from(text.replace("\n", ",").split(",")), st.text(max_size=8))
    return by_bytes.map(lambda how: mutated(text.encode(), *how)) | replaced.map(
        lambda how: text.replace(how[0] or ",", how[1], 1).encode("utf-8", "ignore")
    )


def read_a_file_of_settings(folder, name, data, read):
    path = Path(folder, name)
    path.write_bytes(data)
    with contextlib.suppress(GeomapError):
        read(path)


def names_of(text, _day):
    assert fold(fold(text)) == fold(text)
    skeleton(text), split_affix(text), split_part(text), respellings(text)


def dates_of(text, day):
    for found in find_times(text, day):
        assert 0 <= found.start < found.end <= len(text)
        told = as_range(found, "a", text)
        assert told.first is None or told.last is None or told.first <= told.last
    find_published(text)


def quantities_of(text, _day):
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high
    find_lengths(text)


def values_of(text, _day):
    for read in (values.position, values.days, values.count):
        with contextlib.suppress(ValueError):
            read(text)


def read_overlay(path):
    read_overlays([path], lambda _: None, lambda _: None)


FILE_STRATEGIES = {"broken": broken_files(), "made up": made_up_files(), "json": json_files()}
TEXT_READERS = {
    "names": names_of,
    "dates": dates_of,
    "quantities": quantities_of,
    "values": values_of,
}
SETTINGS_READERS = {
    "corrections": ("corrections.csv", CORRECTIONS, corrections.read),
    "overlay": ("overlay.csv", OVERLAY, read_overlay),
    "overlay-geojson": ("overlay.geojson", GEOJSON, read_overlay),
    "poi": ("poi.csv", POIS, read_pois),
    "poi-geojson": ("poi.geojson", GEOJSON, read_pois),
    "settings": ("geomap.toml", SETTINGS, config.load),
    "ontology": ("ontology.toml", ONTOLOGY, Ontology.load),
}


def fuzz_files(kind):
    @given(FILE_STRATEGIES[kind])
    def check(file):
        with tempfile.TemporaryDirectory() as folder:
            read_file(folder, *file)

    return check


def fuzz_texts(kind):
    @given(TEXTS, DAYS)
    def check(text, day):
        TEXT_READERS[kind](text, day)

    return check


def fuzz_settings(kind):
    name, text, read = SETTINGS_READERS[kind]

    @given(broken(text))
    def check(data):
        with tempfile.TemporaryDirectory() as folder:
            read_a_file_of_settings(folder, name, data, read)

    return check


TESTS = (
    [pytest.param(partial(fuzz_files, kind), 1, id=f"file-{kind}") for kind in FILE_STRATEGIES]
    + [pytest.param(partial(fuzz_texts, kind), 4, id=kind) for kind in TEXT_READERS]
    + [pytest.param(partial(fuzz_settings, kind), 2, id=kind) for kind in SETTINGS_READERS]
)


def run(made, count):
    suppressed = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings(max_examples=count, suppress_health_check=suppressed)(made())()


@pytest.mark.parametrize(("made", "share"), TESTS)
def test_a_few_inputs_are_survived(made, share):
    run(made, FEW * share)


@pytest.mark.slow
@pytest.mark.parametrize(("made", "share"), TESTS)
def test_many_inputs_are_survived(made, share):
    run(made, MANY * share)


# A character, a number of times, between two sentences that there is something to find in.
RUNS = [" ", "\n", "-", "(", "1", "1,", "a", "A ", "Kyiv, ", "at least ", "January 1-", "two and "]


@pytest.mark.parametrize("piece", RUNS)
def test_time_is_linear_in_the_length_of_a_text(piece):
    """Three times the text takes nine times as long where a rule is quadratic."""

    def seconds(count):
        text = f"Hit on Tuesday. {piece * count} At least 5 died."
        started = time.process_time()
        for read in (names_of, dates_of, quantities_of):
            read(text, date(2024, 1, 2))
        return time.process_time() - started

    seconds(100)
    assert seconds(9_000) < 6 * seconds(3_000) + 0.5
