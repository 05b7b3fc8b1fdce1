"""The outline of a kglite graph by way of the engine's own export, which is four times quicker than a query."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

from graphkit.model.relation import in_order
from graphkit.model.schema import Catalog
from graphkit.stores.frames import THING_COLUMNS

_FILE = "relations"


def selected(engine: Any, catalog: Catalog) -> dict[str, Any]:
    """Return the things of an engine as it is now, one selection a kind; they outlast what is done to the engine."""
    return {kind.name: engine.select(kind.name) for kind in catalog.entities}


def outline(things: Mapping[str, Any], types: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what ``View.outline`` does, of these things and the relations of these types.

    OSError or the engine's error when there is no room for a file. The file holds numbers and types alone: of what
    the engine would write of the things themselves nothing reaches a disk.
    """
    types = sorted(types)
    ends = _exported(things, types)
    own = {name: type_ for name, type_ in THING_COLUMNS.items() if name != "kind"}
    parts, places = [pl.DataFrame(schema=THING_COLUMNS)], []
    for kind, selection in things.items():
        rows = selection.get_properties(list(own))
        named = pl.DataFrame(rows, schema=own, orient="row")
        parts.append(named.with_columns(kind=pl.lit(kind)).select(list(THING_COLUMNS)))
        places += selection.indices()
    found = pl.concat(parts).with_columns(place=pl.Series(places, dtype=pl.Int64)).sort("id")
    rows_by_place = np.zeros(max(places, default=0) + 1, dtype=np.int32)
    rows_by_place[found["place"].to_numpy()] = np.arange(len(found), dtype=np.int32)
    start, end = (rows_by_place[ends[name].to_numpy()] for name in ("source", "target"))
    return found.drop("place"), in_order(start, end, ends["type"].to_physical().to_numpy(), types)


def _exported(things: Mapping[str, Any], types: Sequence[str]) -> pl.DataFrame:
    """Return the ends of the relations as the engine numbers its nodes, and their types."""
    selection = reduce(lambda one, other: one.union(other), things.values())
    with TemporaryDirectory(prefix="graphkit-") as folder:
        nodes, edges = (Path(folder) / f"{_FILE}_{what}.csv" for what in ("nodes", "edges"))
        nodes.symlink_to(os.devnull)
        selection.export(str(Path(folder) / f"{_FILE}.csv"), format="csv", selection_only=True)
        return pl.read_csv(edges, schema={"source": pl.Int32(), "target": pl.Int32(), "type": pl.Enum(types)})
