"""The Dask engine: the same results, also when a worker dies; clear words when it cannot work."""

from __future__ import annotations

import os
import signal

import pytest

from geomap.config import Settings
from geomap.engine import open_engine
from geomap.engine.cluster import _Cluster, open_cluster
from geomap.errors import EngineError
from geomap.fingerprint import fingerprint
from geomap.model import Document, Failure
from geomap.telling import tell_here
from geomap.tools import open_tools

distributed = pytest.importorskip("distributed", reason="the extra geomap[dask] is not installed")

# Dask's own, in its cleaning up.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

ITEMS = [
    *(
        Document(id=str(n), text=f"Shelling of a farm near Poltava killed {n + 2} people on 3 May.")
        for n in range(40)
    ),
    Failure(source="x.txt", stage="read", message="empty"),
]


def test_a_scheduler_that_is_away_is_said(monkeypatch):
    monkeypatch.setattr("geomap.engine.cluster._TIMEOUT_SECONDS", 0.2)
    settings = Settings(engine="dask://127.0.0.1:1")
    with (
        pytest.raises(EngineError, match=r"no Dask scheduler answers at 127\.0\.0\.1:1"),
        open_engine(settings, list, b"", ()),
    ):
        pass


@pytest.fixture(scope="module", name="client")
def client_():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


@pytest.mark.slow
def test_a_cluster_tells_what_one_process_tells_though_a_worker_dies(client):
    settings = Settings()
    with open_tools(settings) as tools:
        here = list(tell_here(tools)(ITEMS))
        told = _Cluster(client, settings, fingerprint(settings, tools.gazetteer)).tell(ITEMS)
        found = [next(told)]
        client.run(_die_once, workers=list(client.nthreads())[:1], on_error="ignore")
        found += told
    assert found == here


def _die_once():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow
def test_workers_that_would_tell_something_else_are_refused(client):
    address = client.scheduler.address.removeprefix("tcp://")
    settings = Settings(engine=f"dask://{address}")
    with (
        open_cluster(settings, 2, b"another") as tell,
        pytest.raises(EngineError, match="another geomap"),
    ):
        list(tell(ITEMS[:2]))
