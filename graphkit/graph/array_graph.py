"""What NetworkX's functions take in place of a NetworkX graph: links as arrays, and what their nodes are called."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property

from graphkit.graph.arrays import Links


class ArrayGraph:
    """A graph that NetworkX's functions run on without a NetworkX graph being built: ``nx.pagerank(graph)``.

    Node ``i`` of ``links`` is called ``nodes[i]``. Nothing in it changes.
    """

    __networkx_backend__ = "graphkit"

    def __init__(self, nodes: Sequence[Hashable], links: Links) -> None:
        self.nodes = nodes
        self.links = links

    @cached_property
    def numbers(self) -> dict[Hashable, int]:
        """The number of each node."""
        return {node: number for number, node in enumerate(self.nodes)}

    def is_directed(self) -> bool:
        """Say whether a link leads one way only."""
        return self.links.directed

    def is_multigraph(self) -> bool:
        """Say that there is at most one link from one node to another."""
        return False

    def number_of_nodes(self) -> int:
        """Return how many nodes there are."""
        return len(self.nodes)

    def number_of_edges(self) -> int:
        """Return how many links there are."""
        return len(self.links.start)

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.nodes)

    def __contains__(self, node: object) -> bool:
        return node in self.numbers
