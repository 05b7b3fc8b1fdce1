"""A long analysis runs in a process of its own, which says how far it is, can be stopped, and outlives nobody."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graphkit import flow, results
from graphkit.errors import Stop
from graphkit.flow import Analysis
from graphkit.graph.parts import Parts
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot, telling
from graphkit.kept import Kept
from graphkit.working import VERBS, Work

LONG = Analysis("scores", "betweenness")


def network(folder: Path, things: int, relations: int) -> Snapshot:
    """Return the snapshot of persons who are linked at random, as it is kept in a folder."""
    chance = np.random.default_rng(1)
    near, far = chance.integers(0, things, (2, relations), dtype=np.int32)
    ids = pl.Series("id", [f"p{n:05}" for n in range(things)])
    named = pl.DataFrame({"id": ids, "kind": ["Person"] * things, "name": ids})
    weights = pl.DataFrame({"support": pl.Series([None] * relations, dtype=pl.Float64)})
    frames = {
        "things": named.with_columns(ids=pl.lit(None, dtype=pl.List(pl.String))),
        "links": pl.DataFrame({"type": ["COOPERATES_WITH"] * relations, "from": near, "to": far}),
        "weights": weights,
    }
    parts = Parts(lambda made, name: frames, Kept(folder / "kept" / "1", telling(Scope(("c",)), "1", {})))
    parts.add(frames)
    return Snapshot(parts, Scope(("c",)), "1")


@pytest.fixture
def large(tmp_path: Path) -> Snapshot:
    """A network of which betweenness takes several seconds."""
    return network(tmp_path, 12_000, 40_000)


def until(true: Callable[[], object], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def alive(pid: int) -> bool:
    """Say whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_says_how_far_it_is_and_its_result_is_not_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "LEAST_SECONDS", 0.0)
    view = network(tmp_path, 3_000, 9_000)
    assert not flow.is_soon(view, LONG)
    work = flow.work(view, LONG)
    assert work
    seen = [work.share]
    assert until(lambda: seen.append(work.share) or not work.is_running)
    work.wait()
    shares = sorted(set(seen))
    assert seen == sorted(seen)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) > 3
    assert flow.is_soon(view, LONG)
    monkeypatch.setitem(flow.METRICS, "betweenness", lambda view, counting: pytest.fail("computed again"))
    assert flow.rank(view, "betweenness", None, 5).rows[0]["rank"] == 1


def test_it_outlives_the_thread_that_asked_for_it_and_is_stopped_at_once(large: Snapshot) -> None:
    found: list[flow.Work | None] = []
    asking = threading.Thread(target=lambda: found.append(flow.work(large, LONG)))
    asking.start()
    asking.join()
    work = found[0]
    assert work
    process = work._run._process
    assert process
    assert until(lambda: work.share > 0)
    assert work.is_running
    begun = time.monotonic()
    work.stop()
    assert time.monotonic() - begun < 1
    assert (work.is_running, alive(process.pid)) == (False, False)
    work.stop()
    with pytest.raises(Stop, match="stopped before it came to its end"):
        work.wait()
    assert not flow.is_soon(large, LONG)


def test_what_broke_it_off_is_said() -> None:
    work = Work("{}")
    with pytest.raises(Stop, match="broke off: KeyError: 'counting'"):
        work.wait()


def test_two_who_ask_for_the_same_wait_for_one_and_it_ends_with_the_last(large: Snapshot) -> None:
    one, two = flow.work(large, LONG), flow.work(large, LONG)
    assert one
    assert two
    assert one._run is two._run
    one.stop()
    one.stop()
    assert two.is_running
    two.stop()
    assert not two.is_running
    three = flow.work(large, LONG)
    assert three
    assert three.is_running
    three.stop()


def test_it_ends_with_the_process_that_asked_for_it(large: Snapshot) -> None:
    folder = large.keep()
    assert folder
    code = (
        "import sys, time; from pathlib import Path; from graphkit import flow\n"
        "from graphkit.graph.snapshot import Snapshot\n"
        "work = flow.work(Snapshot.open(Path(sys.argv[1])), flow.Analysis('scores', 'betweenness'))\n"
        "print(work._run._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    assert until(lambda: not alive(pid), 10)


def test_why_it_failed_is_said_to_who_waits(tmp_path: Path) -> None:
    work = flow.work(network(tmp_path, 5, 0), Analysis("scores", "eigenvector"))
    assert work
    with pytest.raises(Stop, match="eigenvector is not defined where nothing is linked: these 5 things"):
        work.wait()


def test_what_cannot_be_kept_is_asked_for_directly(tmp_path: Path) -> None:
    view = network(tmp_path, 5, 4)
    assert flow.work(view.among(["Person"]), LONG) is None
    (tmp_path / "kept").touch()
    assert flow.work(view, LONG) is None


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("firm", "pivot")])
def test_each_verb_leaves_its_result_where_the_next_who_asks_finds_it(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "LEAST_SECONDS", 0.0)
    view = network(tmp_path, 50, 100)
    asked = Analysis(verb, "" if verb == "communities" else "degree", without=("p00001",))
    assert not results.is_remembered(view, asked.known_by)
    VERBS[verb](view, asked)
    assert results.is_remembered(view, asked.known_by)


def test_what_takes_little_needs_no_process(tmp_path: Path) -> None:
    view = network(tmp_path, 200, 400)
    assert flow.is_soon(view, Analysis("scores", "betweenness"))
    assert flow.is_soon(view, Analysis("communities"))
    assert not flow.is_soon(view, Analysis("firm", "degree"))
