"""Cypher reads the graph and does nothing else: no write, no file, no endless run."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from graphkit import flow
from graphkit.engines import asking
from graphkit.errors import QueryFailed, QueryStopped, Refused, StoreMissing
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from tests.contracts.attacks import ATTACKS, INNOCENT


def ask(store: Store, cypher: str, limit: int = 1000, timeout: float = 20, **params: Any) -> Any:
    return store.query(cypher, params, limit, timeout)


class _Listener(http.server.BaseHTTPRequestHandler):
    heard: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"yellow-bird,sings\n")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def listener() -> Iterator[str]:
    """The address of somebody who listens; whoever asks for anything there is heard."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/canary.csv"
    assert urllib.request.urlopen(address, timeout=10).read() == b"yellow-bird,sings\n"
    _Listener.heard.clear()
    yield address
    server.shutdown()
    assert _Listener.heard == []


@pytest.fixture(params=["file", "network"])
def canary(request: pytest.FixtureRequest, tmp_path: Path, listener: str) -> str:
    path = tmp_path / "canary.csv"
    path.write_text("yellow-bird,sings\n", encoding="utf-8")
    path.chmod(0o644)
    return listener if request.param == "network" else f"file://{path}"


@pytest.fixture(scope="module")
def asked(lasting_place: Any, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of these tests' own, since they try to break it."""
    folder = tmp_path_factory.mktemp("asked")
    store = flow.store_at(lasting_place("seed"))
    flow.load_seed(store, LastUsed(folder))
    return store


@pytest.fixture(scope="module", autouse=True)
def _unchanged(asked: Store) -> Any:
    before = (asked.version(), asked.stats(), Path(asked.address).read_bytes() if Path(asked.address).exists() else b"")
    yield
    after = (asked.version(), asked.stats(), Path(asked.address).read_bytes() if Path(asked.address).exists() else b"")
    assert before == after


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_does_more_than_read_is_refused_before_the_engine(
    asked: Store, canary: str, attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "answer", lambda *_: pytest.fail("the engine was asked"))
    with pytest.raises(Refused) as refusal:
        ask(asked, attack.replace("CANARY", canary))
    assert "yellow-bird" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if "CANARY" in attack])
def test_no_file_is_read_through_a_parameter_either(asked: Store, canary: str, attack: str) -> None:
    with pytest.raises(Refused):
        ask(asked, attack.replace("'CANARY'", "$file"), file=canary)


@pytest.mark.parametrize(
    "cypher",
    [
        "LOAD CSV FROM 'CANARY' AS r RETURN r",
        "LOAD CSV WITH HEADERS FROM 'CANARY' AS r RETURN r",
        "CREATE (n:Person {id: 'x'}) RETURN n",
        "MATCH (n) SET n.name = 'x' RETURN n",
        "MATCH (n) DETACH DELETE n",
        "CREATE INDEX FOR (n:Person) ON (n.name)",
    ],
)
def test_the_engine_itself_neither_writes_nor_reads_files_nor_calls_anybody(
    asked: Store, canary: str, cypher: str
) -> None:
    for address in (canary, canary.removeprefix("file://")):
        with pytest.raises(QueryFailed) as problem:
            asked.answer(cypher.replace("CANARY", address), {}, 10, 20)
        assert "yellow-bird" not in str(problem.value)


@pytest.mark.parametrize("cypher", INNOCENT)
def test_the_same_words_as_data_are_answered(asked: Store, cypher: str) -> None:
    assert ask(asked, cypher, load="DELETE").rows == INNOCENT[cypher]


def test_allowed_procedures_answer(asked: Store) -> None:
    labels = ask(asked, "CALL db.labels() YIELD label RETURN label ORDER BY label").rows
    assert {"Claim", "Person", "Source"} <= {label for (label,) in labels}


@pytest.mark.parametrize(
    "cypher",
    [
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 100000) AS c RETURN count(*)",
        "MATCH (a), (b), (c), (d) WHERE a.name + b.name = c.name + d.name RETURN count(*)",
        "MATCH (a)-[*1..12]-(b) RETURN count(*)",
    ],
)
def test_a_query_ends_when_its_time_is_over(asked: Store, cypher: str) -> None:
    started = time.monotonic()
    with pytest.raises(QueryStopped, match="after 1 s"):
        ask(asked, cypher, timeout=1)
    assert time.monotonic() - started < 6


@pytest.mark.parametrize(
    "cypher",
    [
        "UNWIND range(1, 20000000) AS x WITH collect([x, x, x]) AS l RETURN size(l)",
        *(
            pytest.param(cypher, marks=pytest.mark.long_on_neo4j)
            for cypher in (
                "RETURN range(1, 50000000) AS l",
                "UNWIND range(1, 20000000) AS x WITH collect('a long text ' + x) AS l RETURN size(l)",
            )
        ),
    ],
)
def test_a_query_ends_when_it_needs_too_much_memory(asked: Store, cypher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "QUERY_MEMORY_MB", 200)
    with pytest.raises(QueryStopped, match="it needed more"):
        ask(asked, cypher, timeout=120)
    assert ask(asked, "RETURN 1 AS a").rows == [[1]]


@pytest.mark.parametrize("start", ["'x'", "[0, 1, 2, 3]"])
def test_doubling_without_end_ends(asked: Store, start: str) -> None:
    with pytest.raises(QueryFailed):
        ask(asked, f"RETURN reduce(s = {start}, x IN range(1, 40) | s + s) AS a")
    assert ask(asked, "RETURN 1 AS a").rows == [[1]]


@pytest.mark.parametrize("text", ["repeat", "deep"])
def test_an_answer_that_is_too_much_is_refused_in_one_line(
    asked: Store, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested = "[" * 60 + "1" + "]" * 60
    cypher = "RETURN reduce(s = 'x', i IN range(1, 26) | s + s) AS a" if text == "repeat" else f"RETURN {nested} AS a"
    with pytest.raises(QueryStopped, match=r"over (64 MB|50 deep)"):
        ask(asked, cypher)


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGSEGV])
def test_an_engine_that_breaks_off_is_not_said_to_lack_memory(
    asked: Store, signal_: signal.Signals, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    child.write_text(f"#!/bin/sh\nkill -{signal_.value} $$\n", encoding="utf-8")
    child.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(child))
    with pytest.raises(QueryFailed, match=f"broke off at this query \\({signal_.name}\\)"):
        ask(asked, "RETURN 1 AS a")


def test_the_process_that_asks_knows_no_password_from_its_surroundings(
    asked: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    child.write_text(f'#!/bin/sh\nenv > {tmp_path}/env\necho \'{{"columns": [], "rows": []}}\'\n', encoding="utf-8")
    child.chmod(0o755)
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", os.environ.get("GRAPHKIT_NEO4J_PASSWORD", "yellow-bird"))
    asked.exists()
    monkeypatch.setattr(sys, "executable", str(child))
    ask(asked, "RETURN 1 AS a")
    assert "PATH=" in (tmp_path / "env").read_text(encoding="utf-8")
    assert "PASSWORD" not in (tmp_path / "env").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="only the Linux kernel ends a process with its parent")
def test_a_query_ends_with_the_process_that_asked_it(asked: Store, tmp_path: Path) -> None:
    cypher = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 100000) AS c RETURN count(*)"
    command = [sys.executable, "-m", "graphkit", "query", cypher, "--store", asked.address, "--timeout", "60"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as asking_process:
        children = Path(f"/proc/{asking_process.pid}/task/{asking_process.pid}/children")
        deadline = time.monotonic() + 20
        while not (found := children.read_text(encoding="ascii").split()) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        asking_process.kill()
    (child,) = found
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_rows_beyond_the_limit_are_left_out_and_said(asked: Store) -> None:
    cut = ask(asked, "UNWIND range(1, 20) AS x RETURN x", limit=5)
    assert (cut.rows, cut.complete) == ([[1], [2], [3], [4], [5]], False)
    whole = ask(asked, "UNWIND range(1, 5) AS x RETURN x", limit=5)
    assert (len(whole.rows), whole.complete) == (5, True)


def test_parameters_are_values_and_never_text_of_the_query(asked: Store) -> None:
    given = {"text": "') DELETE n //", "list": [1, "x", None], "map": {"k": True}, "number": 1.5, "whole": 7}
    answer = ask(asked, "RETURN $text AS a, $list AS b, $map AS c, $number AS d, $whole AS e", **given)
    assert answer.rows == [list(given.values())]
    assert ask(asked, "MATCH (p:Person) WHERE p.name = $text RETURN p", **given).rows == []


def test_columns_stand_in_the_order_of_return(asked: Store) -> None:
    answer = ask(asked, "RETURN 1 AS z, 2 AS a, 3 AS m")
    assert (answer.columns, answer.records()) == (["z", "a", "m"], [{"z": 1, "a": 2, "m": 3}])
    assert list(answer.records()[0]) == ["z", "a", "m"]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_nodes_and_relations_come_back_plain_and_sorted(asked: Store) -> None:
    row = ask(asked, "MATCH (a:Person)-[r]->(b) RETURN a, r, [a, b] AS l, {x: a} AS m ORDER BY r.id LIMIT 1").rows[0]
    node, relation, both, inside = row
    assert list(node) == ["labels", "properties"]
    assert node["labels"] == ["Entity", "Person"]
    assert node["properties"]["kind"] == "Person"
    assert list(node["properties"]) == sorted(node["properties"])
    assert list(relation) == ["type", "properties"]
    assert relation["properties"]["id"].startswith("rel:")
    assert (both[0], inside) == (node, {"x": node})
    assert not {"title", "start", "end", "elementId"} & keys(row)
    assert not {"title", "type", "elementId"} & keys(node)


def test_a_path_comes_back_plain(asked: Store) -> None:
    (path,) = ask(asked, "MATCH p = (a:Person)-[r]->(b) RETURN p ORDER BY r.id LIMIT 1").rows[0]
    assert [list(node) for node in path["nodes"]] == [["labels", "properties"]] * 2
    assert not {"title", "start", "end", "elementId"} & keys(path)


def test_dates_come_back_as_text(asked: Store) -> None:
    assert ask(asked, "RETURN date('2014-03-01') AS d").rows == [["2014-03-01"]]


@pytest.mark.parametrize("cypher", ["MATCH nothing", "RETURN", "MATCH (n RETURN n", "RETURN $missing", "RETURN 1/0"])
def test_what_the_engine_cannot_answer_is_one_line(asked: Store, cypher: str) -> None:
    with pytest.raises(QueryFailed) as problem:
        ask(asked, cypher)
    assert str(problem.value).startswith("The query could not be answered: ")
    assert "\n" not in str(problem.value)


def test_a_refused_query_is_refused_before_the_store_is_looked_for(store: Store) -> None:
    with pytest.raises(Refused):
        ask(store, "MATCH (n) DELETE n")
    with pytest.raises(StoreMissing):
        ask(store, "MATCH (n) RETURN n")


def test_modules_beside_the_analyst_are_not_run(asked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json.py", "resource.py", "kglite.py"):
        (tmp_path / name).write_text("raise SystemExit('somebody else wrote this')\n", encoding="utf-8")
    address = str(Path(asked.address).resolve()) if "://" not in asked.address else asked.address
    monkeypatch.chdir(tmp_path)
    assert ask(flow.store_at(address), "RETURN 1 AS a").rows == [[1]]
