"""How well websites are linked, on invented worlds of which it is known who runs what, beside three baselines.

Run by ``make bench-identity``; ``--small`` only shows that it runs. The trees were grown on seeds 100 to 107 of five
makers of worlds by ``python -m bench.learning``; what is reported is of other seeds, and of three makers on whose
worlds nothing was learned or tuned. The table goes to stdout, all else to stderr.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.worlds import care_levels, habits, inherited, other, passive_dns, taken_down, unseen
from bench.worlds.baselines import BASELINES
from bench.worlds.score import Score, scored
from bench.worlds.seen import Record, records
from bench.worlds.world import World
from graphkit import flow
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.pivoting.seen import seen

Truth = Mapping[str, int | None]
Make = Callable[[int], tuple[Iterable[Record], Truth]]
COLUMNS = ("worlds", "linked by", "precision", "worst", "recall", "F1", "calibration error", "unrelated in groups, %",
           "unrelated above .9, %", "largest group to largest true one")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worlds:
    """Worlds of one maker: what of a world is seen, and who runs what in truth."""

    name: str
    seeds: Sequence[int]
    make: Make


@dataclass(frozen=True, slots=True)
class Case:
    """A world as it was loaded, and who runs what in truth."""

    truth: Truth
    view: Snapshot


def world_of_ours(seed: int) -> tuple[Iterable[Record], Truth]:
    """Return what is seen of a world, and who runs what in it."""
    world = World(seed)
    return records(world, seed), world.truth


MAKERS: dict[str, Make] = {
    "ours": world_of_ours,
    "another maker's": other.make,
    "inherited": inherited.make,
    "taken down": taken_down.make,
    "habits": habits.make,
}
"""Makers of worlds, each of which was written without sight of the others."""
UNSEEN: dict[str, Make] = {
    "unseen": unseen.make,
    "passive DNS": passive_dns.make,
    "care levels": care_levels.make,
}
"""Makers from whose worlds nothing is learned."""
LEARNED = tuple(Worlds(name, range(100, 108), make) for name, make in MAKERS.items())
"""What the trees are grown on."""
WORLDS = tuple(Worlds(name, range(200, 208), make) for name, make in (MAKERS | UNSEEN).items())
"""What is reported on: other worlds of those makers, and those of makers from which nothing was learned."""


def loaded(worlds: Worlds, seed: int, folder: Path) -> Case:
    """Return a world, loaded into a store as any records are."""
    found, truth = worlds.make(seed)
    file = folder / f"world-{seed}.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in found), encoding="utf-8")
    store = flow.store_at(str(folder / f"world-{seed}.kgl"))
    last = LastUsed(folder / "state")
    flow.load_files(store, flow.Files([file], store.catalog), None, last)
    return Case(truth, flow.snapshot(store, flow.scope_of(store, [], last)))


def ours(case: Case) -> tuple[Score, float]:
    """Return how graphkit does, and how long it takes from a snapshot."""
    started = time.perf_counter()
    found = flow.pivot(case.view)
    taken = time.perf_counter() - started
    links = [(link.a, link.b, link.probability) for group in found.groups for link in group.links]
    links += [(link.a, link.b, link.probability) for link in found.weaker]
    return scored(case.truth, [group.websites for group in found.groups], links), taken


def row(scores: Sequence[Score]) -> tuple[str, ...]:
    """Return means over worlds, and the worst of each."""
    mean = {one: statistics.mean(getattr(score, one) for score in scores) for one in Score.__dataclass_fields__}
    least = min(score.precision for score in scores)
    return (
        f"{mean['precision']:.3f}", f"{least:.3f}", f"{mean['recall']:.3f}", f"{mean['f1']:.3f}",
        f"{mean['calibration']:.3f}" if mean["calibration"] >= 0 else "–", f"{100 * mean['bystanders']:.2f}",
        f"{100 * mean['accused']:.2f}", f"{max(score.largest for score in scores):.2f}",
    )  # fmt: skip


def measured(worlds: Worlds, seeds: Sequence[int]) -> list[tuple[str, ...]]:
    """Return the rows of worlds of one maker: of graphkit, then of each baseline."""
    found: dict[str, list[Score]] = {"graphkit": [], **{name: [] for name in BASELINES}}
    sizes, times = [], []
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            case = loaded(worlds, seed, Path(folder))
            score, taken = ours(case)
            found["graphkit"].append(score)
            sizes.append(len(case.truth))
            times.append(taken)
            observed = seen(case.view)
            for name, baseline in BASELINES.items():
                found[name].append(scored(case.truth, baseline(observed), []))
            print(f"  {worlds.name}, {seed}: {len(case.truth):,} websites, {score}", file=sys.stderr)
    print(
        f"{len(sizes)} {worlds.name}, of {min(sizes):,} to {max(sizes):,} websites; {statistics.median(times):.2f} s "
        f"each from a snapshot, the slowest {max(times):.2f} s.",
        file=sys.stderr,
    )
    name = f"{worlds.name}, {seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else f"{worlds.name}, {seeds[0]}"
    return [(name, by, *row(scores)) for by, scores in found.items()]


def main(small: bool) -> None:
    """Print the table."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("polars", "splink"))
    print(f"{date.today()}, Python {platform.python_version()}, {libraries}.", file=sys.stderr)
    some = (WORLDS[0], WORLDS[-1]) if small else WORLDS
    rows = [one for worlds in some for one in measured(worlds, worlds.seeds[: 1 if small else None])]
    for one in (COLUMNS, ("---",) * len(COLUMNS), *rows):
        print(f"| {' | '.join(one)} |")


if __name__ == "__main__":
    main("--small" in sys.argv)
