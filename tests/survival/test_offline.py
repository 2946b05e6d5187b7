"""Nothing is fetched, nothing runs another program, and no code comes from data."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from bad_files import SENTENCES, write
from project import ROOT

# Runs geomap in a process in which any try to reach the network is an error (PEP 578).
GUARDED = """
import sys
REFUSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
           "socket.gethostbyname", "urllib.Request", "subprocess.Popen", "os.system", "os.exec",
           "os.posix_spawn", "ftplib.connect", "http.client.connect", "smtplib.connect")

def refuse(event, arguments):
    if event in REFUSED:
        sys.stderr.write(f"REFUSED {event} {arguments!r}\\n")
        raise PermissionError(event)

sys.addaudithook(refuse)
"""
RUN = """
import json
from geomap.cli import main
sys.exit(max(main(arguments) for arguments in json.loads(sys.argv[1])))
"""
ASK = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"


def guarded(code, *arguments):
    command = [sys.executable, "-c", GUARDED + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_guard_refuses():
    assert "REFUSED urllib.Request" in guarded(ASK).stderr


def test_every_command_works_without_a_network(tmp_path):
    """Let reports name addresses that a parser could be tempted to fetch."""
    page = "<html><head><base href='http://127.0.0.1:9/'><link rel=stylesheet href=x.css></head>"
    feed = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel>'
    files = {
        "a.txt": SENTENCES[0],
        "b.html": f"{page}<body><article><p>{SENTENCES[1]}</p></article></body>",
        "c.xml": f"{feed}<item><description>{SENTENCES[2]}</description></item></channel></rss>",
    }
    reports = write(tmp_path / "in", {name: text.encode() for name, text in files.items()})
    output, exported = tmp_path / "out", tmp_path / "events.kml"
    commands = [
        ["build", str(reports), "-o", str(output), "--no-cache", "--workers", "1"],
        ["export", str(output), "--to", str(exported)],
        ["locate", "Missiles struck near Kharkiv."],
        ["distance", "Lviv", "--to-border", "Poland"],
        ["gazetteer", "search", "Poltava"],
    ]
    done = guarded(RUN, json.dumps(commands))
    assert "REFUSED" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert "3 documents" in done.stderr
    assert exported.stat().st_size
    assert all(words in done.stdout for words in ("Kharkiv", " km ", "Poltava"))


# Modules and calls by which data could become code, or a name a command.
DANGEROUS_MODULES = {
    "ctypes", "dill", "ftplib", "http", "joblib", "marshal", "pickle", "requests", "shelve",
    "smtplib", "socket", "subprocess", "telnetlib", "urllib", "yaml",
}  # fmt: skip
HARMLESS = {"urllib.parse"}  # works on strings and opens nothing
DANGEROUS_CALLS = {"eval", "exec", "compile", "__import__", "system", "popen"}
ALLOWED = {
    # Reads the table of seas out of its package, once, with an unpickler that knows no class.
    ("gazetteer/build/extract_seas.py", "pickle"),
    # Asks the kernel to end a forked process with its parent, which Python has no function for.
    ("engine/forking.py", "ctypes"),
}


def dangers(path):
    """Yield the modules a file imports, and the calls it makes, that run data as code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from {alias.name.split(".")[0] for alias in node.names} & DANGEROUS_MODULES
        elif isinstance(node, ast.ImportFrom) and node.module and node.module not in HARMLESS:
            yield from {node.module.split(".")[0]} & DANGEROUS_MODULES
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            is_regex = isinstance(node.func, ast.Attribute) and name == "compile"
            if name in DANGEROUS_CALLS and not is_regex:
                yield name


def test_no_code_runs_data_or_other_programs_or_opens_a_connection():
    package = ROOT / "geomap"
    found = {
        (path.relative_to(package).as_posix(), danger)
        for path in package.rglob("*.py")
        for danger in dangers(path)
    }
    assert found == ALLOWED
