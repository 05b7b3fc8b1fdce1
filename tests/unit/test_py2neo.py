"""Classes for py2neo are made from the catalog alone; what is missing is said in one line."""

from __future__ import annotations

import subprocess
import sys

import pytest
from py2neo.ogm import Property, Related, RelatedFrom, RelatedTo

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.model.claim import COLUMNS
from graphkit.model.schema import Kind
from graphkit.model.source import REGISTERS, register_schema
from graphkit.py2neo import graph, ogm
from graphkit.stores.frames import node_columns

CATALOG = flow.catalog()
MODELS = ogm()
OUR_OWN = {"__module__", "__doc__", "__primarylabel__", "__primarykey__", "__qualname__", "wrap"}


def properties(name: str) -> set[str]:
    return {key for key, value in vars(MODELS[name]).items() if isinstance(value, Property)}


def test_there_is_a_class_of_every_kind_of_thing_and_of_what_stands_beside_them() -> None:
    assert set(MODELS) == {kind.name for kind in CATALOG.entities} | set(REGISTERS) | {"Claim", "Entity"}


@pytest.mark.parametrize("kind", CATALOG.entities, ids=lambda kind: kind.name)
def test_a_class_has_a_property_for_every_column(kind: Kind) -> None:
    assert properties(kind.name) == {"kind", *node_columns(kind)}


def test_claims_and_registers_have_a_property_for_every_column() -> None:
    assert properties("Claim") == set(COLUMNS)
    for name in REGISTERS:
        assert properties(name) - {"kind"} == set(register_schema(CATALOG, name))


@pytest.mark.parametrize("relation", CATALOG.relations, ids=lambda kind: kind.name)
def test_a_relation_is_an_attribute_of_just_the_kinds_at_its_ends(relation: Kind) -> None:
    assert relation.edge
    for kind in CATALOG.entities:
        held = vars(MODELS[kind.name])
        starts, ends = kind.name in relation.edge.from_kinds, kind.name in relation.edge.to_kinds
        outward, inward = held.get(relation.name), held.get(f"in_{relation.name}")
        if relation.edge.symmetric:
            assert (type(outward) is Related, inward) == (starts or ends, None)
        else:
            assert (type(outward) is RelatedTo, type(inward) is RelatedFrom) == (starts, ends)


def test_no_name_of_the_catalog_hides_what_py2neo_needs() -> None:
    for model in MODELS.values():
        needed = {name for base in model.__mro__[1:] for name in vars(base)}
        assert set(vars(model)) & needed <= OUR_OWN


@pytest.mark.parametrize("address", ["graphkit.kgl", "", "/tmp/with space.kgl"])
def test_a_file_is_told_that_py2neo_reads_servers_only(address: str) -> None:
    with pytest.raises(ChooseAgain, match=r"is no Neo4j server.*neo4j://") as told:
        graph(address)
    assert "\n" not in str(told.value)


def test_an_address_that_holds_a_password_is_not_repeated() -> None:
    with pytest.raises(ChooseAgain, match="password does not belong") as told:
        graph("neo4j://neo4j:hunter2@localhost:7687/neo4j")
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("py2neo", "Stop py2neo is not installed. Install it with: pip install 'graphkit[py2neo]'."),
        ("interchange", "Stop interchange is not installed. Install it with: pip install 'graphkit[py2neo]'."),
        ("graphkit.stores.frames", "ModuleNotFoundError import of graphkit.stores.frames halted; None in sys.modules"),
    ],
)
def test_only_a_missing_driver_is_asked_to_be_installed(missing: str, said: str) -> None:
    program = (
        f"import sys\nsys.modules[{missing!r}] = None\n"
        "try:\n    import graphkit.py2neo\nexcept Exception as problem:\n    print(type(problem).__name__, problem)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == said
