"""A graph as GEXF, the format of Gephi, coloured by kind and laid out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import SubElement

from graphkit.exports import palette
from graphkit.exports.flat import flat
from graphkit.graph.layout import layout
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog

PLACED = 1500


def gexf(view: Snapshot, nodes: Sequence[int], catalog: Catalog) -> bytes:
    """A directed graph as GEXF 1.2 (https://gexf.net), one edge a relation.

    Attributes are those of GraphML; the label of a thing is its name, that of a relation its words. Colours tell
    kinds, and up to 1,500 things have places. The notice and the scope stand in the description.
    """
    from networkx.readwrite.gexf import GEXFWriter

    graph = flat(view, nodes, catalog)
    number = {id_: place for place, id_ in enumerate(graph)}
    points = layout(len(number), [(number[a], number[b]) for a, b in graph.edges()]) if len(number) <= PLACED else None
    for id_, thing in graph.nodes(data=True):
        thing["label"] = thing["name"]
        thing["viz"] = _colour(thing["kind"])
        if points is not None:
            x, y = points[number[id_]]
            thing["viz"]["position"] = {"x": float(x), "y": -float(y), "z": 0.0}
    for _, _, key, relation in graph.edges(keys=True, data=True):
        relation["id"], relation["label"] = key, relation["says"]
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    about = writer.xml.find("meta")
    del about.attrib["lastmodifieddate"]  # the same graph makes the same file on any day
    words = f"{graph.graph['notice']} Scope: {graph.graph['scope']}. Store version: {graph.graph['store_version']}."
    SubElement(about, "description").text = words
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _colour(kind: str) -> dict[str, Any]:
    red, green, blue = (int(palette.colour(kind)[at : at + 2], 16) for at in (1, 3, 5))
    return {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
