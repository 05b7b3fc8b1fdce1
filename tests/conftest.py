"""What every test gets: a state folder of its own, stores of every kind, the seed, and --long."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve
from graphkit.stores import STORES, Store, open_store
from graphkit.stores.embedded import EmbeddedStore
from tests import budget

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run what takes longer than make test may")


def pytest_configure(config: pytest.Config) -> None:
    budget.TRIED["many"] = bool(config.getoption("--long"))
    config.addinivalue_line("markers", "long: takes longer than make test may; runs with --long")
    config.addinivalue_line("markers", "long_on_neo4j: long on Neo4j; on the embedded store it runs always")
    config.addinivalue_line("markers", "shared: needs the folder ../shared beside the checkout")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long_on_neo4j") and _scheme(item) == "neo4j":
            item.add_marker(pytest.mark.long)
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(pytest.mark.skip(reason=f"there is no folder {SHARED}"))
    if not config.getoption("--long"):
        left_out = [item for item in items if item.get_closest_marker("long")]
        items[:] = [item for item in items if not item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left_out)


def _scheme(item: Any) -> str | None:
    scheme: str | None = item.callspec.params.get("scheme") if hasattr(item, "callspec") else None
    return scheme


def _left_out(config: pytest.Config) -> list[str]:
    """Return what was skipped although GRAPHKIT_REQUIRE asks for everything."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("GRAPHKIT_REQUIRE") or reporter is None:
        return []
    return sorted({report.nodeid for report in reporter.stats.get("skipped", [])})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _left_out(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for name in _left_out(config):
        terminalreporter.write_line(f"GRAPHKIT_REQUIRE forbids leaving out {name}", red=True)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHKIT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("GRAPHKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GRAPHKIT_DOCUMENTS", str(tmp_path / "documents"))
    monkeypatch.delenv("GRAPHKIT_STORE", raising=False)


@pytest.fixture
def last_used(tmp_path: Path) -> LastUsed:
    return LastUsed(tmp_path / "state")


Servers = Callable[[str], Any]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Give the Neo4j server of a name, started when first asked for."""
    jars = os.environ.get("GRAPHKIT_NEO4J_JARS")
    if not jars:
        pytest.skip("there is no Neo4j: GRAPHKIT_NEO4J_JARS is not set")
    from tests.neo4j.server import PASSWORD, Server

    os.environ["GRAPHKIT_NEO4J_PASSWORD"] = PASSWORD
    started: dict[str, Any] = {}

    def named(name: str) -> Any:
        if name not in started:
            started[name] = Server(tmp_path_factory.mktemp(f"neo4j-{name}"), Path(jars))
        return started[name]

    yield named
    for server in started.values():
        server.kill()


@pytest.fixture
def server(servers: Servers) -> Any:
    """Give a Neo4j server that holds nothing."""
    found = servers("scratch")
    found.wipe()
    return found


@pytest.fixture(scope="session", params=list(STORES))
def scheme(request: pytest.FixtureRequest) -> str:
    """Every promise of a store runs over every kind of store."""
    return str(request.param)


Place = Callable[[Path], str]
Lasting = Callable[[str], str]


@pytest.fixture(scope="session")
def empty_place(scheme: str, request: pytest.FixtureRequest) -> Place:
    """Return the address of a store nobody has written to yet; on Neo4j it is gone when the next one is asked for."""
    if scheme == "embedded":
        return lambda folder: str(folder / "store.kgl")
    server = request.getfixturevalue("servers")("scratch")

    def wiped(folder: Path) -> str:
        server.wipe()
        return str(server.address)

    return wiped


@pytest.fixture(scope="session")
def lasting_place(scheme: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lasting:
    """Return the address of the store of a name, which stays until the tests end."""
    if scheme == "embedded":
        return lambda name: str(tmp_path_factory.mktemp(name) / "store.kgl")
    servers = request.getfixturevalue("servers")
    return lambda name: str(servers(name).address)


@pytest.fixture(scope="session")
def emptied(empty_place: Place) -> Callable[[Store], None]:
    """Return what makes a store as if nobody had written to it."""

    def done(store: Store) -> None:
        path = Path(store.address)
        empty_place(path.parent)
        path.unlink(missing_ok=True)

    return done


@pytest.fixture
def address(empty_place: Place, tmp_path: Path) -> str:
    return empty_place(tmp_path)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A store nobody has written to yet."""
    opened = open_store(address, flow.catalog())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _seeds() -> Iterator[dict[str, Store]]:
    """The stores that hold the seed, by kind: each loaded once, however often tests change from one to another."""
    loaded: dict[str, Store] = {}
    yield loaded
    for store in loaded.values():
        store.close()


@pytest.fixture(scope="session")
def seed(
    scheme: str, _seeds: dict[str, Store], lasting_place: Lasting, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """The seed, loaded. Read only: no test writes to it."""
    if scheme not in _seeds:
        opened = open_store(lasting_place("seed"), flow.catalog())
        flow.load_seed(opened, LastUsed(tmp_path_factory.mktemp("seed") / "state"))
        _seeds[scheme] = opened
    return _seeds[scheme]


@pytest.fixture(scope="session")
def article(seed: Store) -> Snapshot:
    return flow.snapshot(seed, Scope(("article",)))


@pytest.fixture(scope="session")
def invented(seed: Store) -> Snapshot:
    return flow.snapshot(seed, Scope(("invented",)))


Loader = Callable[..., flow.LoadReport]


@pytest.fixture
def load(tmp_path: Path, last_used: LastUsed) -> Loader:
    """Load records into a store: ``load(store, {...}, {...}, case=None)``."""

    def loaded(store: Store, *records: dict[str, Any], case: str | None = None) -> flow.LoadReport:
        file = tmp_path / "records.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return flow.load(store, [file], case, last_used)

    return loaded


def _said(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: {name: value for name, value in row.items() if value not in (None, [])} for row in rows}


def _graph(nodes: dict[str, pl.DataFrame], relations: pl.DataFrame) -> dict[str, dict[str, Any]]:
    things = {kind: _said(rows.to_dicts()) for kind, rows in nodes.items()}
    return {**{kind: rows for kind, rows in things.items() if rows}, "relations": _said(relations.to_dicts())}


@pytest.fixture(scope="session")
def graph_of() -> Callable[[Store], dict[str, Any]]:
    """Return the nodes by kind and the relations that a store holds, by id, without what is empty.

    What the process that wrote last holds in memory is what stands in the file.
    """

    def held(store: Store) -> dict[str, Any]:
        found = _graph(*store.graph())
        if isinstance(store, EmbeddedStore):
            store.close()
            assert _graph(*store.graph()) == found
        return found

    return held


@pytest.fixture(scope="session")
def rebuilt() -> Callable[[Store], dict[str, Any]]:
    """Return the same as ``graph_of``, made from scratch out of all claims and decisions of the store."""

    def made(store: Store) -> dict[str, Any]:
        all_of_it = resolve(
            store.claims(), store.register("Source"), Decided(store.register("Decision")), store.catalog
        )
        return _graph(all_of_it.nodes, all_of_it.relations)

    return made


@pytest.fixture(scope="session")
def claims_of() -> Callable[[Store], dict[str, dict[str, Any]]]:
    """Return the claims of a store by id, without the moment they were recorded."""
    return lambda store: _said(store.claims().drop("recorded_at").to_dicts())
