"""Bad files of every kind, made anew each time and the same each time.

``python tests/bad_files.py FOLDER`` writes them. Good files of every format are truncated, bits are
turned over, pieces cut out, doubled and zeroed, names changed and archives packed into archives;
files that somebody made to do harm stand in ``hostile_files.py``.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import zipfile
from pathlib import Path

SENTENCES = (
    "Drones struck a fuel depot near Kharkiv on Tuesday night, the regional governor said.",
    "Two people were killed and at least seven were injured in the village of Lyptsi.",
    "Air defence shot down nine of the twelve drones over Poltava and Sumy regions.",
    "Train service between Lviv and the Polish border was halted for several hours.",
)
TEXT = "\n\n".join(SENTENCES * 3)

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A depot burns</title>
<meta property="og:site_name" content="The Valley Herald">
<meta property="article:published_time" content="2024-01-02T10:00:00Z"></head><body>
<nav>Home Sport</nav><article><h1>A depot burns</h1>{"".join(f"<p>{s}</p>" for s in SENTENCES * 2)}
</article><footer>All rights reserved</footer></body></html>"""

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Herald</title>
{
    "".join(
        f"<item><title>A</title><pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate>"
        f"<description>{s}</description></item>"
        for s in SENTENCES
    )
}</channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title>
{
    "".join(
        f"<entry><title>A</title><updated>2024-01-02T10:00:00Z</updated>"
        f"<content type='text'>{s}</content></entry>"
        for s in SENTENCES
    )
}</feed>"""

ROWS = [
    {"headline": "A depot burns", "date": "2024-01-02", "outlet": "Herald", "body": sentence}
    for sentence in SENTENCES
]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """Pack pairs of name and content; a name may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def gzipped(data):
    return gzip.compress(data if isinstance(data, bytes) else data.encode(), mtime=0)


def pdf(text, *, catalog=b"", pages=b"[3 0 R]"):
    """Make a PDF of one page; an empty text makes what a scanner makes."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids%s/Count 1>>" % pages,
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj%sendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body):
    """Make a Word file around WordprocessingML."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
    return zipped([("word/document.xml", document + "</w:document>")])


def paragraphs(*texts):
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def parquet(rows):
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def csv_of(rows, delimiter=","):
    lines = [delimiter.join(rows[0]), *(delimiter.join(f'"{v}"' for v in r.values()) for r in rows)]
    return "\n".join(lines) + "\n"


def good_files():
    """Return a good file of every format, name to bytes."""
    table = csv_of(ROWS).encode()
    files = {
        "plain.txt": f"Title: A depot burns\nDate: 2024-01-02\n\n{TEXT}\n",
        "matter.md": f"---\ntitle: A depot burns\ndate: 2024-01-02\n---\n\n{TEXT}\n",
        "cyrillic.txt": f"{TEXT}\n\nХарків, Львів і Суми.\n",
        "page.html": PAGE,
        "feed.rss": RSS,
        "feed.atom": ATOM,
        "rows.json": json.dumps(ROWS, indent=1),
        "rows.jsonl": "\n".join(json.dumps(row) for row in ROWS),
        "rows.csv": table,
        "rows.tsv": csv_of(ROWS, "\t"),
        "report.pdf": pdf(" ".join(SENTENCES)),
        "report.docx": docx(paragraphs(*SENTENCES)),
        "rows.parquet": parquet(ROWS),
        "rows.csv.gz": gzipped(table),
        "all.zip": zipped([("in/page.html", PAGE), ("rows.csv", table), ("a.txt", TEXT)]),
    }
    return {name: d if isinstance(d, bytes) else d.encode() for name, d in files.items()}


def _truncated(data, rng):
    return data[: rng.randrange(len(data))]


def _flipped(data, rng, share):
    out = bytearray(data)
    for _ in range(max(1, int(len(out) * share))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _piece(data, rng):
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.randrange(1, 2 + len(data) // 3))


def _cut(data, rng):
    start, end = _piece(data, rng)
    return data[:start] + data[end:]


def _doubled(data, rng):
    start, end = _piece(data, rng)
    return data[:end] + data[start:end] * rng.randrange(1, 4) + data[end:]


def _zeroed(data, rng):
    start, end = _piece(data, rng)
    return data[:start] + bytes(end - start) + data[end:]


def _noise(data, rng):
    start, end = _piece(data, rng)
    return data[:start] + rng.randbytes(end - start) + data[end:]


MUTATIONS = {
    "cut-short": _truncated,
    "one-bit": lambda data, rng: _flipped(data, rng, 0),
    "few-bits": lambda data, rng: _flipped(data, rng, 0.002),
    "many-bits": lambda data, rng: _flipped(data, rng, 0.05),
    "piece-gone": _cut,
    "piece-twice": _doubled,
    "zeros": _zeroed,
    "noise": _noise,
}


def mutated(data, kind, seed):
    """Return ``data`` broken in one way; the same seed breaks it the same."""
    return MUTATIONS[kind](data, random.Random(f"{kind} {seed}"))


def bad_files(rounds=2):
    """Return the bad files, name to bytes, in a fixed order."""
    good = good_files()
    files = {}
    for name, data in good.items():
        stem, _, ending = name.partition(".")
        for kind in MUTATIONS:
            for number in range(rounds):
                files[f"{stem}-{kind}-{number}.{ending}"] = mutated(data, kind, f"{name} {number}")
        endings = [other.partition(".")[2] for other in good]
        wrong = endings[(endings.index(ending) + 4) % len(endings)]
        files[f"{stem}-{ending}-called.{wrong}"] = data
        files[f"{stem}-{ending}-without-ending"] = data
        broken = mutated(data, "few-bits", name)
        files[f"{stem}-{ending}-packed.zip"] = zipped([(name, broken), (f"whole-{name}", data)])
        files[f"{stem}-{ending}-packed.{ending}.gz"] = gzipped(broken)
    return files


def write(folder, files):
    """Write files into a folder; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


if __name__ == "__main__":
    from hostile_files import hostile_files

    write(Path(sys.argv[1]), bad_files() | hostile_files())
