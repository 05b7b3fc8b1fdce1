"""How fast relations get out of the embedded store into a snapshot, beside the store's own exports of the same.

``--small`` only shows that it runs. ``python -m bench.snapshot open STORE`` opens one as a command does.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import kglite

from bench import network
from bench.load import circumstances
from bench.process import run
from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.kept import Shelf
from graphkit.scoped import Scoped
from graphkit.settings import Settings
from graphkit.stores import Store

SIZE, SMALL = (100_000, 1_000_000), (1_000, 5_000)
ORDER = "ABBABAAB"
"""A is graphkit, B the engine; the first of each only warms up."""
SCOPE = Scope((network.CASE,))
_MATCH = "MATCH (a)-[r:ATTENDED_TALKS|COOPERATES_WITH|INVESTIGATES]->(b) RETURN "
_ENDS = ("startNode(r).id", "endNode(r).id", "type(r)")
_WEIGHTS = ("r.support", "r.n_claims", "r.n_sources", "r.n_independent", "r.disputed")
_TIMES = ("r.spans", "r.first_seen")


class Engine:
    """What the engine offers by itself to have the relations out of it."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._graph = kglite.load(str(path))
        self._frozen = self._graph.freeze()
        self._folder = folder

    def _asked(self, columns: Sequence[str]) -> Any:
        named = ", ".join(f"{column} AS c{place}" for place, column in enumerate(columns))
        return self._frozen.cypher(_MATCH + named, timeout_ms=0)

    def in_columns(self, columns: Sequence[str]) -> Any:
        found = self._asked(columns)
        return [found.column(name) for name in found.columns]

    def collected(self, columns: Sequence[str]) -> Any:
        return self._asked([f"collect({column})" for column in columns]).to_list()

    def as_rows(self, columns: Sequence[str]) -> Any:
        return self._asked(columns).to_list()

    def as_pandas(self, columns: Sequence[str]) -> Any:
        return self._asked(columns).to_df()

    def _things(self) -> Any:
        kinds = [self._graph.select(kind) for kind in ("Person", "Organization", "Incident")]
        return kinds[0].union(kinds[1]).union(kinds[2])

    def numbers(self, _: Sequence[str]) -> Any:
        self._things().export(str(self._folder / "out.csv"), format="csv", selection_only=True)

    def tree(self, _: Sequence[str]) -> Any:
        self._things().export_csv(str(self._folder / "out"), selection_only=True)


def made(store: Store, *parts: str) -> Snapshot:
    """Return a snapshot that nobody has kept, with these parts read."""
    Shelf.of(store.address, Settings().cache).drop()
    view = flow.snapshot(store, SCOPE)
    for name in ("ends", *parts):
        getattr(view, name)
    return view


def resolved(store: Store) -> Snapshot:
    """Return the snapshot as it is made where the store's own graph cannot be used: out of all claims."""
    return Scoped(store.view(), SCOPE, store.catalog).snapshot()


def compared(mine: Callable[[], Any], others: Sequence[Callable[[], Any]], order: str) -> tuple[float, float, str]:
    """Return the medians of mine and of the quickest of the others, and which that is."""
    quickest = min(others, key=lambda other: min(_took(other), _took(other)))
    taken: dict[str, list[float]] = {"A": [], "B": []}
    for name in order:
        taken[name].append(_took(mine if name == "A" else quickest))
    told = getattr(quickest, "__name__", "")
    return statistics.median(taken["A"][1:] or taken["A"]), statistics.median(taken["B"][1:] or taken["B"]), told


def _took(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    held = work()
    took = time.perf_counter() - started
    del held
    return took


def measured(size: tuple[int, int], order: str, folder: Path) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    path = folder / "store.kgl"
    store = network.stored(path, *size)
    store.close()
    store.view()
    engine = Engine(path, folder)
    asking = (engine.in_columns, engine.collected, engine.as_rows, engine.as_pandas)
    levels: dict[str, tuple[tuple[str, ...], tuple[str, ...], Any]] = {
        "ends and types": ((), _ENDS, engine.numbers),
        "and weights": (("weights",), (*_ENDS, *_WEIGHTS), engine.tree),
        "and times": (("weights", "times"), (*_ENDS, *_WEIGHTS, *_TIMES), engine.tree),
    }
    rows = []
    for what, (parts, columns, export) in levels.items():
        ways = [_named(ask, columns) for ask in (*asking, export)]
        rows.append(_row(what, *compared(_mine(store, parts), ways, order)))
    view = made(store, "weights", "times", "relations", "entities", "conflicts", "sources")
    print(*_memory(view), sep="\n", file=sys.stderr)
    rows.append(("resolved from all claims", f"{_took(lambda: resolved(store)):.2f} s", "–", "–", "–"))
    rows += [
        (f"a new process, {what}", f"{_opened(path, store, kept):.3f} s", "–", "–", "–") for what, kept in _NEXT.items()
    ]
    return rows


_NEXT = {"nothing kept: store opened, ends read": False, "kept: ends mapped": True}


def _opened(path: Path, store: Store, kept: bool) -> float:
    if not kept:
        Shelf.of(store.address, Settings().cache).drop()
    return float(run("bench.snapshot", "open", str(path)).printed)


def _named(ask: Callable[[Sequence[str]], Any], columns: Sequence[str]) -> Callable[[], Any]:
    def asked() -> Any:
        return ask(columns)

    asked.__name__ = ask.__name__.replace("_", " ")
    return asked


def _mine(store: Store, parts: Sequence[str]) -> Callable[[], Any]:
    return lambda: made(store, *parts)


def _row(what: str, mine: float, other: float, told: str) -> tuple[str, ...]:
    return what, f"{mine:.2f} s", told, f"{other:.2f} s", f"{mine / other:.2f}"


def _memory(view: Snapshot) -> list[str]:
    count = max(len(view.types), 1)
    bytes_ = {name: view.parts[name].estimated_size() / count for name in ("links", "weights", "times", "details")}
    return [f"{name}: {size:.1f} bytes a relation" for name, size in bytes_.items()]


HEAD = ("what is read", "graphkit", "the engine's quickest", "takes", "ratio")


def main() -> None:
    """Measure, and print circumstances and a table."""
    small = "--small" in sys.argv[1:]
    size = SMALL if small else SIZE
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKIT_STATE"] = f"{folder}/state"
        rows = measured(size, "AB" if small else ORDER, Path(folder))
    print(circumstances(f"{size[1]:,} relations between {size[0]:,} things"), "", sep="\n")
    print(*(f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * len(HEAD), *rows)), sep="\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["open"]:
        print(_took(lambda: flow.snapshot(flow.store_at(sys.argv[2]), SCOPE).ends))
    else:
        main()
