"""Serving the app: Streamlit in a process of its own, on this machine only unless told otherwise."""

from __future__ import annotations

import errno
import os
import socket
import sys

from graphkit.errors import ChooseAgain
from graphkit.settings import Settings, shipped

_ANY = ("0.0.0.0", "::")
OPTIONS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "256",
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "runner.magicEnabled": "false",
    "theme.light.primaryColor": "#2f63d6",
    "theme.dark.primaryColor": "#7aa2f2",
}


def hosts(address: str) -> list[str]:
    """Return the names under which the app answers, so that no other site's name leads a browser to it."""
    own = [address] if address not in _ANY else []
    named = [name.strip() for name in Settings().app_hosts.split(",") if name.strip()]
    return list(dict.fromkeys(["localhost", "127.0.0.1", "::1", *own, *named]))


def command(store: str, address: str, port: int) -> list[str]:
    """Return the command that serves the app for a store."""
    options = OPTIONS | {"server.address": address, "server.port": str(port)}
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += [f"--server.allowedHosts={host}" for host in hosts(address)]
    run = ["-m", "graphkit.ui.served", "run", str(shipped("app.py"))]
    return [sys.executable, "-P", *run, *flags, "--", "--store", store]


def app(store: str, address: str, port: int) -> None:
    """Become the process that serves the app, until it is stopped; ChooseAgain when the port is taken."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            other = "--port" if problem.errno in (errno.EADDRINUSE, errno.EACCES) else "--address"
            raise ChooseAgain(
                f"Cannot serve on {address}:{port}: {problem.strerror}. Choose another {other}."
            ) from None
    print(f"The app is at http://{address}:{port} (Ctrl+C stops it).", flush=True)
    if address in _ANY:
        print(f"It answers as {', '.join(hosts(address))}. GRAPHKIT_APP_HOSTS adds names.", flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execv(sys.executable, command(store, address, port))
