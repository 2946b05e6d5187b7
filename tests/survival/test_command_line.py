"""Bad files given to the command line itself: the right exit code, one line that names the file.

``-m slow`` gives it the whole corpus, and starts processes as a shell does.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

import pytest
from bad_files import MUTATIONS, bad_files, mutated, write
from given_files import COMMANDS, NOTHING_GOOD, good, prepare
from hostile_files import hostile_files

from geomap.cli import main
from geomap.config import Settings
from geomap.model import Document
from geomap.read import read_documents
from geomap.visible import one_line, visible

# A file takes tenths of a second, a hundred thousand brackets as many words and half a minute; the
# limit on a document is two minutes.
MANY_SECONDS = 60

# locate and extract take a file as it is and have a limit of length alone: markup may be a word a
# character, and takes time in proportion.
CHARACTERS_A_SECOND = 2_000

BUILD_ONE = ["-o", "out", "--quiet", "--no-cache", "--workers", "1", "--format", "geojson"]
ROUNDS = 3
QUICK = [name for name in COMMANDS if not name.startswith("build-")]


pytest_plugins = ("opened_once",)
pytestmark = pytest.mark.usefixtures("opened_once")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the output of a build of one report."""
    folder = tmp_path_factory.mktemp("built")
    prepare(folder)
    arguments = ["build", str(folder / "ok.txt"), "-o", str(folder / "out"), "--quiet"]
    assert main([*arguments, "--no-cache", "--workers", "1"]) == 0
    return folder / "out"


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Return a current folder with what commands need beside a bad file."""
    folder = tmp_path / "work"
    folder.mkdir()
    prepare(folder)
    monkeypatch.chdir(folder)
    return folder


def run(arguments):
    """Run a command in this process; return exit code, standard output, standard error, seconds."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    started = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    seconds = time.process_time() - started
    return code, *(_text(stream) for stream in (out, err)), seconds


def _text(stream):
    stream.flush()
    return stream.buffer.getvalue().decode()


def names_in(folder):
    return {path.name for path in folder.iterdir()}


def check(name, done, label, most_seconds=MANY_SECONDS):
    """Hold what is promised of every command that is given a bad file of that name."""
    code, out, err, seconds = done
    assert code in {0, 1}, (label, code, err)
    assert "should not happen" not in err, (label, err)
    assert "Traceback" not in err, (label, err)
    assert visible(err + out) == err + out, label
    assert seconds < most_seconds, (label, seconds)
    if code == 1 and "with problems" not in err:  # then what is wrong may be another file
        assert one_line(name) in out + err, (label, err)
    if code == 1:
        assert len(err) < 10_000, (label, len(err))


def check_command(command, variants, work, *, label=""):
    """Give a command each variant of its file."""
    name, _, arguments = COMMANDS[command]
    before = names_in(work) | {"out", "out.kml", "out.csv", name}
    for kind, data in variants:
        (work / name).write_bytes(data)
        check(name, run(arguments), f"{command} {label}{kind}")
        assert (work / name).read_bytes() == data
        assert names_in(work) <= before, kind


@pytest.mark.parametrize("command", QUICK)
def test_the_good_file_is_taken(command, work, built):
    name, _, arguments = COMMANDS[command]
    (work / name).write_bytes(good(command, built))
    code, _, err, _ = run(arguments)
    assert code == (1 if command == "corrections-events" else 0), err  # no such events there


@pytest.mark.parametrize("command", QUICK)
def test_what_nobody_should_give_is_survived(command, work):
    whole = command != "locate-text"  # for which a hundred thousand brackets are a text
    variants = ((kind, data if whole else data[:999]) for kind, data in NOTHING_GOOD.items())
    check_command(command, variants, work)


@pytest.mark.slow
@pytest.mark.parametrize("command", [n for n in COMMANDS if n.startswith(("build-", "locate-t"))])
def test_what_nobody_should_give_takes_time_to_survive(command, work):
    check_command(command, NOTHING_GOOD.items(), work)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_broken_files_of_each_command_are_survived(command, work, built):
    data = good(command, built)
    broken = ((f"{kind} {n}", mutated(data, kind, n)) for kind in MUTATIONS for n in range(ROUNDS))
    check_command(command, broken, work)


def corpus():
    """Return the bad files of the corpus, in parts that take about as long."""
    files = sorted((bad_files() | hostile_files()).items())
    return [dict(files[start::8]) for start in range(8)]


@pytest.mark.slow
def test_the_corpus_is_that_of_the_readers():
    assert sum(map(len, corpus())) == len(bad_files()) + len(hostile_files()) == 401


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_a_build_of_each_bad_file_ends_as_its_reading_does(part, work):
    """Exit code 0 where a document can be read, 1 and no output where none can."""
    for name, data in corpus()[part].items():
        write(work / "in", {name: data})
        path = f"in/{name}"
        documents = [one for one in read_documents([path], Settings()) if isinstance(one, Document)]
        done = run(["build", *BUILD_ONE, "--", path])
        check(name, done, name)
        assert done[0] == (0 if documents else 1), (name, done)
        assert (work / "out" / "run.json").exists() == bool(documents), name
        assert names_in(work) <= {"in", "out", "ok.txt", "ok.jsonl", "ok.csv"}
        for written in (work / "out").glob("*"):
            written.unlink()
        (work / "in" / name).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
@pytest.mark.parametrize("command", ["locate", "extract"])
def test_each_bad_file_can_be_given_as_a_text(part, command, work):
    for name, data in corpus()[part].items():
        write(work / "in", {name: data})
        done = run([command, "--json", "--", f"in/{name}"])
        check(name, done, name, max(MANY_SECONDS, len(data) / CHARACTERS_A_SECOND))
        assert (done[0] == 0) == (done[2] == ""), (name, done[2])


# Beside what is bad: wrong usage, a figure that is too low, and files that are none.
OTHERS = [
    (["build"], 2, "INPUT"),
    (["build", "ok.txt", "--workers", "0"], 2, "--workers"),
    (["build", "ok.txt", "--format", "nothing"], 1, "nothing"),
    (["build", "nowhere.txt"], 1, "nowhere.txt"),
    (["build", "x" * 300], 1, "x" * 300),
    (["build", "ok.txt", "--config", "folder"], 1, "folder"),
    (["build", "ok.txt", "-o", "ok.csv"], 1, "ok.csv"),
    (["locate", "nowhere.jsonl"], 1, "nowhere.jsonl"),
    (["extract", "ok.txt", "--ontology", "folder"], 1, "folder"),
    (["evaluate", "ok.jsonl", "--fail-under", "acc161=2"], 3, "acc161"),
    (["evaluate", "ok.jsonl", "--fail-under", "x"], 2, "--fail-under"),
    (["distance"], 2, "from where"),
    (["distance", "--matrix", "folder"], 1, "folder"),
    (["export", "folder", "--to", "x.kml"], 1, "folder"),
    (["export", "ok.txt", "--to", "x.zzz"], 1, "x.zzz"),
    (["summarize", "folder"], 1, "folder"),
    (["corrections", "check", "folder"], 1, "folder"),
    (["gazetteer", "add", "folder"], 1, "folder"),
    (["nothing"], 2, "nothing"),
]


def start(arguments, work):
    """Run a command as a shell does."""
    command = [sys.executable, "-m", "geomap", *arguments]
    done = subprocess.run(
        command, cwd=work, capture_output=True, check=False, timeout=300, env=os.environ
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode(), 0.0


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "code", "named"), OTHERS)
def test_processes_end_with_the_documented_code(arguments, code, named, work):
    (work / "folder").mkdir()
    done = start(arguments, work)
    assert done[0] == code, done
    assert named in done[2]
    assert "Traceback" not in done[2]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["deep", "wide-cell"])
@pytest.mark.parametrize("command", COMMANDS)
def test_processes_survive_what_nobody_should_give(command, kind, work):
    name, _, arguments = COMMANDS[command]
    (work / name).write_bytes(NOTHING_GOOD[kind])
    check(name, start(arguments, work), f"{command} {kind}")
