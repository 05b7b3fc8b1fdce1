"""What goes wrong with a server is one line that says what to do; nothing is lost and nothing foreign touched."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphkit import doctor, flow
from graphkit.errors import ChooseAgain, StoreError
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


def wait_until_stopped(pid: int) -> None:
    """Wait until no thread runs any more; a signal returns before it has reached them all."""
    threads = Path(f"/proc/{pid}/task")
    while any(f.read_text().rpartition(")")[2].split()[0] != "T" for f in threads.glob("*/stat")):
        time.sleep(0.01)


def test_a_server_that_stops_answering_between_two_reads_is_told_within_five_seconds(
    server: Any, there: Store, load: Any
) -> None:
    load(there, SOURCE, PERSON)
    assert there.stats()["entities"] == 1
    os.kill(server.pid, signal.SIGSTOP)
    try:
        wait_until_stopped(server.pid)
        started = time.monotonic()
        with pytest.raises(StoreError, match="No Neo4j answers"):
            there.stats()
        assert time.monotonic() - started < 5
    finally:
        os.kill(server.pid, signal.SIGCONT)
    assert there.stats()["entities"] == 1


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
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"password file .*password is empty\. Write the password into it"):
        flow.store_at(server.address).exists()
    file.write_text("wrong\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"or the password in .*, which GRAPHKIT_NEO4J_PASSWORD_FILE names\."):
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


def test_data_of_others_stays_as_it_is_and_is_never_shown(
    server: Any, there: Store, load: Any, graph_of: Any, tmp_path: Path
) -> None:
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
    told = graphkit(tmp_path, COMMANDS["query"], there.address).stderr
    assert "Cypher also sees 5 nodes here that graphkit did not write" in told


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


def test_the_doctor_says_what_is_there_and_what_is_open(
    server: Any, there: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = graphkit(tmp_path, COMMANDS["doctor"], server.address)
    assert (done.returncode, "holds nothing of graphkit yet" in done.stdout, "Advice" in done.stdout) == (
        0,
        True,
        False,
    ), done.stdout
    assert isinstance(there, neo4j.Neo4jStore)
    monkeypatch.setattr(neo4j, "_OPEN", neo4j._OPEN.replace("'true'", "'false'"))
    assert "LOAD CSV" in there.advice()[0]


def test_whatever_is_asked_of_a_dead_server_the_error_is_ours(servers: Any) -> None:
    store = flow.store_at("neo4j://neo4j@127.0.0.1:1/neo4j")
    for ask in (store.exists, store.stats, store.must_be_possible, lambda: store.update(lambda view: None)):
        with pytest.raises(StoreError, match="No Neo4j answers"):
            ask()


def test_doctor_says_that_an_empty_server_is_well(server: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.passed(server.address)
    said = f"Store {server.address}: server, user and password are fine"
    assert said in capsys.readouterr().out
