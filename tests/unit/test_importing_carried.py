"""Records that a STIX bundle carries are checked like all records, whatever somebody made of the bundle."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.ingest.batch import gather
from graphkit.ingest.importers import Origin, imported
from graphkit.ingest.readers import read
from graphkit.ingest.record import Record
from graphkit.model.stix import EXTENSION, MAKER, carried, carrying, timestamp
from tests.altered import anything, places, put

SOURCE = {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
BUNDLE = {
    "type": "bundle",
    "id": "bundle--1",
    "objects": [
        {"type": "identity", "id": MAKER, "name": "graphkit"},
        {"type": "extension-definition", "id": EXTENSION, "name": "graphkit records"},
        {"type": "marking-definition", "id": "marking-definition--1", "definition": {"statement": "Read with care."}},
        {"type": "grouping", "id": "grouping--1", **carrying({"elsewhere": {"file--1": {"id": "f", "kind": "X"}}}, [])},
        {"type": "report", "id": "report--1", **carrying({"id": "s", "kind": "Source"}, [SOURCE])},
        {"type": "identity", "id": "identity--1", **carrying({"id": "p", "kind": "Person"}, [PERSON])},
        {"type": "file", "id": "file--1", "name": "of the grouping"},
        {"type": "graphkit-website", "id": "graphkit-website--1", **carrying({"id": "w", "kind": "Website"}, [], True)},
    ],
}


def batch_of(catalog, document):
    origin = Origin("a.stix.json", catalog)
    batch = gather(imported(iter([Record("a.stix.json:[1]", document)]), origin), catalog, lambda ids: {}, "2026-01-01")
    return batch, origin


def test_what_objects_carry_is_taken_and_nothing_is_made_of_the_objects(catalog):
    batch, origin = batch_of(catalog, BUNDLE)
    assert (batch.read, batch.accepted, batch.rejects) == (2, 2, [])
    assert batch.registers["Source"]["id"].to_list() == ["s"]
    assert batch.claims.select("subject", "property", "value", "source").rows() == [("p", "name", "P", "s")]
    assert origin.notes()[-1] == "a.stix.json: the records of graphkit in it are taken as they are."


@pytest.mark.parametrize("own_type", [False, True])
def test_what_is_carried_is_found(own_type):
    assert carried(carrying({"id": "p"}, [PERSON], own_type)) == ({"id": "p"}, [PERSON])


@pytest.mark.parametrize("value", [None, [], 1, {EXTENSION: []}, {EXTENSION: {"graphkit_records": [PERSON]}}])
def test_an_object_without_the_extension_carries_nothing(value):
    assert carried({"type": "identity", "id": "identity--1", "extensions": value}) is None


PLACES = [path for path in places(BUNDLE) if len(path) > 2]


@settings(max_examples=300)
@given(path=st.sampled_from(PLACES), value=anything(EXTENSION, "identity--1", "p"))
def test_whatever_stands_in_a_bundle_is_taken_or_rejected(catalog, path, value):
    document = copy.deepcopy(BUNDLE)
    put(document, path, value)
    batch, _ = batch_of(catalog, document)
    assert batch.read == batch.accepted + len(batch.rejects)
    assert all(str(reject) for reject in batch.rejects)


def test_what_is_carried_and_no_record_is_rejected_with_its_place(catalog):
    document = copy.deepcopy(BUNDLE)
    document["objects"][5]["extensions"][EXTENSION]["graphkit_records"] += [3, {"kind": "Persn"}]
    batch, _ = batch_of(catalog, document)
    assert [reject.place for reject in batch.rejects] == ["a.stix.json:[6]", "a.stix.json:[6]"]
    assert "is no record" in batch.rejects[0].problem


def test_what_is_refused_of_persons_is_refused_in_a_bundle_too(catalog):
    document = copy.deepcopy(BUNDLE)
    record = {**PERSON, "religion": "xyzzy"}
    document["objects"][5]["extensions"][EXTENSION]["graphkit_records"] = [record]
    batch, _ = batch_of(catalog, document)
    assert (batch.refused_names, batch.rejects) == (["religion"], [])
    assert "xyzzy" not in str(batch.claims.to_dicts())


def test_a_bundle_is_read_from_its_file(catalog, tmp_path):
    file = tmp_path / "case.stix.json"
    file.write_text(json.dumps(BUNDLE), encoding="utf-8")
    records = list(imported(read(file), Origin(file.name, catalog)))
    assert [(record.place, record.data) for record in records] == [
        ("case.stix.json:[5]", SOURCE), ("case.stix.json:[6]", PERSON),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014", "2014-01-01T00:00:00.000Z"),
        ("201X", "2010-01-01T00:00:00.000Z"),
        ("2014-03-01?", "2014-03-01T00:00:00.000Z"),
        ("2014-03-01T12:30:00+02:00", "2014-03-01T10:30:00.000Z"),
        ("2014-03-01 12:30:00.123456", "2014-03-01T12:30:00.123Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00.000Z"),
        ("2014/2015", "2014-01-01T00:00:00.000Z"),
    ],
)
def test_a_date_is_a_timestamp_in_utc(text, moment):
    assert timestamp(text) == moment


@pytest.mark.parametrize("text", ["../2014", "yesterday", ""])
def test_a_date_without_a_beginning_is_no_timestamp(text):
    with pytest.raises(ValueError):
        timestamp(text)
