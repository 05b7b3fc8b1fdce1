"""How fast networks are analysed: graphkit from a snapshot, NetworkX, NetworKit, and the compiled loops called bare.

Run by ``make bench-analytics``; ``--small`` only shows that it runs.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Any

import networkit as nk
import networkx as nx
import numpy as np

from bench.graphs import SIZES, network
from graphkit.analytics import METRICS
from graphkit.analytics.backend.convert import convert_to_nx
from graphkit.analytics.kernels import between, cohesion, cuts, distances, pairs, walks
from graphkit.analytics.kernels.networkit import graph_of
from graphkit.graph.array_graph import ArrayGraph
from graphkit.graph.snapshot import Snapshot

Timed = Callable[[], Any]
TURNS = 3
LONG = 20.0
"""Seconds above which one run has to do."""
SHARE = 20
"""From how many nodes NetworkX's time for all is extrapolated."""


class Sides:
    """One network as each side takes it."""

    def __init__(self, size: str, with_networkx: bool) -> None:
        self.view: Snapshot = network(size)
        self.graph: ArrayGraph = self.view.graph()
        self.links = self.graph.links
        _ = self.links.out
        self.n = self.links.n
        self.networkx: Any = convert_to_nx(self.graph) if with_networkx else None
        self.networkit = graph_of(self.links)
        self.some = list(self.graph.nodes)[:: max(self.n // SHARE, 1)][:SHARE]

    def rows(self) -> dict[str, tuple[Timed, Timed, Timed | None, Timed | None, float]]:
        """Return by function: graphkit, bare loops, NetworkX, NetworKit, and what NetworkX's time is multiplied by."""
        G, A, L, K, n = self.networkx, self.graph, self.links, self.networkit, self.n
        of_all, few = n / len(self.some), self.some
        a = 0.85 / float(np.sqrt(2 * len(L.start) / n) * np.sqrt(L.out.degrees.max()))
        ones = np.full(n, 1 / n)
        return {
            "pagerank": (
                lambda: nx.pagerank(A),
                lambda: walks.pagerank(L.out, L.out.degrees.astype(float), None, 0.85, ones, ones, ones, 100, n * 1e-6),
                lambda: nx.pagerank(G, backend="networkx"),
                lambda: nk.centrality.PageRank(K, 0.85, 1e-6).run(),
                1,
            ),
            "katz_centrality": (
                lambda: nx.katz_centrality(A, alpha=a),
                lambda: walks.settled(np.zeros(n), lambda x: a * walks.gathered(L.out, x) + 1, 1000, n * 1e-6),
                lambda: nx.katz_centrality(G, alpha=a, backend="networkx"),
                None,
                1,
            ),
            "closeness_centrality": (
                lambda: nx.closeness_centrality(A),
                lambda: distances.farness(L.out),
                lambda: [nx.closeness_centrality(G, u=node, backend="networkx") for node in few],
                lambda: nk.centrality.Closeness(K, True, nk.centrality.ClosenessVariant.GENERALIZED).run(),
                of_all,
            ),
            "harmonic_centrality": (
                lambda: nx.harmonic_centrality(A),
                lambda: distances.farness(L.out),
                lambda: nx.harmonic_centrality(G, nbunch=few, backend="networkx"),
                lambda: nk.centrality.HarmonicCloseness(K, False).run(),
                of_all,
            ),
            "betweenness_centrality": (
                lambda: nx.betweenness_centrality(A),
                lambda: between.betweenness(L.out, np.arange(n)),
                lambda: nx.betweenness_centrality(G, k=SHARE, seed=1, backend="networkx"),
                lambda: nk.centrality.Betweenness(K).run(),
                of_all,
            ),
            "core_number": (
                lambda: nx.core_number(A),
                lambda: cohesion.core_numbers(L.out),
                lambda: nx.core_number(G, backend="networkx"),
                lambda: nk.centrality.CoreDecomposition(K).run(),
                1,
            ),
            "clustering": (
                lambda: nx.clustering(A),
                lambda: cohesion.clustering(L),
                lambda: nx.clustering(G, backend="networkx"),
                lambda: nk.centrality.LocalClusteringCoefficient(K, False).run(),
                1,
            ),
            "bridges": (
                lambda: list(nx.bridges(A)),
                lambda: cuts.cuts(L),
                lambda: list(nx.bridges(G, backend="networkx")),
                None,
                1,
            ),
            "articulation_points": (
                lambda: list(nx.articulation_points(A)),
                lambda: cuts.cuts(L),
                lambda: list(nx.articulation_points(G, backend="networkx")),
                lambda: nk.components.BiconnectedComponents(K).run(),
                1,
            ),
            "constraint": (
                lambda: nx.constraint(A),
                lambda: cohesion.constraint(L),
                lambda: nx.constraint(G, backend="networkx"),
                None,
                1,
            ),
            "louvain_communities": (
                lambda: nx.community.louvain_communities(A, seed=1),
                lambda: nx.community.louvain_communities(A, seed=1),
                lambda: nx.community.louvain_communities(G, seed=1, backend="networkx"),
                lambda: nk.community.PLM(K, True).run(),
                1,
            ),
            "leiden_communities": (
                lambda: nx.community.leiden_communities(A, seed=1),
                lambda: nx.community.leiden_communities(A, seed=1),
                None,
                lambda: nk.community.ParallelLeiden(K).run(),
                1,
            ),
            "adamic_adar, top 1000": (
                lambda: pairs.likely(L.out, "adamic_adar", 1000),
                lambda: pairs.likely(L.out, "adamic_adar", 1000),
                lambda: _adamic_adar(G),
                None,
                1,
            ),
        }


def _adamic_adar(graph: Any) -> list[tuple[Any, Any, float]]:
    """Return the best 1000 of all pairs two steps apart; finding the pairs is not what is timed in the end."""
    two = ((a, b) for a in graph for b in {c for m in graph[a] for c in graph[m]} if a < b and b not in graph[a])
    found = list(two)
    started = time.perf_counter()
    best = sorted(nx.adamic_adar_index(graph, found, backend="networkx"), key=lambda row: -row[2])[:1000]
    _TAKEN.append(time.perf_counter() - started)
    return best


_TAKEN: list[float] = []
TOO_LONG = {
    "1M/5M": {"katz_centrality", "closeness_centrality", "harmonic_centrality", "betweenness_centrality"}
    | {"louvain_communities", "leiden_communities", "adamic_adar, top 1000", "constraint"},
    "100k/1M": {"betweenness_centrality", "adamic_adar, top 1000", "closeness_centrality", "harmonic_centrality"},
}
"""What takes minutes to hours on a size, whoever computes it."""
SLOW_THERE = {"100k/1M": {"constraint"}, "1M/5M": {"clustering", "bridges", "articulation_points", "core_number"}}
"""What NetworkX alone would take minutes, or many gigabytes, for."""


def seconds(call: Timed) -> float:
    """Return how long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def measured(size: str, small: bool) -> list[tuple[str, ...]]:
    """Return the rows of one size."""
    sides = Sides(size, with_networkx=True)
    found = []
    for name, (ours, bare, theirs, other, times) in sides.rows().items():
        if name in TOO_LONG.get(size, ()):
            continue
        ours()
        calls = {"A": ours, "B": bare}
        taken: dict[str, list[float]] = {"A": [], "B": []}
        for side in "ABBA" if small else "ABBAAB":
            if not taken[side] or statistics.median(taken[side]) < LONG:
                taken[side].append(seconds(calls[side]))
        mine, loops = (statistics.median(taken[side]) for side in "AB")
        networkx = seconds(theirs) if theirs and name not in SLOW_THERE.get(size, ()) else None
        if _TAKEN:
            networkx = _TAKEN.pop()
        networkx = networkx * times if networkx else None
        networkit = min(seconds(other) for _ in range(2)) if other and not small else None
        found.append(
            (
                size,
                name,
                f"{mine:.3g}",
                f"{loops:.3g}",
                f"{mine / loops:.2f}",
                f"{networkx:.3g}{' x' if times > 1 else ''}" if networkx else "–",
                f"{networkx / mine:,.0f}" if networkx else "–",
                f"{networkit:.3g}" if networkit else "–",
            )
        )
        print(f"  {size} {name}: {mine:.3g} s", file=sys.stderr)
    return found


def memory() -> tuple[str, ...]:
    """Return the row of how many bytes a relation takes."""
    view = network("1M/5M")
    plain, weighed = view.graph().links, view.graph(weights="count").links
    for links in (plain, weighed):
        _ = links.out
    each = [links.bytes / len(view.types) for links in (plain, weighed)]
    return "1M/5M", "bytes a relation", f"{each[0]:.1f}", f"{each[1]:.1f} weighed", "–", "–", "–", "–"


def scored(size: str) -> list[tuple[str, ...]]:
    """Return how long each metric takes on a snapshot, as rank computes it."""
    view = network(size)
    rows = []
    for name, metric in METRICS.items():
        if name not in ("eigenvector", "hubs", "authorities"):
            metric(view)
        taken = statistics.median(seconds(lambda metric=metric: metric(view)) for _ in range(TURNS))
        rows.append((size, f"rank {name}", f"{taken:.3g}", "–", "–", "–", "–", "–"))
    return rows


def main(small: bool) -> None:
    """Print the table."""
    wanted = ["1k/7k"] if small else list(SIZES)
    rows = [row for size in wanted for row in measured(size, small)]
    rows += scored("1k/7k" if small else "10k/80k")
    if not small:
        rows.append(memory())
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "scipy", "networkx", "networkit"))
    print(
        f"{date.today()}, Python {platform.python_version()}, {libraries}. Seconds; x: extrapolated from {SHARE} nodes."
    )
    columns = ("size", "what", "graphkit", "loops bare", "of bare", "NetworkX", "times NetworkX", "NetworKit bare")
    for row in (columns, ("---",) * len(columns), *rows):
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main("--small" in sys.argv)
