"""Graphs of GraphML, GEXF and JSON files as records: nodes are things, edges are relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers.graphs import drawn, export
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record

FORMAT = "a graph"
_FORMATS = ("GraphML", "GEXF", "a graph in JSON")
_Held = list[tuple[str, dict[str, Any]]]


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is what readers/graph.py makes of a graph."""
    return first.get("graph") in _FORMATS


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield a record for each thing and each relation, then the source that they stand in.

    An edge waits until both of its ends are known; what it is a relation of depends on them.
    """
    graph = None
    waiting: _Held = []
    about: dict[str, Any] = {}
    for record in raw:
        given = record.data
        if given is None:
            yield record
        elif "graph" in given:
            about |= _mapping(given, "about")
            graph = graph or _opened(given, origin)
        elif graph and "other" in given:
            other = given["other"]
            origin.lost[f"objects of type {other if isinstance(other, str) else '…'}"] += 1
        elif problem := _problem(given):
            yield Record(record.place, None, None, problem)
        elif graph and "node" in given:
            yield from (Record(record.place, said) for said in graph.things(given))
        elif graph and graph.knows(given):
            yield from (Record(record.place, said) for said in graph.relations(given))
        else:
            waiting.append((record.place, given))
    if graph:
        graph.ask([given for _, given in waiting])
        for place, given in waiting:
            yield from (Record(place, said) for said in graph.relations(given))
        yield from graph.of_source(about)


def _opened(given: Mapping[str, Any], origin: Origin) -> drawn.Drawn | export.Exported:
    about, declares, times = _mapping(given, "about"), given.get("declares"), given.get("times")
    origin.format = str(given["graph"])
    if export.is_own(declares if isinstance(declares, list) else [], about):
        origin.format += " that graphkit made, in which claims, their words and their ratings do not stand"
        return export.Exported(origin)
    return drawn.Drawn(origin, times if isinstance(times, str) else "")


def _problem(given: Mapping[str, Any]) -> str | None:
    """Return what is wrong with an object that should be a node or an edge."""
    if "node" not in given and "edge" not in given:
        return "is neither a node nor an edge of a graph"
    what, needs = ("node", ("node",)) if "node" in given else ("edge", ("from", "to"))
    missing = next((name for name in needs if not isinstance(given.get(name), str) or not given[name]), None)
    if missing:
        attribute = {"node": "an id", "from": "a source", "to": "a target"}[missing]
        return f"is {'a node' if what == 'node' else 'an edge'} without {attribute}; give it one"
    return None if isinstance(given.get("said"), dict) else f"is a {what} that says nothing in the form of a mapping"


def _mapping(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = given.get(name)
    return value if isinstance(value, dict) else {}
