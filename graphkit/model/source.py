"""The registers beside the claims: sources, cases and decisions, each a frame with one row an entry."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from graphkit.model.schema import Catalog

MULTI = pl.List(pl.String())
REGISTERS = ("Source", "Case", "Decision")
DEFAULT_CASE = "default"


def register_schema(catalog: Catalog, kind: str) -> dict[str, pl.DataType]:
    """Return the columns of a register: id, then the kind's properties; ``many`` ones are lists of text."""
    columns: dict[str, pl.DataType] = {"id": pl.String()}
    for prop in catalog[kind].properties.values():
        columns[prop.name] = MULTI if prop.many else pl.String()
    return columns


def empty_register(catalog: Catalog, kind: str) -> pl.DataFrame:
    """Return a register without entries."""
    return pl.DataFrame(schema=register_schema(catalog, kind))


def in_cases(sources: pl.DataFrame, cases: Iterable[str] | None) -> pl.DataFrame:
    """Return the sources that belong to any of the cases; None means all of them."""
    if cases is None:
        return sources
    wanted = list(cases)
    return sources.filter(pl.col("cases").list.eval(pl.element().is_in(wanted)).list.any())


def roots(sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``source`` and ``root``: sources that rest on each other, however indirectly, share a root."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for source, based_on in sources.select("id", "based_on").iter_rows():
        find(source)
        for origin in based_on or ():
            parent[max(find(source), find(origin))] = min(find(source), find(origin))
    names = sources["id"].to_list()
    return pl.DataFrame(
        {"source": names, "root": [find(name) for name in names]}, schema={"source": pl.String, "root": pl.String}
    )
