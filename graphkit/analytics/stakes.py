"""How much hangs on what sources contradict each other in."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import rustworkx as rx
from numpy.typing import NDArray

from graphkit.graph.snapshot import Snapshot

STAKES: dict[str, pl.DataType] = {
    "at_stake": pl.Int64(),
    "linked": pl.Int64(),
    "cut_off": pl.Int64(),
    "from": pl.String(),
    "to": pl.String(),
    "kinds": pl.List(pl.String()),
}


def at_stake(view: Snapshot) -> pl.DataFrame:
    """Return the contradictions of a snapshot with how much hangs on each, the most first.

    ``at_stake`` is what one would have to look at again if the other side were right. It is the sum of three counts:
    ``linked``, the other things one link away from the thing, or from either end of the relation; ``cut_off``, the
    things that lose their only way to the rest if the relation falls, on the smaller side (0 where another way
    leads round it, and where the relation as such is not in doubt); and ``n_independent``, the independent sources
    that take part, of which some must be wrong. So copies of a source change nothing. ``from`` and ``to`` are the
    ends of a relation, ``kinds`` all kinds concerned. Ties are in the order of ``about`` and property.
    """
    rows = view.conflicts
    relations = view.relations.select("id", "type", "from", "to", "from_kind", "to_kind").with_row_index("row")
    disputed = relations.join(rows.select(id="about"), on="id", how="semi")
    links = {row["id"]: row for row in disputed.iter_rows(named=True)}
    in_doubt = [about for about, name in rows.select("about", "property").iter_rows() if _falls(links.get(about), name)]
    alone = _cut_off(view) if in_doubt else {}
    near: dict[int, set[int]] = {}
    stakes = [_stake(view, row, links.get(row["about"]), near, alone) for row in rows.iter_rows(named=True)]
    found = rows.hstack(pl.DataFrame(stakes, schema=STAKES))
    return found.sort("at_stake", "about", "property", descending=[True, False, False])


def _falls(link: dict[str, Any] | None, name: str) -> bool:
    """Say whether the relation as such is in doubt, and not a property of it."""
    return link is not None and link["type"] == name


def _stake(
    view: Snapshot,
    row: dict[str, Any],
    link: dict[str, Any] | None,
    near: dict[int, set[int]],
    alone: dict[tuple[int, int], int],
) -> dict[str, Any]:
    ends = [link["from"], link["to"]] if link else [row["subject"]]
    nodes = [view.number(id_) for id_ in ends]
    for node in nodes:
        if node not in near:
            near[node] = _near(view, node)
    linked = len(set().union(*(near[node] for node in nodes)).difference(nodes))
    cut_off = alone.get((min(nodes), max(nodes)), 0) if _falls(link, row["property"]) else 0
    kinds = [link["type"], link["from_kind"], link["to_kind"]] if link else [row["kind"]]
    return {
        "at_stake": linked + cut_off + row["n_independent"],
        "linked": linked,
        "cut_off": cut_off,
        "from": ends[0] if link else None,
        "to": ends[1] if link else None,
        "kinds": sorted(set(kinds)),
    }


def _near(view: Snapshot, node: int) -> set[int]:
    start, end = view.ends
    rows = view.relation_rows(node)
    return {*start[rows].tolist(), *end[rows].tolist()}


def _cut_off(view: Snapshot) -> dict[tuple[int, int], int]:
    """Return, by the numbers of two things that one relation alone joins, how many things it joins to the rest."""
    start, end = view.ends
    n = len(view.things)
    low, high = (pick(start, end).astype(np.int64) for pick in (np.minimum, np.maximum))
    pairs, relations = np.unique(low * n + high, return_counts=True)
    several = set(pairs[relations > 1].tolist())
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data(list(zip((pairs // n).tolist(), (pairs % n).tolist(), strict=True)))
    bridges = [(min(pair), max(pair)) for pair in rx.bridges(graph)]
    graph.remove_edges_from(bridges)
    sides = _smaller_sides(graph, bridges)
    return {pair: side for pair, side in zip(bridges, sides, strict=True) if pair[0] * n + pair[1] not in several}


def _smaller_sides(graph: Any, bridges: list[tuple[int, int]]) -> list[int]:
    """Return how many nodes are on the smaller side of each bridge; ``graph`` is what is left without them."""
    block: NDArray[np.int64] = np.zeros(graph.num_nodes(), dtype=np.int64)
    blocks = rx.connected_components(graph)
    for number, nodes in enumerate(blocks):
        block[list(nodes)] = number
    tree = rx.PyGraph()
    tree.add_nodes_from(range(len(blocks)))
    joined = [(int(block[a]), int(block[b])) for a, b in bridges]
    tree.add_edges_from_no_data(joined)
    sizes, parent = [len(nodes) for nodes in blocks], list(range(len(blocks)))
    steps = list(rx.dfs_edges(tree))
    for above, below in reversed(steps):
        sizes[above] += sizes[below]
        parent[below] = above
    whole = list(sizes)
    for above, below in steps:
        whole[below] = whole[above]
    under = [a if parent[a] == b else b for a, b in joined]
    return [min(sizes[side], whole[side] - sizes[side]) for side in under]
