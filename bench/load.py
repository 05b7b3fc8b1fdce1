"""How fast records get into the embedded store, beside the engine's own bulk ingest of what they become.

Run by ``make bench-load``; ``--small`` only shows that it runs, ``--importers`` measures files of others alone.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench import importing, mixed
from bench.process import Run, run
from graphkit import flow

RECORDS = 1_000_000
SMALL = 2_000
ORDER = "ABBABA"
"""A is graphkit, B the engine; the first of each only warms up."""


def loads(file: Path, store: Path) -> tuple[Run, Run]:
    """Return the first load of a file into a new store, and the second of the same."""
    store.unlink(missing_ok=True)
    first, second = (run("graphkit", "load", str(file), "--store", str(store), "--json") for _ in range(2))
    return first, second


def ingest(folder: Path, store: Path) -> Run:
    """Return the engine's own ingest; its seconds are those of the engine's calls alone."""
    store.unlink(missing_ok=True)
    taken = run("bench.bulk", str(folder), str(store))
    return Run(float(taken.printed), taken.memory, "")


def measured(records: int, order: str, folder: Path) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    file = mixed.written(folder / "records.jsonl", records)
    ours, theirs = folder / "ours.kgl", folder / "theirs.kgl"
    ready = folder / "frames"
    taken: dict[str, list[Run]] = {"A": [], "B": [], "again": []}
    for name in order:
        if name == "A":
            first, second = loads(file, ours)
            taken["A"].append(first)
            taken["again"].append(second)
            if not ready.exists():
                run("bench.bulk", "keep", str(ours), str(ready))
        else:
            taken["B"].append(ingest(ready, theirs))
        print(f"  {name} {taken[name][-1].seconds:.1f} s", file=sys.stderr)
    held = flow.store_at(str(ours)).stats()
    again = _median(taken["again"])
    of_first = f"{again.seconds / _median(taken['A']).seconds:.2f} of the first"
    rows = [
        _row("first load", taken["A"], taken["B"], records, ours),
        _row("the engine's bulk ingest", taken["B"], taken["B"], records, theirs),
        ("second load", *_told(again, records), "–", of_first, "–"),
    ]
    print(f"{held['claims']:,} claims, {held['entities']:,} things, {held['relations']:,} relations", file=sys.stderr)
    return rows


def _median(runs: Sequence[Run]) -> Run:
    warm = runs[1:] or runs
    return Run(statistics.median(r.seconds for r in warm), int(statistics.median(r.memory for r in warm)), "")


def _told(taken: Run, records: int) -> tuple[str, str, str]:
    return f"{taken.seconds:.1f} s", f"{records / taken.seconds:,.0f}", f"{taken.memory:,} MiB"


def _row(what: str, taken: Sequence[Run], beside: Sequence[Run], records: int, file: Path) -> tuple[str, ...]:
    mine, other = _median(taken), _median(beside)
    ratios = (f"{mine.seconds / other.seconds:.2f}", f"{mine.memory / other.memory:.2f}")
    return (what, *_told(mine, records), f"{file.stat().st_size / 2**20:,.0f} MiB", *ratios)


def circumstances(what: str) -> str:
    """Return one paragraph on what was measured where."""
    told = ", ".join(f"{name} {version(name)}" for name in ("graphkit", "kglite", "polars"))
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{date.today()}: {what}. {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, {told}. Load of the machine at the end: {load}."
    )


HEAD = ("what", "time", "records/s", "most memory", "file", "time ratio", "memory ratio")


def main() -> None:
    """Measure, and print circumstances and a table."""
    small = "--small" in sys.argv[1:]
    records, order = (SMALL, "AB") if small else (RECORDS, ORDER)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKIT_STATE"] = f"{folder}/state"
        rows = [] if "--importers" in sys.argv[1:] else measured(records, order, Path(folder))
        imported = importing.measured(small, Path(folder))
    print(circumstances(f"{records:,} records, one in {mixed.BAD} bad, and files of others"))
    for head, told in ((HEAD, rows), (importing.HEAD, imported)):
        if told:
            print("", *(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *told)), sep="\n")


if __name__ == "__main__":
    main()
