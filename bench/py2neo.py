"""Reading all claims of a Neo4j store with py2neo, with the neo4j driver and with graphkit: ``python -m bench.py2neo``.

Takes the store of GRAPHKIT_STORE. The three take turns, so none is always the warmest; each round is one read.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from graphkit import flow
from graphkit.engines import server
from graphkit.engines.address import Address
from graphkit.model.claim import COLUMNS
from graphkit.py2neo import graph
from graphkit.settings import Settings
from graphkit.stores.neo4j.password import password

ROUNDS = 15
CYPHER = "MATCH (c:Claim) RETURN " + ", ".join(f"c.{name} AS {name}" for name in COLUMNS)


def ways(address: str) -> dict[str, Callable[[], Any]]:
    """Return what reads all claims, by name; each returns the rows, or a frame of them."""
    reading, store, place = graph(address), flow.store_at(address), Address.of(address)
    session = server.session(server.driver(place, password()), place)
    return {
        "py2neo run().data()": lambda: reading.run(CYPHER).data(),
        "neo4j driver run().data()": lambda: session.run(CYPHER).data(),
        "graphkit store.claims()": lambda: store.claims(),
    }


def main() -> None:
    """Print a table."""
    took: dict[str, list[float]] = {}
    found = ways(Settings().store)
    counts = {name: len(read()) for name, read in found.items()}
    for _ in range(ROUNDS):
        for name, read in found.items():
            start = time.perf_counter()
            read()
            took.setdefault(name, []).append(time.perf_counter() - start)
    print(f"{ROUNDS} rounds in turn; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, seconds in took.items():
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        print(f"{name:28} {counts[name]:>8,} claims   median {middle:.3f} s   from {low:.3f} to {high:.3f} s")


if __name__ == "__main__":
    main()
