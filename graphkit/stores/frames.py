"""Frames as stores take and give them: which columns, in which types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from graphkit.model.change import Change
from graphkit.model.entity import ENTITY_COLUMNS
from graphkit.model.properties import BOUNDS
from graphkit.model.relation import RELATION_COLUMNS
from graphkit.model.schema import Catalog, Kind, Property

if TYPE_CHECKING:
    import pandas as pd

THING_COLUMNS = {name: ENTITY_COLUMNS[name] for name in ("id", "kind", "name", "ids")}
_COUNTED = ("id", "n_claims", "n_sources", "sources", "disputed", "ids")
_NULLABLE: dict[type, Any] = {pl.Int64: "Int64", pl.Float64: "Float64", pl.Boolean: "boolean"}
_SCALARS: dict[str, pl.DataType] = {"count": pl.Int64(), "number": pl.Float64(), "flag": pl.Boolean()}


def property_columns(properties: Iterable[Property]) -> dict[str, pl.DataType]:
    """Return the columns that ``property_table`` makes of these properties, in its order."""
    given = {prop.name: prop for prop in properties}
    bounds = {f"{name}_{bound}" for name in given for bound in BOUNDS} & given.keys()
    columns: dict[str, pl.DataType] = {}
    for name, prop in given.items():
        if prop.makes or name in bounds:
            continue
        scalar = _SCALARS.get(prop.type, pl.String())
        columns[name] = pl.List(scalar) if prop.many else scalar
        if prop.type == "date" and not prop.many:
            columns |= {f"{name}_{part}": pl.String() for part in ("earliest", "latest", "precision")}
        if f"{name}_low" in bounds:
            columns |= {f"{name}_{bound}": pl.Int64() for bound in BOUNDS}
    return columns


def node_columns(kind: Kind) -> dict[str, pl.DataType]:
    """Return the columns of an entity kind's nodes, in the order in which they are resolved."""
    columns = {name: ENTITY_COLUMNS[name] for name in _COUNTED} | property_columns(kind.properties.values())
    columns |= {"names": pl.List(pl.String()), "name": pl.String()}
    if kind.id_template and "@" not in kind.id_template:
        columns[kind.id_template.partition("{")[2].rstrip("}")] = pl.String()
    return columns


def relation_columns(catalog: Catalog) -> dict[str, pl.DataType]:
    """Return the columns of all relations together."""
    return RELATION_COLUMNS | property_columns(prop for kind in catalog.relations for prop in kind.properties.values())


def claim_links(change: Change) -> dict[str, pl.DataFrame]:
    """Return the edges that hang claims into the graph: ABOUT, FROM and SAID_BY."""
    claim = [pl.col("id").alias("from"), pl.lit("Claim").alias("from_kind")]
    about = change.hanging.filter(pl.col("anchor").is_not_null())
    spoken = change.hanging.filter(pl.col("claimant").is_not_null())
    return {
        "ABOUT": about.select(*claim, pl.col("anchor").alias("to"), pl.col("anchor_kind").alias("to_kind")),
        "FROM": change.claims.select(*claim, pl.col("source").alias("to"), pl.lit("Source").alias("to_kind")),
        "SAID_BY": spoken.select(*claim, pl.col("claimant").alias("to"), pl.col("claimant_kind").alias("to_kind")),
    }


def to_pandas(rows: pl.DataFrame) -> pd.DataFrame:
    """Return a pandas frame of nullable types; text and lists are plain objects, since kglite refuses Arrow."""
    import pandas as pd

    columns: dict[str, Any] = {}
    for column in rows:
        columns[column.name] = pd.Series(column.to_list(), dtype=_NULLABLE.get(type(column.dtype), "object"))
    return pd.DataFrame(columns, copy=False)


def stored(change: Change) -> pl.DataFrame:
    """Return the claims of a change as stores keep them.

    ``object`` is the id of the far end of a relation, which stores can look up, and ``set_aside_by`` the decision
    that sets a claim aside.
    """
    out = change.hanging.select("id", "set_aside_by")
    claims = change.claims.join(out, on="id", how="left", maintain_order="left")
    return claims.with_columns(object=pl.when(pl.col("object_kind").is_not_null()).then("value"))


def from_batches(batches: Iterable[Mapping[str, list[Any]]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return the columns of ``schema`` in their types, from columns of values that come in batches."""
    held: dict[str, list[Any]] = {name: [] for name in schema}
    for batch in batches:
        for name, values in held.items():
            values.extend(batch[name])
    return pl.DataFrame([_column(name, held[name], type_) for name, type_ in schema.items()])


def _column(name: str, values: list[Any], type_: pl.DataType) -> pl.Series:
    """Return a column of plain values; lists go by way of Arrow, which is 40 times quicker."""
    if not isinstance(type_, pl.List):
        return pl.Series(name, values, dtype=type_, strict=False)
    inner = pl.Series(dtype=type_.inner).to_arrow().type
    return pl.Series(name, pa.array(values, type=pa.large_list(inner)), dtype=type_)
