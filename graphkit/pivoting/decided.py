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
        for sign, pairs in ((1, self.one), (-1, self.two)):
            known[[at for *_, at in _places(found, pairs) if at >= 0]] = sign
        return known

    def beyond(self, found: Compared) -> list[tuple[int, int]]:
        """Return the pairs, as numbers of sites, that are decided to be one and share nothing."""
        return [(a, b) for a, b, at in _places(found, self.one) if at < 0]

    def apart(self, found: Compared) -> list[tuple[int, int]]:
        """Return the pairs, as numbers of sites, that are decided not to be one."""
        return [(a, b) for a, b, _ in _places(found, self.two)]


def _places(found: Compared, pairs: Pairs) -> list[tuple[int, int, int]]:
    """Return pairs of sites that are there as their numbers, and which of the pairs found each is, -1 for none."""
    numbers, keys = found.held.numbers, found.pairs.a.astype(np.int64) << 32 | found.pairs.b
    both = sorted(sorted(numbers[site] for site in pair) for pair in pairs if pair <= numbers.keys())
    wanted = np.array([a << 32 | b for a, b in both], dtype=np.int64)
    places = np.searchsorted(keys, wanted)
    there = np.append(keys, -1)[places] == wanted
    return [(a, b, int(at) if met else -1) for (a, b), at, met in zip(both, places, there, strict=True)]


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
