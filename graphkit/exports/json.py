"""A graph as one JSON document."""

from __future__ import annotations

import json as text
from collections.abc import Sequence

from graphkit.exports import wording
from graphkit.exports.shown import Shown
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog


def json(view: Snapshot, nodes: Sequence[int], catalog: Catalog) -> bytes:
    """One document ``{"scope", "moment", "store_version", "notice", "nodes", "relations", "conflicts",
    "denials", "sources", "decisions"}`` as UTF-8 JSON.

    A relation carries ``says`` (its words), ``alleged``, its support with counts, its sources and its
    claimants. Conflicts and denials have ``says`` too, denials also ``who`` by name.
    ``notice`` says so when data is invented.
    """
    shown = Shown(view, nodes)
    told = [column.name for column in shown.relations if column.null_count() < len(column)]
    relations = shown.relations.select(told).to_dicts()
    for relation in relations:
        relation["says"] = wording.phrase(relation, catalog)
        relation["alleged"] = wording.alleged(relation, catalog)
    conflicts = [c | {"says": wording.contradiction(c, shown.called, catalog)} for c in shown.conflicts.to_dicts()]
    denials = shown.denials.to_dicts()
    for claim in denials:
        claim["who"], _, claim["says"] = shown.denied(claim, catalog)
    document = {
        "scope": list(view.scope.cases),
        "moment": str(view.scope.moment),
        "store_version": view.version,
        "notice": wording.notices(view),
        "nodes": shown.things.to_dicts(),
        "relations": relations,
        "conflicts": conflicts,
        "denials": denials,
        "sources": shown.sources.to_dicts(),
        "decisions": view.decisions.to_dicts(),
    }
    return text.dumps(document, ensure_ascii=False, indent=1).encode()
