"""How fast one source of half a million claims is retracted, taken back and erased in the embedded store.

Run by ``make bench-removing``; ``--small`` only shows that it runs.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import records
from bench.load import circumstances
from bench.process import Run, run
from graphkit import flow

CLAIMS = 500_000
SMALL = 1_000
SOURCE = "scraped-registry"
WHY = ("--who", "bench", "--why", "to see how long it takes")


def written(path: Path, claims: int) -> Path:
    """Write a file in which one source makes so many claims on things and relations that others tell of as well."""
    records.written(path, claims // 10, claims // 5)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in _told(claims))
    return path


def _told(claims: int) -> Iterator[dict[str, str]]:
    """Yield a source and what it says: a name of each thing, and relations that it alone tells of."""
    things = claims // 10
    yield {"kind": "Source", "id": SOURCE, "name": "A registry, scraped"}
    for number in range(things):
        name = f"Thing number {number} as registered"
        yield {"kind": records.kind(number), "id": f"thing-{number}", "name": name, "source": SOURCE}
    for number in range(claims - things):
        near = number % things
        far = (near + 1 + number // things) % things
        ends = {"from": f"thing-{near}", "to": f"thing-{far}"}
        yield {"kind": "COOPERATES_WITH", **ends, "source": SOURCE, "claimant": f"thing-{near}"}


def measured(claims: int, folder: Path) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    store = folder / "store.kgl"
    at = ("--store", str(store))
    loaded = run("graphkit", "load", str(written(folder / "records.jsonl", claims)), *at, "--case", "c", "--json")
    held = flow.store_at(str(store))
    assert len(held.claims(sources=[SOURCE])) == claims
    retracted = run("graphkit", "retract", SOURCE, *WHY, *at, "--case", "c")
    decision = held.register("Decision")["id"][0]
    undone = run("graphkit", "undo", decision, *WHY, *at, "--case", "c")
    erased = run("graphkit", "erase", SOURCE, *WHY, *at, "--yes")
    assert held.claims(sources=[SOURCE]).is_empty()
    named = {"load of the whole": loaded, "retract": retracted, "undo": undone, "erase": erased}
    return [_row(what, taken) for what, taken in named.items()]


def _row(what: str, taken: Run) -> tuple[str, ...]:
    return what, f"{taken.seconds:.1f} s", f"{taken.memory:,} MiB"


HEAD = ("what", "time", "most memory")


def main() -> None:
    """Measure, and print circumstances and a table."""
    claims = SMALL if "--small" in sys.argv[1:] else CLAIMS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKIT_STATE"] = f"{folder}/state"
        rows = measured(claims, Path(folder))
    lines = [f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * len(HEAD), *rows)]
    print(circumstances(f"one source of {claims:,} claims"), "\n".join(lines), sep="\n\n")


if __name__ == "__main__":
    main()
