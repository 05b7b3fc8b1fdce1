"""How well websites are linked, on invented worlds of which it is known who runs what, beside three baselines.

Run by ``make bench-identity``; ``--small`` only shows that it runs. Weights were learned on seeds 100 to 124 by
``python -m bench.learning``; what is reported is of other seeds.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.worlds.baselines import BASELINES
from bench.worlds.score import Score, scored
from bench.worlds.seen import records
from bench.worlds.world import World
from graphkit import flow
from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.observed import Observed
from graphkit.last_used import LastUsed
from graphkit.pivoting.seen import seen

SEEDS = range(200, 220)
Grouped = Callable[[Observed], list[tuple[str, ...]]]


@dataclass(frozen=True)
class Case:
    """A world as it was loaded, and who runs what in truth."""

    truth: dict[str, int | None]
    view: Snapshot


def loaded(seed: int, folder: Path) -> Case:
    """Return a world, loaded into a store as any records are."""
    world = World(seed)
    file = folder / f"world-{seed}.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records(world, seed)), encoding="utf-8")
    store = flow.store_at(str(folder / f"world-{seed}.kgl"))
    last = LastUsed(folder / "state")
    flow.load_files(store, flow.Files([file], store.catalog), None, last)
    return Case(world.truth, flow.snapshot(store, flow.scope_of(store, [], last)))


def ours(case: Case) -> tuple[Score, float]:
    """Return how graphkit does, and how long it takes from a snapshot."""
    started = time.perf_counter()
    found = flow.pivot(case.view)
    taken = time.perf_counter() - started
    links = [(link.a, link.b, link.probability) for group in found.groups for link in group.links]
    links += [(link.a, link.b, link.probability) for link in found.weaker]
    return scored(case.truth, [group.websites for group in found.groups], links), taken


def row(name: str, scores: list[Score]) -> tuple[str, ...]:
    """Return means over worlds, and the worst of each."""
    mean = {one: statistics.mean(getattr(score, one) for score in scores) for one in Score.__dataclass_fields__}
    least = min(score.precision for score in scores)
    return (
        name, f"{mean['precision']:.3f}", f"{least:.3f}", f"{mean['recall']:.3f}", f"{mean['f1']:.3f}",
        f"{mean['calibration']:.3f}" if mean["calibration"] >= 0 else "–", f"{100 * mean['bystanders']:.2f}",
        f"{100 * mean['accused']:.2f}", f"{max(score.largest for score in scores):.2f}",
    )  # fmt: skip


def main(small: bool) -> None:
    """Print the table."""
    found: dict[str, list[Score]] = {"graphkit": []}
    sizes, times = [], []
    with tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS[:2] if small else SEEDS:
            case = loaded(seed, Path(folder))
            score, taken = ours(case)
            found["graphkit"].append(score)
            sizes.append(len(case.truth))
            times.append(taken)
            observed = seen(case.view)
            for name, baseline in BASELINES.items():
                found.setdefault(name, []).append(scored(case.truth, baseline(observed), []))
            print(f"  {seed}: {len(case.truth):,} websites, {score}", file=sys.stderr)
    print(
        f"{date.today()}, Python {platform.python_version()}, polars {version('polars')}, splink "
        f"{version('splink')}. {len(sizes)} worlds of {min(sizes):,} to {max(sizes):,} websites; "
        f"{statistics.median(times):.2f} s each from a snapshot, the slowest {max(times):.2f} s."
    )
    columns = ("", "precision", "worst", "recall", "F1", "calibration error", "unrelated in groups, %")
    columns += ("unrelated above .9, %", "largest group to largest true one")
    rows = [row(name, scores) for name, scores in found.items()]
    for one in (columns, ("---",) * len(columns), *rows):
        print(f"| {' | '.join(one)} |")


if __name__ == "__main__":
    main("--small" in sys.argv)
