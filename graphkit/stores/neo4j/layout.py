"""Constraints and indexes of a Neo4j store, made from the schema; ``schema/neo4j.cypher`` is their text."""

from __future__ import annotations

from graphkit.model.schema import Catalog

OWNED = ("Entity", "Claim", "Decision", "Graphkit")
"""Labels whose nodes are graphkit's alone."""
_CLAIM_KEYS = ("about", "anchor", "object", "claimant", "source", "property")


def statements(catalog: Catalog) -> list[str]:
    """Return the statements, in order; running them again changes nothing.

    Ids are unique among graphkit's own labels only, so they bind no data of others: labels such as ``Person``,
    which others use too, have an index and no constraint.
    """
    unique = [
        f"CREATE CONSTRAINT graphkit_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in OWNED
    ]
    claims = [f"CREATE INDEX graphkit_claim_{key} IF NOT EXISTS FOR (n:Claim) ON (n.{key})" for key in _CLAIM_KEYS]
    kinds = [kind.name for kind in catalog if (kind.is_entity or kind.registry) and kind.name not in OWNED]
    ids = [f"CREATE INDEX graphkit_{kind.lower()}_id IF NOT EXISTS FOR (n:{kind}) ON (n.id)" for kind in kinds]
    return [*unique, *claims, *sorted(ids)]


def as_file(catalog: Catalog) -> str:
    """Return the statements as a file that cypher-shell runs."""
    head = "// Constraints and indexes of graphkit in Neo4j, made from the kinds in this folder by docs/tables.py.\n"
    return head + "".join(f"{statement};\n" for statement in statements(catalog))
