"""The services of docker-compose.yml, started by hand on a real server with what compose gives them."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from graphkit.jobs.history import History
from tests.jobs import exports, known_since
from tests.packaging.compose import ROOT, ByHand


@pytest.fixture
def places(server: Any, tmp_path: Path) -> dict[str, str]:
    """Where in this folder is what the containers have, with an empty database."""
    from tests.neo4j.server import PASSWORD

    shutil.copytree(ROOT / "jobs", tmp_path / "jobs")
    (tmp_path / "password").write_text(PASSWORD)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "neo4j:7687": f"127.0.0.1:{server.port}", "/run/secrets/neo4j_password": str(tmp_path / "password"),
        "/jobs/": f"{tmp_path}/jobs/", "/state": str(tmp_path / "state"), "8501": str(port),
    }  # fmt: skip


@pytest.fixture
def started(places: dict[str, str], tmp_path: Path) -> Iterator[dict[str, ByHand]]:
    history = History(tmp_path / "state", tmp_path / "jobs" / "jobs.yaml")
    known_since(history, tmp_path / "jobs" / "jobs.yaml", days=1)
    app = ByHand("app", places, tmp_path)
    command = [sys.executable, "-m", "graphkit", "load", str(ROOT / "seed" / "article")]
    subprocess.run(command, env=app.environment, cwd=tmp_path, check=True, capture_output=True)
    services = {"app": app, "scheduler": ByHand("scheduler", places, tmp_path)}
    yield services
    for service in services.values():
        service.process.kill()


def shown(port: str) -> str:
    """Return all that the first page of the app sends to a browser."""
    sent = []
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None, subprotocols=["streamlit"]) as browser:  # type: ignore[list-item]
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        browser.send(ask.SerializeToString())
        while True:
            message = ForwardMsg.FromString(browser.recv(timeout=60))
            sent.append(str(message))
            if message.WhichOneof("type") == "script_finished":
                return "\n".join(sent)


def test_app_and_scheduler_serve_the_same_database_until_they_are_told_to_stop(
    started: dict[str, ByHand], places: dict[str, str], tmp_path: Path
) -> None:
    app, scheduler = started["app"], started["scheduler"]
    assert app.becomes_healthy(), app.log.read_text()
    assert scheduler.becomes_healthy(), scheduler.log.read_text()
    page = shown(places["8501"])
    assert "China Daily" in page
    assert "Knife attack in Kunming" in page
    waited(scheduler, "most-linked 2")
    (slot,) = exports(tmp_path / "exports" / "most-linked")
    manifest = json.loads((tmp_path / "exports" / "most-linked" / slot / "manifest.json").read_bytes())
    assert manifest["scope"]
    assert {one["path"] for one in manifest["files"]} == {"rank.csv", "rank.json"}
    assert scheduler.stopped() == 0
    assert "Stopping;" in scheduler.log.read_text()
    app.stopped()
    assert not app.healthy()
    for service in started.values():
        assert "Traceback" not in service.log.read_text()


def waited(service: ByHand, words: str) -> None:
    """Wait until a service has said something."""
    with subprocess.Popen(["tail", "-n", "+1", "-f", str(service.log)], stdout=subprocess.PIPE, text=True) as tail:
        assert tail.stdout
        for line in tail.stdout:
            if words in line:
                assert " done" in line, line
                break
        tail.kill()


def test_a_scheduler_that_hangs_or_was_killed_fails_its_health_check(places: dict[str, str], tmp_path: Path) -> None:
    scheduler = ByHand("scheduler", places, tmp_path)
    assert scheduler.becomes_healthy(), scheduler.log.read_text()
    scheduler.process.send_signal(signal.SIGSTOP)
    History(tmp_path / "state", tmp_path / "jobs" / "jobs.yaml").hear(datetime.now(UTC) - timedelta(seconds=46))
    assert not scheduler.healthy()
    scheduler.process.kill()
    assert not scheduler.healthy()
