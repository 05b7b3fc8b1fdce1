"""The parts of a snapshot as the store's own graph has them: nothing is resolved but what is in doubt.

A store keeps the graph that all of its claims make under all of its decisions. Of a scope that leaves nothing out
this is the graph, as it would be resolved out of the claims.
"""

from __future__ import annotations

import polars as pl

from graphkit.graph import parts
from graphkit.graph.parts import Frames, Parts
from graphkit.scoped import Scoped
from graphkit.stores.frames import relation_columns


def leaves_nothing_out(held: Scoped) -> bool:
    """Say whether a scope holds all sources of the store, and all decisions, as they are now."""
    decisions = held.view.register("Decision")
    return (
        not held.scope.moment and len(held.sources) == len(held.all_sources) and len(held.decisions) == len(decisions)
    )


def part(held: Scoped, made: Parts, name: str) -> Frames:
    """Return a part of the snapshot of a scope that leaves nothing out, and what came along with it."""
    if name in ("things", "links"):
        return dict(zip(("things", "links"), held.view.outline(), strict=True))
    if name in parts.OF_RELATIONS:
        columns = parts.columns(name, relation_columns(held.catalog))
        return {name: parts.of_relations(name, held.view.relations(columns))}
    if name in ("conflicts", "denials"):
        resolved = held.resolved(_doubted(held))
        return {"conflicts": resolved.conflicts, "denials": resolved.denials}
    if name == "sources":
        return {name: held.counted_sources()}
    if name == "decisions":
        by = [entry["by"] for entry in held.decided.of("correct")]
        return {name: held.shaping(made["things"]["id"], held.view.claims_by_id(by))}
    return {name: held.view.nodes(parts.kind(name))}


def _doubted(held: Scoped) -> pl.DataFrame:
    """Return all claims on what is disputed, denied or taken back, and on what was merged, which reads otherwise."""
    link, ids = held.decided.linker, set(held.view.in_doubt())
    if link.canonical:
        ids.update(held.view.claims_on(link.with_members(link.canonical))["about"])
    return held.view.claims(about=link.with_members(ids))
