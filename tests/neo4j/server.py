"""A real Neo4j server for tests, with the settings of docker-compose.yml."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import neo4j
import yaml

ROOT = Path(__file__).parents[2]
PASSWORD = secrets.token_urlsafe(12)
_PACKAGES = ("java.nio", "java.io", "sun.nio.ch")
_FOR_TESTS = {
    "server.default_listen_address": "127.0.0.1",
    "server.memory.heap.max_size": "1g",
    "server.memory.pagecache.size": "128m",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    "internal.dbms.bolt.netty_server_shutdown_timeout": "1s",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
    "internal.server.bolt.connection_shutdown_wait_time": "1s",
}


def settings() -> dict[str, str]:
    """Return the settings of the Neo4j service, by the names that neo4j.conf has for them."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    given = compose["services"]["neo4j"]["environment"]
    names = {
        name: name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_") for name in given
    }
    return {names[name]: str(value) for name, value in given.items() if name != "NEO4J_AUTH_FILE"}


class Server:
    """One server in a folder; ``jars`` is the folder that tests/prepare filled, ``more`` are settings of its own.

    It starts and stops fast and takes little memory, unless it is one ``as_served``, to be measured.
    """

    def __init__(
        self, folder: Path, jars: Path, more: Mapping[str, str] | None = None, as_served: bool = False
    ) -> None:
        self.folder = folder
        self._java = ["java", "-cp", f"{jars}/*"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in ("conf", "data", "logs", "import", "plugins", "run"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for_tests = {name: value for name, value in _FOR_TESTS.items() if not as_served or "memory" not in name}
        given = settings() | for_tests | {"server.bolt.listen_address": f"127.0.0.1:{self.port}"} | dict(more or {})
        most = given.pop("server.memory.heap.max_size")
        least = given.pop("server.memory.heap.initial_size")
        fast = ["-Xms256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        self._flags = [f"-Xmx{most}", *([f"-Xms{least}", "-XX:+UseG1GC"] if as_served else fast)]
        (folder / "conf" / "neo4j.conf").write_text("".join(f"{name}={value}\n" for name, value in given.items()))
        self._environment = os.environ | {"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
        command = [*self._java, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", PASSWORD]
        subprocess.run(command, env=self._environment, check=True, capture_output=True)
        self.start()

    @property
    def address(self) -> str:
        return f"neo4j://neo4j@127.0.0.1:{self.port}/neo4j"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _PACKAGES]
        main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.folder}", f"--config-dir={self.folder}/conf"]
        log = (self.folder / "out.log").open("ab")
        java, *class_path = self._java
        self._process = subprocess.Popen(
            [java, *self._flags, *opens, *class_path, *main],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        self.driver = neo4j.GraphDatabase.driver(
            f"bolt://127.0.0.1:{self.port}", auth=("neo4j", PASSWORD), notifications_min_severity="OFF"
        )
        deadline = time.monotonic() + 90
        while True:
            try:
                return self.driver.verify_connectivity()
            except neo4j.exceptions.ServiceUnavailable:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(
                        f"Neo4j did not start: {(self.folder / 'out.log').read_text()[-2000:]}"
                    ) from None
                time.sleep(0.1)

    @property
    def pid(self) -> int:
        return self._process.pid

    def run(self, cypher: str, **params: object) -> list[dict[str, object]]:
        """Run a statement as somebody who is not graphkit."""
        with self.driver.session() as session:
            return session.run(cypher, params).data()

    def wipe(self) -> None:
        """Take out all nodes; constraints and indexes stay."""
        self.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")

    def kill(self, with_signal: int = signal.SIGKILL) -> None:
        """Stop the server at once."""
        self.driver.close()
        self._process.send_signal(with_signal)
        self._process.wait(30)
