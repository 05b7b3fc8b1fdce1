"""The answer to a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: columns in RETURN order and one list of plain values a row.

    Nodes are ``{"labels", "properties"}``, relations also have ``"type"``; engine ids are left out.
    ``complete`` is False when the row limit cut the answer.
    """

    columns: list[str]
    rows: list[list[Any]]
    complete: bool = True

    def records(self) -> list[dict[str, Any]]:
        """Return one dict a row, keys in RETURN order."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
