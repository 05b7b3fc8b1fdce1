"""Graphs in JSON as objects, as readers/graph.py makes them: node-link data of NetworkX and D3, and Cytoscape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

FORMAT = "a graph in JSON"
_EDGES = ("links", "edges")
_NODE = ("id", "key")
_ENDS = ("source", "target", "id", "key")


def is_it(document: Any) -> bool:
    """Say whether a JSON document is a graph: a list of nodes and one of links between them."""
    graph = _graph(document)
    return graph is not None and all(
        isinstance(one, dict) for name in ("nodes", *_EDGES) for one in graph.get(name, ())
    )


def objects(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where each object of a graph stands, and the object: first the graph, then nodes and edges.

    Nodes without an id are counted, as older programs let links lead to their places.
    """
    graph = _graph(document) or {}
    about = document.get("graph") or document.get("data")
    said = {name: value for name, value in (about.items() if isinstance(about, dict) else ()) if isinstance(value, str)}
    yield "graph", {"graph": FORMAT, "about": {"name": said["name"]} if "name" in said else {}}
    for number, node in enumerate(_inner(graph["nodes"])):
        name = next((node[key] for key in _NODE if key in node), number)
        yield f"nodes[{number + 1}]", {"node": str(name), "said": _said(node, _NODE)}
    directed = document.get("directed", True) is not False
    for key in _EDGES:
        for number, edge in enumerate(_inner(graph.get(key, ())), start=1):
            ends = {"from": str(edge.get("source", "")), "to": str(edge.get("target", ""))}
            name = str(edge.get("id", number))
            yield f"{key}[{number}]", {"edge": name, **ends, "directed": directed, "said": _said(edge, _ENDS)}


def _graph(document: Any) -> Mapping[str, Any] | None:
    """Return what holds the nodes and the edges: the document, or its elements as Cytoscape has them."""
    for held in (document, document.get("elements")) if isinstance(document, dict) else ():
        if not isinstance(held, dict) or not isinstance(held.get("nodes"), list):
            continue
        if any(isinstance(held.get(name), list) for name in _EDGES):
            return held
    return None


def _inner(given: Any) -> Iterator[Mapping[str, Any]]:
    """Yield nodes or edges; those of Cytoscape stand under ``data``."""
    for one in given:
        yield one["data"] if isinstance(one.get("data"), dict) else one


def _said(given: Mapping[str, Any], but: tuple[str, ...]) -> dict[str, Any]:
    return {name: value if isinstance(value, str) else str(value) for name, value in given.items() if name not in but}
