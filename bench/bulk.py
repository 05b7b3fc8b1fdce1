"""The engine's own bulk ingest of frames that are ready: what graphkit's loader is held against.

``python -m bench.bulk keep STORE FOLDER`` writes what a store holds as Parquet files; ``python -m bench.bulk FOLDER
FILE`` puts them into a new file and prints the seconds that the engine's calls took. It checks nothing and knows
nothing of claims.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import kglite
import polars as pl

from graphkit import flow
from graphkit.model.change import Change, hanging
from graphkit.model.decision import Decided
from graphkit.stores import Store, frames

NODES, EDGES = "nodes", "edges"
_ENDS = ("from", "from_kind", "to", "to_kind")


def kept(store: Store, folder: Path) -> None:
    """Write all that a store holds as one Parquet file a kind of node and a kind of edge with its ends."""
    view = store.view()
    nodes, relations = view.graph()
    for kind, rows in nodes.items():
        _write(rows.with_columns(kind=pl.lit(kind)), folder / NODES, kind)
    for kind in ("Source", "Case", "Decision"):
        _write(view.register(kind).with_columns(kind=pl.lit(kind)), folder / NODES, kind)
    claims = view.claims()
    change = Change(claims, {}, {}, relations, hanging(claims, Decided(view.register("Decision"))))
    _write(frames.stored(change), folder / NODES, "Claim")
    for type_, pairs in frames.claim_links(change).items():
        _by_ends(pairs, folder, type_)
    for (type_,), rows in relations.group_by("type"):
        _by_ends(rows.drop("type"), folder, str(type_))


def _by_ends(rows: pl.DataFrame, folder: Path, type_: str) -> None:
    for (start, end), group in rows.group_by("from_kind", "to_kind"):
        _write(group.drop("from_kind", "to_kind"), folder / EDGES, f"{type_}+{start}+{end}")


def _write(rows: pl.DataFrame, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not rows.is_empty():
        rows.select(column.name for column in rows if column.null_count() < len(column)).write_parquet(
            folder / f"{name}.parquet"
        )


def ingest(folder: Path, path: Path) -> float:
    """Return the seconds that the engine took, from the first call to the saved file."""
    kglite.set_query_warning_policy("silent")
    engine, seconds = kglite.open(str(path), durable=False), 0.0
    for file in sorted((folder / NODES).glob("*.parquet")):
        frame, label = _frame(file), file.stem
        also = None if label in ("Claim", "Decision") else ["Entity"]
        seconds += _took(lambda: engine.add_nodes(frame, label, "id", "id", labels=also))  # noqa: B023
    for file in sorted((folder / EDGES).glob("*.parquet")):
        frame, (type_, start, end) = _frame(file), file.stem.split("+")
        own = [name for name in frame.columns if name not in _ENDS]
        seconds += _took(lambda: engine.add_relationships(frame, type_, start, "from", end, "to", columns=own))  # noqa: B023
    for name in ("about", "source", "anchor", "object", "claimant"):
        seconds += _took(lambda: engine.create_index("Claim", name))  # noqa: B023
    return seconds + _took(engine.save)


def _frame(file: Path) -> Any:
    return frames.to_pandas(pl.read_parquet(file))


def _took(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    *keep, source, target = sys.argv[1:]
    if keep:
        kept(flow.store_at(source), Path(target))
    else:
        print(ingest(Path(source), Path(target)))
