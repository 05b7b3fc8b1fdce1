"""Records that entities of FollowTheMoney carry are checked like all records, whatever somebody made of the file."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.ingest.batch import gather
from graphkit.ingest.importers import Origin, imported
from graphkit.ingest.record import Record
from graphkit.model.ftm import KEY, carried, carrying, id_of
from tests.altered import anything, places, put
from tests.ftm_entities import ID

SOURCE = {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
LINES = [
    {"id": "case", "schema": "Folder", "properties": {"title": ["c"]}, "datasets": ["c"], **carrying({}, [])},
    {"id": "doc", "schema": "Document", "properties": {}, **carrying({"id": "s", "kind": "Source"}, [SOURCE])},
    {"id": "x-1", "schema": "Person", "properties": {"name": ["Other"], "religion": ["xyzzy"]}, "datasets": ["s"],
     **carrying({"id": "p", "kind": "Person"}, [PERSON])},
]  # fmt: skip


def batch_of(catalog, lines):
    origin = Origin("a.ftm.jsonl", catalog)
    records = (Record(f"a.ftm.jsonl:{number}", line) for number, line in enumerate(lines, start=1))
    return gather(imported(records, origin), catalog, lambda ids: {}, "2026-01-01"), origin


def test_what_entities_carry_is_taken_and_nothing_is_made_of_the_entities(catalog):
    batch, origin = batch_of(catalog, LINES)
    assert (batch.read, batch.accepted, batch.rejects, batch.refused_names) == (2, 2, [], [])
    assert batch.registers["Source"]["id"].to_list() == ["s"]
    assert batch.claims.select("subject", "property", "value", "source").rows() == [("p", "name", "P", "s")]
    assert origin.notes()[-1] == "a.ftm.jsonl: the records of graphkit in it are taken as they are."


@pytest.mark.parametrize("value", [None, [], 1, {}, {"records": [PERSON]}, {"thing": [], "records": []}])
def test_an_entity_without_records_carries_nothing(value):
    assert carried({"id": "a", "schema": "Person", "properties": {}, KEY: value}) is None


PLACES = [path for path in places(LINES) if len(path) > 1]


@settings(max_examples=300)
@given(path=st.sampled_from(PLACES), value=anything(KEY, "Person", "p"))
def test_whatever_stands_in_an_entity_is_taken_or_rejected(catalog, path, value):
    lines = copy.deepcopy(LINES)
    put(lines, path, value)
    batch, _ = batch_of(catalog, lines)
    assert batch.read == batch.accepted + len(batch.rejects)
    assert all(str(reject) for reject in batch.rejects)


def test_what_is_carried_and_no_record_is_rejected_with_its_place(catalog):
    lines = copy.deepcopy(LINES)
    lines[2][KEY]["records"] += [3, {"kind": "Persn"}]
    batch, _ = batch_of(catalog, lines)
    assert [reject.place for reject in batch.rejects] == ["a.ftm.jsonl:3", "a.ftm.jsonl:3"]


def test_what_is_refused_of_persons_is_refused_in_what_is_carried_too(catalog):
    lines = copy.deepcopy(LINES)
    lines[2][KEY]["records"] = [{**PERSON, "religion": "xyzzy"}]
    batch, _ = batch_of(catalog, lines)
    assert (batch.refused_names, batch.rejects) == (["religion"], [])
    assert "xyzzy" not in str(batch.claims.to_dicts())


def test_entities_of_others_link_to_what_ours_stand_for(catalog):
    ours = {"id": "o-1", "schema": "Organization", "properties": {}}
    ours |= carrying({"id": "o", "kind": "Organization"}, [{**PERSON, "kind": "Organization", "id": "o"}])
    edge = {"employee": ["x-1"], "employer": ["o-1"]}
    link = {"id": "e-1", "schema": "Employment", "properties": edge, "datasets": ["d"]}
    batch, _ = batch_of(catalog, [*LINES, ours, link])
    links = batch.claims.filter(batch.claims["property"] == "EMPLOYED_BY")
    assert links.select("anchor", "value", "claimant").rows() == [("p", "o", "ftm:publisher:d")]


def test_an_id_that_came_from_others_goes_out_as_it_came():
    assert id_of("ftm:NK-a.b") == "NK-a.b"


@given(name=st.text() | st.text().map("ftm:{}".format))
def test_every_id_is_one_that_others_take(name):
    assert ID.fullmatch(id_of(name)) and len(id_of(name)) <= 255
    assert id_of(f"ftm:{id_of('x')}") != id_of("x")
