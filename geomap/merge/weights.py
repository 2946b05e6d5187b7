"""The weights and limits of linking, from ``weights.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from geomap.model import noun


@noun
class Weights:
    """What :mod:`geomap.merge.compare` adds up and holds against; units as the names say."""

    bias: float
    weights: Mapping[str, float]
    distance_km: float
    gap_days: int
    age_days: int
    same: float
    unsure: float


@cache
def default_weights() -> Weights:
    """Return the weights that come with geomap."""
    table = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    return Weights(
        bias=table["bias"]["value"],
        weights=table["weights"],
        **table["limits"],
        **table["verdicts"],
    )
