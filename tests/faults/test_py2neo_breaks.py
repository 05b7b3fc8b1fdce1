"""What py2neo does when its server goes away and comes back; the page on py2neo says so."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from py2neo.errors import ConnectionBroken, ServiceUnavailable

from graphkit import flow
from graphkit.last_used import LastUsed
from graphkit.py2neo import ReadingGraph, graph

CYPHER = "MATCH (s:Source) RETURN s.id"


def ask(reading: ReadingGraph, answers: list[str], broken: threading.Event) -> None:
    with pytest.raises(ConnectionBroken):
        reading.evaluate(CYPHER)
    broken.set()
    answers.append(reading.evaluate(CYPHER))


def test_a_read_waits_for_its_server_without_limit_and_a_routed_one_fails_at_once(server: Any, tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_text('{"kind": "Source", "id": "s", "name": "S"}\n')
    store = flow.store_at(server.address)
    flow.load(store, [tmp_path / "s.jsonl"], None, LastUsed(tmp_path))
    store.close()
    routed, direct = graph(server.address), graph(server.address.replace("neo4j://", "bolt://"))
    answers: list[str] = []
    broken = threading.Event()
    asking = threading.Thread(target=ask, args=(direct, answers, broken), daemon=True)
    server.kill()
    try:
        asking.start()
        assert broken.wait(20)
        for _ in range(3):
            with pytest.raises((ConnectionBroken, ServiceUnavailable)):
                routed.evaluate(CYPHER)
        assert asking.is_alive() and not answers
    finally:
        server.start()
    asking.join(60)
    assert answers == ["s"]
    assert routed.evaluate(CYPHER) == "s"
