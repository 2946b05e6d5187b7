"""What commands print, and how they end."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest

from geomap import cli
from geomap.cli import main, terminal
from geomap.visible import one_line, visible

HOSTILE = "a\x1b[31m\x9b2J\u202eb\r\x07c"


def test_control_characters_are_shown_and_not_obeyed():
    assert visible(f"{HOSTILE}\n\t") == "a\\u001b[31m\\u009b2J\\u202eb\\u000d\\u0007c\n\t"
    assert one_line("a\nb\tc\udcff") == "a\\u000ab\\u0009c\\udcff"
    assert visible("Київ — «Besançon» 👩‍👩‍👧") == "Київ — «Besançon» 👩‍👩‍👧"


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", f"missing {HOSTILE}"],
        ["distance", HOSTILE, "Kyiv"],
        ["gazetteer", "search", HOSTILE],
        ["export", HOSTILE, "--to", "x.csv"],
        ["summarize", HOSTILE],
        ["evaluate", HOSTILE],
        ["locate", "\x1b[31m.txt"],
        ["corrections", "check", HOSTILE, HOSTILE],
        ["unknown", HOSTILE],
    ],
)
def test_no_command_hands_on_what_a_terminal_would_obey(capsys, arguments):
    with contextlib.suppress(SystemExit):  # of argparse
        main(arguments)
    printed = capsys.readouterr()
    text = printed.out + printed.err
    assert text
    assert visible(text) == text


def test_locate_shows_the_words_of_a_hostile_text(capsys):
    assert main(["locate", f"Shells hit Kyiv{HOSTILE} and Sumy."]) == 0
    assert visible(text := capsys.readouterr().out) == text


def test_a_terminal_without_the_letters_gets_their_numbers():
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    stream = terminal.Shown(ascii_only)
    stream.writelines(["Харків – \ud800\n"])
    stream.flush()
    assert ascii_only.buffer.getvalue().startswith(rb"\u0425")


def test_the_progress_bar_draws_on_the_terminal_itself():
    with terminal.shown():
        assert terminal.bare(sys.stderr) is not sys.stderr
    assert terminal.bare(sys.stderr) is sys.stderr


def test_a_name_too_long_for_a_file_is_an_error_in_one_line(capsys):
    assert main(["build", "a" * 5_000]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "too long" in line


class Broken:
    def add_parser(self, subparsers):
        subparsers.add_parser("broken").set_defaults(run=self.run)

    def run(self, _args):
        raise ZeroDivisionError("of our own")


def test_a_fault_of_our_own_is_one_line_and_with_debug_a_traceback(capsys, monkeypatch):
    monkeypatch.setattr(cli, "COMMANDS", ("broken",))
    monkeypatch.setattr(cli, "import_module", lambda _name: Broken())
    assert main(["broken"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError: of our own" in line
    assert "--debug" in line
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "broken"])
