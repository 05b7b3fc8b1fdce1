"""Which part of a store is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.graph.moment import NOW, Moment
from graphkit.model.source import in_cases


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases that are looked at together, never silently all, and the moment they are looked at."""

    cases: tuple[str, ...]
    moment: Moment = NOW

    def __str__(self) -> str:
        return f"{self.named} {self.moment}" if self.moment else self.named

    @property
    def named(self) -> str:
        """The cases, without the moment."""
        return " + ".join(self.cases)

    def sources(self, sources: pl.DataFrame) -> pl.DataFrame:
        """Return the sources in this scope."""
        return self.moment.sources(in_cases(sources, self.cases))

    def decisions(self, decisions: pl.DataFrame) -> pl.DataFrame:
        """Return the decisions made in these cases."""
        return self.moment.decisions(decisions.filter(pl.col("case").is_in(list(self.cases))))
