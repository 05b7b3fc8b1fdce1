"""A frozen graph: arrays for analytics, frames for tables, one NetworkX view when somebody asks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.errors import NotFound, did_you_mean
from graphkit.graph.array_graph import ArrayGraph
from graphkit.graph.arrays import Ints
from graphkit.graph.linked import linked
from graphkit.graph.near import Near
from graphkit.graph.scope import Scope
from graphkit.model.entity import Resolved

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Snapshot:
    """The graph of a scope at a store version. Nothing in it changes.

    ``entities`` has one row a node (id, kind, name, names, disputed, n_claims, n_sources, sources), in id order;
    a node's number is its row. Sources, cases and claims are not nodes, and being quoted makes no
    relation, so a spokesman is as central as what is said of him and no more. ``sources`` has one row a
    source of the scope, with ``n_claims``; ``protected`` holds the names of persons whom any case of the
    store protects, by id; ``decisions`` are those that were applied.
    """

    resolved: Resolved
    sources: pl.DataFrame
    scope: Scope
    version: str
    protected: Mapping[str, list[str]] = field(default_factory=dict)
    decisions: pl.DataFrame = field(default_factory=pl.DataFrame)
    _graphs: dict[tuple[bool, str], ArrayGraph] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def entities(self) -> pl.DataFrame:
        """One row a node, in the order of node numbers."""
        return self.resolved.entities()

    @property
    def relations(self) -> pl.DataFrame:
        """One row a relation, in id order."""
        return self.resolved.relations

    @property
    def conflicts(self) -> pl.DataFrame:
        """One row a contradiction."""
        return self.resolved.conflicts

    @cached_property
    def invented(self) -> bool:
        """Whether any source in it is fictional; everything made from it must then say so."""
        return bool(self.sources.filter(pl.col("invented") == "true").height)

    @cached_property
    def index(self) -> dict[str, int]:
        """Node numbers by id; a merged thing has all ids that were merged into it."""
        numbered = self.entities.select("id", "ids").with_row_index("number")
        merged = numbered.select("number", "ids").explode("ids").drop_nulls()
        return dict(zip(merged["ids"], merged["number"], strict=True)) | dict(
            zip(numbered["id"], numbered["number"], strict=True)
        )

    @cached_property
    def near(self) -> Near:
        """Finds things by a name or id as somebody types it."""
        return Near(self.entities)

    @cached_property
    def ends(self) -> tuple[Ints, Ints]:
        """Node numbers of the two ends of each relation, int32, one entry a relation."""
        return self._numbers("from"), self._numbers("to")

    def _numbers(self, column: str) -> Ints:
        ids = pl.DataFrame({column: self.entities["id"], "number": np.arange(len(self.entities), dtype=np.int32)})
        joined = self.relations.select(column).join(ids, on=column, how="left", maintain_order="left")
        return joined["number"].to_numpy().astype(np.int32)

    @cached_property
    def _rows_by_node(self) -> tuple[Ints, Ints]:
        """CSR over nodes: pointers and the relation rows that touch each node, from either end."""
        start, end = self.ends
        nodes = np.concatenate([start, end])
        rows = np.concatenate([np.arange(len(start), dtype=np.int32)] * 2)
        pointers = np.zeros(len(self.entities) + 1, dtype=np.int32)
        np.cumsum(np.bincount(nodes, minlength=len(self.entities)), out=pointers[1:])
        return pointers, rows[np.argsort(nodes, kind="stable")]

    def relation_rows(self, node: int) -> Ints:
        """Return the rows of ``relations`` that touch a node number."""
        pointers, rows = self._rows_by_node
        return rows[pointers[node] : pointers[node + 1]]

    __networkx_backend__ = "graphkit"

    def graph(self, directed: bool = False, weights: str = "none") -> ArrayGraph:
        """Return which things are linked to which, for metrics and NetworkX's functions; made once.

        Several relations between two things are one link, a relation of a thing to itself is none, and things without
        relations are there. ``weights`` is none, count (of relations) or support; see ``graph.linked``.
        """
        asked = (directed, weights)
        if asked not in self._graphs:
            links = linked(len(self.entities), self.ends, self.relations["support"], directed, weights)
            self._graphs[asked] = ArrayGraph(self.entities["id"].to_list(), links)
        return self._graphs[asked]

    @property
    def array_graph(self) -> ArrayGraph:
        """What NetworkX's functions run on: links without direction, each of weight 1."""
        return self.graph()

    def is_directed(self) -> bool:
        """Say that NetworkX's functions ignore directions, unless they are given ``graph(directed=True)``."""
        return False

    def is_multigraph(self) -> bool:
        """Say that to NetworkX's functions several relations between two things are one link."""
        return False

    def number(self, id_: str) -> int:
        """Return the number of a node; NotFound names near ids."""
        if id_ not in self.index:
            raise NotFound(f"Nothing named '{id_}' in case {self.scope}.{did_you_mean(id_, self.index)}")
        return self.index[id_]

    @cached_property
    def networkx(self) -> nx.MultiDiGraph[str]:
        """The same graph for NetworkX: ids as nodes, relation ids as edge keys, built at first use."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(scope=str(self.scope), version=self.version)
        columns = ["id", "kind", "name"]
        graph.add_nodes_from((row.pop("id"), row) for row in self.entities.select(columns).iter_rows(named=True))
        for row in self.relations.select("id", "from", "to", "type", "support", "disputed").iter_rows(named=True):
            graph.add_edge(row.pop("from"), row.pop("to"), key=row.pop("id"), **row)
        return nx.freeze(graph)  # type: ignore[no-any-return]  # freeze returns what it is given

    def among(self, kinds: Collection[str]) -> Snapshot:
        """Return the snapshot of the things of these kinds and the relations between them."""
        nodes = {kind: rows for kind, rows in self.resolved.nodes.items() if kind in kinds}
        inside = pl.col("from_kind").is_in(list(kinds)) & pl.col("to_kind").is_in(list(kinds))
        return replace(self, resolved=replace(self.resolved, nodes=nodes, relations=self.relations.filter(inside)))

    def around(self, ids: list[str], hops: int, limit: int) -> list[int]:
        """Return node numbers within ``hops`` of the ids, nearest first, at most ``limit`` (the ids always)."""
        start, end = self.ends
        seen = list(dict.fromkeys(self.number(id_) for id_ in ids))
        known, edge = set(seen), list(seen)
        for _ in range(hops):
            reached: list[int] = []
            for node in edge:
                rows = self.relation_rows(node)
                for other in np.unique(np.concatenate([start[rows], end[rows]])).tolist():
                    if other not in known and len(seen) < limit:
                        known.add(other)
                        seen.append(other)
                        reached.append(other)
            edge = reached
        return seen

    def neighbours(self, id_: str) -> pl.DataFrame:
        """Return what a thing is linked to: id, kind, name and ``type`` of the relation, one row a relation."""
        node = self.number(id_)
        rows: pl.DataFrame = self.relations[self.relation_rows(node).tolist()]
        other = pl.when(pl.col("from") == self.entities["id"][node]).then("to").otherwise("from")
        named = self.entities.select("id", "kind", "name")
        return rows.select(id=other, type="type").join(named, on="id", how="left", maintain_order="left")

    def between(self, nodes: list[int]) -> pl.DataFrame:
        """Return the relations with both ends among these node numbers."""
        inside = np.zeros(len(self.entities), dtype=bool)
        inside[nodes] = True
        start, end = self.ends
        return self.relations.filter(pl.Series(inside[start] & inside[end]))
