"""Every kind of file that people have, good and broken."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date

import pytest
from bad_files import docx as word_file
from bad_files import paragraphs, pdf

from geomap.config import Settings
from geomap.errors import ConfigError
from geomap.model import Document, Failure
from geomap.read import read_documents
from geomap.read.mend import future_note

SENTENCE = "Missiles hit Kyiv on Tuesday morning, officials said, and two people were injured."

PAGE = f"""<!doctype html><html lang="en"><head><title>A fire - The Post</title>
<link rel="canonical" href="https://post.example/fire">
<meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2024-01-02T10:00:00Z"></head>
<body><nav>Home Sport Weather</nav><article><h1>A fire</h1><p>{SENTENCE}</p>
<p>Windows were broken in the center of the city, and trams stood still for hours.</p></article>
<footer>All rights reserved</footer></body></html>"""

RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>
<item><title>A fire</title><link>https://post.example/1</link>
<pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{SENTENCE}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Nothing</title></item></channel></rss>"""

ROW = {"headline": "A fire", "date": "2024-01-02", "outlet": "The Post", "body": SENTENCE}


def docx(*paragraphs):
    import docx as word

    file, out = word.Document(), io.BytesIO()
    for paragraph in paragraphs:
        file.add_paragraph(paragraph)
    file.save(out)
    return out.getvalue()


def parquet(rows):
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def read(tmp_path, name, data, **settings):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    items = list(read_documents([path], Settings(**settings)))
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item for item in items if isinstance(item, Failure)]


def _told_by_name(value: str | bytes) -> str:
    """Name a case by words, not by packed bytes, which hold the hour of packing."""
    return value if isinstance(value, str) and len(value) < 20 else "…"


CSV = "headline;date;outlet;body\nA fire;2024-01-02;The Post;" + SENTENCE + "\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", PAGE),
        ("page", PAGE),  # told by its content
        ("feed.xml", RSS),
        ("rows.json", json.dumps([ROW])),
        ("rows.jsonl", json.dumps(ROW) + "\n"),
        ("rows.csv", CSV),
        ("rows.parquet", parquet([ROW])),
        ("rows.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("all.zip", archive(**{"in/page.html": PAGE})),
        ("page.txt", PAGE),  # and not by its name
        ("report.htm", "\ufeff" + PAGE),
        ("latin.html", PAGE.replace("</p>", " – Besançon</p>").encode("utf-16")),
        ("nested.zip", archive(**{"inner.zip": archive(**{"rows.csv": CSV})})),
    ],
    ids=_told_by_name,
)
def test_text_title_day_and_publisher_are_found(tmp_path, name, data):
    documents, _ = read(tmp_path, name, data)
    (document,) = documents
    assert SENTENCE in document.text
    assert "alert" not in document.text or name == "feed.xml"
    assert document.title == "A fire"
    assert document.published == date(2024, 1, 2)
    assert document.publisher == "The Post"
    assert len(document.sha256) == 64


def test_navigation_is_no_text_and_the_address_is_the_canonical_one(tmp_path):
    ((document,), _) = read(tmp_path, "page.html", PAGE)
    assert document.url == "https://post.example/fire"
    assert document.format == "html"
    assert "Sport" not in document.text
    assert "rights reserved" not in document.text


@pytest.mark.parametrize(("name", "data"), [("a.pdf", pdf(SENTENCE)), ("a.docx", docx(SENTENCE))])
def test_office_files_give_their_text(tmp_path, name, data):
    ((document,), failures) = read(tmp_path, name, data)
    assert SENTENCE in document.text
    assert not failures


def test_columns_can_be_named(tmp_path):
    data = json.dumps({"text": "no", "plain": SENTENCE})
    ((document,), _) = read(tmp_path, "a.json", data, columns=(("text", "plain"),))
    assert document.text == SENTENCE


def test_a_column_of_a_field_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r'"txt"; known: text, title'):
        read(tmp_path, "a.json", "{}", columns=(("txt", "plain"),))


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path):
    lines = [
        json.dumps({"id": "x", "text": SENTENCE}),
        "{broken",
        "[1]",
        json.dumps({"title": "t"}),
    ]
    documents, failures = read(tmp_path, "a.jsonl", "\n".join(lines))
    assert [document.id for document in documents] == ["a.jsonl#x"]
    assert [failure.source.rpartition(" ")[2] for failure in failures] == ["2", "3", "4"]
    assert "columns" in failures[2].message


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("scan.pdf", pdf(""), "scanned"),
        ("cut.pdf", pdf(SENTENCE)[:60], "PDF"),
        ("cut.docx", docx(SENTENCE)[:300], "damaged"),
        ("cut.zip", archive(a="text")[:20], "damaged"),
        ("cut.gz", gzip.compress(b"x" * 1000, mtime=0)[:20], "damaged"),
        ("cut.parquet", parquet([ROW])[:100], "Parquet"),
        ("book.xlsx", archive(**{"xl/workbook.xml": "<x/>"}), "Excel"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
        ("bomb.gz", gzip.compress(bytes(30_000_000), mtime=0), "unpacks to more"),
        ("bomb.zip", archive(**{"a.txt": bytes(30_000_000)}), "unpacks to more"),
        ("lol.xml", '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><rss></rss>', "entities"),
        ("page.html", "<!doctype html><html><body></body></html>", "no main text"),
        ("feed.xml", "<rss></rss>", "no entries"),
        ("deep.json", "[" * 100_000, "not JSON"),
        ("digits.json", '{"text": ' + "1" * 5000 + "}", "not JSON"),  # more than Python converts
        ("controls.txt", "\x01\x02", "empty"),  # nothing is left of it
        ("object.json", '{"text": {"a": 1}}', "no text"),
        ("empty.zip", archive(), "empty"),
        ("header.csv", "title,text\n", "empty"),
        ("wide.csv", ",".join("text" for _ in range(3000)) + "\na\n", "columns"),
    ],
    ids=_told_by_name,
)
def test_what_cannot_be_read_says_why(tmp_path, name, data, words):
    documents, failures = read(tmp_path, name, data)
    assert not documents
    assert any(words in failure.message for failure in failures)
    assert all(name in failure.source for failure in failures)


def test_archives_in_archives_end(tmp_path):
    data = b"text"
    for depth in range(6):
        data = archive(**{f"{depth}.zip" if depth else "a.txt": data})
    documents, failures = read(tmp_path, "a.zip", data)
    assert not documents
    assert "deep" in failures[0].message


def test_a_member_with_the_path_of_another_place_stays_a_name(tmp_path):
    ((document,), _) = read(tmp_path, "a.zip", archive(**{"../../up.txt": SENTENCE}))
    assert document.id == "a.zip!../../up.txt"
    assert not (tmp_path.parent.parent / "up.txt").exists()


def test_standard_input_is_a_file(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode())))
    ((document),) = read_documents(["-"], Settings())
    assert document.text == SENTENCE
    assert document.id == "stdin"


def test_patterns_stand_for_what_they_match(tmp_path):
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(SENTENCE)
    found = read_documents([tmp_path / "*.txt"], Settings())
    assert [document.id for document in found] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("text", "mended", "note"),
    [
        ("Besan\u00c3\u00a7on burns", "Besançon burns", "mojibake"),
        ("Khar\u00adkiv and Be\u200blgorod", "Kharkiv and Belgorod", "2 invisible"),
        ("\x1b[31mKyiv\x07", " [31mKyiv ", "2 control"),
        ("نیم\u200cفاصله", "نیم\u200cفاصله", None),  # the joiner is part of the script
    ],
)
def test_what_is_wrong_with_a_text_is_mended_and_noted(tmp_path, text, mended, note):
    ((document,), _) = read(tmp_path, "a.txt", text)
    assert document.text == mended
    assert (note in " ".join(document.notes)) if note else not document.notes


def test_another_language_is_listed_and_not_mangled(tmp_path):
    german = (
        "Am Dienstagmorgen schlugen mehrere Raketen in der Hauptstadt ein, wie die Behörden "
        "mitteilten. Dabei wurden nach ersten Angaben mindestens zehn Menschen verletzt, und in "
        "zwei Bezirken brachen Brände aus, die von der Feuerwehr bis zum Abend gelöscht wurden. "
        "Der Bürgermeister rief die Bewohner auf, in den Schutzräumen zu bleiben."
    )
    documents, failures = read(tmp_path, "a.txt", german)
    assert not documents
    assert '"de"' in failures[0].message
    assert read(tmp_path, "b.txt", "Language: en\n\n" + german)[0]


@pytest.mark.parametrize(
    ("declared", "encoding", "words"),
    [
        ("windows-1251", "cp1251", "Київ"),
        ("iso-8859-1", "cp1252", "“Besançon”"),  # as browsers read it
        ("punycode", "cp1252", "Besançon"),  # none of the web: found by its looks
        ("no-such", "cp1252", "Besançon"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(tmp_path, declared, encoding, words):
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">')
    page = page.replace("</p>", f" {words} was quiet in the evening, the city said.</p>")
    ((document,), _) = read(tmp_path, "page.html", page.encode(encoding))
    assert words in document.text
    assert any("read as" in note for note in document.notes)


def test_a_few_broken_bytes_do_not_change_the_encoding(tmp_path):
    data = ("Fires burned in Харків and Львів. " * 3).encode() + b"\xd0 was cut here."
    ((document,), _) = read(tmp_path, "a.txt", data)
    assert "Харків" in document.text
    assert "broken" in document.notes[0]


def test_what_is_no_report_in_a_folder_is_none_in_an_archive(tmp_path):
    members = {"README.md": "no", "__MACOSX/._a.txt": "no", ".hidden": "no", "a.txt": SENTENCE}
    documents, failures = read(tmp_path, "a.zip", archive(**members))
    assert [document.id for document in documents] == ["a.zip!a.txt"]
    assert not failures


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_gives_two_documents(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", SENTENCE)
        file.writestr("a.txt", SENTENCE)
    documents, _ = read(tmp_path, "a.zip", out.getvalue())
    assert [document.id for document in documents] == ["a.zip!a.txt", "a.zip!a.txt#2"]


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.zip", lambda: archive(**{f"{n}.txt": b"a" * 900_000 for n in range(30)}), "unpacks to"),
        ("a.zip", lambda: archive(**{f"{n}.txt": b"" for n in range(10_001)}), "10,000 files"),
        ("a.json", lambda: json.dumps([{"text": "a" * 9_000_000}] * 2), "holds texts of"),
    ],
)
def test_limits_hold_over_all_that_a_file_gives(tmp_path, name, make, words):
    _, failures = read(tmp_path, name, make(), max_archive_mb=10, max_text_chars=10_000_000)
    assert words in failures[-1].message


def test_of_many_bad_rows_some_are_told_and_the_number(tmp_path):
    _, failures = read(tmp_path, "a.csv", "text,title\n" + ",x\n" * 500)
    assert len(failures) == 101
    assert "400 more" in failures[-1].message


@pytest.mark.parametrize(
    ("language", "text", "readable"),
    [
        ("de", "Feuer in Berlin.", False),  # too short to tell: as it says
        ("de", SENTENCE * 20, True),  # a site declares one language for all its pages
        ("English", SENTENCE, True),
        ("eng", SENTENCE, True),
    ],
)
def test_the_words_decide_on_the_language(tmp_path, language, text, readable):
    documents, _ = read(tmp_path, "a.txt", f"Language: {language}\n\n{text}")
    assert bool(documents) == readable


def test_a_word_document_is_read_in_the_order_of_its_text(tmp_path):
    import docx as word

    file, out = word.Document(), io.BytesIO()
    file.core_properties.title = "A fire"
    file.add_paragraph("Before the table.")
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Kyiv", "two hurt"
    file.add_paragraph("After it.")
    file.save(out)
    ((document,), _) = read(tmp_path, "a.docx", out.getvalue())
    assert document.text == "Before the table.\n\nKyiv\ttwo hurt\n\nAfter it."
    assert document.title == "A fire"


def test_a_short_or_english_text_is_read(tmp_path):
    assert read(tmp_path, "a.txt", "Raketen auf Kyiv.")[0]
    assert read(tmp_path, "b.txt", SENTENCE * 20)[0]


DATES = {
    "a day long past": (date(2024, 1, 2), False),
    "today": (date(2030, 5, 6), False),
    "tomorrow, as it is today somewhere": (date(2030, 5, 7), False),
    "the day after": (date(2030, 5, 8), True),
    "no day": (None, False),
}


@pytest.mark.parametrize(("published", "noted"), DATES.values(), ids=DATES)
def test_a_day_of_publication_that_has_not_come_is_noted(published, noted):
    assert bool(future_note(published, date(2030, 5, 6))) == noted


def test_a_document_dated_in_the_future_is_kept_with_a_note(tmp_path):
    (tmp_path / "a.txt").write_text(f"Title: A fire\nDate: 9999-12-31\n\n{SENTENCE}\n")
    (document,) = read_documents([tmp_path], Settings())
    assert document.published == date(9999, 12, 31)
    assert "dated in the future (9999-12-31)" in document.notes[0]


def test_what_an_author_took_out_of_a_word_file_is_not_read(tmp_path):
    gone = "<w:del><w:p><w:r><w:t>Gone.</w:t></w:r><w:del/></w:p></w:del>"
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    row = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>outer</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>"
    body = gone + paragraphs(SENTENCE) + row
    ((document,), _) = read(tmp_path, "a.docx", word_file(body))
    assert document.text == f"{SENTENCE}\n\nouter inner"
    (_, (failure,)) = read(tmp_path, "b.docx", word_file(gone))
    assert "has no text" in failure.message


def test_a_text_in_paragraphs_is_one_text(tmp_path):
    ((document,), _) = read(tmp_path, "a.json", json.dumps({"text": [SENTENCE, "More."]}))
    assert document.text == f"{SENTENCE}\n\nMore."


def test_a_damaged_table_file_is_said_to_be_one(tmp_path):
    data = parquet([{"text": SENTENCE}])
    (_, (failure,)) = read(tmp_path, "a.parquet", data[:-30] + b"PAR1")
    assert "not a Parquet file" in failure.message


def test_no_file_gives_documents_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.read.limits.MAX_DOCUMENTS", 3)
    rows = [{"text": f"{SENTENCE} {number}"} for number in range(5)]
    documents, (failure,) = read(tmp_path, "a.json", json.dumps(rows))
    assert len(documents) == 3
    assert "more than 3 documents" in failure.message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tags.html", "<html><body>" + "<p>a" * 200_001),
        ("attributes.html", "<html><body><p " + "".join(f"a{n}=b " for n in range(1_000_001))),
        ("items.rss", "<rss><channel>" + "<item>" * 1_000_001),
        ("escaped.rss", "<rss><channel><item>" + "&lt;p&gt;" * 1_000_001),
    ],
)  # fmt: skip
def test_markup_of_more_tags_than_any_text_has_is_refused(tmp_path, name, data):
    (_, (failure,)) = read(tmp_path, name, data)
    assert "tags, which no text needs" in failure.message


def test_an_entry_of_more_tags_than_a_page_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.read.pages.MAX_PAGE_TAGS", 10)
    entry = f"<description>{'&lt;p&gt;a' * 11}</description>"
    feed = f"<rss><channel><item>{entry}</item></channel></rss>"
    (_, (failure,)) = read(tmp_path, "a.rss", feed)
    assert "more than 10 tags" in failure.message


def test_a_word_file_of_more_tags_than_any_book_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.read.office.MAX_WORD_TAGS", 10)
    (_, (failure,)) = read(tmp_path, "a.docx", word_file(paragraphs(*[SENTENCE] * 20)))
    assert "more than 10 tags" in failure.message


def test_json_of_millions_of_empty_objects_is_refused(tmp_path):
    (_, (failure,)) = read(tmp_path, "a.json", "[" + "{}," * 3_000_001 + "{}]")
    assert "more than 3,000,000 objects and lists" in failure.message
