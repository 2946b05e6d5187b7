"""The shape of the code: who imports whom, and what is imported when."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from project import ROOT

PACKAGE = ROOT / "geomap"

# Each layer may import from those above it; modules of one layer may not import one another.
LAYERS = (
    {"model"},
    {"errors"},
    {"given"},
    {
        "collector",
        "geo",
        "names",
        "quantities",
        "config",
        "ontology",
        "datelines",
        "deadline",
        "runs",
        "staging",
        "visible",
        "wording",
    },
    {"gazetteer"},
    {"read", "recognize", "resolve", "extraction", "merge", "distance", "features"},
    {"findings", "online"},
    {"export", "webmap", "report", "record", "locator", "summarize", "corrections", "tools"},
    {"codec", "fingerprint", "telling"},
    {"cache", "engine"},
    {"output", "pipeline", "evaluate", "component"},
    {"api"},
    {"cli"},
    {"__main__"},
)

HEAVY = ("spacy", "folium", "geopandas", "pandas", "pyarrow", "pyogrio")


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py"))


def top_name(path):
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imported(path):
    """Yield the names below ``geomap`` that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("geomap"):
            parts = node.module.split(".")
            if len(parts) > 1:
                yield parts[1]
            else:
                yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            names = (alias.name.split(".") for alias in node.names)
            yield from (parts[1] for parts in names if parts[0] == "geomap" and len(parts) > 1)


def layer_of(name):
    found = [number for number, layer in enumerate(LAYERS) if name in layer]
    assert found, f"geomap.{name} is in no layer of {__file__}; say where it belongs"
    return found[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_to_lower_layers(path):
    name = top_name(path)
    if name == "__init__":
        return
    wrong = {
        other
        for other in imported(path)
        if other not in {name, "__version__"} and layer_of(other) >= layer_of(name)
    }
    assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_recognize_knows_spacy(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        node.module.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert "spacy" not in names or top_name(path) == "recognize"


def test_the_command_line_starts_without_the_heavy_libraries():
    code = "import geomap, geomap.cli, sys; geomap.cli.build_parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & set(HEAVY)


def test_one_distance_is_measured_without_what_measures_many():
    code = (
        "import sys; from geomap.cli import main; main(['distance', 'Lviv', '--to-border', 'PL']);"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {*HEAVY, "pyproj"}
