"""Each gradient against a difference quotient, on a small network of random weights."""

from __future__ import annotations

import numpy as np
import pytest

from geomap.recognize import network
from geomap.recognize.gradients import Adam, Noise, Pass
from geomap.recognize.lexemes import HASHES, TABLE_ROWS, Lexemes
from geomap.recognize.lookup import FEATURES

WIDTH, HIDDEN, VECTOR = 4, 6, 3
SIZES = {"tags": (5, HIDDEN), "uses": (3, HIDDEN), "entities": (4, WIDTH)}


def make_weights() -> dict[str, np.ndarray]:
    numbers = np.random.default_rng(3)
    shapes = {f"table{n}": (rows, WIDTH) for n, rows in enumerate(TABLE_ROWS)}
    shapes["vectors"] = (WIDTH, VECTOR)
    inputs = {"mix": 5 * WIDTH, "head": 2 * WIDTH + FEATURES}
    inputs |= {f"layer{n}": 3 * WIDTH for n in range(1, network.LAYERS + 1)}
    for name, size in inputs.items():
        width = HIDDEN if name == "head" else WIDTH
        shapes |= {f"{name}.W": (2 * width, size), f"{name}.b": (2 * width,)}
        shapes |= {f"{name}.scale": (width,), f"{name}.shift": (width,)}
    for name, (size, below) in SIZES.items():
        shapes |= {f"{name}.W": (size, below), f"{name}.b": (size,)}
    return {name: numbers.normal(size=shape) for name, shape in shapes.items()}


def make_batch() -> network.Batch:
    numbers = np.random.default_rng(4)
    index = np.array([0, 1, 2, 0, 3, 1, 2])
    lexemes = Lexemes(
        index=index,
        rows=numbers.integers(0, min(TABLE_ROWS), size=(4, len(TABLE_ROWS), HASHES)),
        vectors=numbers.normal(size=(4, VECTOR)),
        folded=np.array([0, 1, 2, 0, 1, 1, 2]),
    )
    known = numbers.integers(0, 2, size=(7, FEATURES)).astype(float)
    return network.Batch(
        lexemes=lexemes, lengths=[3, 4], scope=np.array([0, 0, 0, 0, 1, 1, 1]), known=known
    )


BATCH = make_batch()
RIGHT = {name: np.arange(7) % size for name, (size, _) in SIZES.items()}


def silent() -> Noise:
    return Noise(random=np.random.default_rng(0), units=0.0, words=0.0)


def loss(weights: dict[str, np.ndarray]) -> float:
    forward = Pass(weights, BATCH, silent())
    return -sum(getattr(forward, name)[np.arange(7), RIGHT[name]].sum() for name in SIZES)


@pytest.mark.parametrize("name", sorted(make_weights()))
def test_gradient_is_the_slope_of_the_loss(name: str) -> None:
    weights = make_weights()
    forward = Pass(weights, BATCH, silent())
    off = {}
    for head, right in RIGHT.items():
        off[head] = np.exp(getattr(forward, head))
        off[head][np.arange(7), right] -= 1
    grads = forward.gradients(off["tags"], off["uses"], off["entities"])
    steepest = np.unravel_index(np.abs(grads[name]).argmax(), grads[name].shape)
    slopes = []
    for step in (1e-4, -1e-4):
        changed = {key: array.copy() for key, array in weights.items()}
        changed[name][steepest] += step
        slopes.append(loss(changed))
    assert grads[name][steepest] == pytest.approx(
        (slopes[0] - slopes[1]) / 2e-4, rel=0.02, abs=2e-3
    )


def test_training_and_running_compute_the_same() -> None:
    weights = make_weights()
    trained, run = Pass(weights, BATCH, silent()), network.predict(weights, BATCH)
    for name in SIZES:
        np.testing.assert_allclose(np.exp(getattr(trained, name)), getattr(run, name), atol=1e-4)


def test_the_optimizer_goes_downhill() -> None:
    weights = {"tags.W": np.array([[3.0, -2.0]], np.float32)}
    optimizer = Adam(weights, decay=0.0, clip=5.0)
    for _ in range(300):
        optimizer.step({"tags.W": 2 * weights["tags.W"]}, 0.05)
    assert np.abs(weights["tags.W"]).max() < 0.2


def test_dropout_keeps_the_mean() -> None:
    noise = Noise(random=np.random.default_rng(0), units=0.5, words=0.0)
    mask = noise.mask((200, 200), 0.5)
    assert set(np.unique(mask)) == {0.0, 2.0}
    assert mask.mean() == pytest.approx(1, abs=0.02)
