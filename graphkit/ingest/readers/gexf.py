"""GEXF as the objects of graph.py, with the times of nodes, edges and values (https://gexf.net, 1.1 to 1.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graphkit.ingest.readers.graph import End, Graph, Start, into
from graphkit.ingest.readers.xml import Attributes
from graphkit.ingest.record import Record

_TIMES = {"start", "end", "startopen", "endopen"}
_ITEM = {"id", "source", "target", "type", *_TIMES}
_META = ("creator", "description", "keywords")


def read(path: Path) -> Iterator[Record]:
    """Yield the graph, its nodes and its edges.

    The graph has ``times``, the format of all of them. A node or an edge may have ``spells``, each a list of start,
    end, and whether the one and the other is left out itself, and ``timed``, lists of a name, a value and a spell.
    """
    yield from _Gexf(path.name).read(path)


class _Gexf(Graph):
    root = "gexf"
    format = "GEXF"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._class = "node"
        self._names: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._attribute = ""
        self._edges_are = "undirected"

    def starts(self) -> Mapping[str, Start]:
        through = ("gexf", "nodes", "edges", "attvalues", "spells", "slices", "parents")
        return {
            **dict.fromkeys(through, into),
            **dict.fromkeys((*_META, "default"), self.listen_to),
            "meta": self._begin_meta,
            "graph": self._begin_graph,
            "attributes": self._begin_attributes,
            "attribute": self._begin_attribute,
            "options": into,
            "node": self._begin_node,
            "edge": self._begin_edge,
            "attvalue": self._begin_value,
            "spell": self._begin_spell,
            "slice": self._begin_spell,
        }

    def ends(self) -> Mapping[str, End]:
        return {
            **{name: self._told(name) for name in _META},
            "default": self._end_default,
            "node": self.end_item,
            "edge": self.end_item,
        }

    def _told(self, name: str) -> End:
        return lambda: self.say(self.about, name, self.heard())

    def _begin_meta(self, given: Attributes) -> None:
        self.say(self.about, "last modified", given.get("lastmodifieddate", ""))

    def _begin_graph(self, given: Attributes) -> None:
        self._edges_are = given.get("defaultedgetype", "undirected")
        self.say(self.about, "name", given.get("name", ""))
        self.begin_graph(times=given.get("timeformat", ""), about=dict(self.about))

    def _begin_attributes(self, given: Attributes) -> None:
        self._class = "edge" if given.get("class") == "edge" else "node"

    def _begin_attribute(self, given: Attributes) -> None:
        id_ = given.get("id", "")
        self.hold(*given.values())
        self._attribute = self._names[self._class][id_] = given.get("title") or id_

    def _end_default(self) -> None:
        if words := self.heard():
            self.understand(self._class, self._attribute, words)

    def _begin_node(self, given: Attributes) -> None:
        is_inside = bool(self.open)
        self.begin_item(node=given.get("id"))
        self._say_attributes(given)
        if is_inside:
            self.note("node in a node")

    def _begin_edge(self, given: Attributes) -> None:
        directed = given.get("type", self._edges_are) == "directed"
        ends = {"from": given.get("source"), "to": given.get("target"), "directed": directed}
        self.begin_item(edge=given.get("id"), **ends)
        self._say_attributes(given)

    def _say_attributes(self, given: Attributes) -> None:
        for name, value in given.items():
            if name not in _ITEM:
                self.say(self.said, name, value)
        if not _TIMES.isdisjoint(given):
            self._begin_spell(given)

    def _begin_value(self, given: Attributes) -> None:
        if not self.open:
            return
        key = given.get("for") or given.get("id", "")
        name, value = self._names[self.what].get(key, key), given.get("value", "")
        if _TIMES.isdisjoint(given):
            self.say(self.said, name, value)
        else:
            self.hold(name, value, *given.values())
            self.open[-1][1].setdefault("timed", []).append([name, value, _spell(given)])

    def _begin_spell(self, given: Attributes) -> None:
        if self.open:
            self.hold(*given.values())
            self.open[-1][1].setdefault("spells", []).append(_spell(given))


def _spell(given: Attributes) -> list[Any]:
    start, end = given.get("startopen"), given.get("endopen")
    return [start or given.get("start"), end or given.get("end"), bool(start), bool(end)]
