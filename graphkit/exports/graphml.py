"""A graph as GraphML, which Gephi, yEd, Cytoscape and NetworkX open."""

from __future__ import annotations

import io
from collections.abc import Sequence

from graphkit.exports.flat import flat
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog


def graphml(view: Snapshot, nodes: Sequence[int], catalog: Catalog) -> bytes:
    """A directed graph as GraphML (http://graphml.graphdrawing.org), one edge a relation.

    Things have ``label``, ``kind``, ``name`` and their properties; relations have ``relation``, ``says`` (its words),
    ``alleged``, ``support`` when rated with its counts, ``disputed``, ``sources``, ``claimants``, ``said_by`` and
    ``cited`` in words, ``first_seen``, ``last_seen``. Lists are joined with `` | ``; what is unknown is left out.
    The graph has ``notice``, ``scope`` and ``store_version``. Web addresses are written as ``hxxps://site[.]example``.
    """
    import networkx as nx

    graph = flat(view, nodes, catalog)
    for _, thing in graph.nodes(data=True):
        thing["label"] = thing["name"]
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, named_key_ids=False)
    return out.getvalue()
