"""Break the code in one small way at a time, and see whether the tests notice.

    pip install cosmic-ray
    python benchmarks/mutation.py merge --sample 200 --seed 9 tests/merge
    python benchmarks/mutation.py extraction --sample 120 --seed 9 tests/extraction

What is broken, and how, is cosmic-ray's (its operators without arguments): a comparison, a number,
``and`` for ``or``, a ``not`` more, a loop that never runs, another operator. The sample is drawn
over the places in the code, then over what can be done there. Left alone are annotations of types,
which nothing runs, ``is`` for ``==``, which is no difference here, and modules that
``[tool.coverage.run]`` omits. Tests that take long come last on the command line: the first that
fails ends the run.

cosmic-ray itself starts Python anew for every mutant, which for tests that need the language model
is ten seconds of loading each. Here one process loads what is not under test and forks: the child
imports the broken module in place of the good one and runs pytest. What recognition and resolution
say of a text is kept for the tests of extraction: stages never import one another, so nothing that
is broken there can alter it. A mutant is killed when a test fails or when the tests take
twice the processor time; nothing is written into the tree.
"""

from __future__ import annotations

import argparse
import ast
import atexit
import difflib
import functools
import importlib
import importlib.abc
import importlib.machinery
import itertools
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
_PYTEST = (
    *("-x", "-q", "-p", "no:cacheprovider", "--no-header", "--hypothesis-profile=unshrunk"),
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
)
# The members of an enum, None and True are equal where they are identical.
_SAME = ("_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot")
# What the tests import beside geomap is imported once.
_LIBRARIES = {"_pytest", "hypothesis", "msgspec", "numpy", "pyproj", "shapely", "spacy", "thinc"}
# So is what all stages stand on, which imports none of them.
_BELOW = ("geomap.model", "geomap.geo", "geomap.names", "geomap.quantities", "geomap.gazetteer")
PASSED, OUT_OF_TIME = 0, -signal.SIGXCPU
SLACK, LEAST_SECONDS = 2, 10


@dataclass(frozen=True)
class Mutant:
    """One module, broken in one place."""

    path: Path
    line: int
    operator: str
    source: str

    @property
    def module(self) -> str:
        """The name that it is imported by."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def __str__(self) -> str:
        before = self.path.read_text(encoding="utf-8").splitlines()
        changes = difflib.unified_diff(before, self.source.splitlines(), n=0, lineterm="")
        shown = [line for line in changes if line[:1] in "+-" and line[:3] not in {"---", "+++"}]
        return "\n".join(
            [f"{self.path.relative_to(ROOT)}:{self.line} {self.operator}", *map(_indented, shown)]
        )


def _indented(line: str) -> str:
    return f"    {line}"


def drawn(package: str, size: int, seed: int) -> list[Mutant]:
    """Give a sample of the mutants of a package, the same one for the same seed."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path

    dice = random.Random(seed)  # noqa: S311  a sample, no secret
    trees = {path: get_ast_from_path(path) for path in _modules(package)}
    places = [
        (path, number, node)
        for path, tree in trees.items()
        for number, node in enumerate(ast_nodes(tree))
    ]
    dice.shuffle(places)
    mutants = (
        _mutant(path, number, dice.choice(ways))
        for path, number, node in places
        if (ways := _ways(node))
    )
    return list(itertools.islice(filter(None, mutants), size))


def _modules(package: str) -> Iterator[Path]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        omitted = tomllib.load(file)["tool"]["coverage"]["run"]["omit"]
    for path in sorted((ROOT / "geomap" / package).rglob("*.py")):
        if str(path.relative_to(ROOT)) not in omitted:
            yield path


@functools.cache
def _operators() -> tuple[Any, ...]:
    from cosmic_ray.plugins import get_operator, operator_names

    names = sorted(name for name in operator_names() if not name.endswith(_SAME))
    return tuple(one() for one in map(get_operator, names) if not one.arguments())


def _ways(node: Any) -> list[tuple[Any, int]]:
    """List what can be done at a place: operators, and which of their variants."""
    return [
        (operator, variant)
        for operator in _operators()
        for variant, _ in enumerate(operator.mutation_positions(node))
    ]


def _mutant(path: Path, number: int, way: tuple[Any, int]) -> Mutant | None:
    """Break a module at one node of its tree; nothing where what runs is the same, or cannot."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path

    operator, variant = way
    tree = get_ast_from_path(path)
    before = tree.get_code()
    node = next(itertools.islice(ast_nodes(tree), number, None))
    place = node.parent.children.index(node)
    broken = operator.mutate(node, variant)
    node.parent.children[place : place + 1] = [] if broken is None else [broken]
    try:
        if _run(tree.get_code()) == _run(before):
            return None
    except SyntaxError:  # the bare star among parameters is taken for a product
        return None
    return Mutant(path, node.start_pos[0], type(operator).__name__, tree.get_code())


@functools.lru_cache(maxsize=64)
def _run(source: str) -> str:
    """Give the part of a module that runs: no annotations, nothing for type checkers alone."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.arg() | ast.AnnAssign():
                node.annotation = ast.Name("object")
            case ast.FunctionDef():
                node.returns = None
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                node.body = [ast.Pass()]
            case _:
                pass
    return ast.dump(tree)


class Broken(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Import one module from the broken source."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the one module."""
        del path, target
        if fullname != self.mutant.module:
            return None
        package = self.mutant.path.name == "__init__.py"
        spec = importlib.machinery.ModuleSpec(
            fullname, self, origin=str(self.mutant.path), is_package=package
        )
        spec.has_location = True
        if package:
            spec.submodule_search_locations = [str(self.mutant.path.parent)]
        return spec

    def get_source(self, fullname: str) -> str:
        """Give the broken source."""
        del fullname
        return self.mutant.source


def keep_what_stands_before(package: str) -> None:
    """Load the stages before this one, and let them answer again from memory what they said."""
    if package != "extraction":  # the tests of resolve and merge make their annotations by hand
        return
    import geomap.resolve
    from geomap.gazetteer import Gazetteer
    from geomap.recognize import Recognizer

    loaded = Recognizer.load(gazetteer=Gazetteer.open().__enter__())  # open as long as this runs
    annotate, resolve = Recognizer.annotate, geomap.resolve.resolve

    def annotated(self: Recognizer, documents: Any, **how: Any) -> Any:
        for document in documents:
            yield _heard(
                ("annotate", document, *how.items()),
                lambda one: next(iter(annotate(self, [one], **how))),
                document,
            )

    def resolved(annotation: Any, *others: Any, **how: Any) -> Any:
        return _heard(
            ("resolve", annotation.document, *how.items()),
            lambda a: resolve(a, *others, **how),
            annotation,
        )

    Recognizer.load = staticmethod(lambda *_, **__: loaded)  # type: ignore[assignment, misc]
    Recognizer.annotate = annotated  # type: ignore[method-assign]
    geomap.resolve.resolve = resolved


HEARD: dict[Any, Any] = {}


def _heard(key: Any, ask: Callable[[Any], Any], of: Any) -> Any:
    if key not in HEARD:
        HEARD[key] = ask(of)
    return HEARD[key]


def tested(
    mutant: Mutant | None, tests: Sequence[str], seconds: int, heard: Path | None
) -> tuple[int, float]:
    """Run the tests in a child on one mutant; gives its exit code and its processor time.

    The code is that of pytest, or ``OUT_OF_TIME`` where the child used up its processor time.
    """
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        _in_the_child(mutant, tests, heard)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime


def _in_the_child(mutant: Mutant | None, tests: Sequence[str], heard: Path | None) -> None:
    code = 1
    try:
        if mutant:
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            sys.meta_path.insert(0, Broken(mutant))
        code = pytest.main([*tests, *_PYTEST])
        if heard:
            heard.write_bytes(pickle.dumps((HEARD, [*sys.modules])))
    except BaseException:  # noqa: BLE001  the child ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)  # without what the parent would do at its end


def main() -> None:
    """Draw, break, test, and print who lives."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", help="a package of geomap: resolve, extraction, merge …")
    parser.add_argument("tests", nargs="+", help="what pytest runs")
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.dont_write_bytecode, sys.pycache_prefix = False, tempfile.mkdtemp(prefix="mutation-")
    atexit.register(shutil.rmtree, sys.pycache_prefix)  # children end without
    sys.path[:0] = [str(ROOT)]
    mutants = drawn(asked.package, asked.sample, asked.seed)
    # That a law is broken is enough: by which least example is not asked.
    settings.register_profile(
        "unshrunk", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
    )
    keep_what_stands_before(asked.package)
    if any(name.startswith(f"geomap.{asked.package}") for name in sys.modules):
        raise SystemExit(f"geomap.{asked.package} is imported before it can be broken")
    seconds = _undisturbed(asked.tests)
    counts: Counter[str] = Counter()
    for number, mutant in enumerate(mutants, 1):
        code, _ = tested(mutant, asked.tests, seconds, None)
        end = {PASSED: "lived", OUT_OF_TIME: "out of time"}.get(code, "killed")
        counts[end] += 1
        print(f"{number}/{len(mutants)} {end} {mutant if end == 'lived' else ''}", flush=True)
    killed = len(mutants) - counts["lived"]
    print(f"{killed} of {len(mutants)} noticed: {killed / max(1, len(mutants)):.1%}", dict(counts))


def _undisturbed(tests: Sequence[str]) -> int:
    """Run the tests on the good code; gives the processor seconds that a mutant may take."""
    with tempfile.TemporaryDirectory() as folder:
        heard = Path(folder) / "heard"
        code, used_seconds = tested(None, tests, 3600, heard)
        if code != PASSED:
            raise SystemExit("the tests fail before anything is broken")
        told, imported = pickle.loads(heard.read_bytes())  # noqa: S301  our own child wrote it
    HEARD.update(told)
    for name in imported:
        if name.partition(".")[0] in _LIBRARIES or name.startswith(_BELOW):
            importlib.import_module(name)
    return max(LEAST_SECONDS, round(SLACK * used_seconds))


if __name__ == "__main__":
    main()
