"""GraphML as the objects of graph.py (http://graphml.graphdrawing.org). Labels of yEd are labels here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from graphkit.ingest.readers.graph import End, Graph, Start, into
from graphkit.ingest.readers.xml import Attributes
from graphkit.ingest.record import Record


def read(path: Path) -> Iterator[Record]:
    """Yield the graph, with the names of what it ``declares`` to say of itself, its nodes and its edges."""
    yield from _GraphML(path.name).read(path)


class _GraphML(Graph):
    root = "graphml"
    format = "GraphML"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._names: dict[str, str] = {}
        self._declared: list[str] = []
        self._key: Attributes | None = None
        self._directed: list[bool] = []
        self._field = ""

    def starts(self) -> Mapping[str, Start]:
        return {
            "graphml": into,
            "key": self._begin_key,
            "default": self.listen_to,
            "graph": self._begin_graph,
            "node": self._begin_node,
            "edge": self._begin_edge,
            "data": self._begin_data,
            "desc": self._begin_desc,
        }

    def ends(self) -> Mapping[str, End]:
        return {
            "key": self._end_key,
            "default": self._end_default,
            "graph": self._end_graph,
            "node": self.end_item,
            "edge": self.end_item,
            "data": self._end_field,
            "desc": self._end_field,
        }

    def labels(self) -> Mapping[str, Callable[[str], None]]:
        return {"NodeLabel": self._label, "EdgeLabel": self._label}

    def _label(self, words: str) -> None:
        if words and self.open:
            self.say(self.said, "<label>" if "label" in self.said else "label", words)

    def _begin_key(self, given: Attributes) -> None:
        id_ = given.get("id", "")
        self.hold(*given.values())
        self._key, self._names[id_] = given, given.get("attr.name") or given.get("yfiles.type") or id_
        if given.get("for") == "graph":
            self._declared.append(self._names[id_])

    def _end_key(self) -> None:
        self._key = None

    def _end_default(self) -> None:
        words = self.heard()
        if self._key and words:
            for what in {"node", "edge"} & {self._key.get("for", "all")} or ("node", "edge"):
                self.understand(what, self._names[self._key.get("id", "")], words)

    def _begin_graph(self, given: Attributes) -> None:
        self._directed.append(given.get("edgedefault") != "undirected")
        self.begin_graph(declares=self._declared)

    def _end_graph(self) -> None:
        self._directed.pop()

    def _begin_node(self, given: Attributes) -> None:
        is_inside = bool(self.open)
        self.begin_item(node=given.get("id"))
        if is_inside:
            self.note("graph in a node")

    def _begin_edge(self, given: Attributes) -> None:
        own = given.get("directed")
        directed = own != "false" if own else bool(self._directed and self._directed[-1])
        ends = {"from": given.get("source"), "to": given.get("target"), "directed": directed}
        self.begin_item(edge=given.get("id"), **ends)

    def _begin_data(self, given: Attributes) -> None:
        key = given.get("key", "")
        self._field = self._names.get(key, key)
        self.listen()

    def _begin_desc(self, given: Attributes) -> None:
        self._field = "" if self._key else "description"
        self.listen()

    def _end_field(self) -> None:
        words = self.heard()
        if self._field:
            self.say(self.said, self._field, words)
        self._field = ""
