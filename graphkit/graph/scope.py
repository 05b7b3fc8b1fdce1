"""Which part of a store is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.model.source import in_cases


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases that are looked at together; never silently all."""

    cases: tuple[str, ...]

    def __str__(self) -> str:
        return " + ".join(self.cases)

    def sources(self, sources: pl.DataFrame) -> pl.DataFrame:
        """Return the sources in this scope."""
        return in_cases(sources, self.cases)

    def decisions(self, decisions: pl.DataFrame) -> pl.DataFrame:
        """Return the decisions made in these cases."""
        return decisions.filter(pl.col("case").is_in(list(self.cases)))
