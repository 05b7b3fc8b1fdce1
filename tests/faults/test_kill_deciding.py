"""A decision that is killed is made or not made; the next write finds nothing between."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphkit.model.decision import Decided
from graphkit.stores import Store
from tests.faults.test_kill import loading, many

KILLS = 2


def retracting(store: Store) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "graphkit", "retract", "s", "--why", "taken back", "--store", store.address]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def undone(store: Store) -> None:
    (made,) = Decided(store.register("Decision")).of("retract")
    command = [sys.executable, "-m", "graphkit", "undo", made["id"], "--why", "again", "--store", store.address]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.timeout(600)
@pytest.mark.long_on_neo4j
def test_a_killed_retraction_is_made_or_not_made(
    store: Store, tmp_path: Path, load: Any, seen: Any, rebuilt: Any
) -> None:
    assert loading(store.address, many(tmp_path / "many.jsonl")).wait() == 0
    claims = seen(store)[0]
    started = time.monotonic()
    assert retracting(store).wait() == 0
    longest = time.monotonic() - started
    undone(store)
    chance, not_made = random.Random(7), 0
    for _ in range(4 * KILLS):
        if not_made >= KILLS // 2:
            break
        decisions = len(store.register("Decision"))
        writer = retracting(store)
        time.sleep(chance.uniform(0.5, 1.0) * longest)
        writer.kill()
        writer.communicate()
        load(store, {"kind": "Source", "id": f"after-{writer.pid}", "name": "Whoever writes next tidies up"})
        found = seen(store)
        assert found == (claims, rebuilt(store))
        if len(store.register("Decision")) == decisions:
            not_made += 1
        else:
            longest *= 0.85
            undone(store)
    assert not_made >= KILLS // 2, "too few kills came in time to say anything"
    assert retracting(store).wait() == 0
    assert seen(store)[1] == rebuilt(store)
