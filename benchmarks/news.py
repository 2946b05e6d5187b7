"""A corpus of any size to measure on, varied from articles that lie elsewhere.

    python benchmarks/news.py 1000 --from ../shared/corpora ../shared/seeds -o /tmp/news.jsonl
    python benchmarks/news.py 50000 --short --from ../shared/corpora ../shared/seeds -o /tmp/news/

Each document takes sentences of three articles, in their order, with other places, other counts and
a day of its own. ``--short`` makes reports of two to four sentences, some 60 words, each from
somewhere else, with many of its small words exchanged as well: else so few sentences, told again
and again, would make all documents near-copies of one another. An output that ends in a slash is a
folder with a file a document. Articles are read when it runs and none is kept in the project;
without any, the project's own reports are varied. One seed and one set of articles give one corpus.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN = Path(__file__).parents[1] / "seeds"
START = date(2024, 1, 1)
DAYS = 365
ARTICLES = 3
SHARE = 0.5  # of the sentences of an article that a document takes
SHIFT = 0.5  # chance that a place is called by another name
SHORT = (2, 4)  # sentences of a short report
EXCHANGE = 0.5  # chance that a small word is exchanged

# fmt: off
TOWNS = (
    "Kharkiv", "Odesa", "Lviv", "Poltava", "Sumy", "Kherson", "Dnipro", "Belgorod", "Kursk",
    "Aleppo", "Idlib", "Homs", "Mosul", "Kirkuk", "Basra", "Goma", "Bukavu", "Beni", "Juba",
    "Malakal", "Mogadishu", "Kandahar", "Herat", "Peshawar", "Quetta", "Karachi", "Sittwe",
    "Mandalay", "Davao", "Manila", "Derna", "Misrata", "Benghazi", "Khartoum",
)
# fmt: on

# Words that may stand for one another where only speed is measured.
_ALIKE = (
    ("the", "this", "that", "one", "their"),
    ("a", "another", "some", "one"),
    ("said", "reported", "stated", "announced", "told"),
    ("and", "while", "as", "with"),
    ("at", "near", "outside", "by"),
    ("of", "from", "about", "for"),
    ("was", "has been", "had been", "is"),
    ("were", "have been", "had been", "are"),
    ("has", "had"),
    ("after", "following", "before", "since"),
    ("to", "towards", "so as to"),
    ("his", "her", "its", "a"),
    ("he", "she", "it", "they"),
    ("who", "that", "which"),
)
_EXCHANGED = {word: words for words in _ALIKE for word in words if " " not in word}
_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(_EXCHANGED))})\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_NUMBER = re.compile(r"\b\d{1,3}\b")


def read(folders: Sequence[Path], shortest: int = 500) -> list[dict[str, Any]]:
    """Return the texts below ``folders`` of so many characters with the places told in them."""
    articles = []
    for folder in folders:
        for path in sorted(folder.rglob("*.dev.jsonl")):
            articles += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted((*folder.glob("*.txt"), *folder.glob("[0-9]*.md"))):
            articles.append({"text": path.read_text(encoding="utf-8")})
    return [article for article in articles if len(article["text"]) > shortest]


def documents(articles: Sequence[dict[str, Any]], count: int, seed: int = 1) -> Iterator[Any]:
    """Yield varied documents as JSON Lines hold them."""
    chance = random.Random(seed)  # noqa: S311 - a corpus, no secret
    for number in range(count):
        chosen = chance.sample(articles, min(ARTICLES, len(articles)))
        day = START + timedelta(days=chance.randrange(DAYS))
        yield {
            "id": f"made-{seed}-{number}",
            "title": f"Report {number}",
            "date": day.isoformat(),
            "text": "\n\n".join(_varied(article, chance) for article in chosen),
        }


def sentences_of(folders: Sequence[Path]) -> list[tuple[str, list[str]]]:
    """Return the sentences below ``folders``, each with the names of places that are told in it."""
    found = []
    for article in read(folders, shortest=1):
        names = _names(article)
        found += [
            (sentence, [name for name in names if name in sentence])
            for sentence in _SENTENCE.split(article["text"])
            if sentence.strip()
        ]
    return found


def reports(
    sentences: Sequence[tuple[str, list[str]]], count: int, seed: int = 1
) -> Iterator[dict[str, Any]]:
    """Yield short documents as JSON Lines hold them."""
    chance = random.Random(seed)  # noqa: S311 - a corpus, no secret
    towns = sorted({*TOWNS, *(name for _, names in sentences for name in names)})
    for number in range(count):
        chosen = chance.sample(sentences, chance.randint(*SHORT))
        day = START + timedelta(days=chance.randrange(DAYS))
        yield {
            "id": f"short-{seed}-{number}",
            "title": f"Report {number}",
            "date": day.isoformat(),
            "text": " ".join(_retold(sentence, names, towns, chance) for sentence, names in chosen),
        }


def _retold(
    sentence: str, names: Sequence[str], towns: Sequence[str], chance: random.Random
) -> str:
    def other(found: re.Match[str]) -> str:
        return chance.choice(_EXCHANGED[found[0]]) if chance.random() < EXCHANGE else found[0]

    return _WORDS.sub(other, _moved(sentence, names, towns, chance)).strip()


def _names(article: dict[str, Any]) -> list[str]:
    """Return the names of places that stand behind "in" somewhere: no adjectives."""
    text = article["text"]
    spans = [(place["start"], place["end"]) for place in article.get("toponyms", ())]
    spans += article.get("locations", ())
    behind_in = (text[a:b] for a, b in spans if text[max(0, a - 3) : a] == "in ")
    return sorted({name for name in behind_in if name[0].isupper()})


def _varied(article: dict[str, Any], chance: random.Random) -> str:
    sentences = _SENTENCE.split(article["text"])
    kept = [sentence for sentence in sentences if chance.random() < SHARE] or sentences[:1]
    names = sorted({toponym["phrase"] for toponym in article.get("toponyms", ())})
    return _moved(" ".join(kept), names, TOWNS, chance)


def _moved(text: str, names: Sequence[str], towns: Sequence[str], chance: random.Random) -> str:
    """Return a text that is about other places and counts."""
    for name in names:
        if chance.random() < SHIFT:
            text = text.replace(name, chance.choice(towns))
    return _NUMBER.sub(lambda found: str(chance.randint(1, 10 ** len(found[0]) - 1)), text)


def write(made: Iterator[dict[str, Any]], output: Path) -> None:
    """Write documents as a text file each, in a folder a month."""
    for document in made:
        folder = output / document["date"][:7]
        folder.mkdir(parents=True, exist_ok=True)
        head = f"Title: {document['title']}\nDate: {document['date']}\n\n"
        (folder / f"{document['id']}.txt").write_text(head + document["text"], encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="folders", nargs="+", type=Path, default=[OWN])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="reports of a few sentences")
    parser.add_argument("-o", "--output", default="")
    options = parser.parse_args(arguments)
    if options.short:
        made = reports(sentences_of(options.folders), options.count, options.seed)
    else:
        made = documents(read(options.folders), options.count, options.seed)
    if options.output.endswith("/"):
        write(made, Path(options.output))
        return
    text = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in made)
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
