import json

import pytest

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.ftm import COMPANY, PERSON, SHIP, THINGS, entity
from tests.importing import taken


def only(found, kind):
    (record,) = found.of(kind)
    return record


def test_a_dataset_is_the_source_and_its_publisher_says_what_is_of_it_alone():
    found = taken(PERSON, COMPANY)
    assert only(found, "Source") == {"kind": "Source", "id": "ftm:no_register", "name": "no_register"}
    assert only(found, "Group") == {
        "kind": "Group",
        "id": "ftm:publisher:no_register",
        "name": "publisher of no_register",
        "source": "ftm:no_register",
    }
    claims = found.batch.claims.filter(kind="Person")
    assert set(claims["source"]) == {"ftm:no_register"}
    assert set(claims["claimant"]) == {"ftm:publisher:no_register"}
    assert set(claims["locator"]) == {"p"}


def test_what_is_of_several_datasets_is_of_the_file_which_rests_on_them():
    both = entity("Company", "c", name="Kiln", about={"datasets": ["no_register", "eu_list"]})
    found = taken(PERSON, both, file="all.ftm.json")
    assert found.claim("ftm:c", "name")["source"] == "ftm:all.ftm.json"
    assert found.claim("ftm:c", "name")["claimant"] is None
    assert found.claim("ftm:c", "name")["note"] == "Datasets: no_register, eu_list."
    sources = {row["id"]: row["based_on"] for row in found.batch.registers["Source"].iter_rows(named=True)}
    assert sources == {
        "ftm:no_register": None,
        "ftm:eu_list": None,
        "ftm:all.ftm.json": ["ftm:no_register", "ftm:eu_list"],
    }


def test_what_is_of_no_dataset_is_of_the_file_and_nobody_says_it():
    found = taken(entity("Person", "p", name="Ada", about={}), file="mine.json")
    assert (found.claim("ftm:p", "name")["source"], found.claim("ftm:p", "name")["claimant"]) == ("ftm:mine.json", None)


def test_who_loads_may_name_the_source_and_who_says_it():
    found = taken(PERSON, COMPANY, source="leak", claimant="desk")
    claims = found.batch.claims.filter(kind="Person")
    assert (set(claims["source"]), set(claims["claimant"])) == ({"leak"}, {"desk"})
    assert [record["id"] for record in found.of("Source")] == ["leak"]


def statement(prop, value, dataset="no_register", **more):
    given = {"canonical_id": "c", "entity_id": "c-1", "prop": prop, "schema": "Company", "value": value}
    return given | {"dataset": dataset, "lang": None, "external": False} | more


STATEMENTS = [
    statement("id", "0a1b"),
    statement("name", "Kiln Works"),
    statement("name", "Kiln", "eu_list"),
    statement("jurisdiction", "no"),
]


@pytest.mark.parametrize("given", [STATEMENTS, [{"id": "c", "schema": "Company", "statements": STATEMENTS}]])
def test_statements_are_put_together_and_each_dataset_says_its_own(given):
    found = taken(*given)
    assert not found.rejects
    rows = found.batch.claims.filter(subject="ftm:c", property="name")
    assert dict(zip(rows["value"], rows["source"], strict=True)) == {
        "Kiln Works": "ftm:no_register",
        "Kiln": "ftm:eu_list",
    }
    assert "0a1b" not in found.batch.claims.write_json()


def test_what_states_nothing_is_rejected():
    given = {"id": "c", "schema": "Company", "statements": [statement("id", "0a1b")]}
    found = taken(given, {"id": "d", "schema": "X", "statements": [3]})
    assert found.rejects == [
        "a.json:[1]: has no statements; an entity needs some, or properties",
        "a.json:[2]: is no statement; it needs a canonical_id or entity_id, a schema, a prop, a value and a dataset",
    ]


def test_a_line_that_is_rejected_is_written_down_as_it_came(tmp_path):
    line = json.dumps(entity("Membership", "e", member="p"))
    (tmp_path / "a.jsonl").write_text(line)
    store, last = flow.store_at(str(tmp_path / "a.kgl")), LastUsed(tmp_path / "state")
    report = flow.load(store, [tmp_path / "a.jsonl"], None, last)
    assert [reject.again for reject in report.rejects] == [line]


def test_what_has_no_place_is_counted_by_name_and_said():
    found = taken(PERSON | {"first_seen": "2024-01-01", "target": True}, SHIP | {"first_seen": "2024-01-01"})
    assert found.origin.notes() == [
        "a.json: read as FollowTheMoney.",
        "a.json: no place here for first_seen (2), target (1).",
    ]


def test_of_very_many_names_the_most_frequent_are_said_on_one_line():
    many = {f"x\n{number}": "y" for number in range(150)}
    note = taken(PERSON | {"first_seen": "2024"}, SHIP | {"first_seen": "2024"} | many).origin.notes()[-1]
    assert note.startswith("a.json: no place here for first_seen (2), x ")
    assert note.endswith(" and 51 names more.")
    assert "\n" not in note


def test_loading_twice_changes_nothing(tmp_path):
    path = tmp_path / "entities.jsonl"
    edge = entity("Directorship", "d", director="p", organization="c", role="chair")
    mixed = entity("Company", "m", name="Kiln", about={"datasets": ["no_register", "eu_list"]})
    path.write_text("\n".join(map(json.dumps, [*THINGS, edge, mixed])))
    store, last = flow.store_at(str(tmp_path / "a.kgl")), LastUsed(tmp_path / "state")
    first, second = (flow.load(store, [path], None, last) for _ in range(2))
    assert (first.new_claims > 5, first.rejected) == (True, 0)
    assert (second.new_claims, second.replaced) == (0, [])
