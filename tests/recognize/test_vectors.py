"""Vectors that are mapped into memory are those that spaCy reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from geomap.gazetteer.resources import CACHE_VARIABLE
from geomap.recognize import stock, vectors

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = stock._folder(stock.DEFAULT_PIPELINE) / stock._WEIGHTS


@pytest.fixture(scope="module")
def read() -> Any:
    """Return the vectors as spaCy itself reads them."""
    stock.import_spacy()
    from spacy.vectors import Vectors

    return Vectors().from_disk(FOLDER / "vocab", exclude=["strings"])


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def mapped(strings: Any) -> Any:
    return vectors.load(FOLDER, strings, vectors.kept())


def test_made_or_kept_they_are_the_same(read: Any, cache: Path) -> None:
    assert vectors.kept() is None
    words = [*list(read.key2row)[:1000], 0, 1, 2**64 - 1]
    for _ in range(2):
        found = mapped(read.strings)
        assert found.data is not read.data
        assert (found.data == read.data).all()
        assert set(found.key2row) == set(read.key2row)
        assert found.find(keys=words).tolist() == read.find(keys=words).tolist()
        assert found.find(keys=np.array(words, np.uint64)).tolist()[-1] == -1
        assert vectors.kept() is not None
    assert len(list(cache.iterdir())) == 1  # and no temporary file is left
    assert words[-1] not in found.key2row
    with pytest.raises(KeyError):
        found.key2row[words[-1]]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:-3], id="cut within a number"),
        pytest.param(lambda content: content[:-1] + b"\xff", id="another row"),
    ],
)
def test_what_is_not_the_file_we_know_is_made_anew(damage: Any, cache: Path, read: Any) -> None:
    mapped(read.strings)
    (file,) = cache.iterdir()
    content = file.read_bytes()
    file.write_bytes(damage(content))
    assert vectors.kept() is None
    assert len(mapped(read.strings).key2row) == len(read.key2row)
    assert file.read_bytes() == content


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, read: Any) -> None:
    (tmp_path / "file").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(tmp_path / "file"))
        assert len(mapped(read.strings).key2row) == len(read.key2row)
