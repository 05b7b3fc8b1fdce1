"""py2neo reads a Neo4j store: matching, objects, rows in bulk; and writes nothing to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest
from py2neo import IN, STARTS_WITH, ClientError, Node
from py2neo.matching import NodeMatcher, RelationshipMatcher
from py2neo.ogm import Repository

from graphkit import flow
from graphkit.errors import Refused
from graphkit.last_used import LastUsed
from graphkit.model.schema import Kind
from graphkit.model.source import REGISTERS
from graphkit.py2neo import PUBLISHED, ReadingGraph, graph, ogm
from graphkit.stores import Store

MODELS = ogm()
ENDS = ("from", "from_kind", "to", "to_kind")
ENTITIES = [kind.name for kind in flow.catalog().entities]
NOTHING = pl.DataFrame()


@pytest.fixture(scope="module")
def store(servers: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The seed on a server. Read only."""
    found = flow.store_at(servers("seed").address)
    flow.load_seed(found, LastUsed(tmp_path_factory.mktemp("py2neo")))
    yield found
    found.close()


@pytest.fixture(scope="module")
def reading(store: Store) -> ReadingGraph:
    return graph(store.address)


@pytest.fixture(scope="module")
def held(store: Store) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    return store.graph()


def said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, [])}


def test_the_store_of_the_settings_is_the_default(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHKIT_STORE", store.address)
    assert graph().evaluate("MATCH (n:Person) RETURN count(n)") > 0


@pytest.mark.parametrize("name", [*ENTITIES, *REGISTERS, "Claim"])
def test_objects_of_a_class_are_what_the_store_holds(store: Store, reading: ReadingGraph, held: Any, name: str) -> None:
    """Kinds of which the seed has nothing find nothing."""
    rows = (
        store.claims() if name == "Claim" else store.register(name) if name in REGISTERS else held[0].get(name, NOTHING)
    )
    found = MODELS[name].match(reading)
    assert len(found) == len(found.where(PUBLISHED)) == rows.height
    objects = {thing.id: thing for thing in found}
    for row in rows.to_dicts():
        thing = objects[row["id"]]
        assert type(thing) is MODELS[name]
        assert said({column: getattr(thing, column) for column in row}) == said(row)


@pytest.mark.parametrize("relation", flow.catalog().relations, ids=lambda kind: kind.name)
def test_a_relation_is_found_from_both_ends(reading: ReadingGraph, held: Any, relation: Kind) -> None:
    """Kinds of which the seed has no relation find none."""
    assert relation.edge
    of_this = held[1].filter(type=relation.name)
    if of_this.is_empty():
        assert len(RelationshipMatcher(reading).match(r_type=relation.name)) == 0
        return
    row = of_this.row(0, named=True)
    start = MODELS[row["from_kind"]].match(reading, row["from"]).first()
    end = MODELS[row["to_kind"]].match(reading, row["to"]).first()
    outward, inward = relation.name, relation.name if relation.edge.symmetric else f"in_{relation.name}"
    for one, name, other in ((start, outward, end), (end, inward, start)):
        related = getattr(one, name)
        assert other in related
        assert related.get(other, "id") == row["id"]
        assert related.get(other, "support") == row["support"]
        there = {far.id: type(far) for far in related}
        assert there[other.id] is type(other)


def test_a_claim_leads_to_its_thing_its_source_and_who_said_it(store: Store, reading: ReadingGraph) -> None:
    row = (
        store.claims()
        .filter(pl.col("claimant").is_not_null() & (pl.col("about") == pl.col("anchor")))
        .row(0, named=True)
    )
    claim = MODELS["Claim"].match(reading, row["id"]).first()
    (thing,), (source,), (speaker,) = claim.ABOUT, claim.FROM, claim.SAID_BY
    assert (thing.id, source.id, speaker.id) == (row["about"], row["source"], row["claimant"])
    assert type(thing) is MODELS[row["anchor_kind"]] and type(speaker) is MODELS[row["claimant_kind"]]
    assert claim in thing.in_ABOUT and claim in source.in_FROM and claim in speaker.in_SAID_BY


def test_entity_finds_things_of_all_kinds(reading: ReadingGraph) -> None:
    for id_, kind in (("yang-shaowen", "Person"), ("china", "Place"), ("china-daily-2014-11-28", "Source")):
        thing = MODELS["Entity"].match(reading, id_).first()
        assert type(thing) is MODELS[kind] and thing.id == id_


def test_matches_take_conditions_order_and_bounds(reading: ReadingGraph, held: Any) -> None:
    hosts = sorted(row["id"] for row in held[0]["Host"].to_dicts())
    match = MODELS["Host"].match(reading).order_by("_.id")
    assert [host.id for host in match.skip(3).limit(4)] == hosts[3:7]
    assert MODELS["Host"].match(reading, "host:nowhere").first() is None
    incidents = MODELS["Incident"].match(reading).where("_.date_earliest < '2015'", id=STARTS_WITH("kun"))
    assert [incident.id for incident in incidents] == ["kunming-2014-03-01"]
    assert {p.id for p in MODELS["Person"].match(reading).where(id=IN(["yang-shaowen", "nobody"]))} == {"yang-shaowen"}


@pytest.mark.parametrize("hostile", ["' OR 1=1 //", "`}) DETACH DELETE n //", '"', "\\", "\x00", "𝕏' \u202e"])
def test_values_of_a_match_are_values(reading: ReadingGraph, hostile: str) -> None:
    assert MODELS["Person"].match(reading, hostile).all() == []
    assert NodeMatcher(reading).match("Person", name=hostile).all() == []


def test_a_repository_on_the_graph_finds_the_same(reading: ReadingGraph) -> None:
    repository = Repository.wrap(reading)
    yang = repository.get(MODELS["Person"], "yang-shaowen")
    assert [bureau.name for bureau in yang.EMPLOYED_BY] == ["International Cooperation Bureau"]
    assert repository.exists(yang)
    repository.reload(yang)
    assert yang.names == ["Yang Shaowen"]
    assert repository.match(MODELS["Person"]).count() == MODELS["Person"].match(reading).count()


def test_nodes_match_by_their_labels_in_any_order(reading: ReadingGraph, held: Any) -> None:
    matcher = NodeMatcher(reading)
    for labels in (("Person", "Entity"), ("Entity", "Person"), ("Person",)):
        assert len(matcher.match(*labels).where(PUBLISHED)) == held[0]["Person"].height
    node = matcher.match("Entity", id="yang-shaowen").first()
    assert set(node.labels) == {"Entity", "Person"} and node["names"] == ["Yang Shaowen"] and node["_since"] >= 1
    assert len(matcher.match("Person").where("'Yang Shaowen' IN _.names")) == 1


def test_relations_match_by_type_and_end(reading: ReadingGraph, held: Any) -> None:
    matcher = RelationshipMatcher(reading)
    wanted = {row["id"]: row for row in held[1].filter(type="MEMBER_OF").to_dicts()}
    found = {r["id"]: r for r in matcher.match(r_type="MEMBER_OF").where(PUBLISHED)}
    assert set(found) == set(wanted)
    for id_, relation in found.items():
        row, own = wanted[id_], dict(relation)
        assert own.pop("_since") >= 1
        assert said(own) == said({name: row[name] for name in row if name not in {"type", *ENDS}})
        assert (relation.start_node["id"], relation.end_node["id"]) == (row["from"], row["to"])
    china = reading.nodes.match("Place", id="china").first()
    at_china = held[1].filter((pl.col("from") == "china") | (pl.col("to") == "china"))
    assert {r["id"] for r in matcher.match({china, None}).where("_.n_claims > 0")} == set(at_china["id"])


def test_all_claims_come_as_one_frame(store: Store, reading: ReadingGraph) -> None:
    claims = store.claims()
    columns = ", ".join(f"_.{name} AS {name}" for name in claims.columns)
    rows = reading.run(f"MATCH (_:Claim) WHERE {PUBLISHED} RETURN {columns}").data()
    found = pl.DataFrame(rows, schema=claims.schema).sort("id")
    assert found.equals(claims)
    pandas = reading.run("MATCH (c:Claim) RETURN c.id AS id, c.value AS value ORDER BY id").to_data_frame()
    assert pandas["value"].tolist() == claims["value"].to_list()


def everything(reading: ReadingGraph) -> Any:
    return reading.evaluate("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN [count(DISTINCT n), count(r)]")


WRITES: dict[str, Callable[[ReadingGraph], Any]] = {
    "run": lambda g: g.run("CREATE (n:Person {id: 'x'})"),
    "evaluate": lambda g: g.evaluate("MATCH (n:Person) SET n.name = 'x' RETURN 1"),
    "update": lambda g: g.update("MATCH (n) DETACH DELETE n"),
    "delete_all": lambda g: g.delete_all(),
    "create": lambda g: g.create(Node("Person", id="x")),
    "merge": lambda g: g.merge(Node("Person", id="x"), "Person", "id"),
    "delete": lambda g: g.delete(g.nodes.match("Person").first()),
    "begin": lambda g: g.begin(readonly=False).run("CREATE (n:Person {id: 'x'})"),
    "auto": lambda g: g.auto(readonly=False).run("CREATE (n:Person {id: 'x'})"),
    "schema": lambda g: g.run("CREATE INDEX x FOR (n:X) ON (n.y)"),
    "save": lambda g: Repository.wrap(g).save(MODELS["Person"]("x")),
    "save changed": lambda g: Repository.wrap(g).save(_renamed(g)),
    "delete object": lambda g: Repository.wrap(g).delete(MODELS["Person"].match(g).first()),
    "second statement": lambda g: [g.run("RETURN 1").evaluate(), g.run("MATCH (n) REMOVE n.id")],
}


def _renamed(g: ReadingGraph) -> Any:
    person = MODELS["Person"].match(g, "yang-shaowen").first()
    person.name = "x"
    return person


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_no_way_of_writing_writes(store: Store, reading: ReadingGraph, write: Callable[[ReadingGraph], Any]) -> None:
    before, version = everything(reading), store.version()
    with pytest.raises(Refused, match="Load records") as told:
        write(reading)
    assert "\n" not in str(told.value)
    assert (everything(reading), store.version()) == (before, version)


def test_a_query_that_is_wrong_keeps_the_words_of_the_server(reading: ReadingGraph) -> None:
    with pytest.raises(ClientError, match="SyntaxError"):
        reading.run("RETUR 1")


@pytest.mark.parametrize(
    "call",
    [
        lambda s: s.create_index("Person", "name"),
        lambda s: s.create_uniqueness_constraint("Person", "name"),
        lambda s: s.drop_index("Person", "name"),
        lambda s: s.drop_uniqueness_constraint("Person", "name"),
        lambda s: s.get_indexes("Person"),
        lambda s: s.get_uniqueness_constraints("Person"),
    ],
)  # fmt: skip
def test_what_py2neo_says_of_indexes_and_constraints_breaks(reading: ReadingGraph, call: Callable[[Any], Any]) -> None:
    with pytest.raises(ClientError, match=r"SyntaxError|ProcedureNotFound"):
        call(reading.schema)
    assert "Person" in reading.schema.node_labels
