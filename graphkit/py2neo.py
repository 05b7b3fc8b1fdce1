"""A py2neo ``Graph`` on a Neo4j store, for reading, and the kinds of the catalog as its OGM classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any

from graphkit import flow
from graphkit.engines import server
from graphkit.engines.address import Address
from graphkit.errors import ChooseAgain, Refused, Stop, StoreError
from graphkit.model.claim import COLUMNS
from graphkit.model.schema import Catalog, Kind
from graphkit.model.source import REGISTERS, register_schema
from graphkit.settings import Settings
from graphkit.stores.frames import node_columns
from graphkit.stores.neo4j.password import password

try:
    import py2neo
    from py2neo import errors as trouble
    from py2neo import ogm as py2neo_ogm
except ModuleNotFoundError as missing:
    if (missing.name or "").startswith("graphkit"):
        raise
    name = (missing.name or "py2neo").partition(".")[0]
    raise Stop(f"{name} is not installed. Install it with: pip install 'graphkit[py2neo]'.") from None

__all__ = ["PUBLISHED", "ReadingGraph", "graph", "ogm"]

PUBLISHED = "EXISTS { MATCH (g:Graphkit {id: 'store'}) WHERE _._since <= g.version }"
"""A condition for ``where`` of any match: leaves out what others wrote and what is still being loaded."""
_FAILURES = (
    trouble.ConnectionUnavailable, trouble.ConnectionBroken, trouble.ServiceUnavailable, trouble.ProtocolError,
    trouble.Neo4jError, ValueError, OSError,
)  # fmt: skip


class _Reading(py2neo.Transaction):  # type: ignore[misc]  # py2neo has no types
    """A transaction that the server lets read only; Refused says so to what writes."""

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None, **named: Any) -> Any:
        try:
            return super().run(cypher, parameters, **named)
        except trouble.Neo4jError as problem:
            if problem.title != "AccessMode":
                raise
            raise Refused(
                "This py2neo graph only reads: what is written past graphkit is no claim of anybody. "
                "Load records to change anything."
            ) from None


class ReadingGraph(py2neo.Graph):  # type: ignore[misc]  # py2neo has no types
    """A py2neo ``Graph`` whose transactions all read, those of matchers, ``Repository`` and ``update`` too."""

    def auto(self, readonly: bool = True) -> _Reading:
        """Return an auto-commit transaction; it reads, whatever ``readonly`` says."""
        return _Reading(self, autocommit=True, readonly=True)

    def begin(self, readonly: bool = True) -> _Reading:
        """Return a transaction; it reads, whatever ``readonly`` says."""
        return _Reading(self, autocommit=False, readonly=True)


def graph(address: str | None = None) -> ReadingGraph:
    """Return a py2neo graph on the store at an address as ``--store`` takes it, by default that of the settings.

    It reads only. User and database stand in the address, the password comes from the environment. Raises
    ChooseAgain for a store that is a file, StoreMissing for one without records, StoreError when the server is not
    there or refuses the password. What it shows is not redacted, and its queries do not pass the guard of
    ``graphkit query``.
    """
    where = Settings().store if address is None else address
    if "://" not in where:
        raise ChooseAgain(
            f"{where or 'The store'} is no Neo4j server, and py2neo reads nothing else. Give the address of one, "
            "such as neo4j://neo4j@localhost:7687/neo4j, or set GRAPHKIT_STORE to it."
        )
    with closing(flow.store_at(where)) as store:
        store.version()
    place = Address.of(where)
    try:
        return ReadingGraph(
            place.uri, name=place.database, auth=(place.user, password()), init_size=1, user_agent="graphkit"
        )
    except _FAILURES as problem:
        raise StoreError(
            f"py2neo cannot use {place.uri}, though graphkit can: {server.first_line(problem)}. "
            "Use the neo4j driver instead."
        ) from None


def ogm(catalog: Catalog | None = None) -> dict[str, type[Any]]:
    """Return py2neo ``Model`` classes by name: one for every kind of thing, ``Entity`` for all of them together,
    ``Source``, ``Case``, ``Decision``, ``Document``, ``Tombstone`` and ``Claim``; of the shipped catalog,
    unless another is given.

    A class has a property for every column of its nodes. A relation is an attribute of its own name on what it
    leads from, and with ``in_`` before it on what it leads to: ``person.EMPLOYED_BY``, ``bureau.in_EMPLOYED_BY``;
    one that is the same in both directions is one attribute. Each gives objects of the classes of the things found.
    Claims have ``ABOUT``, ``FROM`` and ``SAID_BY``. For reading: what these objects save is no claim.
    """
    catalog = catalog or flow.catalog()
    made: dict[str, type[Any]] = {}
    thing = _model("Entity", ("Entity",), ("id", "kind", "name"), {"wrap": _wrapping(made)})
    claim = _model("Claim", ("Claim",), COLUMNS, {})
    for kind in catalog.entities:
        columns = ("kind", *node_columns(kind))
        made[kind.name] = _model(kind.name, (kind.name, "Entity"), columns, _related(kind, catalog, thing, claim))
    for name in REGISTERS:
        labels, columns = ((name, "Entity"), ("kind",)) if name != "Decision" else ((name,), ())
        made[name] = _model(name, labels, (*columns, *register_schema(catalog, name)), {})
    for relation, end in (("ABOUT", thing), ("FROM", made["Source"]), ("SAID_BY", thing)):
        setattr(claim, relation, py2neo_ogm.RelatedTo(end, relation))
    for relation in ("FROM", "SAID_BY"):
        setattr(made["Source"], f"in_{relation}", py2neo_ogm.RelatedFrom(claim, relation))
    return made | {"Entity": thing, "Claim": claim}


def _model(name: str, labels: tuple[str, ...], columns: Iterable[str], more: dict[str, Any]) -> type[Any]:
    properties = {column: py2neo_ogm.Property() for column in columns}
    own = {"__module__": __name__, "__primarylabel__": labels, "__primarykey__": "id"}
    model: type[Any] = type(py2neo_ogm.Model)(name, (py2neo_ogm.Model,), {**properties, **more, **own})
    return model


def _wrapping(made: Mapping[str, type[Any]]) -> classmethod[Any, Any, Any]:
    """Return the method that makes of a node an object of the class of its kind."""

    def wrap(cls: type[Any], node: Any) -> Any:
        own = None if node is None else made.get(node["kind"])
        return own.wrap(node) if own else py2neo_ogm.Model.wrap.__func__(cls, node)

    return classmethod(wrap)


def _related(kind: Kind, catalog: Catalog, thing: type[Any], claim: type[Any]) -> dict[str, Any]:
    """Return the attributes that lead from things of this kind to others and to claims."""
    found = {f"in_{name}": py2neo_ogm.RelatedFrom(claim, name) for name in ("ABOUT", "SAID_BY")}
    for relation in catalog.relations:
        edge, name = relation.edge, relation.name
        if edge and edge.symmetric and kind.name in (*edge.from_kinds, *edge.to_kinds):
            found[name] = py2neo_ogm.Related(thing, name)
        elif edge:
            found |= {name: py2neo_ogm.RelatedTo(thing, name)} if kind.name in edge.from_kinds else {}
            found |= {f"in_{name}": py2neo_ogm.RelatedFrom(thing, name)} if kind.name in edge.to_kinds else {}
    return found
