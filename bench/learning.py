"""The trees by which websites are linked, grown on invented worlds of several makers.

Run as ``python -m bench.learning``: writes ``graphkit/identity/websites/trees.json`` anew, from worlds of seeds that
nothing is reported on, and prints how well worlds of each maker are linked by trees grown on those of the others alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.identity import COLUMNS as TABLE
from bench.identity import LEARNED, Worlds, loaded, row
from bench.worlds.score import Score, scored
from graphkit.identity.websites.answers import CONTEXT, NAMES, QUESTIONS, RISING, Answers
from graphkit.identity.websites.context import NAMES as NEAR
from graphkit.identity.websites.context import context
from graphkit.identity.websites.grouped import grouped
from graphkit.identity.websites.linked import compared
from graphkit.identity.websites.trees import COLUMNS, FILE, Trees, read
from graphkit.identity.websites.weighed import probability, weighed
from graphkit.pivoting import SHOWN
from graphkit.pivoting.seen import seen

ROUNDS = 150
TREES = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.08, "min_data_in_leaf": 100, "lambda_l2": 5.0,
    "boost_from_average": False, "verbose": -1, "num_threads": 2, "deterministic": True, "force_col_wise": True,
    "seed": 1,
}  # fmt: skip
EACH = 1e5
"""As how many pairs the worlds of one maker count."""
UNRELATED = 10_000
"""How many unrelated pairs of a world are learned from, drawn at random; each counts for those left out too."""
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """A world of a maker: what is asked about its pairs, and who runs each of its sites, -1 without another."""

    maker: str
    answers: Answers
    rows: Floats
    runs: NDArray[np.int64]

    @property
    def one(self) -> NDArray[np.bool_]:
        """Whether one operator runs both sites of each pair."""
        a, b = self.runs[self.answers.pairs.a], self.runs[self.answers.pairs.b]
        return np.asarray((a == b) & (a >= 0))


def worlds(makers: Sequence[Worlds]) -> list[World]:
    """Return all worlds of some makers, loaded and compared."""
    found = []
    for maker in makers:
        with tempfile.TemporaryDirectory() as folder:
            for seed in maker.seeds:
                case = loaded(maker, seed, Path(folder))
                found.append(world(maker.name, compared(seen(case.view)).answers, case.truth))
        print(f"  {maker.name}", file=sys.stderr)
    return found


def world(maker: str, answers: Answers, truth: Mapping[str, int | None]) -> World:
    """Return a world with the answers for all its pairs."""
    runs = [truth.get(site) for site in answers.held.sites]
    rows = answers.of(slice(None))
    return World(maker, answers, rows, np.array([-1 if one is None else one for one in runs]))


def grown(known: Sequence[World]) -> tuple[Told, Told]:
    """Return the trees of both passes; those of the second see what the first says of worlds that it never saw."""
    makers = sorted({one.maker for one in known})
    said: dict[int, Doubles] = {}
    for maker in makers:
        rest = [one for one in known if one.maker != maker] or list(known)
        first = read(_grow(rest, [one.rows for one in rest], 0), COLUMNS[0])
        for one in known:
            if one.maker == maker:
                said[id(one)] = probability(first.base, first.say(one.rows))
    seconds = [_with_context(one, said[id(one)]) for one in known]
    return _grow(known, [one.rows for one in known], 0), _grow(known, seconds, 1)


def _with_context(one: World, said: Doubles) -> Floats:
    near = context(one.answers.pairs, said, len(one.runs), np.arange(len(said)))
    return np.concatenate([one.rows, near], axis=1)


def _bears_on(number: int) -> dict[str, tuple[int, ...]]:
    """Return the columns of a pass with the questions that each may bear on."""
    return NAMES | (dict.fromkeys(NEAR, (*NAMES["hiding"], CONTEXT)) if number else {})


def _grow(known: Sequence[World], rows: Sequence[Floats], number: int) -> Told:
    """Return trees of which no path asks about two questions."""
    import lightgbm

    bears = _bears_on(number)
    names = list(bears)
    groups = [[at for at, name in enumerate(names) if question in bears[name]] for question in range(len(QUESTIONS))]
    of_maker = Counter(one.maker for one in known)
    drawn = [_drawn(one.one) for one in known]
    ones = np.concatenate([one.one[chosen] for one, (chosen, _) in zip(known, drawn, strict=True)])
    weight = np.concatenate(
        [count * EACH / len(one.rows) / of_maker[one.maker] for one, (_, count) in zip(known, drawn, strict=True)]
    )
    share = float((ones * weight).sum() / weight.sum())
    base = float(np.log(share / (1 - share)))
    learned_from = np.concatenate([some[chosen] for some, (chosen, _) in zip(rows, drawn, strict=True)])
    data = lightgbm.Dataset(learned_from, ones, weight=weight, init_score=np.full(len(ones), base))
    rising = [int(name in RISING) for name in names]
    asked = TREES | {"interaction_constraints": [group for group in groups if group], "monotone_constraints": rising}
    model = lightgbm.train(asked, data, num_boost_round=ROUNDS)
    told: Told = {"base": round(base, 5), "columns": names, "roots": []}
    told |= {name: [] for name in ("column", "bound", "left", "right", "question")}
    for tree in model.dump_model()["tree_info"]:
        told["roots"].append(len(told["column"]))
        _write(told, tree["tree_structure"], set(), [bears[name] for name in names])
    return told


def _drawn(one: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Doubles]:
    """Return the pairs of a world that are learned from, and as how many each counts."""
    apart = np.flatnonzero(~one)
    some = np.random.default_rng(1).permutation(apart)[:UNRELATED]
    chosen = np.sort(np.concatenate([np.flatnonzero(one), some]))
    return chosen, np.where(one[chosen], 1.0, len(apart) / max(len(some), 1))


def _write(told: Told, node: Mapping[str, Any], asked: set[int], bears: Sequence[tuple[int, ...]]) -> int:
    """Write a node and all under it, and return its number; a leaf is about the one question that led to it."""
    number = len(told["column"])
    for name in ("column", "bound", "left", "right", "question"):
        told[name].append(-1)
    if "leaf_value" in node:
        questions = {bears[column][0] for column in asked if len(bears[column]) == 1}
        told["bound"][number] = round(node["leaf_value"], 5)
        told["question"][number] = questions.pop() if questions else CONTEXT
        return number
    column = int(node["split_feature"])
    told["column"][number], told["bound"][number] = column, node["threshold"]
    for side in ("left", "right"):
        told[side][number] = _write(told, node[f"{side}_child"], asked | {column}, bears)
    return number


def linked(one: World, by: tuple[Trees, Trees]) -> Score:
    """Return how well a world is linked by some trees."""
    sure = weighed(one.answers, grown=by).probability
    a, b = one.answers.pairs.a.tolist(), one.answers.pairs.b.tolist()
    groups = grouped(a, b, sure)
    shown = [(str(a[at]), str(b[at]), float(sure[at])) for at in np.flatnonzero(sure >= SHOWN).tolist()]
    truth = {str(number): None if runs < 0 else int(runs) for number, runs in enumerate(one.runs.tolist())}
    return scored(truth, [[str(site) for site in group.sites] for group in groups], shown)


def left_out(known: Sequence[World]) -> list[tuple[str, ...]]:
    """Return for each maker how well its worlds are linked by trees that never saw any of them."""
    rows = []
    for maker in dict.fromkeys(one.maker for one in known):
        first, second = grown([one for one in known if one.maker != maker])
        by = (read(first, COLUMNS[0]), read(second, COLUMNS[1]))
        rows.append((maker, "trees of the others", *row([linked(one, by) for one in known if one.maker == maker])))
    return rows


def main() -> None:
    """Grow the trees, and print the table."""
    known = worlds(LEARNED)
    FILE.write_text(json.dumps({"passes": grown(known)}, separators=(",", ":")) + "\n", encoding="utf-8")
    for one in (TABLE, ("---",) * len(TABLE), *left_out(known)):
        print(f"| {' | '.join(one)} |", flush=True)


if __name__ == "__main__":
    main()
