"""What people have decided of websites: which are one, and which are not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.linked import Compared
from graphkit.pivoting.bare import bare
from graphkit.pivoting.values import Choice

_PREFIXES = ("website:", "domain:")
DECIDED, SAID = "decided", "one website"
DECIDED_APART = "split"
Pair = frozenset[str]
Words = dict[str, object]


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of domains that are one website, with why as ``Evidence`` has it, and pairs that are not.

    Two are one by decision, or because a source says so.
    """

    one: Mapping[Pair, list[Words]]
    two: frozenset[Pair]

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

    def words(self, a: str, b: str) -> list[Words]:
        """Return why two websites are one."""
        return self.one.get(frozenset((a, b)), [])


def _places(found: Compared, pairs: Collection[Pair]) -> list[tuple[int, int, int]]:
    """Return pairs of sites that are there as their numbers, and which of the pairs found each is, -1 for none."""
    numbers, keys = found.held.numbers, found.pairs.a.astype(np.int64) << 32 | found.pairs.b
    both = sorted(sorted(numbers[site] for site in pair) for pair in pairs if pair <= numbers.keys())
    wanted = np.array([a << 32 | b for a, b in both], dtype=np.int64)
    places = np.searchsorted(keys, wanted)
    there = np.append(keys, -1)[places] == wanted
    return [(a, b, int(at) if met else -1) for (a, b), at, met in zip(both, places, there, strict=True)]


def decided(view: Snapshot) -> Decided:
    """Return what stands in a snapshot: one is what was merged, and what a source says is one website."""
    www, merged, merges = bare(view), [], made(view, "merge")
    things = view.things.filter(pl.col("kind").is_in(["Domain", "Website"]) & (pl.col("ids").list.len() > 1))
    for ids in things["ids"].to_list():
        sites = _domains(ids, www)
        by = [f"to be one, by {_by(choice)}" for choice in merges if set(sites).issuperset(choice.websites)]
        merged += [(pair, [_words(DECIDED, words, []) for words in by]) for pair in _pairs(sites)]
    one = {**_said(view), **dict(merged)}
    return Decided(one, apart(view))


def apart(view: Snapshot) -> frozenset[Pair]:
    """Return the pairs of domains that were decided not to be one website."""
    return frozenset(pair for choice in made(view, DECIDED_APART) for pair in _pairs(choice.websites))


def splits(view: Snapshot, site: str) -> tuple[Choice, ...]:
    """Return the decisions that a website is not one with others."""
    found = (choice for choice in made(view, DECIDED_APART) if site in choice.websites)
    return tuple(sorted(found, key=lambda one: one.websites))


def _said(view: Snapshot) -> dict[Pair, list[Words]]:
    """Return the domains at which one website was reached."""
    reached = view.relations.filter(pl.col("type") == "HAS_DOMAIN").group_by("from", maintain_order=True)
    moved = reached.agg("to", "sources").filter(pl.col("to").list.len() > 1)
    rows = moved.select("to", "sources").iter_rows()
    told = ((domains, [_words(SAID, "reached at both", sorted(set(chain(*by))))]) for domains, by in rows)
    www = bare(view)
    return {pair: words for domains, words in told for pair in _pairs(_domains(domains, www))}


def watched(view: Snapshot) -> tuple[Choice, ...]:
    """Return what people watch in a snapshot."""
    return tuple(made(view, "watch"))


def made(view: Snapshot, action: str) -> list[Choice]:
    """Return the decisions of one kind on websites."""
    rows = view.decisions.filter(pl.col("action") == action).select("about", "id", "who", "when", "why").iter_rows()
    www = bare(view)
    choices = (Choice(_domains(about, www), *rest) for about, *rest in rows)
    return [choice for choice in choices if choice.websites]


def _words(kind: str, value: str, sources: list[str]) -> Words:
    told: Words = {"kind": kind, "value": value, "seen_on": 0, "weight": 0.0}
    return told | {"begins": None, "ends": None, "sources": sources}


def _by(choice: Choice) -> str:
    return f"{choice.who} on {choice.when[:10]}: {choice.why} ({choice.decision})"


def _pairs(domains: Sequence[str]) -> list[Pair]:
    return [frozenset(pair) for pair in combinations(domains, 2)]


def _domains(ids: Sequence[str], www: Mapping[str, str]) -> tuple[str, ...]:
    """Return the domains of those ids that are of domains or websites, each once, as ``bare`` calls them."""
    domains = (id_.partition(":")[2] for id_ in ids if id_.startswith(_PREFIXES))
    return tuple(dict.fromkeys(www.get(domain, domain) for domain in domains))
