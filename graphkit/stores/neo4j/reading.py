"""Reads of a Neo4j store at one version of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.errors import StoreChanged
from graphkit.model.schema import Catalog
from graphkit.stores.reading import CypherView

_BATCH = 2000
_VERSION = (
    "MATCH (g:Graphkit {id: 'store'}) WHERE g.version > 0 "
    "RETURN g.layout AS layout, g.version AS number, g.token AS token"
)

Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
"""Runs one query and returns its rows."""


@dataclass(frozen=True, slots=True)
class Version:
    """How often a store was written to, a random word that no other write has, and the layout."""

    number: int = 0
    token: str = ""
    layout: int | None = None

    @classmethod
    def of(cls, run: Run) -> Version:
        """Return the version that a database is at; the first one, 0, where graphkit never wrote."""
        found = run(_VERSION, {})
        return cls(**found[0]) if found else cls()

    def __str__(self) -> str:
        return f"{self.number}-{self.token}" if self.number else ""


class ServerView(CypherView):
    """A view of a server; a read after the next write raises StoreChanged, so no two states are ever mixed.

    All that graphkit writes carries ``_since``, the number of the version that it came with. What has none is
    not ours, and what has a higher one is not published yet.
    """

    def __init__(self, run: Run, catalog: Catalog, version: Version) -> None:
        super().__init__(catalog, str(version))
        self._run = run
        self._at = version

    def _rows(self, cypher: str, **params: Any) -> list[dict[str, Any]]:
        return self._run(cypher, {**params, "version": self._at.number})

    def _columns(self, match: str, variable: str, items: Mapping[str, str], **params: Any) -> Iterable[Any]:
        wanted = ", ".join(f"[{variable} IN part | {item}] AS `{name}`" for name, item in items.items())
        return self._rows(
            f"{match} WITH collect({variable}) AS held UNWIND range(0, size(held) - 1, {_BATCH}) AS first "
            f"WITH held[first..first + {_BATCH}] AS part RETURN {wanted}",
            **params,
        )

    def _held(self, variable: str) -> str:
        return f"{variable}._since <= $version"

    def _kinds_of_nodes(self, ids: Sequence[str]) -> dict[str, str]:
        found = self._rows(
            "UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n._since <= $version RETURN n.id AS id, n.kind AS kind "
            "UNION UNWIND $ids AS id MATCH (n:Decision {id: id}) WHERE n._since <= $version "
            "RETURN n.id AS id, 'Decision' AS kind",
            ids=list(ids),
        )
        return {row["id"]: row["kind"] for row in found}


def checked(run: Run, version: Version, address: str) -> Run:
    """Return ``run``, which now raises StoreChanged when the store is at another version after it."""

    def running(cypher: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows = run(cypher, params)
        if Version.of(run) != version:
            raise StoreChanged(f"{address} was written to while it was read. Try again.")
        return rows

    return running
