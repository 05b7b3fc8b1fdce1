"""A write is whole or not at all, one at a time, and nobody who reads waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphkit import flow
from graphkit.errors import StoreBusy
from graphkit.model.change import HANGING, Change
from graphkit.model.relation import RELATION_COLUMNS
from graphkit.stores import Store, base

SOURCE = {"kind": "Source", "id": "s", "name": "S"}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}


def test_the_version_changes_with_each_write_and_only_then(store: Store, load: Any) -> None:
    seen = set()
    for number in range(4):
        load(store, SOURCE, {**PERSON, "id": f"p{number}"})
        version = store.version()
        store.search("p", 5), store.stats(), store.graph()
        load(store, SOURCE, {**PERSON, "id": f"p{number}"})
        store.update(lambda view: None)
        assert store.version() == version
        seen.add(version)
    assert len(seen) == 4


def test_a_plan_sees_the_store_as_it_is(store: Store, load: Any) -> None:
    load(store, SOURCE, PERSON)
    seen = []

    def plan(view: Any) -> None:
        seen.extend([view.version(), view.stats(), view.kinds_of(["p", "x"]), len(view.claims())])

    store.update(plan)
    assert seen == [store.version(), store.stats(), {"p": "Person"}, 1]


def test_a_plan_that_raises_leaves_no_store_where_there_was_none(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        store.update(lambda view: 1 / 0)  # type: ignore[arg-type]
    assert not store.exists()
    store.update(lambda view: None)
    assert not store.exists()


def test_a_plan_that_raises_leaves_the_store_as_it_was(store: Store, load: Any, graph_of: Any) -> None:
    load(store, SOURCE, PERSON)
    before = (store.version(), graph_of(store))
    with pytest.raises(ZeroDivisionError):
        store.update(lambda view: 1 / 0)  # type: ignore[arg-type]
    assert (store.version(), graph_of(store)) == before
    assert load(store, {**PERSON, "id": "after"}).new_claims == 1


class _Breaks(dict[str, pl.DataFrame]):
    def items(self) -> Any:
        yield "Person", pl.DataFrame({"id": ["half"], "name": ["Half"], "names": [["Half"]]})
        raise RuntimeError("the power goes")


def test_a_change_that_breaks_half_way_is_not_made(store: Store, load: Any, graph_of: Any) -> None:
    load(store, SOURCE, PERSON)
    before = (store.version(), graph_of(store))
    no_relations, none_hang = pl.DataFrame(schema=RELATION_COLUMNS), pl.DataFrame(schema=HANGING)
    with pytest.raises(RuntimeError, match="the power goes"):
        store.update(lambda view: Change(view.claims(), {}, _Breaks(), no_relations, none_hang))
    again = flow.store_at(store.address)
    assert (again.version(), graph_of(again)) == before
    assert "half" not in again.kinds_of(["half"])


def records(path: Path, name: str, count: int) -> Path:
    found: list[dict[str, Any]] = [{"kind": "Source", "id": f"source-{name}", "name": name}]
    for number in range(count):
        found.append({"kind": "Person", "id": f"{name}-{number}", "name": name, "source": f"source-{name}"})
    found.append({"kind": "Person", "id": "both", "name": f"Called {name}", "source": f"source-{name}"})
    path.write_text("".join(json.dumps(record) + "\n" for record in found), encoding="utf-8")
    return path


def loading(store: Store, file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "graphkit", "load", str(file), "--store", store.address, "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_writers_at_once_all_get_in(store: Store, tmp_path: Path, graph_of: Any, rebuilt: Any) -> None:
    names = ("one", "two", "three", "four")
    writers = [loading(store, records(tmp_path / f"{name}.jsonl", name, 300)) for name in names]
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        assert json.loads(out)["new_claims"] == 301
    assert store.stats()["claims"] == 4 * 301
    assert graph_of(store) == rebuilt(store)
    assert graph_of(store)["Person"]["both"]["n_sources"] == 4


def test_readers_go_on_while_somebody_writes_and_see_it_after(store: Store, load: Any, tmp_path: Path) -> None:
    load(store, SOURCE, PERSON)
    writing, may_end = threading.Event(), threading.Event()

    def slow(view: Any) -> Change | None:
        writing.set()
        may_end.wait(30)
        return None

    holder = threading.Thread(target=flow.store_at(store.address).update, args=[slow])
    holder.start()
    assert writing.wait(30)
    ask = [sys.executable, "-m", "graphkit", "query", "MATCH (p:Person) RETURN count(p) AS n", "--format", "json"]
    during = subprocess.run([*ask, "--store", store.address], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(during.stdout) == [{"n": 1}]
    assert store.stats()["entities"] == 1
    may_end.set()
    holder.join()
    load(flow.store_at(store.address), SOURCE, {**PERSON, "id": "new"})
    assert store.stats()["entities"] == 2
    assert store.search("new", 5) == ["new"]


def test_a_reader_never_sees_half_a_load(store: Store, load: Any, tmp_path: Path) -> None:
    load(store, SOURCE, PERSON)
    writer = loading(store, records(tmp_path / "many.jsonl", "many", 3000))
    seen = set()
    while writer.poll() is None:
        seen.add(store.stats()["claims"])
    assert writer.wait() == 0
    seen.add(store.stats()["claims"])
    assert seen == {1, 3002}


HOLDS = """
import sys, time
from graphkit import flow
def plan(view):
    print("writing", flush=True)
    time.sleep(60)
flow.store_at(sys.argv[1]).update(plan)
"""


def test_who_waits_too_long_is_told_who_writes(
    store: Store, load: Any, monkeypatch: pytest.MonkeyPatch, graph_of: Any
) -> None:
    load(store, SOURCE, PERSON)
    before = graph_of(store)
    monkeypatch.setattr(base, "WAIT_FOR_WRITER", 0.5)
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, store.address], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "writing\n"
    started = time.monotonic()
    try:
        with pytest.raises(StoreBusy, match=f"process {holder.pid} ") as busy:
            load(store, SOURCE, {**PERSON, "id": "late"})
    finally:
        holder.kill()
        holder.wait()
    assert time.monotonic() - started < 10
    assert "\n" not in str(busy.value)
    assert graph_of(store) == before
    assert load(store, SOURCE, {**PERSON, "id": "late"}).new_claims == 1


def test_a_case_is_no_source_neither_before_it_is_made_nor_after(store: Store, load: Any) -> None:
    source = {"kind": "Source", "id": "s", "name": "Papers", "cases": ["kiln"]}
    for _ in range(2):
        (reject,) = load(store, source, {"kind": "Person", "id": "p", "name": "Ada Venn", "source": "kiln"}).rejects
        assert reject.problem == "'kiln' names nothing in this load or in the store; load its record too"
