"""Cypher reads the graph and does nothing else: no write, no file, no endless run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.engines import asking
from graphkit.errors import QueryFailed, QueryStopped, Refused, StoreMissing
from graphkit.last_used import LastUsed
from graphkit.stores import Store

ATTACKS = [
    "CREATE (n:Person {id: 'x'})",
    "create (n:Person {id: 'x'}) return n",
    "MATCH (n) CReate (m:Person {id: 'x'})",
    "MERGE (n:Person {id: 'x'}) RETURN n",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n)\nSET\nn.name = 'x'",
    "MATCH (n) SET n:Owned",
    "MATCH (n) SET n += {a: 1}",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) FOREACH (x IN [1] | SET n.name = 'x')",
    "MATCH (n) CALL { WITH n SET n.name = 'x' }",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "RETURN 1CREATE (n:Person {id: 'x'})",
    "MATCH (n) RETURN n LIMIT 1DELETE n",
    "MATCH (n) WHERE n.x = 1.SET n.name = 'x'",
    "MATCH (n) RETURN 1 /* harmless */ DELETE n",
    "MATCH (n) RETURN 1 // harmless\nDELETE n",
    "MATCH (n) \\u0044ELETE n",
    "MATCH (n) RETURN 'a\\u0027' AS a DELETE n //\\u0027",
    "CREATE INDEX FOR (n:Person) ON (n.name)",
    "CREATE CONSTRAINT FOR (n:Person) REQUIRE n.name IS UNIQUE",
    "DROP INDEX some_index",
    "INSERT (n:Person {id: 'x'})",
    "LOAD CSV FROM 'CANARY' AS r RETURN r",
    "load csv from 'CANARY' as r return r",
    "LoAd CsV FROM 'CANARY' AS r RETURN r",
    "LOAD CSV WITH HEADERS FROM 'CANARY' AS r RETURN r",
    "LOAD\n\tCSV\nFROM 'CANARY' AS r RETURN r",
    "LOAD // a comment\nCSV FROM 'CANARY' AS r RETURN r",
    "LOAD /* a comment */ CSV FROM 'CANARY' AS r RETURN r",
    "LOAD\u00a0CSV FROM 'CANARY' AS r RETURN r",
    "L\\u004fAD CSV FROM 'CANARY' AS r RETURN r",
    "\\u004c\\u004f\\u0041\\u0044 \\u0043\\u0053\\u0056 FROM 'CANARY' AS r RETURN r",
    "RETURN 1 AS r UNION LOAD CSV FROM 'CANARY' AS r RETURN r",
    "RETURN 1 AS r UNION ALL LOAD CSV FROM 'CANARY' AS r RETURN r",
    "RETURN 'a\\u0027' AS r UNION LOAD CSV FROM 'CANARY' AS r RETURN r //\\u0027",
    "RETURN \"a\\u0022\" AS r UNION LOAD CSV FROM 'CANARY' AS r RETURN r //\\u0022",
    "RETURN '\\\\u0027' AS r UNION LOAD CSV FROM 'CANARY' AS r RETURN r //\\u0027",
    "RETURN 1 AS r LIMIT 1LOAD CSV FROM 'CANARY' AS r RETURN r",
    "WITH 'a\\'' AS q LOAD CSV FROM 'CANARY' AS r RETURN r",
    "EXPLAIN LOAD CSV FROM 'CANARY' AS r RETURN r",
    "MATCH (n) RETURN n.name FORMAT CSV",
    "RETURN file('CANARY')",
    "RETURN linenumber()",
    "CALL apoc.load.csv('CANARY')",
    "CALL apoc.cypher.doIt('DELETE n', {})",
    "RETURN apoc.text.join(['a'], 'b')",
    "RETURN `apoc`.`load`.`json`('CANARY')",
    "RETURN apoc . load . json('CANARY')",
    "RETURN ap\\u006fc.load.json('CANARY')",
    "CALL dbms.listConfig()",
    "CALL `dbms`.`listConfig`()",
    "CALL dbms . listConfig ()",
    "CALL list_procedures() YIELD name RETURN name",
    "CALL pagerank() YIELD node RETURN node",
    "call PageRank() yield node return node",
    "RETURN 1CALL pagerank() YIELD node RETURN node",
    "CALL // a comment\npagerank() YIELD node RETURN node",
    "CALL table.delete('Person')",
    "CALL db.cdc.enable()",
    "CALL db.temporal.declare('a', 'b')",
    "CALL db.labels.more()",
    "RETURN graph.names()",
    "USE other MATCH (n) RETURN n",
    "SHOW PROCEDURES",
    "SHOW INDEXES",
    "TERMINATE TRANSACTION 'x'",
    "PROFILE MATCH (n) RETURN n",
    "STOP DATABASE neo4j",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "GRANT ROLE admin TO x",
    "MATCH (n) RETURN n; MATCH (n) RETURN n",
    "RETURN 1; DROP DATABASE neo4j",
    "RETURN 'never closed",
    "`LOAD` `CSV` FROM 'CANARY' AS r RETURN r",
    "LOAD `CSV` FROM 'CANARY' AS r RETURN r",
    "`load` csv FROM 'CANARY' AS r RETURN r",
    "RETURN 1 AS r UNION `LOAD` `CSV` FROM 'CANARY' AS r RETURN r",
    "RETURN 1 AS `r` UNION ALL `LOAD`/**/`CSV` FROM 'CANARY' AS r RETURN r",
    "`SHOW` `PROCEDURES`",
    "`CREATE` (n:Person {id: 'x'})",
    "MATCH (n) `DETACH` `DELETE` n",
    "MATCH (n) `SET` n.name = 'x'",
    "`CALL` dbms.listConfig()",
    "RETURN 1 AS `a` `CALL` dbms.listConfig()",
    "RETURN `never closed",
    "",
    "  \n// nothing\n",
]

INNOCENT = {
    "RETURN 'CREATE' AS a": [["CREATE"]],
    "RETURN 'LOAD CSV FROM' AS a": [["LOAD CSV FROM"]],
    "RETURN \"DELETE; DROP\" AS a": [["DELETE; DROP"]],
    "RETURN 'call apoc.load()' AS a // DELETE everything": [["call apoc.load()"]],
    "RETURN 'a\\'b DELETE' AS a": [["a'b DELETE"]],
    "RETURN {set: 1, LOAD: 2}.set AS a": [[1]],
    "WITH {create: 1} AS m RETURN m.create AS a": [[1]],
    "RETURN 1 AS `DELETE`": [[1]],
    "MATCH (n:Person) WHERE n.load = 1 RETURN n.set": [],
    "MATCH (n:Show) RETURN n": [],
    "MATCH (n:Person)-[:USE|LOAD]->(m) RETURN n": [],
    "MATCH (n:Person) RETURN count(n.`remove`) AS a": [[0]],
    "RETURN 1 AS created, 2 AS settled, 3 AS loaded": [[1, 2, 3]],
    "RETURN 1 AS a;": [[1]],
    "RETURN 1.5 + 0.5 AS a": [[2.0]],
    "UNWIND [1, 2] AS x CALL (x) { RETURN x * 2 AS y } RETURN y": [[2], [4]],
    "MATCH (n:Person {name: 'Nobody'}) RETURN n.name": [],
    "MATCH (n)-[*1..2]->(m:Person) WHERE n.name = 'Nobody' RETURN m": [],
    "RETURN $load AS a": [["DELETE"]],
}  # fmt: skip


def ask(store: Store, cypher: str, limit: int = 1000, timeout: float = 20, **params: Any) -> Any:
    return store.query(cypher, params, limit, timeout)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.csv"
    path.write_text("yellow-bird,sings\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def asked(lasting_place: Any, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of these tests' own, since they try to break it."""
    folder = tmp_path_factory.mktemp("asked")
    store = flow.store_at(lasting_place("asked"))
    flow.load_seed(store, LastUsed(folder))
    return store


@pytest.fixture(scope="module", autouse=True)
def _unchanged(asked: Store) -> Any:
    before = (asked.version(), asked.stats(), Path(asked.address).read_bytes() if Path(asked.address).exists() else b"")
    yield
    after = (asked.version(), asked.stats(), Path(asked.address).read_bytes() if Path(asked.address).exists() else b"")
    assert before == after


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_does_more_than_read_is_refused_before_the_engine(asked: Store, canary: Path, attack: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as refusal:
        ask(asked, attack.replace("CANARY", str(canary)))
    assert time.monotonic() - started < 0.1
    assert "yellow-bird" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if "CANARY" in attack])
def test_no_file_is_read_through_a_parameter_either(asked: Store, canary: Path, attack: str) -> None:
    with pytest.raises(Refused):
        ask(asked, attack.replace("'CANARY'", "$file"), file=str(canary))


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
        "RETURN range(1, 50000000) AS l",
        "UNWIND range(1, 20000000) AS x WITH collect('a long text ' + x) AS l RETURN size(l)",
    ],
)
def test_a_query_ends_when_it_needs_too_much_memory(asked: Store, cypher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "QUERY_MEMORY_MB", 200)
    with pytest.raises(QueryStopped, match="it needed more"):
        ask(asked, cypher)
    assert ask(asked, "RETURN 1 AS a").rows == [[1]]


@pytest.mark.parametrize("start", ["'x'", "[0, 1, 2, 3]"])
def test_doubling_without_end_ends(asked: Store, start: str) -> None:
    with pytest.raises(QueryFailed):
        ask(asked, f"RETURN reduce(s = {start}, x IN range(1, 40) | s + s) AS a")
    assert ask(asked, "RETURN 1 AS a").rows == [[1]]


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


@pytest.mark.parametrize("cypher", ["nonsense", "RETURN", "MATCH (n:Person RETURN n", "RETURN $missing", "RETURN 1/0"])
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
