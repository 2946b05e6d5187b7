"""Memory stays bounded whatever is fed: the largest that a process ever held is measured."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib

import pytest
from bad_files import gzipped, zipped

pytestmark = pytest.mark.slow

MB = 1_000_000
# Gazetteer and models take some 400 MB, a file and its text at most 50 MB and what is made of them.
MOST_MB = 900

BUILD = ["build", "{file}", "-o", "out", "--quiet", "--no-cache", "--workers", "1"]
LOCATE = ["locate", "--json", "{file}"]


def repeated(piece, size_mb, before=b"", after=b""):
    return before + piece * (size_mb * MB // len(piece)) + after


def pdf_bomb():
    """Return a PDF whose page unpacks to 500 MB."""
    stream = zlib.compress(b"BT /F1 12 Tf (a) Tj ET " * (500 * MB // 23), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\n"
    return out + b"startxref\n%d\n%%%%EOF" % start


# A process begins with the mark of the one that started it in its resource usage, and not here.
MEASURED = """
import pathlib, sys
from geomap.cli import main
code = main(sys.argv[1:])
print(pathlib.Path("/proc/self/status").read_text())
sys.exit(code)
"""

TEXT = b"Drones struck Kyiv on Monday, officials said. \n"
BOMBS = {
    "text of 500 MB": ("a.txt", lambda: repeated(TEXT, 500), BUILD, "larger than 50 MB"),
    "a text of 45 MB": ("a.txt", lambda: repeated(TEXT, 45), BUILD, "the limit is 2,000,000"),
    "text to locate": ("a.txt", lambda: repeated(TEXT, 500), LOCATE, "larger than 100 MB"),
    "one line of 500 MB": ("a.jsonl", lambda: repeated(b"{", 500), LOCATE, "line 1: longer than"),
    "a million columns": (
        "a.csv",
        lambda: b",".join(b"c%d" % n for n in range(MB)) + b"\n" + b"a," * MB,
        BUILD,
        "more than 2,000 columns",
    ),
    "a million cells": ("a.csv", lambda: b"text\n" + b"," * 45 * MB, BUILD, "the limit is"),
    "deep JSON": ("a.json", lambda: repeated(b"[", 45), BUILD, "not JSON"),
    "empty lists": ("a.json", lambda: repeated(b"[],", 45, b"[", b"[]]"), BUILD, "objects and"),
    "objects": ("a.json", lambda: repeated(b'{"":0},', 45, b"[", b"{}]"), BUILD, "objects and"),
    "tags": ("a.html", lambda: repeated(b"<p>a", 45, b"<html><body>"), BUILD, "200,000 tags"),
    "nested tags": ("a.html", lambda: repeated(b"<div>", 45, b"<html>"), BUILD, "200,000 tags"),
    "items": ("a.rss", lambda: repeated(b"<item>", 45, b"<rss>"), BUILD, "1,000,000 tags"),
    "zeros in ZIP": ("a.zip", lambda: zipped([("a.txt", bytes(300 * MB))]), BUILD, "unpacks to"),
    "zeros in gzip": ("a.txt.gz", lambda: gzipped(bytes(1_000 * MB)), BUILD, "unpacks to"),
    "a page of PDF": ("a.pdf", pdf_bomb, BUILD, "Limit reached"),
    "an overlay": ("a.csv", lambda: repeated(b"a,", 200), ["gazetteer", "add", "{file}"], "100 MB"),
    "settings": ("a.toml", lambda: repeated(b"#", 200), [*BUILD, "--config", "{file}"], "100 MB"),
}


@pytest.mark.parametrize(("name", "make", "arguments", "words"), BOMBS.values(), ids=BOMBS)
def test_the_largest_that_a_command_holds_is_bounded(tmp_path, name, make, arguments, words):
    (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-c", MEASURED, *(one.format(file=name) for one in arguments)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (tmp_path / name).unlink()
    assert done.returncode == 1, done.stderr
    assert words in done.stderr
    assert name in done.stderr
    (peak_kb,) = re.findall(r"VmHWM:\s+(\d+) kB", done.stdout)
    assert int(peak_kb) / 1000 < MOST_MB
