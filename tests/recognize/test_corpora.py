from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap.errors import InputError
from geomap.recognize.corpora import Gold, read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Rain fell on Oslo and on Main Street."
OSLO = Gold(start=13, end=17, kind="", located=True)
STREET = Gold(start=25, end=36, kind="", located=False)


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "LGL.dev.jsonl"
    path.write_text(
        f'{{"id": 7, "text": "{TEXT}", "toponyms": ['
        '{"start": 25, "end": 36, "lat": 0, "lon": 0},'
        '{"start": 13, "end": 17, "lat": 59.9, "lon": 10.7}]}\n'
    )
    [article] = read(path)
    assert (article.id, article.corpus, article.text) == ("7", "LGL", TEXT)
    assert article.gold == (OSLO, STREET)


def test_xml_of_lgl_and_tr_news(tmp_path: Path) -> None:
    path = tmp_path / "TR-News.xml"
    path.write_text(
        f'<articles><article docid="7"><title>Rain</title><text>{TEXT}</text><toponyms>'
        "<toponym><start>13</start><end>17</end><phrase>Oslo</phrase>"
        '<gaztag geonameid="3143244"><lat>59.9</lat><lon>10.7</lon></gaztag></toponym>'
        "<toponym><start>25</start><end>36</end><phrase>Main Street</phrase></toponym>"
        "</toponyms></article></articles>"
    )
    [article] = read(path)
    assert (article.id, article.corpus) == ("7", "TR-News")
    assert article.gold == (OSLO, STREET)


def test_brat_of_geowebnews(tmp_path: Path) -> None:
    folder = tmp_path / "GeoWebNews"
    folder.mkdir()
    (folder / "7.txt").write_text(TEXT)
    (folder / "7.ann").write_text(
        "T1\tLiteral 13 17\tOslo\n"
        "#1\tAnnotatorNotes T1\t3143244\n"
        "T2\tNon_Lit_Expression 0 4\tRain\n"
        "T3\tDemonym 25 36\tMain Street\n"
    )
    [article] = read(folder)
    assert article.gold == (
        Gold(start=13, end=17, kind="Literal", located=True),
        Gold(start=25, end=36, kind="Demonym", located=False),
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "<articles>",
        '{"id": 1}',
        '<articles><article docid="7"><toponyms/></article></articles>',
    ],
)
def test_what_is_no_corpus_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / ("bad.xml" if content.startswith("<") or not content else "bad.jsonl")
    path.write_text(content)
    with pytest.raises(InputError, match="bad"):
        read(path)


def test_sentences_with_the_place_of_one_event_are_marked_in_part(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(f'{{"id": "1", "text": "{TEXT}", "verb": [[5, 9]], "locations": [[13, 17]]}}\n')
    [article] = read(path)
    assert article.gold == (OSLO,)
    assert not article.complete
