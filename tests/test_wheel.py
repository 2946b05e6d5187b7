"""The package as it is shipped: sdist, wheel, and an environment without the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv

import pytest
from project import ROOT


def run(*command, **options):
    arguments = [*map(str, command)]
    done = subprocess.run(arguments, check=False, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from the sdist: what git ignores would be missing here."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = folder / sdist.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def geomap(wheel, tmp_path_factory):
    """Install the wheel where geomap is not; its dependencies are lent by this environment."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home / "venv", with_pip=False, symlinks=True)
    python = home / "venv" / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--quiet", wheel)
    (packages,) = (home / "venv" / "lib").glob("python*/site-packages")
    # A .pth file adds a folder without running the .pth files in it, so the editable install of
    # this checkout stays out.
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    environment = {"PATH": str(python.parent), "GEOMAP_CACHE": str(home / "cache")}

    def call(*arguments):
        return run(python.parent / "geomap", *arguments, cwd=home, env=environment)

    call.python = lambda *arguments: run(python, *arguments, cwd=home, env=environment)
    return call


def test_the_wheel_brings_its_data(geomap):
    assert "GeoNames" in geomap("gazetteer", "info")


def test_the_wheel_measures(geomap):
    out = geomap("distance", "Lviv", "--to-border", "Poland")
    assert out.startswith(("56.", "57."))
    assert "Natural Earth" in out


def test_spacy_finds_the_component(geomap):
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('geomap'); doc = nlp('Fire in Kyiv.')"
    )
    out = geomap.python("-c", code + "; print(doc._.toponyms[0].place.name)")
    assert out == "Kyiv\n"


def test_the_wheel_builds_a_map(geomap, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Date: 2024-01-02\n\nMissiles hit Kyiv on Tuesday, killing two.\n"
    )
    geomap("build", tmp_path / "a.txt", "-o", tmp_path / "out")
    page = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert "Kyiv" in page
