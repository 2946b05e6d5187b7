"""A corpus of any size to measure on, varied from articles that lie elsewhere.

    python benchmarks/news.py 1000 --from ../shared/corpora ../shared/seeds -o /tmp/news.jsonl

Each document takes sentences of three articles, in their order, with other places, other counts and
a day of its own. Articles are read when it runs and none is kept in the project; without any, the
project's own reports are varied. One seed and one set of articles give one corpus.
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

# fmt: off
TOWNS = (
    "Kharkiv", "Odesa", "Lviv", "Poltava", "Sumy", "Kherson", "Dnipro", "Belgorod", "Kursk",
    "Aleppo", "Idlib", "Homs", "Mosul", "Kirkuk", "Basra", "Goma", "Bukavu", "Beni", "Juba",
    "Malakal", "Mogadishu", "Kandahar", "Herat", "Peshawar", "Quetta", "Karachi", "Sittwe",
    "Mandalay", "Davao", "Manila", "Derna", "Misrata", "Benghazi", "Khartoum",
)
# fmt: on

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_NUMBER = re.compile(r"\b\d{1,3}\b")


def read(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the texts below ``folders`` with the names of places in them, where these are told."""
    articles = []
    for folder in folders:
        for path in sorted(folder.rglob("*.dev.jsonl")):
            articles += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted((*folder.glob("*.txt"), *folder.glob("[0-9]*.md"))):
            articles.append({"text": path.read_text(encoding="utf-8")})
    return [article for article in articles if len(article["text"]) > 500]


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


def _varied(article: dict[str, Any], chance: random.Random) -> str:
    sentences = _SENTENCE.split(article["text"])
    kept = [sentence for sentence in sentences if chance.random() < SHARE] or sentences[:1]
    text = " ".join(kept)
    for name in sorted({toponym["phrase"] for toponym in article.get("toponyms", ())}):
        if chance.random() < SHIFT:
            text = text.replace(name, chance.choice(TOWNS))
    return _NUMBER.sub(lambda found: str(chance.randint(1, 10 ** len(found[0]) - 1)), text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="folders", nargs="+", type=Path, default=[OWN])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args(arguments)
    made = documents(read(options.folders), options.count, options.seed)
    text = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in made)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
