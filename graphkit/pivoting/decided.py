"""What people have decided of websites: which are one, and which are not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.linked import Compared
from graphkit.pivoting.values import Watched

_PREFIXES = ("website:", "domain:")
Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of domains that are one website, by decision or because a source says so, and pairs that are not."""

    one: Pairs
    two: Pairs

    def of(self, found: Compared) -> NDArray[np.int8]:
        """Return for each pair 1 where it is decided to be one, -1 where it is not, 0 else."""
        known = np.zeros(len(found.pairs.a), dtype=np.int8)
        numbers = {site: number for number, site in enumerate(found.held.sites)}
        keys = found.pairs.a.astype(np.int64) << 32 | found.pairs.b
        for sign, pairs in ((1, self.one), (-1, self.two)):
            for pair in pairs:
                a, b = sorted(numbers.get(site, -1) for site in pair)
                at = np.searchsorted(keys, a << 32 | b) if a >= 0 else len(keys)
                if at < len(keys) and keys[at] == a << 32 | b:
                    known[at] = sign
        return known


def decided(view: Snapshot) -> Decided:
    """Return what stands in a snapshot: one is what was merged, and what a source says is one website."""
    domains = view.relations.filter(pl.col("type") == "HAS_DOMAIN").group_by("from").agg("to")
    one = _pairs(domains.filter(pl.col("to").list.len() > 1)["to"].to_list())
    merged = view.things.filter(pl.col("kind").is_in(["Domain", "Website"]))["ids"].drop_nulls().to_list()
    splits = view.decisions.filter(pl.col("action") == "split")["about"].to_list()
    return Decided(one | _pairs(merged), _pairs(splits))


def watched(view: Snapshot) -> tuple[Watched, ...]:
    """Return what people watch in a snapshot."""
    rows = view.decisions.filter(pl.col("action") == "watch").select("about", "id", "who", "when", "why").iter_rows()
    return tuple(Watched(tuple(map(_domain, about)), *rest) for about, *rest in rows)


def _pairs(groups: list[list[str]]) -> Pairs:
    cut = ([_domain(id_) for id_ in ids if id_.startswith(_PREFIXES)] for ids in groups)
    return frozenset(frozenset(pair) for ids in cut for pair in combinations(dict.fromkeys(ids), 2))


def _domain(id_: str) -> str:
    return id_.partition(":")[2]
