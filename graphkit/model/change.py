"""One write to a store: rows to put in place of those with the same id, and what to take out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from graphkit.model.decision import Decided

HANGING: dict[str, pl.DataType] = {
    name: pl.String() for name in ("id", "set_aside_by", "anchor", "anchor_kind", "claimant", "claimant_kind")
}


@dataclass(frozen=True, slots=True)
class Change:
    """``nodes`` are by kind, ``registers`` by register, ``gone_nodes`` ids by kind, ``gone_relations`` by type.

    ``hanging`` says on which things claims hang (``HANGING``): all of ``claims``, and ``rehung``, those that are in
    the store and hang elsewhere from now on. Only an erasure has ``gone_claims`` (ids) and ``gone_registers`` (ids by
    register): what is taken out so is nowhere any more, and goes in the moment in which the change is published.
    """

    claims: pl.DataFrame
    registers: Mapping[str, pl.DataFrame]
    nodes: Mapping[str, pl.DataFrame]
    relations: pl.DataFrame
    hanging: pl.DataFrame
    rehung: Sequence[str] = ()
    gone_nodes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gone_relations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gone_claims: Sequence[str] = ()
    gone_registers: Mapping[str, Sequence[str]] = field(default_factory=dict)


def hanging(claims: pl.DataFrame, decided: Decided) -> pl.DataFrame:
    """Return on which things claims hang (``HANGING``): those that stand for what they name.

    A claim that is set aside names the decision that did it, and hangs on nothing.
    """
    canonical = dict(decided.linker.canonical)
    out = decided.set_aside_by(claims)
    return (
        claims.with_columns(pl.col("anchor", "claimant").replace(canonical), set_aside_by=out)
        .with_columns(pl.when(out.is_null()).then(name).alias(name) for name in list(HANGING)[2:])
        .select(list(HANGING))
    )
