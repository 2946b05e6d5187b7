"""PostGIS, against a real PostgreSQL that the tests start."""

from __future__ import annotations

import dataclasses
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import made_result as made
import pytest

from geomap.errors import OutputError
from geomap.export import layers, postgis

if TYPE_CHECKING:
    from collections.abc import Iterator

psycopg = pytest.importorskip("psycopg")
pytestmark = pytest.mark.slow  # starting a server takes longer than the tests

LAYERS = layers.of_result(made.result(), made.context())


def server_programs() -> Path:
    """Return the folder of PostgreSQL's server programs, or skip."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("no PostgreSQL server (Debian: postgresql-15, postgresql-15-postgis-3)")
    extension = Path("/usr/share/postgresql") / found[-1].parts[-3] / "extension/postgis.control"
    if not extension.exists():
        pytest.skip("PostgreSQL has no PostGIS (Debian: postgresql-15-postgis-3)")
    return found[-1].parent


def server_user() -> str | None:
    """Return the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("running as root, and there is no user postgres")


@pytest.fixture(scope="module", name="url")
def _url() -> Iterator[str]:
    """Start a server that listens on a socket in its own folder only."""
    programs, user = server_programs(), server_user()
    folder = Path(tempfile.mkdtemp(prefix="geomap-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *options: str) -> None:
        subprocess.run(
            [programs / program, *options],
            user=user, check=True, cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "tester", "--auth=trust", "--no-sync", "-E", "UTF8")
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-o", settings, "-w", "start")
    try:
        yield f"postgresql://tester@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _fresh(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS geomap CASCADE")


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def counts(url: str) -> dict[str, int]:
    names = ("events", "claims", "mentions", "places")
    return {name: asked(url, f"SELECT count(*) FROM geomap.{name}")[0][0] for name in names}


def test_rows_are_read_back_equal(url: str) -> None:
    postgis.write(LAYERS, url)
    fields = LAYERS.events.fields
    names = ", ".join(f'"{field.name}"' for field in fields)
    rows = asked(url, f"SELECT {names} FROM geomap.events ORDER BY id")
    for row, mine in zip(rows, LAYERS.events.rows, strict=True):
        theirs = {field.name: value for field, value in zip(fields, row, strict=True)}
        for edge in ("date_start", "date_end"):
            theirs[edge] = theirs[edge] and theirs[edge].isoformat()
        assert theirs == mine


def test_geometries_are_in_wgs_84_and_valid(url: str) -> None:
    postgis.write(LAYERS, url)
    query = "SELECT id, ST_SRID(geom), ST_IsValid(geom), ST_AsText(mark) FROM geomap.events"
    by_id = {row[0]: row[1:] for row in asked(url, query)}
    assert by_id["e1"] == (4326, True, "POINT(24 50)")
    assert by_id["e2"][:2] == (4326, True)
    assert by_id["e4"] == (None, None, None)


def test_writing_twice_changes_nothing(url: str) -> None:
    postgis.write(LAYERS, url)
    once = counts(url)
    postgis.write(LAYERS, url)
    assert counts(url) == once
    assert once["events"] == 4


def test_an_event_is_replaced_by_its_id_and_others_stay(url: str) -> None:
    postgis.write(LAYERS, url)
    first = {**LAYERS.events.rows[0], "title": "Changed"}
    events = dataclasses.replace(
        LAYERS.events, rows=(first,), geometries=LAYERS.events.geometries[:1]
    )
    postgis.write(dataclasses.replace(LAYERS, events=events), url)
    titles = dict(asked(url, "SELECT id, title FROM geomap.events"))
    assert len(titles) == 4
    assert titles["e1"] == "Changed"


def test_a_table_of_an_earlier_version_gets_the_new_columns(url: str) -> None:
    postgis.write(LAYERS, url)
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE geomap.events DROP COLUMN notes")
    postgis.write(LAYERS, url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT DISTINCT notes FROM geomap.events").fetchall() == [([],)]


def test_columns_have_comments_and_geometries_an_index(url: str) -> None:
    postgis.write(LAYERS, url)
    query = "SELECT col_description('geomap.events'::regclass, 1)"
    assert asked(url, query)[0][0].startswith("Hash")
    indexes = asked(url, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'geomap'")
    assert any("USING gist (geom)" in index for (index,) in indexes)


def test_when_it_breaks_midway_the_database_stays_as_it_was(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgis.write(LAYERS, url)
    before = counts(url)
    fill = postgis._fill

    def break_at_mentions(cursor: object, layer: layers.Layer) -> None:
        if layer.name == "mentions":
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        fill(cursor, layer)

    monkeypatch.setattr(postgis, "_fill", break_at_mentions)
    emptied = dataclasses.replace(LAYERS.claims, rows=LAYERS.claims.rows[:1], geometries=(None,))
    with pytest.raises(OutputError, match="nothing was written"):
        postgis.write(dataclasses.replace(LAYERS, claims=emptied), url)
    assert counts(url) == before


def test_text_is_never_sql(url: str) -> None:
    hostile = "'); DROP SCHEMA geomap CASCADE; --\\.\t\n\x00 $$"
    row = {**LAYERS.events.rows[0], "title": hostile}
    events = dataclasses.replace(LAYERS.events, rows=(row,), geometries=(None,))
    postgis.write(dataclasses.replace(LAYERS, events=events), url)
    assert asked(url, "SELECT title FROM geomap.events") == [(hostile.replace("\x00", "\ufffd"),)]


def test_no_server_is_told_in_a_line_without_the_password() -> None:
    with pytest.raises(OutputError, match="nothing was written") as caught:
        postgis.write(LAYERS, "postgresql://someone:secret@127.0.0.1:1/nowhere")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
