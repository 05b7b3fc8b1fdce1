"""Queries to start from: each runs on every store that holds anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from graphkit import flow
from graphkit.graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it asks, and of which kind the things are that its parameters name (None: any)."""

    title: str
    cypher: str
    names: Mapping[str, str | None] = field(default_factory=dict)


EXAMPLES = (
    Example(
        "What there is",
        "MATCH (n:Entity)\nRETURN n.kind AS kind, count(*) AS things\nORDER BY things DESC, kind",
    ),
    Example(
        "All that is said of one thing, and by whom",
        "MATCH (thing:Entity {id: $id})<-[:ABOUT]-(c:Claim)-[:FROM]->(s:Source)\n"
        "OPTIONAL MATCH (c)-[:SAID_BY]->(who)\n"
        "RETURN c.property AS property, c.value AS value, c.stance AS stance, who.name AS said_by, s.name AS source\n"
        "ORDER BY property, value",
        {"id": None},
    ),
    Example(
        "What one thing is linked to",
        "MATCH (thing:Entity {id: $id})-[r]-(other:Entity)\n"
        "RETURN thing, r, other\nORDER BY r.support DESC, other.id\nLIMIT 60",
        {"id": None},
    ),
    Example(
        "What sources contradict",
        "MATCH (n:Entity)\nWHERE size(n.disputed) > 0\nUNWIND n.disputed AS what\n"
        "RETURN n.id AS id, n.name AS thing, what, null AS other, null AS said_by, n.sources AS sources\n"
        "UNION\nMATCH (a:Entity)-[r]->(b:Entity)\nWHERE r.disputed\n"
        "RETURN a.id AS id, a.name AS thing, type(r) AS what, b.name AS other, r.claimants AS said_by, "
        "r.sources AS sources",
    ),
    Example(
        "Who says most, and how",
        "MATCH (c:Claim)-[:SAID_BY]->(who)\n"
        "RETURN who.name AS who, c.stance AS stance, count(*) AS claims\nORDER BY claims DESC, who\nLIMIT 25",
    ),
    Example(
        "Incidents in order of time",
        "MATCH (i:Incident)\nOPTIONAL MATCH (i)-[:OCCURRED_AT]->(place:Place)\n"
        "RETURN i.date AS date, i.name AS incident, place.name AS place, i.killed AS killed\n"
        "ORDER BY i.date_earliest, i.id",
    ),
    Example(
        "What is linked to the same things",
        "MATCH (thing:Entity {id: $id})-[]-(via:Entity)-[]-(other:Entity)\nWHERE other.id <> $id\n"
        "WITH other, via ORDER BY via.name\n"
        "RETURN other.id AS id, other.name AS name, collect(DISTINCT via.name) AS through\n"
        "ORDER BY size(through) DESC, id\nLIMIT 30",
        {"id": None},
    ),
    Example(
        "Websites that shared a host",
        "MATCH (a:Website)-[:HAS_DOMAIN]->()-[:RESOLVES_TO]->(h:Host)<-[:RESOLVES_TO]-()<-[:HAS_DOMAIN]-(b:Website)\n"
        "WHERE a.id < b.id\n"
        "RETURN h.ip AS host, count(DISTINCT a.id + b.id) AS pairs\nORDER BY pairs DESC, host\nLIMIT 20",
    ),
    Example(
        "Names that hold a text, in any writing",
        "MATCH (n:Entity)\nWHERE any(name IN n.names WHERE toLower(name) CONTAINS toLower($text))\n"
        "RETURN n.id AS id, n.kind AS kind, n.names AS names\nORDER BY id\nLIMIT 50",
        {"text": "text"},
    ),
)


def parameters(example: Example, view: Snapshot) -> dict[str, str]:
    """Return parameters for an example: the things of a case that most is said of, or the start of a name."""
    actors = pl.col("kind").is_in(flow.ACTORS)
    most = view.entities.sort(actors, "n_claims", "id", descending=[True, True, False])
    ids = iter(most["id"].to_list() * 2)
    return {name: most["name"][0].split()[0] if kind == "text" else next(ids) for name, kind in example.names.items()}
