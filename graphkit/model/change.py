"""One write to a store: rows to put in place of those with the same id, and relations to take out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Change:
    """``nodes`` are by kind, ``registers`` by register, ``gone_relations`` ids by type."""

    claims: pl.DataFrame
    registers: Mapping[str, pl.DataFrame]
    nodes: Mapping[str, pl.DataFrame]
    relations: pl.DataFrame
    gone_relations: Mapping[str, Sequence[str]]
