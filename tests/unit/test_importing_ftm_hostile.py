import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.budget import budget
from tests.ftm import COMPANY, PERSON, entity
from tests.importing import ANY_JSON, paths, put, taken

WHOLE = {
    "things": [
        entity("Person", "p1", name=["Ada", "A. V."], email="ada@a.example", topics="role.pep", gender="female"),
        entity("Company", "c1", name="Kiln", addressEntity=entity("Address", "a1", full="1 Quay"), parent="c2"),
        entity("UserAccount", "u1", username="kiln", service="forum", owner="p1"),
        entity("Pages", "d1", title="Minutes", publishedAt="2014-01-01"),
        entity("Event", "e1", name="Opening", date="2014-05-01", involved="c1"),
    ],
    "edges": [
        entity("Ownership", "o1", owner="p1", asset="c1", percentage="51", startDate="2014-03-01"),
        entity("Payment", "y1", payer="c1", beneficiary="p1", amount="1", date="2019"),
    ],
    "stated": [
        {"id": "s1", "schema": "Company", "statements": [{"prop": "name", "value": "Kiln", "dataset": "x"}]},
        {"canonical_id": "s2", "schema": "Company", "prop": "name", "value": "Kiln", "dataset": "x"},
    ],
}
PATHS = [path for path in paths(WHOLE) if len(path) > 2]
LAST = entity("Organization", "last", name="Last")


def objects(given):
    return [PERSON, *given["things"], *given["edges"], *given["stated"], LAST]


@budget(40, 500)
@given(st.sampled_from(PATHS), ANY_JSON)
@example(("things", 0, "properties", "name"), "x" * 10_000_000)
@example(("things", 0, "schema"), "x" * 10_000_000)
@example(("things", 0, "id"), "x" * 10_000_000)
@example(("things", 0, "properties", "name"), ["\ud800"])
@example(("things", 2, "properties", "username"), ["a\nb"])
@example(("stated", 0, "statements"), [None, 3, {"prop": []}])
@example(("edges", 0, "datasets"), ["a\nb", {}, None, 7])
def test_whatever_stands_in_an_entity_nothing_is_raised_and_the_rest_is_taken(path, value):
    found = taken(*objects(put(WHOLE, path, value)))
    assert {"ftm:p", "ftm:last"} <= set(found.batch.claims["subject"])


@budget(30, 500)
@given(st.lists(ANY_JSON | st.sampled_from([PERSON, COMPANY]), max_size=5))
def test_no_object_is_passed_over_in_silence(given):
    given = [one for one in given if isinstance(one, dict)]
    found = taken(PERSON, *given)
    places = {record.place for record in found.records}
    assert all(f"a.json:[{number}]" in places for number in range(1, len(given) + 2))


@pytest.mark.parametrize("where", ["name", "owner", "od", "religion"])
def test_what_is_nested_deeply_is_rejected_or_counted(where):
    deep: object = "x"
    for _ in range(5000):
        deep = {"a": [deep]}
    found = taken(entity("Vessel", "v", name="MV Kiln") | {"properties": {"name": "MV Kiln", where: deep}}, LAST)
    assert found.lost.get(where, 0) + found.batch.refused_fields + len(found.rejects) > 0
    assert "ftm:last" in set(found.batch.claims["subject"])


def test_entities_inside_of_each_other_are_read_however_deep():
    given = entity("Company", "c0", name="Kiln")
    for number in range(1, 3000):
        given = entity("Company", f"c{number}", name="Kiln", parent=given)
    found = taken(given)
    assert not found.rejects
    assert len(found.records_of_relations()) == 2999


def test_ten_thousand_names_are_taken_and_more_are_rejected_with_a_sentence():
    many = [f"Kiln {number}" for number in range(10_002)]
    assert not taken(entity("Company", name=many[:10_001])).rejects
    assert taken(entity("Company", name=many)).rejects == [
        "a.json:[1]: name: holds 10,001 values; 10,000 are allowed",
    ]


def test_an_edge_of_many_ends_is_rejected_and_makes_no_millions_of_records():
    many = [f"c{number}" for number in range(5000)]
    (problem,) = taken(PERSON, entity("UnknownLink", "e", subject=many, object=many)).rejects
    assert problem == ("a.json:[2]: subject: links 25,000,000 pairs; 10,000 are allowed, so write several of them")


def test_one_id_of_two_kinds_is_rejected_and_links_lead_to_the_first():
    found = taken(
        entity("Person", "x", name="Ada"),
        entity("Company", "x", name="Kiln"),
        entity("Organization", "o", name="Guild"),
        entity("Employment", "e", employee="x", employer="o"),
    )
    assert found.rejects == [
        "a.json:[2]: id: 'ftm:x' is of kind Person already and cannot be Organization too; use another id"
    ]
    assert [made["kind"] for made in found.records_of_relations()] == ["EMPLOYED_BY"]
