"""A frozen graph: arrays for analytics, frames for tables, one NetworkX view when somebody asks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.errors import NotFound, StoreChanged, did_you_mean
from graphkit.graph import parts
from graphkit.graph.array_graph import ArrayGraph
from graphkit.graph.arrays import Ints
from graphkit.graph.linked import linked
from graphkit.graph.moment import Moment
from graphkit.graph.near import Near
from graphkit.graph.parts import Parts
from graphkit.graph.scope import Scope
from graphkit.kept import Kept
from graphkit.model.entity import Resolved

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Snapshot:
    """The graph of a scope at a store version. Nothing in it changes.

    What it is made of is read when it is first asked for; StoreChanged when the store has another version by then.
    Sources, cases and claims are not nodes, and being quoted makes no relation, so a spokesman is as central as what
    is said of him and no more. ``protected`` holds the names of persons whom any case of the store protects, by id.
    """

    parts: Parts
    scope: Scope
    version: str
    protected: Mapping[str, list[str]] = field(default_factory=dict)
    _graphs: dict[tuple[bool, str], ArrayGraph] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def open(cls, folder: Path) -> Snapshot:
        """Return what ``keep`` has put into a folder, mapped into memory and shared with all who open it.

        StoreChanged when it is gone, and when a part is asked for that is not there.
        """
        kept = Kept.at(folder)
        if kept is None:
            raise StoreChanged(f"The snapshot in {folder} is gone. Make it again from its store.")
        return cls.told(kept.told, Parts(parts.only_kept, kept))

    @classmethod
    def told(cls, told: Mapping[str, Any], made: Parts) -> Snapshot:
        """Return the snapshot of these parts, of which ``telling`` has all that is no frame."""
        scope = Scope(tuple(told["cases"]), Moment(**told["moment"]))
        return cls(made, scope, told["version"], told["protected"])

    def keep(self, *names: str) -> Path | None:
        """Have parts of it on disk and return the folder that ``open`` takes; None where nothing can be kept.

        Without names these are the things and the relations, with their weights.
        """
        kept = self.parts.kept
        return kept.path if kept and self.parts.keep(names or ("things", "links", "weights")) else None

    @property
    def things(self) -> pl.DataFrame:
        """One row a node, in id order: id, kind, name, and ids where several were merged; its number is its row."""
        return self.parts["things"]

    @cached_property
    def ends(self) -> tuple[Ints, Ints]:
        """Node numbers of the two ends of each relation, int32, one entry a relation."""
        links = self.parts["links"]
        return links["from"].to_numpy(), links["to"].to_numpy()

    @property
    def types(self) -> pl.Series:
        """The type of each relation, one entry a relation."""
        return self.parts["links"]["type"]

    @property
    def weights(self) -> pl.DataFrame:
        """One row a relation: support, n_claims, n_sources and n_independent (int32), disputed."""
        return self.parts["weights"]

    @property
    def times(self) -> pl.DataFrame:
        """One row a relation: spans, first_seen, last_seen."""
        return self.parts["times"]

    @cached_property
    def relations(self) -> pl.DataFrame:
        """One row a relation, by the ids of its ends and its type, with all that is said of it."""
        return parts.relations(self.parts)

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of its things, sorted."""
        return self.things["kind"].unique().sort().to_list()

    @cached_property
    def entities(self) -> pl.DataFrame:
        """One row a node, in the order of node numbers, with what all kinds have in common.

        These are id, kind, name, names, disputed, n_claims, n_sources and sources.
        """
        return parts.entities(self.parts, self.kinds)

    def nodes_of(self, kind: str) -> pl.DataFrame:
        """Return the things of one of its kinds with all of their properties."""
        return self.parts[parts.nodes(kind)]

    @property
    def nodes(self) -> dict[str, pl.DataFrame]:
        """The things with all of their properties, by kind."""
        return {kind: self.nodes_of(kind) for kind in self.kinds}

    @property
    def conflicts(self) -> pl.DataFrame:
        """One row a contradiction."""
        return self.parts["conflicts"]

    @property
    def denials(self) -> pl.DataFrame:
        """The claims that deny or retract."""
        return self.parts["denials"]

    @property
    def sources(self) -> pl.DataFrame:
        """One row a source of the scope, with ``n_claims``."""
        return self.parts["sources"]

    @property
    def decisions(self) -> pl.DataFrame:
        """The decisions that were applied, with ``on``, the ids of the things that each is on."""
        return self.parts["decisions"]

    @property
    def resolved(self) -> Resolved:
        """All of the graph at once."""
        return Resolved(self.nodes, self.relations, self.conflicts, self.denials)

    @cached_property
    def invented(self) -> bool:
        """Whether any source in it is fictional; everything made from it must then say so."""
        return bool(self.sources.filter(pl.col("invented") == "true").height)

    @cached_property
    def index(self) -> dict[str, int]:
        """Node numbers by id; a merged thing has all ids that were merged into it."""
        numbered = self.things.select("id", "ids").with_row_index("number")
        merged = numbered.select("number", "ids").explode("ids").drop_nulls()
        return dict(zip(merged["ids"], merged["number"], strict=True)) | dict(
            zip(numbered["id"], numbered["number"], strict=True)
        )

    @cached_property
    def near(self) -> Near:
        """Finds things by a name or id as somebody types it."""
        return Near(self.entities)

    @cached_property
    def _rows_by_node(self) -> tuple[Ints, Ints]:
        """CSR over nodes: pointers and the relation rows that touch each node, from either end."""
        start, end = self.ends
        nodes = np.concatenate([start, end])
        rows = np.concatenate([np.arange(len(start), dtype=np.int32)] * 2)
        pointers = np.zeros(len(self.things) + 1, dtype=np.int32)
        np.cumsum(np.bincount(nodes, minlength=len(self.things)), out=pointers[1:])
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
            links = linked(len(self.things), self.ends, self.weights["support"], directed, weights)
            self._graphs[asked] = ArrayGraph(self.things["id"].to_list(), links)
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
        graph.add_nodes_from((row.pop("id"), row) for row in self.things.select(columns).iter_rows(named=True))
        for row in self.relations.select("id", "from", "to", "type", "support", "disputed").iter_rows(named=True):
            graph.add_edge(row.pop("from"), row.pop("to"), key=row.pop("id"), **row)
        return nx.freeze(graph)  # type: ignore[no-any-return]  # freeze returns what it is given

    def among(self, kinds: Collection[str]) -> Snapshot:
        """Return the snapshot of the things of these kinds and the relations between them."""
        return replace(self, parts=parts.among(self.parts, lambda things: things["kind"].is_in(list(kinds))))

    def without(self, ids: Collection[str]) -> Snapshot:
        """Return the snapshot as if these things were not there; NotFound names near ids."""
        gone = self.things["id"].gather(sorted({self.number(id_) for id_ in ids}))
        return replace(self, parts=parts.among(self.parts, lambda things: ~things["id"].is_in(gone.to_list())))

    def keeping(self, relations: NDArray[np.bool_]) -> Snapshot:
        """Return the snapshot with those relations only for which ``relations`` is true, one entry a relation."""
        return replace(self, parts=parts.keeping(self.parts, pl.Series(relations)))

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
        rows = self.relation_rows(node)
        start, end = self.ends
        others = pl.Series(np.where(start[rows] == node, end[rows], start[rows]))
        named = self.things.select("id", "kind", "name")[others]
        return named.insert_column(1, self.types.cast(pl.String).gather(rows))

    def between(self, nodes: list[int]) -> pl.DataFrame:
        """Return the relations with both ends among these node numbers."""
        inside = np.zeros(len(self.things), dtype=bool)
        inside[nodes] = True
        start, end = self.ends
        return self.relations.filter(pl.Series(inside[start] & inside[end]))


def telling(scope: Scope, version: str, protected: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return all of a snapshot that is no frame, as JSON can hold it."""
    cases, moment = list(scope.cases), asdict(scope.moment)
    return {"cases": cases, "moment": moment, "version": version, "protected": dict(protected)}
