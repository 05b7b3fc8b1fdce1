"""What a hand-over shows of a snapshot: some things, and all that is said between and about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog


@dataclass(frozen=True)
class Shown:
    """Some things of a snapshot, by their node numbers, with the relations, conflicts, denials and sources."""

    view: Snapshot
    nodes: Sequence[int]

    @cached_property
    def things(self) -> pl.DataFrame:
        """One row a thing."""
        return self.view.entities[list(self.nodes)]

    @cached_property
    def relations(self) -> pl.DataFrame:
        """The relations between these things."""
        return self.view.between(list(self.nodes))

    @cached_property
    def conflicts(self) -> pl.DataFrame:
        """What is contradicted about these things and relations."""
        about = [*self.things["id"], *self.relations["id"]]
        return self.view.conflicts.filter(pl.col("about").is_in(about))

    @cached_property
    def denials(self) -> pl.DataFrame:
        """What is denied or taken back about these things, and about relations between them."""
        denials, ids = self.view.denials, self.things["id"].to_list()
        link = pl.col("object_kind").is_not_null() & pl.col("anchor").is_in(ids) & pl.col("value").is_in(ids)
        about = [*ids, *self.relations["id"], *denials.filter(link)["about"]]
        return denials.filter(pl.col("about").is_in(about)).sort("about", "property", "value", "source", "id")

    @cached_property
    def sources(self) -> pl.DataFrame:
        """The sources that say anything of it: of a whole snapshot all that say something."""
        if len(self.nodes) == len(self.view.things):
            return self.view.sources.filter(pl.col("n_claims") > 0)
        told = pl.concat([self.things["sources"], self.relations["sources"]]).explode().drop_nulls()
        used = {*told, *self.denials["source"]}
        return self.view.sources.filter(pl.col("id").is_in(sorted(used)))

    @cached_property
    def called(self) -> wording.Names:
        """What all things and publishers of the snapshot are called."""
        return wording.called(self.view)

    @property
    def names(self) -> Mapping[str, str]:
        """Names of all things of the snapshot, by id."""
        return self.called.things

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of all sources of the snapshot, by id."""
        return dict(self.view.sources.select("id", "name").iter_rows())

    def cited(self, sources: Sequence[str]) -> str:
        """Return the titles of sources, each once."""
        return "; ".join(dict.fromkeys(self.titles.get(source, source) for source in sources))

    def denied(self, claim: Mapping[str, Any], catalog: Catalog) -> tuple[str, str, str]:
        """Return who denies or takes back, which of the two it is, and the sentence."""
        who = wording.speaker(claim["claimant"], claim["source"], self.called)
        return who, wording.STANCES.get(claim["stance"], claim["stance"]), self._sentence(claim, catalog)

    def _sentence(self, claim: Mapping[str, Any], catalog: Catalog) -> str:
        subject = self.names.get(claim["anchor"], claim["anchor"])
        if claim["object_kind"]:
            says = wording.phrase({"type": claim["property"]}, catalog)
            return f"{subject} {says} {self.names.get(claim['value'], claim['value'])}"
        if catalog[claim["kind"]].edge:
            says = wording.phrase({"type": claim["kind"]}, catalog)
            subject += f" {says} {self._far.get(claim['about'], '…')}"
        return f"{subject}, {claim['property'].replace('_', ' ')}: {claim['value']}"

    @cached_property
    def _far(self) -> dict[str, str]:
        ends = self.relations.select("id", "to").iter_rows()
        denied = self.denials.filter(pl.col("object_kind").is_not_null()).select("about", "value").iter_rows()
        return {about: self.names.get(end, end) for about, end in [*denied, *ends]}
