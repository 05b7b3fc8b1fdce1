"""graphkit: an evidence graph of actors, incidents and networks.

The names below are the library; each is looked up when it is first used, so importing graphkit is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.dossier import Dossier, search, show
    from graphkit.errors import GraphkitError
    from graphkit.explaining import Explanation, explain
    from graphkit.flow import cases, catalog, check, export_graph, load, query, rank, scope_of, snapshot, store_at
    from graphkit.graph.scope import Scope
    from graphkit.graph.snapshot import Snapshot
    from graphkit.last_used import LastUsed

_HOMES = {
    "Dossier": "dossier",
    "Explanation": "explaining",
    "GraphkitError": "errors",
    "LastUsed": "last_used",
    "Scope": "graph.scope",
    "Snapshot": "graph.snapshot",
    "cases": "flow",
    "catalog": "flow",
    "check": "flow",
    "explain": "explaining",
    "export_graph": "flow",
    "load": "flow",
    "query": "flow",
    "rank": "flow",
    "scope_of": "flow",
    "search": "dossier",
    "show": "dossier",
    "snapshot": "flow",
    "store_at": "flow",
}
__all__ = [
    "Dossier",
    "Explanation",
    "GraphkitError",
    "LastUsed",
    "Scope",
    "Snapshot",
    "cases",
    "catalog",
    "check",
    "explain",
    "export_graph",
    "load",
    "query",
    "rank",
    "scope_of",
    "search",
    "show",
    "snapshot",
    "store_at",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'graphkit' has no name '{name}'")
    return getattr(import_module(f"graphkit.{_HOMES[name]}"), name)
