"""Graphs in XML as objects: one for the graph, one for each node and edge.

The graph comes first as ``{"graph": …}`` with its format, and at the end with what it says ``about`` itself. A node is
``{"node": …, "said": {…}}``, an edge ``{"edge": …, "from": …, "to": …, "directed": …, "said": {…}}``, anything else
``{"other": …}``. What is drawn of a node or an edge stands in ``said`` as ``<viz:color>``.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable
from typing import Any

from graphkit.ingest.readers.xml import Attributes, Elements

MAX_DEFAULTS = 4096
"""Characters that the values understood of all nodes or edges may have together."""


class Graph(Elements, ABC):
    """What is read of a graph: ``about`` is what it says of itself, ``open`` the nodes and edges that have begun."""

    format: str

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.about: dict[str, Any] = {}
        self.open: list[tuple[str, dict[str, Any]]] = []
        self._understood: dict[str, dict[str, Any]] = {"node": {}, "edge": {}}
        self._seen = False

    def other(self, name: str) -> None:
        if self.open:
            self.note(name)
        else:
            self.add(self.place, other=f"<{name}>")

    def note(self, name: str) -> None:
        """Note an element of a node or an edge that is lost."""
        self.hold(name)
        self.said.setdefault(f"<{name}>", "…")

    def close(self) -> None:
        if not self._seen:
            raise self.unreadable("holds no <graph>; save it anew with what wrote it")
        self.add(self.name, graph=self.format, about=self.about)

    def listen_to(self, given: Attributes) -> None:
        """Gather the text of an element, whatever its attributes."""
        self.listen()

    @property
    def said(self) -> dict[str, Any]:
        """What is said of the innermost node or edge, else of the graph."""
        found: dict[str, Any] = self.open[-1][1]["said"] if self.open else self.about
        return found

    @property
    def what(self) -> str:
        """Whether the innermost of what is open is a node or an edge."""
        return "node" if self.open and "node" in self.open[-1][1] else "edge"

    def understand(self, what: str, name: str, words: str) -> None:
        """Take a value as said of all nodes or edges that have none under this name."""
        understood = self._understood[what]
        understood[name] = words
        if sum(map(len, understood.values())) > MAX_DEFAULTS:
            raise self.unreadable(f"has defaults of over {MAX_DEFAULTS:,} characters; write them at the {what}s")

    def begin_item(self, **item: Any) -> None:
        """Begin a node or an edge."""
        self.open.append((self.place, {**item, "said": {}}))

    def end_item(self) -> None:
        """Make the record of the innermost node or edge."""
        what = self.what
        place, item = self.open.pop()
        if understood := self._understood[what]:
            item["said"] = understood | item["said"]
        self.add(place, **item)

    def begin_graph(self, **told: Any) -> None:
        """Make the record of the graph; a file that has several is read as one."""
        if not self._seen:
            self._seen = True
            self.add(self.name, graph=self.format, **told)


Start = Callable[[Attributes], None]
End = Callable[[], None]


def into(given: Attributes) -> None:
    """Begin an element that only holds others."""
