"""Read and write the weights of the networks: small, checked, and no pickle.

One ``.npz`` file a network. Tables of hash embeddings are stored as bytes with a scale for each
row, everything else as half floats; both are turned to single floats on reading. ``weights.toml``
beside them names each file with its SHA-256, the entity tags, and the calibration of scores.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geomap.errors import ModelError
from geomap.model import noun

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "weights.toml"

_SCALE_SUFFIX = ".row_scale"
_LARGEST_BYTE = 127


@noun
class Trained:
    """The networks and what goes with them.

    ``entity_tags`` are the tags of the entity head. ``slope`` and ``offset`` make a calibrated
    probability of a span out of the log-odds that the networks give it, with ``unlisted`` added
    where the gazetteer lacks the name; spans less probable than ``threshold`` are left out.
    """

    networks: tuple[Mapping[str, Floats], ...]
    entity_tags: tuple[str, ...]
    slope: float
    offset: float
    unlisted: float
    threshold: float

    def probability(self, odds: float, *, unlisted: bool) -> float:
        """Return the calibrated probability of a span of these log-odds."""
        return 1 / (1 + math.exp(-(self.slope * odds + self.offset + self.unlisted * unlisted)))


def load(folder: Path = FOLDER) -> Trained:
    """Read the networks; raise :class:`ModelError` where a file is missing or changed."""
    try:
        manifest = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        networks = tuple(
            read(folder / name, expected) for name, expected in manifest["sha256"].items()
        )
    except OSError as error:
        raise ModelError(
            f"{error.filename} cannot be read ({error.strerror}). Reinstall geomap."
        ) from error
    return Trained(
        networks=networks, entity_tags=tuple(manifest["entity_tags"]), **manifest["calibration"]
    )


def save(
    folder: Path,
    networks: Sequence[Mapping[str, Floats]],
    entity_tags: Sequence[str],
    calibration: Mapping[str, float],
) -> None:
    """Write the networks and the manifest that :func:`load` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"entity_tags = {json.dumps(list(entity_tags))}", "", "[calibration]"]
    lines += [f"{name} = {value:.4f}" for name, value in calibration.items()]
    lines += ["", "[sha256]"]
    for number, weights in enumerate(networks, 1):
        path = folder / f"network{number}.npz"
        lines.append(f'"{path.name}" = "{write(path, weights)}"')
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(path: Path, weights: Mapping[str, Floats]) -> str:
    """Write one network; return the SHA-256 of the file."""
    buffer = BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **pack(weights))
    path.write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def read(path: Path, expected: str | None = None) -> dict[str, Floats]:
    """Read one network; raise :class:`ModelError` where its SHA-256 is not the expected one."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if expected not in {None, found}:
        raise ModelError(f"{path} has SHA-256 {found}, expected {expected}. Reinstall geomap.")
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return unpack(stored)


def unpack(stored: Mapping[str, NDArray[np.generic]]) -> dict[str, Floats]:
    """Turn stored arrays to single floats."""
    arrays = {name: np.asarray(stored[name]).astype(np.float32) for name in stored}
    for name in [name for name in arrays if name.endswith(_SCALE_SUFFIX)]:
        arrays[name.removesuffix(_SCALE_SUFFIX)] *= arrays.pop(name)
    return arrays


def pack(weights: Mapping[str, Floats]) -> dict[str, NDArray[np.generic]]:
    """Turn weights to what is stored; ``unpack`` undoes it but for rounding."""
    packed: dict[str, NDArray[np.generic]] = {}
    for name, array in weights.items():
        if not name.startswith("table"):
            packed[name] = array.astype(np.float16)
            continue
        scale = np.maximum(np.abs(array).max(axis=1, keepdims=True), 1e-6) / _LARGEST_BYTE
        packed[name] = np.rint(array / scale).astype(np.int8)
        packed[name + _SCALE_SUFFIX] = scale.astype(np.float32)
    return packed
