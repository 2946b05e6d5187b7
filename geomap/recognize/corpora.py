"""Read corpora with marked toponyms, in the forms in which they are published.

* LGL (Lieberman et al. 2010) and TR-News (Kamalloo and Rafiei 2018): one XML file of ``article``s
  with ``toponym``s, whose ``gaztag`` gives the place.
* GeoWebNews (Gritta et al. 2020): a folder with a text and a brat annotation file for each article,
  the kind of use as the type of an annotation and the place as an annotator's note.
* JSON Lines: ``{"id", "text", "toponyms": [{"start", "end", "type"?, "lat"?, "lon"?}]}``.
* JSON Lines with ``locations`` (pairs of offsets) instead: sentences of which only the place of one
  event is marked, as in EventLocation (Halterman 2019).

None of them is part of geomap.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from geomap.errors import InputError
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# GeoWebNews also marks common nouns ("the city", "residents") under these types.
_COMMON_NOUNS = re.compile(r"_Expression$")


@noun
class Gold:
    """A marked toponym; ``kind`` is the corpus's type of it, ``located`` that it has a place."""

    start: int
    end: int
    kind: str
    located: bool


@noun
class Article:
    """A text with its toponyms in text order. They may overlap: names inside names.

    ``complete`` tells that all of its toponyms are marked.
    """

    id: str
    corpus: str
    text: str
    gold: tuple[Gold, ...]
    complete: bool = True


def read(path: Path) -> list[Article]:
    """Read a corpus; raise :class:`InputError` where it is of no known form."""
    corpus = path.name.split(".")[0]
    try:
        if path.is_dir():
            return list(_brat(path, corpus))
        if path.suffix == ".xml":
            return list(_xml(path, corpus))
        return list(_json_lines(path, corpus))
    except (OSError, ValueError, KeyError, AttributeError, ET.ParseError) as error:
        raise InputError(
            f"{path} is no corpus that can be read ({error!r}); expected LGL or TR-News XML, a "
            "folder of brat files, or JSON Lines"
        ) from error


def _json_lines(path: Path, corpus: str) -> Iterator[Article]:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "locations" in entry:
            yield _event(entry, corpus)
            continue
        gold = [
            _gold(t["start"], t["end"], t.get("type", ""), (t.get("lat"), t.get("lon")))
            for t in entry["toponyms"]
        ]
        yield _article(str(entry["id"]), corpus, entry["text"], gold)


def _event(entry: dict[str, Any], corpus: str) -> Article:
    gold = tuple(Gold(start=a, end=b, kind="", located=True) for a, b in entry["locations"])
    name, text = str(entry.get("id", "")), entry["text"]
    return Article(id=name, corpus=corpus, text=text, gold=gold, complete=False)


def _xml(path: Path, corpus: str) -> Iterator[Article]:
    # The file is the user's own, named on the command line of the training script.
    for article in ET.parse(path).getroot().iter("article"):  # noqa: S314 - see above
        gold = [
            _gold(
                int(_child(t, "start")),
                int(_child(t, "end")),
                "",
                (t.findtext(".//lat"), t.findtext(".//lon")),
            )
            for t in article.iter("toponym")
        ]
        yield _article(article.get("docid", ""), corpus, _child(article, "text"), gold)


def _brat(folder: Path, corpus: str) -> Iterator[Article]:
    for path in sorted(folder.rglob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        notes = {line[1].split()[-1] for line in lines if line[0][:1] == "#" and line[2].strip()}
        marks = [(line[0], line[1].split()) for line in lines if line[0][:1] == "T"]
        gold = [
            Gold(start=int(mark[1]), end=int(mark[-1]), kind=mark[0], located=number in notes)
            for number, mark in marks
        ]
        yield _article(path.stem, corpus, text, gold)


def _child(element: Any, name: str) -> str:
    text = element.findtext(name)
    if text is None:
        raise ValueError(f"<{element.tag}> without <{name}>")
    return str(text)


def _gold(start: int, end: int, kind: str, point: tuple[Any, Any]) -> Gold:
    """Make a mark; a point of (0, 0) is how some corpora write that there is none."""
    located = None not in point and tuple(map(float, point)) != (0.0, 0.0)
    return Gold(start=start, end=end, kind=kind, located=located)


def _article(name: str, corpus: str, text: str, gold: list[Gold]) -> Article:
    marked = [g for g in gold if not _COMMON_NOUNS.search(g.kind)]
    marked.sort(key=lambda g: (g.start, g.end))
    return Article(id=name, corpus=corpus, text=text, gold=tuple(marked))
