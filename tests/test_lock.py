"""The packages of the tests are pinned, with the hashes of their files."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from project import ROOT

PIN = re.compile(
    r"^([\w.-]+)==([^\s;]+)[^\n]*\\\n((?:\s+--hash=sha256:[0-9a-f]{64}[ \\]*\n?)+)", re.MULTILINE
)
LOCK = (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted(extra):
    """Yield the requirements of an extra, and of those that it includes."""
    for line in PROJECT["optional-dependencies"][extra]:
        requirement = Requirement(line)
        if requirement.name == PROJECT["name"]:
            for other in requirement.extras:
                yield from wanted(other)
        else:
            yield requirement


def test_every_dependency_is_pinned_in_its_range():
    pins = {}
    for name, version, _ in PIN.findall(LOCK):
        pins.setdefault(canonicalize_name(name), []).append(version)
    for requirement in [*map(Requirement, PROJECT["dependencies"]), *wanted("dev")]:
        versions = pins.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in requirements/test.txt: run `make lock`"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_every_line_of_the_lock_is_a_pin_with_hashes():
    rest = PIN.sub("", LOCK)
    assert all(line.startswith("#") or not line.strip() for line in rest.splitlines()), rest[:500]


def test_the_lock_names_no_place_to_get_packages_from():
    assert "://" not in LOCK
