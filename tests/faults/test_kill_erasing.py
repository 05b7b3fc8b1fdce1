"""An erasure that is killed is made or not made; run again it is made, and no file tells what it took."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.last_used import LastUsed
from graphkit.stores import Store, embedded
from graphkit.stores.neo4j import writing
from tests.faults.test_kill import loading, many
from tests.remains import answers_holding, files_holding

REASON = flow.Reason("A. Analyst", "asked for by letter")


class Killed(BaseException):
    """Stands for the end of the process."""


def killed(*_: Any) -> Any:
    raise Killed


def test_stopped_before_it_is_published_it_is_not_made_and_made_when_run_again(
    store: Store, load: Any, last_used: LastUsed, seen: Any, rebuilt: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "Paper"},
        {"kind": "Organization", "id": "o", "name": "O", "source": "s"},
        {"kind": "Person", "id": "zora-vt", "name": "Zora VT", "source": "s"},
        {"kind": "EMPLOYED_BY", "from": "zora-vt", "to": "o", "role": "head", "source": "s", "claimant": "zora-vt"},
        {"kind": "Incident", "id": "fire", "name": "Fire", "source": "s", "claimant": "zora-vt"},
    )
    before, hung = seen(store), hanging(store)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(embedded, "_saved", killed)
        patched.setattr(writing, "registers", killed)
        flow.erase(store, "zora-vt", REASON, last_used)
    load(store, {"kind": "Source", "id": "after", "name": "Whoever writes next tidies up"})
    assert seen(store) == before
    assert hanging(store) == hung
    assert store.register("Tombstone").is_empty()
    flow.erase(store, "zora-vt", REASON, last_used)
    assert seen(store)[1] == rebuilt(store)
    (tmp_path / "records.jsonl").unlink()
    assert [*files_holding(tmp_path, ["zora"]), *answers_holding(store, ["zora"])] == []


def hanging(store: Store) -> list[Any]:
    return sorted(store.query("MATCH (c:Claim)-[r]->(n) RETURN c.id, type(r), n.id", {}, 1_000, 60).rows)


def erasing(store: Store) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "graphkit", "erase", "s", "--why", "asked for", "--yes", "--store", store.address]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.timeout(600)
@pytest.mark.long_on_neo4j
def test_a_killed_erasure_is_made_or_not_made(
    store: Store, tmp_path: Path, load: Any, seen: Any, rebuilt: Any, last_used: LastUsed
) -> None:
    load(store, {"kind": "Source", "id": "t", "name": "T"}, {"kind": "Person", "id": "kim", "name": "K", "source": "t"})
    assert loading(store.address, many(tmp_path / "many.jsonl")).wait() == 0
    before = seen(store)
    chance, longest = random.Random(7), 4.0
    for _ in range(4):
        writer = erasing(store)
        time.sleep(chance.uniform(0.3, 1.0) * longest)
        writer.kill()
        writer.communicate()
        load(store, {"kind": "Source", "id": f"after-{writer.pid}", "name": "Whoever writes next tidies up"})
        found = seen(store)
        assert found[1] == rebuilt(store)
        if len(store.register("Tombstone")):
            break
        assert found == before
    try:
        flow.erase(store, "s", REASON, last_used)
    except ChooseAgain as problem:
        assert "erased on" in str(problem)
    assert set(store.claims()["source"]) == {"t"}
    assert seen(store)[1] == rebuilt(store)
