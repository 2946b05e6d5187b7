"""Builds that are killed at any moment, interrupted, or short of room."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

DOCUMENTS, KILLS = 2_000, 50
PLACES = (
    "Kharkiv", "Sumy", "Lviv", "Odesa", "Kyiv", "Poltava", "Izium", "Kupiansk", "Mykolaiv",
    "Kherson", "Dnipro", "Chernihiv", "Zhytomyr", "Rivne", "Lutsk", "Ternopil", "Uman",
)  # fmt: skip
HAPPENINGS = ("Drones struck a depot", "A bomb exploded", "Shells hit a school", "Fire broke out")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Return a folder of short reports of which some tell the same."""
    folder, rng = tmp_path_factory.mktemp("reports"), random.Random(1)
    for number in range(DOCUMENTS):
        what, place = rng.choice(HAPPENINGS), rng.choice(PLACES)
        day, killed = rng.randrange(1, 29), rng.randrange(1, 9)
        text = f"{what} in {place} on January {day}, killing {killed} people, police said.\n"
        header = f"Title: Report {number}\nDate: 2024-02-{day:02}\n\n"
        (folder / f"{number:04}.txt").write_text(header + text)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Return a cache of our own, with the gazetteer unpacked in it once."""
    folder = tmp_path_factory.mktemp("cache")
    environment = {**os.environ, "GEOMAP_CACHE": str(folder)}
    command = [sys.executable, "-m", "geomap", "gazetteer", "info"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return folder


def start(reports, output, cache, *options):
    """Start a build in a process group of its own."""
    command = [sys.executable, "-m", "geomap", "build", reports, "-o", output, "--quiet", *options]
    return subprocess.Popen(
        [*map(str, command)],
        env={**os.environ, "GEOMAP_CACHE": str(cache)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process):
    """Wait for a build; return its exit code, what it said, and the seconds it took."""
    started = time.monotonic()
    _, said = process.communicate()
    return process.returncode, said, time.monotonic() - started


def checksums(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def undisturbed(reports, cache, tmp_path_factory):
    """Return the checksums of a build that nothing disturbs, made without a cache."""
    output = tmp_path_factory.mktemp("undisturbed")
    code, said, _ = finish(start(reports, output, cache, "--no-cache"))
    assert code == 0, said
    return checksums(output)


def test_killed_at_any_moment_the_former_output_is_whole(reports, cache, undisturbed, tmp_path):
    """Kill most builds while they tell, and as what they told is kept, more while they write."""
    output, rng = tmp_path / "out", random.Random(2)
    output.mkdir()
    former = {"map.html": "a former map", "run.json": "{}", "mine.txt": "not of geomap"}
    for name, text in former.items():
        (output / name).write_text(text)
    whole, seconds, finished = checksums(output), 30.0, 0
    for _ in range(KILLS):
        process = start(reports, output, cache)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=rng.uniform(0, seconds))
        process.kill()
        _, said, _ = finish(process)
        if process.returncode == 0:
            finished, seconds = finished + 1, seconds * 0.8  # so that most are killed
            whole = undisturbed | {"mine.txt": whole["mine.txt"]}
        else:
            assert process.returncode == -signal.SIGKILL, said
        assert checksums(output) == whole
        wait_for_the_end_of(process.pid)
    assert finished < KILLS / 2
    code, said, _ = finish(start(reports, output, cache))
    assert code == 0, said
    assert checksums(output) == undisturbed | {"mine.txt": whole["mine.txt"]}
    assert not list(output.glob(".*"))


def wait_for_the_end_of(group):
    """Wait for the processes that a killed build had started: they end by themselves."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("processes of a killed build live on")


def test_an_interrupt_ends_all_and_leaves_the_former_output(reports, cache, tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    (output / "map.html").write_text("a former map")
    whole = checksums(output)
    # A shell lets what it starts in the background ignore interrupts, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = start(reports, output, cache, "--no-cache")
    time.sleep(12)
    os.killpg(process.pid, signal.SIGINT)
    code, said, seconds = finish(process)
    assert (code, said) == (130, "geomap: interrupted; what was there before is untouched\n")
    assert seconds < 30
    assert checksums(output) == whole
    assert not list(output.glob(".*"))
    wait_for_the_end_of(process.pid)


@pytest.mark.parametrize("limit_bytes", [1_000, 100_000, 700_000])
def test_no_room_for_a_file_is_an_error_in_a_line(tmp_path, cache, limit_bytes):
    """Let no file grow beyond a limit, as on a full disk."""
    reports, output = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    output.mkdir()
    for number, place in enumerate(PLACES):
        text = f"Drones struck a depot in {place} on January {number + 1}, killing two people."
        (reports / f"{place}.txt").write_text(text)
    (output / "map.html").write_text("a former map")
    whole = checksums(output)
    process = start(reports, output, cache, "--no-cache", "--workers", 1)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    code, said, _ = finish(process)
    assert code == 1, said
    (line,) = said.splitlines()
    assert str(output) in line or "events." in line
    assert checksums(output) == whole
    assert not list(output.glob(".*"))


def test_a_second_build_at_the_same_time_is_refused(reports, cache, tmp_path):
    output = tmp_path / "out"
    first = start(reports, output, cache)
    while not list(output.glob(".geomap-build-*")):
        time.sleep(0.05)
    code, said, _ = finish(start(reports, output, cache))
    assert code == 1
    assert "another build is writing there" in said
    assert finish(first)[0] == 0
    assert finish(start(reports, output, cache))[0] == 0
