"""A graph as one JSON document."""

from __future__ import annotations

import json as text
from collections.abc import Sequence

from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog


def json(view: Snapshot, nodes: Sequence[int], catalog: Catalog) -> bytes:
    """Return ``{"scope", "store_version", "notice", "nodes", "relations", "sources",
    "decisions"}`` as UTF-8 JSON.

    A relation carries ``says`` (its words), ``alleged``, its support with counts, its sources and its
    claimants. ``notice`` says so when data is invented.
    """
    relations = view.between(list(nodes)).to_dicts()
    for relation in relations:
        relation["says"] = wording.phrase(relation, catalog)
        relation["alleged"] = wording.alleged(relation, catalog)
    kept = {name for relation in relations for name in relation if any(r[name] is not None for r in relations)}
    document = {
        "scope": list(view.scope.cases),
        "store_version": view.version,
        "notice": ([wording.INVENTED] if view.invented else []) + [wording.CAUTION],
        "nodes": view.entities[list(nodes)].to_dicts(),
        "relations": [{name: value for name, value in relation.items() if name in kept} for relation in relations],
        "sources": view.sources.to_dicts(),
        "decisions": view.decisions.to_dicts(),
    }
    return text.dumps(document, ensure_ascii=False, indent=1).encode()
