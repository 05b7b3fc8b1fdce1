"""How fast it is said why two things are linked, through hubs that everything is linked to and past them.

Run by ``make bench-explain``; ``--small`` only shows that it runs.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import records
from bench.load import circumstances
from bench.process import run
from graphkit import flow
from graphkit.analytics.paths import paths
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.stores import Store

THINGS, RELATIONS = 100_000, 1_000_000
SMALL = (300, 3_000)
HUBS = 2
PAIRS = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the table: what is looked for between which pairs of things, by their numbers."""

    what: str
    pairs: Sequence[tuple[int, int]]
    wanted: flow.Wanted


def written(path: Path, things: int, relations: int) -> Path:
    """Write things, the first of them linked to all others, and relations among them, some rated and some dated."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in _records(things, relations))
    return path


def _records(things: int, relations: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(things)
    for number in range(records.SOURCES):
        yield {"kind": "Source", "id": f"source-{number}", "name": f"Source {number}"}
    for number in range(things):
        said = {"name": f"Thing number {number} of many", "source": _source(chance)}
        yield {"kind": records.kind(number), "id": f"thing-{number}"} | said
    for hub in range(HUBS):
        for number in range(HUBS, things):
            yield _relation(chance, hub, number)
    for _ in range(relations - HUBS * (things - HUBS)):
        yield _relation(chance, *chance.sample(range(HUBS, things), 2))


def _source(chance: random.Random) -> str:
    return f"source-{chance.randrange(records.SOURCES)}"


def _relation(chance: random.Random, near: int, far: int) -> dict[str, Any]:
    said: dict[str, Any] = {"source": _source(chance), "claimant": f"thing-{near}"}
    if chance.random() < 0.5:
        said["confidence"] = chance.randrange(0, 101, 5)
    if chance.random() < 0.7:
        year = chance.randrange(2005, 2024)
        said |= {"valid_from": str(year), "valid_to": str(year + chance.randrange(3))}
    return {"kind": "COOPERATES_WITH", "from": f"thing-{near}", "to": f"thing-{far}"} | said


def asked(things: int) -> list[Asked]:
    """Return what is looked for."""
    chance = random.Random(1)
    few = [tuple(chance.sample(range(HUBS, things), 2)) for _ in range(PAIRS)]
    hub = [(near % HUBS, far) for near, far in few]
    return [
        Asked("two things", few, flow.Wanted()),
        Asked("two things, hubs avoided", few, flow.Wanted(avoid_hubs=True)),
        Asked("a hub and a thing", hub, flow.Wanted()),
        Asked("two hubs", [(0, 1), (1, 0)], flow.Wanted()),
        Asked("two things, 3 hops", few, flow.Wanted(max_hops=3)),
        Asked("two things, 6 hops", few, flow.Wanted(max_hops=6)),
        Asked("two hubs, 6 hops, 100 paths", [(0, 1), (1, 0)], flow.Wanted(6, 100)),
    ]


def measured(things: int, relations: int, folder: Path) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    store = folder / "store.kgl"
    run("graphkit", "load", str(written(folder / "records.jsonl", things, relations)), "--store", str(store))
    held = flow.store_at(str(store))
    view = flow.snapshot(held, Scope(("default",)))
    _ = view.ends, view.index
    return [_row(each, held, view) for each in asked(things)]


def _row(each: Asked, store: Store, view: Snapshot) -> tuple[str, ...]:
    ids = [(f"thing-{a}", f"thing-{b}") for a, b in each.pairs]
    search = [_seconds(lambda a=a, b=b: paths(view, view.number(a), view.number(b), each.wanted)) for a, b in ids]
    told = [_seconds(lambda a=a, b=b: flow.explain(store, view, a, b, each.wanted)) for a, b in ids]
    found = [len(flow.explain(store, view, a, b, each.wanted).paths) for a, b in ids]
    wanted = ("--max-hops", str(each.wanted.max_hops), "--top", str(each.wanted.top))
    more = ("--avoid-hubs",) if each.wanted.avoid_hubs else ()
    whole = run("graphkit", "explain", *ids[0], *wanted, *more, "--store", store.address)
    medians = (f"{statistics.median(taken):.2f} s" for taken in (search, told))
    return each.what, *medians, f"{max(search):.2f} s", f"{whole.seconds:.1f} s", f"{statistics.mean(found):.1f}"


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


HEAD = ("what", "search", "with claims", "slowest search", "whole command", "paths")


def main() -> None:
    """Measure, and print circumstances and a table."""
    things, relations = SMALL if "--small" in sys.argv[1:] else (THINGS, RELATIONS)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKIT_STATE"] = f"{folder}/state"
        rows = measured(things, relations, Path(folder))
    lines = [f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * len(HEAD), *rows)]
    hubs = f"{things:,} things and {relations:,} relations, {HUBS} things linked to all others"
    print(circumstances(hubs), "\n".join(lines), sep="\n\n")


if __name__ == "__main__":
    main()
