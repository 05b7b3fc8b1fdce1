"""How fast graphkit writes to and reads from Neo4j, beside the bare driver and beside the embedded store.

Run by ``make bench-neo4j``; ``--small`` only shows that it runs.
"""

from __future__ import annotations

import os
import platform
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import bare, records
from graphkit import flow
from graphkit.ingest import readers
from graphkit.ingest.batch import gather
from graphkit.ingest.plan import plan
from graphkit.model.change import Change
from graphkit.model.source import DEFAULT_CASE
from graphkit.stores import Store
from tests.neo4j.server import PASSWORD, Server

ORDER = "ABBABA"
"""A is graphkit, B what it is held against; the first A and B warm up, when there are more."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    things: int = 50_000
    relations: int = 250_000
    order: str = ORDER
    reads: str = "ABBA"
    asked: int = 30
    asked_in_child: int = 5


SMALL = Size(500, 2_500, "AB", "AB", 2, 1)


@dataclass
class Bench:
    """A server, the records, and the rows of the table."""

    server: Server
    folder: Path
    size: Size
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def pair(self, what: str, ours: list[float], other: list[float], unit: Callable[[float], str]) -> None:
        """Add a row: medians of ours and of the other, and how much slower ours is."""
        mine, theirs = statistics.median(ours), statistics.median(other)
        self.rows.append(
            (what, unit(mine), unit(theirs), f"{mine / theirs:.2f}" if mine < 10 * theirs else f"{mine / theirs:,.0f}")
        )

    def empty(self) -> None:
        """Make the database as new: no node, no constraint, no index."""
        self.server.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS")
        self.server.wipe()
        for kind, shown in (("CONSTRAINT", "SHOW CONSTRAINTS"), ("INDEX", "SHOW INDEXES")):
            for row in self.server.run(f"{shown} YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
                self.server.run(f"DROP {kind} {row['name']} IF EXISTS")

    def store(self) -> Store:
        """Return graphkit's store on the server."""
        return flow.store_at(self.server.address)

    def alternate(self, before: Callable[[], None], ours: Callable[[], None], other: Callable[[], None]) -> Any:
        """Return the seconds of both, in the order A B B A …; the first of each only warms up."""
        took: dict[str, list[float]] = {"A": [], "B": []}
        for name in self.size.order:
            before()
            started = time.perf_counter()
            (ours if name == "A" else other)()
            took[name].append(time.perf_counter() - started)
            print(f"  {name} {took[name][-1]:.1f} s", file=sys.stderr)
        return [seconds[1:] or seconds for seconds in took.values()]


def changed(store: Store, path: Path) -> Change:
    """Return what a load of a file would write, without writing it."""
    kept: list[Change | None] = []

    def planned(view: Any) -> None:
        batch = gather(readers.read(path), store.catalog, view.kinds_of, "2026-01-01T00:00:00+00:00")
        assert not batch.rejects, batch.rejects[0]
        kept.append(plan(batch, view, store.catalog, None, DEFAULT_CASE).change)

    store.update(planned)
    assert kept[0] is not None
    return kept[0]


def rows_of(change: Change) -> int:
    """Return how many nodes, claims, edges of claims and relations a change writes."""
    nodes = sum(map(len, (*change.registers.values(), *change.nodes.values())))
    said = len(change.claims) * 3 + change.claims["claimant"].drop_nulls().len()
    return nodes + said + len(change.relations)


def writes(bench: Bench, path: Path) -> None:
    """Measure the first load and one of 1 % more, through the store and through the bare driver."""
    size, store = bench.size, bench.store()
    bench.empty()
    whole = changed(store, path)
    more_path = records.written(bench.folder / "more.jsonl", size.things // 100, size.relations // 100, size.things)
    took = bench.alternate(
        bench.empty, lambda: store.update(lambda _: whole), lambda: bare.write(bench.server.driver, whole)
    )
    bench.pair(f"first write, {rows_of(whole):,} rows", *took, lambda s: f"{s:.1f} s, {rows_of(whole) / s:,.0f}/s")
    bench.empty()
    store.update(lambda _: whole)
    more = changed(store, more_path)

    def back() -> None:
        bench.server.run("MATCH (c:Claim) WHERE c.id IN $ids DETACH DELETE c", ids=more.claims["id"].to_list())
        first = f"thing-{size.things}"
        bench.server.run(
            "UNWIND range($first, $first + $count) AS n MATCH (e:Entity {id: 'thing-' + n}) DETACH DELETE e",
            first=size.things, count=size.things // 100,
        )  # fmt: skip
        assert not bench.server.run("MATCH (e:Entity {id: $id}) RETURN e.id", id=first)

    took = bench.alternate(back, lambda: store.update(lambda _: more), lambda: bare.write(bench.server.driver, more))
    bench.pair(f"1 % more, {rows_of(more):,} rows", *took, lambda s: f"{s:.2f} s, {rows_of(more) / s:,.0f}/s")
    store.close()


def loaded(path: Path, address: str) -> tuple[float, int]:
    """Return the seconds and the memory in MiB of ``graphkit load``."""
    command = [sys.executable, "-P", "-m", "graphkit", "load", str(path), "--store", address, "--json"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, "graphkit load failed"
    return time.perf_counter() - started, used.ru_maxrss // 1024


def loads(bench: Bench, path: Path) -> str:
    """Measure ``graphkit load`` into both stores, and of 1 % more; return the address of the embedded one."""
    embedded = str(bench.folder / "bench.kgl")
    more = bench.folder / "more.jsonl"
    bench.empty()
    ours, other = loaded(path, bench.server.address), loaded(path, embedded)
    seconds = f"`graphkit load`, {bench.size.things + bench.size.relations + records.SOURCES:,} records"
    bench.pair(seconds, [ours[0]], [other[0]], lambda s: f"{s:.1f} s")
    bench.pair("its memory", [ours[1]], [other[1]], lambda mib: f"{mib:,.0f} MiB")
    ours, other = loaded(more, bench.server.address), loaded(more, embedded)
    bench.pair("`graphkit load` of 1 % more", [ours[0]], [other[0]], lambda s: f"{s:.1f} s")
    return embedded


_HOPS = "MATCH (a:Person {{id: $id}})-[:COOPERATES_WITH*1..{}]-(b) RETURN count(DISTINCT b) AS n"
QUERIES = {
    "lookup by id": "MATCH (n:Person {id: $id}) RETURN n.name AS name",
    "1 hop": _HOPS.format(1),
    "2 hops": _HOPS.format(2),
    "3 hops": _HOPS.format(3),
    "shortest path": "MATCH p = shortestPath((a:Person {id: $id})-[:COOPERATES_WITH*..6]-(b:Person {id: $other})) "
    "RETURN length(p) AS n",
    "text search": "MATCH (n:Person) WHERE toLower(n.name) CONTAINS $text RETURN n.id AS id LIMIT 20",
}


def reads(bench: Bench, embedded: str) -> None:
    """Measure queries on both stores: of an open store, and as ``graphkit query`` asks them, in a child process."""
    stores = {"A": bench.store(), "B": flow.store_at(embedded)}
    ways = (("open store", _in_process, bench.size.asked), ("in a child process", _in_child, bench.size.asked_in_child))
    for what, cypher in QUERIES.items():
        for how, ask, count in ways:
            took: dict[str, list[float]] = {"A": [], "B": []}
            for name in bench.size.reads:
                took[name] += [_seconds(ask, stores[name], cypher, one) for one in _params(count, bench.size.things)]
            bench.pair(f"{what}, {how}", took["A"], took["B"], _milliseconds)
    for store in stores.values():
        store.close()


def _milliseconds(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:,.0f} ms"


def _in_process(store: Store, cypher: str, params: dict[str, Any]) -> None:
    store.view()._rows(cypher, **params)  # type: ignore[attr-defined]  # what all reads of a view go through


def _in_child(store: Store, cypher: str, params: dict[str, Any]) -> None:
    store.query(cypher, params, 1_000, 60)


def _seconds(ask: Callable[..., None], store: Store, cypher: str, params: dict[str, Any]) -> float:
    started = time.perf_counter()
    ask(store, cypher, params)
    return time.perf_counter() - started


def _params(count: int, things: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(count)
    for _ in range(count):
        one, other = (5 * chance.randrange(things // 5) for _ in range(2))
        yield {"id": f"thing-{one}", "other": f"thing-{other}", "text": f"number {one} "}


def circumstances(bench: Bench) -> str:
    """Return one paragraph on what was measured where."""
    status = Path(f"/proc/{bench.server.pid}/status").read_text(encoding="ascii")
    used = int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024
    names = ("graphkit", "neo4j", "neo4j-rust-ext", "kglite", "polars")
    told = ", ".join(f"{name} {version(name)}" for name in names)
    engine = bench.server.run("CALL dbms.components() YIELD versions, edition RETURN versions[0] + ' ' + edition AS v")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{date.today()}: {bench.size.things:,} things, {bench.size.relations:,} relations. {os.cpu_count()} cores, "
        f"{platform.machine()}, Python {platform.python_version()}, {told}; Neo4j {engine[0]['v']} with the settings "
        f"of docker-compose.yml, at most {used:,} MiB resident. Load of the machine at the end: {load}."
    )


def table(rows: list[tuple[str, str, str, str]], other: str) -> str:
    """Return rows as Markdown."""
    head = ("what", "graphkit on Neo4j", other, "ratio")
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * 4, *rows))


def main() -> None:
    """Measure, and print circumstances and tables."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends too
    size = SMALL if "--small" in sys.argv[1:] else Size()
    jars = os.environ.get("GRAPHKIT_NEO4J_JARS")
    if not jars:
        sys.exit("There is no Neo4j: GRAPHKIT_NEO4J_JARS is not set. Run: make bench-neo4j")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GRAPHKIT_NEO4J_PASSWORD": PASSWORD, "GRAPHKIT_STATE": f"{folder}/state"}
        bench = Bench(Server(Path(folder) / "server", Path(jars), as_served=True), Path(folder), size)
        try:
            path = records.written(bench.folder / "records.jsonl", size.things, size.relations)
            writes(bench, path)
            held = table(bench.rows, "bare driver")
            bench.rows.clear()
            reads(bench, loads(bench, path))
            print(circumstances(bench), held, table(bench.rows, "graphkit embedded"), sep="\n\n")
        finally:
            bench.server.kill()


if __name__ == "__main__":
    main()
