"""What py2neo's own, writing Graph does to a store, and how the two tell of trouble."""

from __future__ import annotations

import os
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import py2neo
import pytest
from py2neo import Node, Relationship
from py2neo.errors import ConnectionUnavailable, ServiceUnavailable
from py2neo.ogm import Repository

from graphkit import flow
from graphkit.errors import ChooseAgain, StoreError, StoreMissing
from graphkit.py2neo import PUBLISHED, graph, ogm
from graphkit.stores import Store
from tests.conftest import Loader

SOURCE = {"kind": "Source", "id": "s", "name": "S"}
ANNA = {"kind": "Person", "id": "anna", "name": "Anna", "source": "s"}
RING = {"kind": "Group", "id": "ring", "name": "Ring", "source": "s"}
MEMBER = {"kind": "MEMBER_OF", "from": "anna", "to": "ring", "source": "s", "claimant": "ring"}
MODELS = ogm()


@pytest.fixture
def store(server: Any, load: Loader) -> Iterator[Store]:
    found = flow.store_at(server.address)
    load(found, SOURCE, ANNA, RING, MEMBER)
    yield found
    found.close()


@pytest.fixture
def writing(store: Store) -> py2neo.Graph:
    """py2neo's own graph on the store, which writes."""
    return py2neo.Graph(**own(store.address))


def own(address: str) -> dict[str, Any]:
    from tests.neo4j.server import PASSWORD

    return {"uri": address.replace("neo4j://", "bolt://").rpartition("/")[0], "auth": ("neo4j", PASSWORD)}


def names(store: Store) -> dict[str, str]:
    return {row["id"]: row["name"] for rows in store.graph()[0].values() for row in rows.to_dicts()}


def test_nodes_written_past_graphkit_are_ignored(store: Store, writing: py2neo.Graph) -> None:
    before = store.graph()
    writing.create(Node("Person", "Entity", id="x", name="X", kind="Person"))
    writing.create(Node("Person", id="y", name="Y", kind="Person"))
    Repository.wrap(writing).save(MODELS["Person"]("z", name="Z"))
    after = store.graph()
    assert after[0]["Person"].equals(before[0]["Person"]) and after[1].equals(before[1])
    people = MODELS["Person"].match(graph(store.address))
    assert {person.id for person in people} >= {"anna", "x", "z"} and "y" not in {person.id for person in people}
    assert [person.id for person in people.where(PUBLISHED)] == ["anna"]


def test_relations_written_past_graphkit_are_ignored(store: Store, writing: py2neo.Graph) -> None:
    before = store.graph()[1]
    anna, ring = (writing.nodes.match("Entity", id=id_).first() for id_ in ("anna", "ring"))
    writing.create(Relationship(ring, "MEMBER_OF", anna, id="forged"))
    stranger = Node("Person", id="stranger")
    writing.create(Relationship(anna, "ALIAS_OF", stranger))
    assert store.graph()[1].equals(before)
    reading = graph(store.address)
    assert len(reading.relationships.match(r_type="MEMBER_OF").where(PUBLISHED)) == 1
    (found,) = MODELS["Person"].match(reading, "anna").first().ALIAS_OF
    assert (type(found).__name__, found.id, found.name) == ("Entity", "stranger", None)


def test_what_is_changed_past_graphkit_shows_until_something_new_is_said(
    store: Store, writing: py2neo.Graph, load: Loader
) -> None:
    repository = Repository.wrap(writing)
    anna = repository.get(MODELS["Person"], "anna")
    anna.name = "Forged"
    repository.save(anna)
    assert names(store)["anna"] == "Forged"
    load(store, SOURCE, ANNA)
    assert names(store)["anna"] == "Forged"
    load(store, ANNA | {"position": "clerk"})
    assert names(store)["anna"] == "Anna"


def test_a_relation_deleted_past_graphkit_is_back_when_something_new_is_said_of_it(
    store: Store, writing: py2neo.Graph, load: Loader
) -> None:
    before = store.graph()[1]["id"].to_list()
    writing.run("MATCH ()-[r:MEMBER_OF]->() DELETE r")
    load(store, MEMBER)
    assert store.graph()[1].is_empty()
    load(store, MEMBER | {"locator": "page 2"})
    assert store.graph()[1]["id"].to_list() == before


def test_what_is_still_being_loaded_is_not_published(store: Store, writing: py2neo.Graph) -> None:
    writing.run("MATCH (g:Graphkit {id: 'store'}) MATCH (n:Person {id: 'anna'}) SET n._since = g.version + 1")
    people = MODELS["Person"].match(graph(store.address))
    assert (len(people), len(people.where(PUBLISHED))) == (1, 0)


def test_ids_and_texts_of_any_kind_come_back_as_they_are(store: Store, load: Loader) -> None:
    wild = {"a`b": "`}]->() //", "q'\"\\": "昆明 \u202e x", "$id": "$name {x}"}
    load(store, *({"kind": "Person", "id": id_, "name": name, "source": "s"} for id_, name in wild.items()))
    reading = graph(store.address)
    for id_, name in wild.items():
        (found,) = MODELS["Person"].match(reading).where(name=names(store)[id_])
        assert (found.id, found.name) == (id_, names(store)[id_])
        assert found == MODELS["Entity"].match(reading, id_).first()
        assert name.split()[0] in found.name


def test_a_server_without_records_is_told_how_to_load_some(server: Any) -> None:
    with pytest.raises(StoreMissing, match="graphkit load"):
        graph(server.address)


def test_a_wrong_password_shows_in_py2neo_as_a_missing_server_and_here_as_what_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server shuts out for seconds who is wrong three times, so others are wrong here than those of the tests."""
    uri = own(store.address)["uri"]
    with pytest.raises(ConnectionUnavailable):
        py2neo.Graph(uri, auth=("nobody", "wrong"))
    with pytest.raises(ServiceUnavailable):
        py2neo.Graph(uri.replace("bolt://", "neo4j://"), auth=("nobody", "wrong")).run("RETURN 1")
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="refuses the user 'neo4j' with this password") as told:
        graph(store.address)
    assert "\n" not in str(told.value) and "wrong" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "error", "said"),
    [
        ("neo4j://neo4j@127.0.0.1:{port}/nosuch", ChooseAgain, "no database 'nosuch'"),
        ("neo4j://nobody@127.0.0.1:{port}/neo4j", StoreError, "refuses the user 'nobody'"),
        ("http://neo4j@127.0.0.1:{port}/neo4j", ChooseAgain, "No store for 'http://'"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_in_one_line(
    store: Store, server: Any, address: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as told:
        graph(address.format(port=server.port))
    assert "\n" not in str(told.value)


@contextmanager
def newer_server(port: int) -> Iterator[int]:
    """Give the port of the server as it would be if it spoke no Bolt older than 5."""

    class Front(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            offered = self.request.recv(20)
            if not any(offered[at] == 5 for at in range(7, 20, 4)):
                self.request.sendall(bytes(4))
                return
            with socket.create_connection(("127.0.0.1", port)) as behind:
                behind.sendall(offered)
                back = threading.Thread(target=_pass_on, args=(behind, self.request), daemon=True)
                back.start()
                _pass_on(self.request, behind)
                back.join(5)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Front) as front:
        front.daemon_threads = True
        threading.Thread(target=front.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield front.server_address[1]
        front.shutdown()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def test_a_server_that_py2neo_is_too_old_for_is_said_in_one_line(store: Store, server: Any) -> None:
    with newer_server(server.port) as port:
        with pytest.raises(StoreError, match=r"py2neo cannot use bolt://127.0.0.1:\d+, though graphkit can") as told:
            graph(f"bolt://neo4j@127.0.0.1:{port}/neo4j")
        assert "\n" not in str(told.value)


def _must_listen(port: int) -> None:
    """Wait for HTTP, which comes after Bolt."""
    deadline = time.monotonic() + 90
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.mark.long
def test_http_does_not_work_in_py2neo(servers: Any, tmp_path: Path) -> None:
    """Even on a server that answers HTTP, which the one of graphkit does not."""
    from tests.neo4j.server import PASSWORD, Server

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    speaking = {"server.http.enabled": "true", "server.http.listen_address": f"127.0.0.1:{port}"}
    server = Server(tmp_path, Path(os.environ["GRAPHKIT_NEO4J_JARS"]), speaking)
    try:
        _must_listen(port)
        with pytest.raises(py2neo.ClientError, match="Not Found"):
            py2neo.Graph(f"http://127.0.0.1:{port}", auth=("neo4j", PASSWORD))
    finally:
        server.kill()
