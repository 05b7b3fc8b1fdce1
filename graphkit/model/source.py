"""The registers beside the claims: sources, cases, decisions, documents and tombstones, each a frame of entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from graphkit.model.schema import Catalog

MULTI = pl.List(pl.String())
REGISTERS = ("Source", "Case", "Decision", "Document", "Tombstone")
DEFAULT_CASE = "default"
INVENTED = "INVENTED DATA: nothing in this case is about real people, groups or websites."
"""What all that is made of invented sources begins with."""


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


def with_origins(sources: pl.DataFrame, ids: Iterable[str]) -> pl.DataFrame:
    """Return those of the sources that have these ids, and all that they are based on."""
    based = {id_: set(based_on or ()) for id_, based_on in sources.select("id", "based_on").iter_rows()}
    reached = set[str]().union(*(_reached(id_, based) for id_ in ids))
    return sources.filter(pl.col("id").is_in(list(reached)))


def origins(sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``source``, ``origins`` (what it rests on in the end, itself if on nothing), ``root`` and ``copied``.

    ``root`` is the first of the origins: a source counts for one of them, however many it draws together.
    ``copied`` are all sources it draws on, directly or not. Sources that rest on each other in a circle are
    each other's origins and no copies of each other.
    """
    based = {id_: set(based_on or ()) for id_, based_on in sources.select("id", "based_on").iter_rows()}
    reach = {id_: _reached(id_, based) for id_ in based}
    drawn = {
        id_: {other for other in reached if id_ not in reach.get(other, {other})} for id_, reached in reach.items()
    }
    ends = {id_: sorted(other for other in reach[id_] if not drawn.get(other)) for id_ in based}
    columns = {
        "source": list(based),
        "origins": list(ends.values()),
        "root": [found[0] for found in ends.values()],
        "copied": [sorted(drawn[id_]) for id_ in based],
    }
    return pl.DataFrame(columns, schema={"source": pl.String, "origins": MULTI, "root": pl.String, "copied": MULTI})


def _reached(id_: str, based: Mapping[str, set[str]]) -> set[str]:
    seen, open_ = {id_}, [id_]
    while open_:
        for origin in based.get(open_.pop(), ()):
            if origin not in seen:
                seen.add(origin)
                open_.append(origin)
    return seen
