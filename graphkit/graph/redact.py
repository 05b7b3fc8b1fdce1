"""Taking protected persons out of what is handed over. Every hand-over goes through here."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from graphkit.graph.snapshot import Snapshot
from graphkit.model.entity import Resolved

_KEPT = ("id", "name", "names", "disputed", "protected")


def redacted(view: Snapshot) -> tuple[Snapshot, dict[str, str]]:
    """Return the snapshot with protected persons under pseudonyms, and the pseudonyms by id.

    Their ids, names and all that is said of them in words are absent from the result, wherever they
    stand: as nodes, ends of relations, claimants and contradicting values.
    """
    persons = view.resolved.nodes.get("Person")
    if persons is None:
        return view, {}
    protected = persons.filter(pl.col("protected").is_not_null())["id"].to_list()
    pseudonyms = {id_: f"protected-person-{number}" for number, id_ in enumerate(protected, start=1)}
    return replace(view, resolved=_renamed(view.resolved, persons, pseudonyms)), pseudonyms


def _renamed(resolved: Resolved, persons: pl.DataFrame, pseudonyms: dict[str, str]) -> Resolved:
    hidden = pl.col("id").is_in(list(pseudonyms))
    nothing = pl.lit([], dtype=pl.List(pl.String))
    words = [name for name, type_ in persons.schema.items() if type_.base_type() in (pl.String, pl.List)]
    persons = persons.with_columns(pl.when(~hidden).then(name).alias(name) for name in words if name not in _KEPT)
    persons = persons.with_columns(
        id=pl.col("id").replace(pseudonyms),
        name=pl.when(hidden).then(pl.lit("Protected person")).otherwise("name"),
        names=pl.when(hidden).then(nothing).otherwise("names"),
        disputed=pl.when(hidden).then(nothing).otherwise("disputed"),
    )
    relations = resolved.relations.with_columns(
        pl.col("from", "to").replace(pseudonyms), pl.col("claimants").list.eval(pl.element().replace(pseudonyms))
    )
    conflicts = resolved.conflicts.filter(~pl.col("about").is_in(list(pseudonyms)))
    conflicts = conflicts.with_columns(pl.col("values").list.eval(pl.element().replace(pseudonyms)))
    return Resolved({**resolved.nodes, "Person": persons}, relations, conflicts)
