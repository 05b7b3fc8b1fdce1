"""How well and how fast names are compared, beside rapidfuzz, and what may be one among 100,000 names.

``python -m bench.names`` prints the tables; ``--small`` only shows that it runs. The labelled pairs lie beside the
checkout, in ``../shared/data/name_pairs``; without them their columns say so.
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import JaroWinkler

from bench.load import circumstances
from bench.process import run
from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.identity.alike import LEAST, scores
from graphkit.last_used import LastUsed

LABELLED = Path(__file__).parents[2] / "shared/data/name_pairs/pairs.csv"
NAMES, SMALL = 100_000, 2_000
PAIRS = 200_000
VARIED = 0.05
HEAD = ("what", "bound", "F1", "precision", "recall", "pairs/s, each name new", "pairs/s, each name in ten pairs")
RESOLVED = ("what", "time", "most memory", "pairs that may be one", "planted pairs found")

Scores = NDArray[np.float64]
Bulk = Callable[[Sequence[str], Sequence[str]], Scores]


def _rapidfuzz(scorer: Callable[..., float]) -> Bulk:
    def scored(a: Sequence[str], b: Sequence[str]) -> Scores:
        found = process.cpdist(a, b, scorer=scorer, processor=utils.default_process, workers=-1)
        return np.asarray(found, np.float64)

    return scored


SCORERS: dict[str, Bulk] = {
    "graphkit": scores,
    "rapidfuzz WRatio": _rapidfuzz(fuzz.WRatio),
    "Jaro-Winkler": _rapidfuzz(JaroWinkler.normalized_similarity),
}


def rows(small: bool = False) -> list[tuple[str, ...]]:
    """Return a row for each way of comparing, as ``HEAD`` names the columns; graphkit's at its default bound."""
    count = SMALL if small else PAIRS
    names = invented(2 * count)
    again = [names[place % (count // 5)] for place in range(2 * count)]
    random.Random(1).shuffle(again)
    scores(names[:2], names[2:4])  # compiles
    found = []
    for what, scored in SCORERS.items():
        fast = [f"{_speed(scored, given[:count], given[count:]):,.0f}" for given in (names, again)]
        found.append((what, *_on_labelled(what, scored), *fast))
    return found


def _speed(scored: Bulk, a: Sequence[str], b: Sequence[str]) -> float:
    started = time.perf_counter()
    scored(a, b)
    return len(a) / (time.perf_counter() - started)


def _on_labelled(what: str, scored: Bulk) -> tuple[str, ...]:
    """Return the bound, F1, precision and recall on the labelled pairs."""
    if not LABELLED.is_file():
        return ("left out", *[f"no {LABELLED.name}"] * 3)
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["name1"], row["name2"]) for row in rows]
    return measured(what, scored, pairs, [row["is_match"] == "true" for row in rows])


def measured(what: str, scored: Bulk, pairs: Sequence[tuple[str, str]], one: Sequence[bool]) -> tuple[str, ...]:
    """Return the bound, F1, precision and recall on pairs; of others than graphkit at the bound that is best for them.

    ``one`` says of each pair whether both names are of one.
    """
    true = np.array(one)
    told = scored([a for a, _ in pairs], [b for _, b in pairs])
    bounds = [LEAST] if what == "graphkit" else sorted(set(told.tolist()))
    best = max((_f1(told >= bound, true), bound) for bound in bounds)
    (f1, precision, recall), bound = best
    return f"{bound:.3g}", f"{f1:.3f}", f"{precision:.3f}", f"{recall:.3f}"


def _f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[float, float, float]:
    both = float((said & true).sum())
    precision, recall = both / max(said.sum(), 1), both / true.sum()
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def invented(count: int) -> list[str]:
    """Return different names of two to four invented words; some words are much more common than others."""
    chance = random.Random(count)
    words = list({"".join(_syllable(chance) for _ in range(chance.randint(2, 4))).title() for _ in range(4_000)})
    words.sort()
    chance.shuffle(words)
    weights = [1 / (place + 5) for place in range(len(words))]
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(chance.choices(words, weights, k=chance.randint(2, 4)))] = None
    return list(found)


def _syllable(chance: random.Random) -> str:
    return chance.choice("bdfghklmnprstvz") + chance.choice(("a", "e", "i", "o", "u", "an", "ir"))


def _varied(name: str, chance: random.Random) -> str:
    """Return a name as somebody else writes it: another order, an initial, a letter left out or doubled."""
    words = name.split()
    place = chance.randrange(1, len(words[-1]))
    last = words[-1]
    return chance.choice((
        " ".join([last + ",", *words[:-1]]),
        " ".join([words[0][0] + ".", *words[1:]]),
        " ".join([*words[:-1], last[:place] + last[place + 1 :] or last]),
        " ".join([*words[:-1], last[:place] + last[place] + last[place:]]),
    ))  # fmt: skip


def _records(count: int) -> Iterator[dict[str, str]]:
    chance = random.Random(count)
    yield {"kind": "Source", "id": "s", "name": "Invented names"}
    names = invented(round(count * (1 - VARIED)))
    for number, name in enumerate(names):
        yield {"kind": "Person", "id": f"p-{number}", "name": name, "source": "s"}
    for number in chance.sample(range(len(names)), count - len(names)):
        yield {"kind": "Person", "id": f"p-{number}-again", "name": _varied(names[number], chance), "source": "s"}


def resolved(small: bool = False) -> list[tuple[str, ...]]:
    """Return one row on ``resolve`` among many names, in a process of its own, as ``RESOLVED`` names the columns."""
    count = SMALL if small else NAMES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKIT_STATE"] = f"{folder}/state"
        records = Path(folder, "names.jsonl")
        records.write_text("\n".join(map(json.dumps, _records(count))), encoding="utf-8")
        store = f"{folder}/graphkit.kgl"
        flow.load(flow.store_at(store), [records], "names", LastUsed(Path(folder, "state")))
        done = run("bench.names", "--resolve", store)
    told = json.loads(done.printed)
    planted = f"{told['planted']:,} of {count - round(count * (1 - VARIED)):,}"
    row = (
        f"resolve, {count:,} names",
        f"{told['seconds']:.1f} s",
        f"{done.memory:,} MiB",
        f"{told['found']:,}",
        planted,
    )
    return [row]


def _resolve(store: str) -> None:
    """Resolve a store, and print how long it took and how many planted pairs are among what was found."""
    started = time.perf_counter()
    found = flow.resolve(flow.store_at(store), Scope(("names",)), flow.Alike(top=10**9))
    seconds = time.perf_counter() - started
    planted = sum(b == f"{a}-again" for a, b in found.pairs.select("a", "b").iter_rows())
    print(json.dumps({"seconds": seconds, "found": found.found, "planted": planted}))


def main() -> None:
    """Measure, and print circumstances and the tables."""
    if "--resolve" in sys.argv[1:]:
        _resolve(sys.argv[-1])
        return
    small = "--small" in sys.argv[1:]
    tables = ((HEAD, rows(small)), (RESOLVED, resolved(small)))
    print(circumstances(f"{SMALL if small else PAIRS:,} pairs of invented names; labelled pairs; names of a case"))
    for head, told in tables:
        print("", *(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *told)), sep="\n")


if __name__ == "__main__":
    main()
