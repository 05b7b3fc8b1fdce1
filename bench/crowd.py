"""How long it takes to link a hundred thousand websites of which a million observations are known, and in what memory.

Run as ``python -m bench.crowd``: websites of many invented worlds at once, half of them registered with one e-mail.
The table goes to stdout, all else to stderr.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.identity import MAKERS
from bench.load import circumstances
from bench.process import run
from bench.worlds.seen import Record
from graphkit import flow
from graphkit.kept import Shelf
from graphkit.last_used import LastUsed

WEBSITES = 100_000
OBSERVATIONS = 10
"""How many are known of each website, on average."""
TIMES = 3
COLUMNS = (
    "websites", "observations", "groups", "link, s", "whole process, s", "most memory, MiB",
    "with the store to be read first, s", "most memory, MiB",
)  # fmt: skip


def crowd(websites: int) -> Iterator[Record]:
    """Yield the records of so many worlds that they have this many websites, and of one e-mail on half of those."""
    domains: dict[str, None] = {}
    observed = 0
    for seed, make in ((seed, make) for seed in count(1000) for make in MAKERS.values()):
        if len(domains) >= websites and observed >= OBSERVATIONS * websites:
            break
        for record in make(seed)[0]:
            domains |= dict.fromkeys(record[name] for name in ("domain", "to_domain") if name in record)
            observed += is_observation(record)
            yield record
    yield {"kind": "Source", "id": "crowd", "name": "Invented crowd", "invented": True}
    for domain in list(domains)[: len(domains) // 2]:
        yield {
            "kind": "Registration", "domain": domain, "source": "crowd", "observed": "2019-01-01",
            "registrant_email": "everybody@crowd.example",
        }  # fmt: skip


def is_observation(record: Record) -> bool:
    """Say whether a record tells what a website had."""
    return record["kind"] not in ("Source", "Website")


def linked(store: Path) -> dict[str, float]:
    """Return how many websites there are in a store, how many groups, and in how many seconds those are found."""
    opened = flow.store_at(str(store))
    view = flow.snapshot(opened, flow.scope_of(opened, [], LastUsed(store.with_name("state"))))
    started = time.perf_counter()
    found = flow.pivot(view)
    return {"websites": found.websites, "groups": len(found.groups), "seconds": time.perf_counter() - started}


def loaded(file: Path, store: Path) -> None:
    """Load a file into a store."""
    made = flow.store_at(str(store))
    flow.load_files(made, flow.Files([file], made.catalog), None, LastUsed(store.with_name("state")))


def main(small: bool) -> None:
    """Print the table: medians of several processes that link once, on the snapshot that a first one has made."""
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "crowd.jsonl", Path(folder) / "crowd.kgl"
        observations = 0
        with file.open("w", encoding="utf-8") as to:
            for record in crowd(1000 if small else WEBSITES):
                to.write(json.dumps(record) + "\n")
                observations += is_observation(record)
        run("bench.crowd", "--loaded", str(file), str(store))
        print(f"{observations:,} observations loaded.", file=sys.stderr)
        runs = []
        for number in range(1 + (1 if small else TIMES)):
            for file in Shelf.of(str(store), Path(folder)).path.rglob("result-*"):
                file.unlink()
            runs.append(run("bench.crowd", "--linked", str(store)))
            print(f"  {number}: {runs[-1].printed.strip()}, {runs[-1].memory:,} MiB", file=sys.stderr)
    first, *later = runs
    told = [json.loads(one.printed) for one in later]
    row = (
        f"{told[0]['websites']:,}", f"{observations:,}", f"{told[0]['groups']:,}",
        f"{statistics.median(one['seconds'] for one in told):.1f}",
        f"{statistics.median(one.seconds for one in later):.1f}", f"{max(one.memory for one in later):,}",
        f"{first.seconds:.1f}", f"{first.memory:,}",
    )  # fmt: skip
    for one in (COLUMNS, ("---",) * len(COLUMNS), row):
        print(f"| {' | '.join(one)} |")
    what = f"medians of {TIMES} processes on a snapshot that was there, and the one before them that made it"
    print(f"\n{circumstances(what)}")


if __name__ == "__main__":
    if "--loaded" in sys.argv:
        loaded(*map(Path, sys.argv[-2:]))
    elif "--linked" in sys.argv:
        print(json.dumps(linked(Path(sys.argv[-1]))))
    else:
        main("--small" in sys.argv)
