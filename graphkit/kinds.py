"""The kinds of the shipped schema, and which of them are for what."""

from __future__ import annotations

from functools import cache

from graphkit.errors import ChooseAgain
from graphkit.model.schema import Catalog, Kind
from graphkit.settings import shipped


@cache
def catalog() -> Catalog:
    """Return the kinds of the shipped schema."""
    return Catalog.load(shipped("schema"))


def kinds(catalog: Catalog) -> dict[str, list[Kind]]:
    """Return the kinds of records by what they are: things, relations, observations, registers."""
    return {
        "Things": catalog.entities,
        "Relations": catalog.relations,
        "Observations of websites": [kind for kind in catalog if kind.observation],
        "Sources, documents, cases, decisions and tombstones": [kind for kind in catalog if kind.registry],
    }


def kinds_by_hand(catalog: Catalog) -> dict[str, list[Kind]]:
    """Return the kinds of records that people fill in: all but those that have commands of their own."""
    groups = {name: found for name, found in kinds(catalog).items() if not any(kind.registry for kind in found)}
    return groups | {"Sources and cases": [catalog["Source"], catalog["Case"]]}


def must_be_disputable(kind: str) -> None:
    """Raise ChooseAgain when this is no kind of thing or relation: of others nothing is contradicted."""
    known = catalog()[kind]
    if not (known.edge or known.is_entity):
        raise ChooseAgain(f"'{kind}' is no kind of thing or relation. 'graphkit add --list' lists these.")
