"""The registers beside the claims: sources, cases and decisions, each a frame with one row an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def origins(sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``source``, ``origins`` (the sources it rests on in the end, itself if on none) and ``root``.

    ``root`` is the first of the origins: a source counts for one of them, however many it draws together.
    Sources that rest on each other in a circle have the circle's sources as origins.
    """
    based = {id_: set(based_on or ()) for id_, based_on in sources.select("id", "based_on").iter_rows()}
    found = {id_: sorted(_ends(id_, based)) for id_ in based}
    columns = {"source": list(found), "origins": list(found.values()), "root": [ends[0] for ends in found.values()]}
    return pl.DataFrame(columns, schema={"source": pl.String, "origins": MULTI, "root": pl.String})


def _ends(id_: str, based: Mapping[str, set[str]]) -> set[str]:
    seen, open_ = {id_}, [id_]
    while open_:
        for origin in based.get(open_.pop(), ()):
            if origin not in seen:
                seen.add(origin)
                open_.append(origin)
    ends = {source for source in seen if not based.get(source)}
    return ends or seen
