"""What goes wrong with a server is one line that says what to do; nothing is lost and nothing foreign touched."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain, GraphkitError, StoreError
from graphkit.stores import Store, base, neo4j

SOURCE = {"kind": "Source", "id": "s", "name": "S"}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
COMMANDS = {
    "load": ["load", "records.jsonl"],
    "check": ["check", "records.jsonl"],
    "show": ["show", "p"],
    "search": ["search", "p"],
    "rank": ["rank", "degree"],
    "query": ["query", "RETURN 1 AS a"],
    "export": ["export", "graph", "--format", "json", "--out", "out.json"],
    "case list": ["case", "list"],
    "doctor": ["doctor"],
}


@pytest.fixture
def server(servers: Any) -> Any:
    found = servers("scratch")
    found.wipe()
    return found


@pytest.fixture
def there(server: Any) -> Iterator[Store]:
    """A store on the server."""
    store = flow.store_at(server.address)
    yield store
    store.close()


def graphkit(folder: Path, command: list[str], address: str) -> subprocess.CompletedProcess[str]:
    (folder / "records.jsonl").write_text(json.dumps(SOURCE) + "\n" + json.dumps(PERSON) + "\n", encoding="utf-8")
    words = [sys.executable, "-m", "graphkit", *command, "--store", address]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def deaf() -> Iterator[int]:
    """The port of somebody who takes a call and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_that_nobody_answers_and_ends(command: str, tmp_path: Path, servers: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = graphkit(tmp_path, COMMANDS[command], f"neo4j://neo4j@127.0.0.1:{port}/neo4j")
    said = done.stderr + done.stdout
    assert done.returncode == 1
    assert f"No Neo4j answers at neo4j://127.0.0.1:{port}" in said
    assert "Start the server, or mend host and port of --store." in said
    assert "Traceback" not in said
    if command != "doctor":
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_is_dead_deaf_or_out_of_reach_is_told_within_five_seconds(
    scheme: str, deaf: int, servers: Any
) -> None:
    for place in ("127.0.0.1:1", f"127.0.0.1:{deaf}", "192.0.2.1:7687", "no-such-host.invalid:7687"):
        store = flow.store_at(f"{scheme}://neo4j@{place}/neo4j")
        started = time.monotonic()
        with pytest.raises(StoreError, match="No Neo4j answers") as problem:
            store.stats()
        assert time.monotonic() - started < 5
        assert "\n" not in str(problem.value)


def test_a_wrong_user_password_or_database_is_told(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChooseAgain, match="has no database 'other'"):
        flow.store_at(server.address.removesuffix("neo4j") + "other").stats()
    with pytest.raises(StoreError, match="refuses the user 'somebody'"):
        flow.store_at(server.address.replace("//neo4j@", "//somebody@")).stats()
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", "not-the-password")
    with pytest.raises(StoreError, match="refuses the user 'neo4j' with this password") as problem:
        flow.store_at(server.address).stats()
    assert "not-the-password" not in str(problem.value)


def test_the_password_comes_from_the_environment_or_a_file_and_never_from_the_address(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.neo4j.server import PASSWORD

    monkeypatch.delenv("GRAPHKIT_NEO4J_PASSWORD")
    with pytest.raises(StoreError, match="wants a password"):
        flow.store_at(server.address).exists()
    with pytest.raises(ChooseAgain, match="does not belong into the address") as problem:
        flow.store_at(server.address.replace("//neo4j@", f"//neo4j:{PASSWORD}@"))
    assert PASSWORD not in str(problem.value)
    file = tmp_path / "password"
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD_FILE", str(file))
    with pytest.raises(StoreError, match="cannot be read"):
        flow.store_at(server.address).exists()
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    assert not flow.store_at(server.address).exists()


@pytest.mark.parametrize(
    "address", ["http://localhost:7474", "neo4j://", "neo4j://host:port/neo4j", "neo4j://host/a/b", "bolt://host?x=1"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ChooseAgain) as problem:
        flow.store_at(address)
    assert "\n" not in str(problem.value)


FOREIGN = "MATCH (n) WHERE n.ours IS NULL AND n._since IS NULL AND NOT n:Graphkit RETURN labels(n), properties(n) AS p"


def test_data_of_others_stays_as_it_is_and_is_never_shown(server: Any, there: Store, load: Any, graph_of: Any) -> None:
    server.run(
        "CREATE (:Person {id: 'p', name: 'Somebody else'})-[:MEMBER_OF {id: 'x'}]->(:Organization {id: 'o'}) "
        "CREATE (:Source {id: 's'}) CREATE (:Person {name: 'No id'}), (:Person {name: 'No id'})"
    )
    before = server.run(FOREIGN)
    load(there, SOURCE, PERSON, {"kind": "Organization", "id": "o", "name": "Ours", "source": "s"})
    load(there, {"kind": "MEMBER_OF", "from": "p", "to": "o", "source": "s", "claimant": "o", "stance": "denies"})
    assert sorted(map(str, server.run(FOREIGN))) == sorted(map(str, before))
    assert {row["name"] for row in graph_of(there)["Person"].values()} == {"P"}
    assert there.search("somebody", 10) == []
    assert there.stats() == {"claims": 3, "sources": 1, "cases": 1, "decisions": 0, "entities": 2, "relations": 0}
    assert graph_of(there)["relations"] == {}


@pytest.mark.parametrize("label", ["Claim", "Entity", "Decision"])
def test_a_database_that_uses_our_labels_for_other_things_is_left_alone(
    server: Any, there: Store, load: Any, label: str
) -> None:
    server.run(f"CREATE (:{label} {{id: 'theirs', amount: 7}})")
    with pytest.raises(StoreError, match=f"holds 1 nodes labelled {label} that are not graphkit's"):
        load(there, SOURCE, PERSON)
    assert server.run("MATCH (n) RETURN properties(n) AS p") == [{"p": {"id": "theirs", "amount": 7}}]


@pytest.mark.parametrize(("layout", "said"), [(base.LAYOUT - 1, "an older"), (base.LAYOUT + 1, "a newer")])
def test_a_store_of_another_layout_is_told_and_left(
    server: Any, there: Store, load: Any, layout: int, said: str
) -> None:
    load(there, SOURCE, PERSON)
    server.run("MATCH (g:Graphkit {id: 'store'}) SET g.layout = $layout", layout=layout)
    before = server.run("MATCH (n) RETURN count(n) AS n")
    tries: list[Callable[[], Any]] = [
        there.stats,
        lambda: there.query("RETURN 1 AS a", {}, 1, 5),
        lambda: load(there, SOURCE, {**PERSON, "id": "late"}),
    ]
    for attempt in tries:
        with pytest.raises(StoreError, match=f"was written by {said} graphkit"):
            attempt()
    assert server.run("MATCH (n) RETURN count(n) AS n") == before


def test_constraints_and_indexes_are_those_of_the_schema(server: Any, there: Store, load: Any) -> None:
    load(there, SOURCE, PERSON)
    made = {row["name"] for row in server.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'graphkit_'")}
    assert made == {text.split()[2] for text in neo4j.layout.statements(flow.catalog())}


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


@pytest.fixture
def seen(claims_of: Any, graph_of: Any) -> Callable[[Store], tuple[Any, Any]]:
    return lambda store: (claims_of(store), graph_of(store))


@pytest.mark.timeout(300)
def test_a_load_goes_on_when_the_server_is_killed_and_comes_back(
    servers: Any, tmp_path: Path, graph_of: Any, rebuilt: Any
) -> None:
    server = servers("mortal")
    server.wipe()
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in [SOURCE, *many(4000)]), encoding="utf-8")
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
    assert json.loads(out)["new_claims"] == 8000
    store = flow.store_at(server.address)
    assert graph_of(store) == rebuilt(store)
    assert store.stats()["claims"] == 8000
    store.close()


def test_errors_of_the_driver_are_all_ours(servers: Any, deaf: int) -> None:
    store = flow.store_at(f"neo4j://neo4j@127.0.0.1:{deaf}/neo4j")
    for ask in (store.exists, store.stats, store.must_be_possible, lambda: store.update(lambda view: None)):
        with pytest.raises(GraphkitError):
            ask()
