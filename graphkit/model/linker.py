"""Merging as a way of reading: which ids are read as one thing. Claims stay as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import polars as pl

from graphkit.model.claim import relation_ids
from graphkit.model.schema import Catalog

Merge = tuple[str, Sequence[str], str | None]
"""The id of a decision, the things it says are one, and the id that it keeps."""
Split = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Clash:
    """Decisions on what is one thing that cannot all hold."""

    decisions: tuple[str, ...]
    ids: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Linker:
    """What merged things are read as.

    ``canonical`` has the ids of merged things only, each with the id that stands for it; ``members`` has, by that
    id, all ids that it stands for, sorted. ``clashes`` are the groups in which decisions contradict each other:
    nothing in such a group is read as one when a split forbids it.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    clashes: Sequence[Clash] = ()

    @classmethod
    def of(cls, merges: Sequence[Merge], splits: Sequence[Split]) -> Linker:
        """Return what these decisions make one."""
        canonical: dict[str, str] = {}
        members: dict[str, Sequence[str]] = {}
        clashes = []
        apart = [(id_, pair) for id_, about in splits for pair in combinations(dict.fromkeys(about), 2)]
        for group in _groups(merges):
            own = [merge for merge in merges if merge[1][0] in group]
            against = [id_ for id_, pair in apart if group.issuperset(pair)]
            if against:
                clashes.append(_forbidden(own, dict.fromkeys(against)))
                continue
            kept = _survivors(own)
            if len(kept) > 1:
                clashes.append(_many_survivors(own, kept))
            chosen = kept[0] if len(kept) == 1 else min(group)
            canonical |= dict.fromkeys(group, chosen)
            members[chosen] = sorted(group)
        return cls(canonical, members, clashes)

    def read(self, id_: str) -> str:
        """Return the id that a thing is read as."""
        return self.canonical.get(id_, id_)

    def with_members(self, ids: Iterable[str]) -> list[str]:
        """Return these ids and all that are read as the same things, sorted."""
        return sorted({member for id_ in ids for member in (id_, *self.members.get(self.read(id_), ()))})

    def claims(self, claims: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
        """Return claims as they are read: on the things that stand for what they name.

        ``subject`` stays as it is written. Claims on a relation between things that became one are left out.
        """
        if not self.canonical:
            return claims
        link = pl.col("object_kind").is_not_null()
        read = claims.with_columns(
            anchor=self._read("anchor"),
            claimant=self._read("claimant"),
            value=pl.when(link).then(self._read("value")).otherwise("value"),
        )
        renamed, looped = self._relations(claims, read, catalog)
        of_thing = ~link & (pl.col("about") == claims["anchor"])
        about = pl.when(of_thing).then("anchor").otherwise(pl.col("about").replace(renamed))
        return read.with_columns(about=about).filter(~pl.col("about").is_in(looped))

    def _read(self, column: str) -> pl.Expr:
        return pl.col(column).replace(dict(self.canonical))

    def _relations(
        self, claims: pl.DataFrame, read: pl.DataFrame, catalog: Catalog
    ) -> tuple[dict[str, str], list[str]]:
        """Return the new ids of relations whose ends are read as others, and relations that became loops."""
        ends = claims.select("about", "property", "object_kind", old="anchor", old_far="value").with_columns(
            near=read["anchor"], far=read["value"]
        )
        links = ends.filter(pl.col("object_kind").is_not_null())
        moved = links.filter((pl.col("old") != pl.col("near")) | (pl.col("old_far") != pl.col("far"))).unique("about")
        renamed: dict[str, str] = {}
        for (name,), rows in moved.group_by("property"):
            ids = relation_ids(rows["near"].to_list(), str(name), rows["far"].to_list(), _symmetric(catalog, str(name)))
            renamed |= dict(zip(rows["about"], ids, strict=True))
        return renamed, [renamed[id_] for id_ in moved.filter(pl.col("near") == pl.col("far"))["about"]]

    def relations(self, links: pl.DataFrame, catalog: Catalog) -> dict[str, set[str]]:
        """Return the ids, by type, of all relations that are read as the same as those of these claims.

        ``links`` has the columns ``property``, ``anchor`` and ``value``. Relations between things that nobody
        merged are left out.
        """
        merged = pl.col("anchor").is_in(list(self.canonical)) | pl.col("value").is_in(list(self.canonical))
        found: dict[str, set[str]] = {}
        for name, near, far in links.select("property", "anchor", "value").filter(merged).unique().iter_rows():
            pairs = list(product(self.with_members([near]), self.with_members([far])))
            ids = relation_ids([a for a, _ in pairs], name, [b for _, b in pairs], _symmetric(catalog, name))
            found.setdefault(name, set()).update(ids)
        return found


def _symmetric(catalog: Catalog, relation: str) -> bool:
    edge = catalog[relation].edge
    return bool(edge and edge.symmetric)


def _groups(merges: Iterable[Merge]) -> list[set[str]]:
    """Return the connected components of what is merged."""
    group_of: dict[str, set[str]] = {}
    for _, about, _ in merges:
        joined = set(about).union(*(group_of.get(id_, ()) for id_ in about))
        group_of |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in group_of.values()}.values())


def _survivors(merges: Iterable[Merge]) -> list[str]:
    """Return the ids that are kept and that no merge gave up for another one, sorted."""
    chosen = [(about, keep) for _, about, keep in merges if keep]
    given_up = {id_ for about, keep in chosen for id_ in about if id_ != keep}
    kept = {keep for _, keep in chosen}
    return sorted(kept - given_up) or sorted(kept)


def _forbidden(merges: Sequence[Merge], against: Iterable[str]) -> Clash:
    ids = sorted({id_ for _, about, _ in merges for id_ in about})
    names = ", ".join(f"'{id_}'" for id_ in ids)
    return Clash(
        (*(id_ for id_, *_ in merges), *against), tuple(ids), f"{names} are said to be one and not one. They stay apart"
    )


def _many_survivors(merges: Sequence[Merge], kept: Sequence[str]) -> Clash:
    ids = sorted({id_ for _, about, _ in merges for id_ in about})
    names = " and ".join(f"'{id_}'" for id_ in kept)
    problem = f"the one thing of {len(ids)} is to be kept as {names}. It is kept as '{min(ids)}'"
    return Clash(tuple(id_ for id_, _, keep in merges if keep), tuple(ids), problem)
