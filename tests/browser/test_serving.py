"""Who the app answers, and whom it never asks."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graphkit import serve
from tests.browser.conftest import served


def _upgraded(address: str, host: str, origin: str) -> str:
    """Return the first line of what the app says to a web socket under these names."""
    port = urlsplit(address).port
    with socket.create_connection(("127.0.0.1", port or 0), timeout=10) as asking:
        key = base64.b64encode(b"0" * 16).decode()
        headers = {
            "Host": f"{host}:{port}", "Origin": f"http://{origin}:{port}", "Upgrade": "websocket",
            "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key,
        }  # fmt: skip
        lines = ["GET /_stcore/stream HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        asking.sendall("\r\n".join(lines).encode())
        return asking.recv(200).decode().splitlines()[0]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_the_app_answers_under_the_names_of_this_machine(seed_app: str, host: str) -> None:
    assert "101" in _upgraded(seed_app, host, host)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example"])
def test_a_name_that_somebody_points_at_this_machine_is_refused(seed_app: str, host: str) -> None:
    assert "403" in _upgraded(seed_app, host, host)
    assert "403" in _upgraded(seed_app, "localhost", host)


def test_further_names_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve.hosts("0.0.0.0") == ["localhost", "127.0.0.1", "::1"]
    monkeypatch.setenv("GRAPHKIT_APP_HOSTS", "graph.example, team.example")
    assert serve.hosts("10.0.0.5")[-3:] == ["10.0.0.5", "graph.example", "team.example"]


def test_a_request_from_elsewhere_makes_the_app_ask_nobody_on_the_internet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        asks = "import urllib.request as ask; ask.urlopen('http://example.invalid', timeout=2)"
        subprocess.run([sys.executable, "-c", asks], capture_output=True, check=False, timeout=30)
        proxy.settimeout(1)
        proxy.accept()[0].close()
        with served(tmp_path / "none.kgl") as address:
            assert "403" in _upgraded(address, "localhost", "evil.example")
            with pytest.raises(TimeoutError):
                proxy.accept()
