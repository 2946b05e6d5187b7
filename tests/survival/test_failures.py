"""A document that fails anywhere fails alone, and is named with its stage."""

from __future__ import annotations

import contextlib
import dataclasses
import json

import pytest
from bad_files import SENTENCES, write

from geomap import pipeline
from geomap.cli import main
from geomap.cli.build import _failed
from geomap.config import Settings
from geomap.deadline import deadline
from geomap.errors import InputError, ModelError, SlowError
from geomap.model import Annotation, Document, Failure
from geomap.read import read_documents
from geomap.telling import tell
from geomap.visible import one_line

DOCUMENT = Document(id="a.txt", text=SENTENCES[0], source="in/a.txt")
FILES = {"a.txt": SENTENCES[0].encode(), "b.txt": SENTENCES[1].encode(), "c.txt": b"\0" * 9}


class Tools:
    """What a stage finds, as far as it gets."""

    gazetteer = ontology = near = None
    max_seconds = 0.05
    min_confidence = 0.5

    def __init__(self, annotate):
        self.recognizer = self
        self._annotate = annotate

    def annotate(self, documents):
        return [self._annotate(document) for document in documents]


def never_ends(_document):
    while True:
        pass


def throws(error):
    def annotate(_document):
        raise error

    return annotate


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("x\x1b[31m\n"), MemoryError(), RecursionError()]
)
def test_what_a_stage_throws_is_a_failure_of_its_document(error):
    failure = tell(DOCUMENT, Tools(throws(error)))
    assert isinstance(failure, Failure)
    assert failure.source == "in/a.txt"
    assert type(error).__name__ in failure.message
    assert one_line(failure.message) == failure.message


def test_what_concerns_every_document_ends_the_build():
    with pytest.raises(ModelError):
        tell(DOCUMENT, Tools(throws(ModelError("gone"))))


def test_a_stage_that_does_not_end_is_ended():
    failure = tell(DOCUMENT, Tools(never_ends))
    assert isinstance(failure, Failure)
    assert "max_seconds" in failure.message


def test_a_reader_that_does_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.read.text.leading_title", never_ends)
    path = write(tmp_path, {"a.txt": b"x"}) / "a.txt"
    (failure,) = read_documents([path], dataclasses.replace(Settings(), max_seconds=0.05))
    assert (failure.stage, failure.source) == ("read", str(path))
    assert "longer than 0.05 s" in failure.message


def test_the_limit_holds_against_code_that_swallows_exceptions():
    with pytest.raises(SlowError):
        _swallow_for_ever()


def _swallow_for_ever():
    with deadline(0.05):
        while True:
            with contextlib.suppress(Exception):  # as some libraries do
                never_ends(None)


def test_the_limit_leaves_nothing_behind():
    import signal

    before = signal.getsignal(signal.SIGPROF)
    with deadline(10):
        pass
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_outside_of_the_main_thread_there_is_no_limit():
    from concurrent.futures import ThreadPoolExecutor

    def work():
        with deadline(0.001):
            return sum(range(300_000))

    with ThreadPoolExecutor() as pool:
        assert pool.submit(work).result() == 44_999_850_000


def made_up_in(package, wanted=None, real=None):
    """Return a function of a stage that throws at the document called ``wanted``, or at all."""
    names = {"__name__": f"geomap.{package}.made_up", "wanted": wanted, "real": real}
    code = """
def throwing(annotation, *args, **kwargs):
    if wanted in (None, annotation.document.id):
        raise ArithmeticError("made up")
    return real(annotation, *args, **kwargs)
"""
    exec(compile(code, "made_up", "exec"), names)
    return names["throwing"]


@pytest.mark.parametrize(
    ("function", "package", "stage"),
    [
        ("resolve", "resolve", "resolve"),
        ("extract", "extraction", "extract"),
        ("find_claims", "distance", "measure"),
        ("telling", "somewhere", "tell"),
    ],
)
def test_a_failure_names_its_stage(monkeypatch, function, package, stage):
    for name in ("resolve", "extract", "find_claims"):
        monkeypatch.setattr(f"geomap.telling.{name}", lambda *_, **__: ())
    monkeypatch.setattr(f"geomap.telling.{function}", made_up_in(package))
    annotation = Annotation(document=DOCUMENT, sentences=(), tokens=(), mentions=())
    failure = tell(DOCUMENT, Tools(lambda _: annotation))
    assert (failure.stage, "ArithmeticError: made up" in failure.message) == (stage, True)


def test_the_record_names_file_stage_and_error(tmp_path, monkeypatch, capsys):
    from geomap.extraction import extract

    throwing = made_up_in("extraction", "b.txt", extract)
    monkeypatch.setattr("geomap.telling.extract", throwing)
    folder, output = write(tmp_path / "in", FILES), tmp_path / "out"
    arguments = ["build", str(folder), "-o", str(output), "--quiet", "--no-cache", "--strict"]
    assert main([*arguments, "--workers", "1", "--format", "geojson"]) == 1
    record = json.loads((output / "run.json").read_text(encoding="utf-8"))
    assert [document["id"] for document in record["documents"]] == ["a.txt"]
    assert [document["format"] for document in record["documents"]] == ["text"]
    failed = {failure["source"]: failure for failure in record["failures"]}
    assert failed[str(folder / "b.txt")]["stage"] == "extract"
    assert failed[str(folder / "c.txt")]["stage"] == "read"
    assert record["counts"]["failures"] == 2
    assert f"to extract {folder / 'b.txt'}: ArithmeticError" in capsys.readouterr().err


def test_of_many_failures_the_summary_tells_some_and_the_number():
    told = list(_failed([Failure(source=f"{n}", stage="read", message="m") for n in range(50)]))
    assert len(told) == 21
    assert "30 more of 50" in told[-1]


def test_of_many_reasons_an_error_tells_some_and_the_number():
    failures = [Failure(source=f"{n}.txt", stage="read", message="empty") for n in range(50)]
    with pytest.raises(InputError, match=r"none of the 50 .*; and 45 more"):
        pipeline.tell_all(failures, iter, Tools(never_ends), lambda *_: None)
