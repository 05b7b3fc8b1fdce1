"""A break in the middle of a write loses nothing and doubles nothing, whoever breaks."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.stores import Store, neo4j

SOURCE = {"kind": "Source", "id": "s", "name": "S"}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}


class _Proxy:
    """Passes bytes on to a server; it breaks off when a write is published, before or after the server hears of it."""

    PUBLISHES, COMMIT = b"SET g = {id: 'store'", b"\xb0\x12"

    def __init__(self, port: int, server_hears: bool) -> None:
        self._to, self._server_hears, self.broke, self._armed = port, server_hears, 0, False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, from_client: bool) -> None:
        try:
            while sent := one.recv(65536):
                self._armed = self._armed or self.PUBLISHES in sent
                if from_client and self._armed and not self.broke and self.COMMIT in sent[-8:]:
                    self.broke += 1
                    if self._server_hears:
                        one.shutdown(socket.SHUT_RDWR)
                        other.sendall(sent)
                        time.sleep(0.5)
                    break
                other.sendall(sent)
        except OSError:
            pass
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listening.close()


@pytest.mark.parametrize("server_hears", [True, False], ids=["after the server heard it", "before"])
def test_a_commit_that_breaks_off_is_made_once(
    server: Any, there: Store, load: Any, graph_of: Any, rebuilt: Any, server_hears: bool
) -> None:
    load(there, SOURCE)
    proxy = _Proxy(server.port, server_hears)
    through = flow.store_at(f"bolt://neo4j@127.0.0.1:{proxy.port}/neo4j")
    load(through, PERSON, {**PERSON, "id": "q"})
    assert proxy.broke == 1
    assert there.stats()["claims"] == 2
    assert graph_of(there) == rebuilt(there)
    assert server.run("MATCH (g:Graphkit {id: 'store'}) RETURN g.version AS n") == [{"n": 2}]
    through.close()
    proxy.close()


def many(count: int) -> list[dict[str, Any]]:
    people = [{**PERSON, "id": f"p{n}", "name": f"Person {n}", "source": "big"} for n in range(count)]
    links = [{"kind": "COOPERATES_WITH", "from": f"p{n}", "to": f"p{n // 2}", "source": "big"} for n in range(1, count)]
    return [{**SOURCE, "id": "big"}, *people, *links, {**PERSON, "name": "Also P", "source": "big"}]


def test_a_large_change_is_seen_by_nobody_before_it_is_whole(
    there: Store, load: Any, graph_of: Any, rebuilt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(there, SOURCE, PERSON)
    monkeypatch.setattr(neo4j, "AT_ONCE", 200)
    monkeypatch.setattr(neo4j.writing, "ROWS", 100)
    seen: set[tuple[int, ...]] = set()
    ended = threading.Event()

    def look() -> None:
        with_own_eyes = flow.store_at(there.address)
        while not ended.is_set():
            seen.add(tuple(with_own_eyes.stats().values()))
        with_own_eyes.close()

    looking = threading.Thread(target=look)
    looking.start()
    load(there, *many(600))
    ended.set()
    looking.join()
    assert seen <= {(1, 1, 1, 0, 1, 0), (1201, 2, 1, 0, 601, 599)}
    assert len(seen) >= 1
    assert graph_of(there) == rebuilt(there)


class _PowerCut(Exception):
    pass


@pytest.mark.parametrize("after", [1, 3, 6, 9, 12, 15])
def test_what_a_killed_large_change_left_is_taken_back_by_the_next_write(
    server: Any, there: Store, load: Any, seen: Any, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(
        there, SOURCE, PERSON, {**PERSON, "id": "q"}, {"kind": "COOPERATES_WITH", "from": "p", "to": "q", "source": "s"}
    )
    before = seen(there)
    with monkeypatch.context() as patched:
        patched.setattr(neo4j, "AT_ONCE", 200)
        patched.setattr(neo4j.writing, "ROWS", 150)
        commit, done = neo4j.Neo4jStore._commit, []

        def breaking(self: Any, cypher: str, params: dict[str, Any]) -> Any:
            if cypher.startswith(("UNWIND", "MATCH ()-[r")):
                done.append(cypher)
            if len(done) > after:
                raise _PowerCut
            return commit(self, cypher, params)

        patched.setattr(neo4j.Neo4jStore, "_commit", breaking)
        with pytest.raises(_PowerCut):
            load(
                there,
                *many(600),
                {"kind": "COOPERATES_WITH", "from": "p", "to": "q", "source": "s", "stance": "retracts"},
            )
    assert server.run("MATCH (g:Graphkit {id: 'unfinished'}) RETURN count(g) AS n") == [{"n": 1}]
    assert there.stats()["claims"] == 3
    load(there, SOURCE, {**PERSON, "id": "next"})
    assert server.run("MATCH (g:Graphkit {id: 'unfinished'}) RETURN count(g) AS n") == [{"n": 0}]
    claims, graph = seen(there)
    claims = {id_: claim for id_, claim in claims.items() if claim["subject"] != "next"}
    graph["Person"].pop("next")
    assert (claims, graph) == before
    load(there, *many(600))
    assert there.stats()["claims"] == 4 + 1200


@pytest.mark.timeout(300)
def test_a_load_goes_on_when_the_server_is_killed_and_comes_back(
    servers: Any, tmp_path: Path, graph_of: Any, rebuilt: Any
) -> None:
    server = servers("mortal")
    server.wipe()
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in [SOURCE, *many(2000)]), encoding="utf-8")
    command = [sys.executable, "-m", "graphkit", "load", str(file), "--store", server.address, "--json"]
    loader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    writing = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.graphkit IS NOT NULL RETURN count(*) AS n"
    while server.run(writing) == [{"n": 0}] and loader.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert loader.poll() is None
    server.kill()
    server.start()
    out, said = loader.communicate(timeout=120)
    assert loader.returncode == 0, said
    assert json.loads(out)["new_claims"] == 4000
    store = flow.store_at(server.address)
    assert graph_of(store) == rebuilt(store)
    assert store.stats()["claims"] == 4000
    store.close()
