"""How long it takes to link a hundred thousand websites of which a million observations are known, and in what memory.

Run as ``python -m bench.crowd``: websites of many invented worlds at once, half of them registered with one e-mail.
The table goes to stdout, all else to stderr.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.identity import MAKERS
from bench.process import run
from bench.worlds.seen import Record
from graphkit import flow
from graphkit.last_used import LastUsed

WEBSITES = 100_000
TIMES = 3


def crowd(websites: int) -> Iterator[Record]:
    """Yield the records of so many worlds that they have this many websites, and of one e-mail on half of those."""
    domains: dict[str, None] = {}
    for seed in count(1000):
        for make in MAKERS.values():
            records, truth = make(seed)
            domains |= dict.fromkeys(truth)
            yield from records
        if len(domains) >= websites:
            break
    yield {"kind": "Source", "id": "crowd", "name": "Invented crowd", "invented": True}
    for domain in list(domains)[: websites // 2]:
        yield {
            "kind": "Registration", "domain": domain, "source": "crowd", "observed": "2019-01-01",
            "registrant_email": "everybody@crowd.example",
        }  # fmt: skip


def linked(store: Path) -> dict[str, float]:
    """Return what there is in a store, and in how many seconds it is linked."""
    opened = flow.store_at(str(store))
    view = flow.snapshot(opened, flow.scope_of(opened, [], LastUsed(store.with_name("state"))))
    view.relations.height  # noqa: B018
    started = time.perf_counter()
    found = flow.pivot(view)
    return {"groups": len(found.groups), "seconds": time.perf_counter() - started}


def main(small: bool) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "crowd.jsonl", Path(folder) / "crowd.kgl"
        observations = 0
        with file.open("w", encoding="utf-8") as to:
            for record in crowd(1000 if small else WEBSITES):
                to.write(json.dumps(record) + "\n")
                observations += record["kind"] not in ("Source", "Website")
        made = flow.store_at(str(store))
        flow.load_files(made, flow.Files([file], made.catalog), None, LastUsed(Path(folder) / "state"))
        print(f"{observations:,} observations loaded.", file=sys.stderr)
        runs = [run("bench.crowd", "--linked", str(store)) for _ in range(1 if small else TIMES)]
    told = [json.loads(one.printed) for one in runs]
    print(told)


if __name__ == "__main__":
    if "--linked" in sys.argv:
        print(json.dumps(linked(Path(sys.argv[-1]))))
    else:
        main("--small" in sys.argv)
