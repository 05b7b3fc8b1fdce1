"""What is usual for websites of one operator, of one service and for unrelated ones: what linking starts from.

Run as ``python -m bench.learning``: writes ``graphkit/identity/websites/weights.json`` anew, from worlds of seeds that
nothing is reported on.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.identity import Worlds, loaded, world_of_ours
from bench.worlds.world import World
from graphkit.identity.websites import weighed
from graphkit.identity.websites.levels import QUESTIONS, SIZES, TIMES, nothing_shared
from graphkit.identity.websites.linked import compared
from graphkit.pivoting.seen import seen

SEEDS = range(100, 125)
OURS = Worlds("worlds of ours", SEEDS, world_of_ours)
TARGET = Path(weighed.__file__).with_name("weights.json")
Counts = list[NDArray[np.float64]]


def learned() -> dict[str, Any]:
    """Return the shares of all answers, by question, for each class, and how many pairs of each there are a site."""
    found: dict[str, Counts] = {
        name: [np.zeros(size) for size in SIZES] for name in ("operator", "service", "unrelated")
    }
    pairs = {"operator": 0.0, "service": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS:
            world = World(seed)
            compare = compared(seen(loaded(OURS, seed, Path(folder)).view))
            _add(found, pairs, world, compare)
    shares: dict[str, Any] = {name: _told(found[name], filled=name == "operator") for name in found}
    return shares | {"pairs": {name: round(count / len(SEEDS), 3) for name, count in pairs.items()}}


def _add(found: dict[str, Counts], pairs: dict[str, float], world: World, compare: Any) -> None:
    sites, a, b = compare.held.sites, compare.pairs.a, compare.pairs.b
    agencies = {site.domain: site.agency for site in world.sites}
    runs = np.array([-1 if world.truth[site] is None else world.truth[site] for site in sites])
    agency = np.array([agencies[site] or -number for number, site in enumerate(sites, start=1)])
    one, served = (runs[a] == runs[b]) & (runs[a] >= 0), agency[a] == agency[b]
    all_pairs = sum(count * (count - 1) // 2 for count in Counter(runs[runs >= 0].tolist()).values())
    pairs["operator"] += all_pairs / len(sites)
    pairs["service"] += served.sum() / len(sites)
    for name, chosen, of in (
        ("operator", one, all_pairs), ("service", served, served.sum()), ("unrelated", ~one & ~served, len(sites)),
    ):  # fmt: skip
        for question, size in enumerate(SIZES):
            counts = np.bincount(compare.answers.rows[chosen, question], minlength=size)
            found[name][question] += counts / max(of, 1) / len(SEEDS)


def _told(shares: Counts, filled: bool) -> dict[str, dict[str, float]]:
    """Return shares by level; those of pairs that share nothing, and so were not compared, are added if ``filled``."""
    for question, share in enumerate(shares if filled else ()):
        silent = nothing_shared(question)
        if question == TIMES:
            shares[question] = share / share.sum()
        else:
            weight = (share + 1e-6) * silent
            shares[question] = share + (1 - share.sum()) * weight / weight.sum()
    return {
        name: {str(level): round(float(one), 5) for level, one in enumerate(share) if one > 1e-5}
        for name, share in zip(QUESTIONS, shares, strict=True)
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(learned(), indent=1) + "\n", encoding="utf-8")
