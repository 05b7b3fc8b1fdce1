import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.ingest.batch import gather
from graphkit.ingest.record import Record
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
NOW = "2026-11-24T00:00:00+00:00"
SOURCE = {"kind": "Source", "id": "s", "name": "A paper"}
PERSON = {"kind": "Person", "id": "p", "name": "Somebody", "source": "s"}
ORG = {"kind": "Organization", "id": "o", "name": "A body", "source": "s"}
INCIDENT = {"kind": "Incident", "id": "i", "killed": 29, "source": "s"}
DECISION = {"kind": "Decision", "id": "d", "action": "read", "about": "i", "property": "killed", "value": "29"} | {
    "read_as": "30", "who": "me", "when": "2026", "why": "a reason"
}  # fmt: skip
EMPLOYED = {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "source": "s"}


def load(*records, known=None):
    rows = [Record(f"x.jsonl:{number}", data) for number, data in enumerate(records, start=1)]
    batch = gather(rows, CATALOG, lambda ids: {i: k for i, k in (known or {}).items() if i in ids}, NOW)
    assert batch.read == batch.accepted + len(batch.rejects) == len(records)
    return batch


def rejected(*records, known=None):
    return [str(reject) for reject in load(*records, known=known).rejects]


def test_good_records_are_all_taken():
    batch = load(SOURCE, PERSON, ORG, EMPLOYED, INCIDENT, DECISION)
    assert (batch.rejects, batch.warnings, batch.refused_fields, batch.cited) == ([], [], 0, ["s"])
    assert len(batch.claims) == 4
    assert set(batch.claims["source"]) == {"s"}
    assert set(batch.claims["recorded_at"]) == {NOW}


def test_a_reference_may_point_further_down_or_into_the_store():
    assert rejected(EMPLOYED, ORG, PERSON, SOURCE) == []
    assert rejected(EMPLOYED, known={"s": "Source", "p": "Person", "o": "Organization"}) == []


@pytest.mark.parametrize("field", ["source", "claimant", "from", "to"])
def test_a_reference_to_nothing_is_rejected_with_its_field(field):
    (reject,) = rejected(SOURCE, PERSON, ORG, EMPLOYED | {field: "nowhere"})
    assert reject == f"x.jsonl:4: {field}: 'nowhere' names nothing in this load or in the store; load its record too"


def test_a_source_based_on_nothing_is_rejected():
    assert "based_on nowhere: 'nowhere' names nothing" in rejected(SOURCE | {"based_on": ["nowhere"]})[0]


def test_a_source_must_be_a_source():
    assert rejected(SOURCE, PERSON, ORG | {"source": "p"}) == [
        "x.jsonl:3: source: 'p' is of kind Person and not a Source"
    ]
    assert (
        "'p' is of kind Person and not a Source" in rejected(SOURCE, PERSON, SOURCE | {"id": "t", "based_on": "p"})[0]
    )


def test_who_says_something_is_a_person_a_group_an_organization_or_a_place():
    others = [{"kind": kind, "id": kind, "name": kind, "source": "s"} for kind in ("Group", "Place", "ContentItem")]
    for claimant in ("p", "o", "Group", "Place"):
        assert rejected(SOURCE, PERSON, ORG, *others, INCIDENT | {"claimant": claimant}) == []
    for claimant, kind in (("ContentItem", "ContentItem"), ("s", "Source"), ("j", "Incident")):
        assert rejected(SOURCE, *others, INCIDENT | {"id": "j"}, INCIDENT | {"claimant": claimant}) == [
            f"x.jsonl:6: claimant: '{claimant}' is of kind {kind}; "
            "who says something is a Person, Group, Organization or Place"
        ]


def test_what_rests_on_a_rejected_record_is_rejected_too():
    first = {"kind": "Source", "id": "s", "name": "x", "based_on": ["nowhere"]}
    wrong = rejected(first, PERSON, ORG, EMPLOYED, INCIDENT | {"claimant": "p"})
    assert [line.split(":")[1] for line in wrong] == list("12345")
    assert rejected(SOURCE, PERSON | {"name": []}, ORG, EMPLOYED)[1].startswith(
        "x.jsonl:4: from: 'p' was rejected at x.jsonl:2; mend that first"
    )


def test_one_id_has_one_kind():
    words = "'p' is of kind Person already and cannot be Organization too"
    assert words in rejected(SOURCE, PERSON, ORG | {"id": "p"})[0]
    assert words in rejected(SOURCE, ORG | {"id": "p"}, known={"p": "Person"})[0]
    assert "cannot be Person too" in rejected(SOURCE, PERSON | {"id": "s"})[0]


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [("SUSPECTED_OF", "p", "i"), ("CLAIMED_RESPONSIBILITY", "p", "i"), ("PARTICIPATED_IN", "o", "i"),
     ("MEMBER_OF", "p", "o"), ("PUBLISHED", "p", "c"), ("HOSTED_CONTENT", "o", "c"), ("ALIAS_OF", "p", "q")],
)  # fmt: skip
@pytest.mark.parametrize("stance", ["asserts", "denies", "reports", "retracts"])
def test_an_accusation_without_a_claimant_is_rejected(kind, start, end, stance):
    others = [PERSON | {"id": "q"}, {"kind": "ContentItem", "id": "c", "name": "item", "source": "s"}]
    record = {"kind": kind, "from": start, "to": end, "source": "s", "stance": stance}
    everything = [SOURCE, PERSON, ORG, INCIDENT, *others]
    assert rejected(*everything, record) == [
        f"x.jsonl:7: claimant: is missing; {kind} is an allegation and must say who makes it"
    ]
    assert rejected(*everything, record | {"claimant": "o"}) == []


def test_an_alias_between_bodies_needs_no_claimant():
    assert rejected(SOURCE, ORG, ORG | {"id": "q"}, {"kind": "ALIAS_OF", "from": "o", "to": "q", "source": "s"}) == []


def test_ends_must_fit_the_relation():
    assert "from: 'i' is of kind Incident; EMPLOYED_BY takes Person, Group" in rejected(
        SOURCE, INCIDENT, ORG, EMPLOYED | {"from": "i"}
    )[0]  # fmt: skip
    assert "to: 'p' is of kind Person; EMPLOYED_BY takes" in rejected(SOURCE, PERSON, EMPLOYED | {"to": "p"})[0]


def test_nothing_is_linked_to_itself():
    assert rejected(SOURCE, ORG, {"kind": "PART_OF", "from": "o", "to": "o", "source": "s"}) == [
        "x.jsonl:3: to: 'o' is both ends of this PART_OF"
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"property": "kiled"}, "property: 'kiled' is no property of a Incident. Did you mean 'killed'?"),
        ({"read_as": "many"}, "read_as: must be a number"),
        ({"value": "many"}, "value: must be a number"),
        ({"property": "date", "value": "2014", "read_as": "March"}, "read_as: 'March' is not an EDTF date"),
        ({"about": "s"}, "about: 's' is of kind Source; this is decided on a thing"),
        ({"about": "nowhere"}, "about: 'nowhere' names nothing"),
    ],
)
def test_a_correction_must_read_as_a_value_of_its_property(change, words):
    assert words in rejected(SOURCE, INCIDENT, DECISION | change)[0]


def test_a_correction_is_kept_in_normal_form():
    register = load(SOURCE, INCIDENT, DECISION | {"value": "029", "read_as": 30.0}).registers["Decision"]
    assert register.select("value", "read_as").rows() == [("29", "30")]


def test_refused_fields_are_dropped_counted_and_never_written_again():
    bad = PERSON | {"Religion": "secret", "more": {"skin_color": "secret"}}
    batch = load(SOURCE, PERSON | {"Ethnicity": "secret"}, bad)
    assert (batch.accepted, batch.refused_fields) == (2, 3)
    (reject,) = batch.rejects
    assert "more: is no field of Person" in str(reject)
    assert json.loads(reject.again) == PERSON | {"more": {}}
    assert "secret" not in str(batch) + str(batch.claims.to_dicts())


@pytest.mark.parametrize(
    "line",
    [
        r'{"reli\u0067ion": "secret"',
        '{"religion": "secret"',
        '{"skinColor": "secret"',
        "id-number secret",
        "民族 secret",
    ],
)
def test_a_line_that_cannot_be_read_is_withheld_when_it_may_hold_a_refused_field(line):
    batch = gather([Record("x:1", None, line, "is not JSON")], CATALOG, lambda ids: {}, NOW)
    assert (batch.read, batch.accepted) == (1, 0)
    assert "secret" not in str(batch.rejects)
    assert "withheld" in json.loads(batch.rejects[0].again)


def test_another_line_that_cannot_be_read_is_written_as_it_came():
    batch = gather([Record("x:1", None, '{"name": "a"', "is not JSON")], CATALOG, lambda ids: {}, NOW)
    assert (str(batch.rejects[0]), batch.rejects[0].again) == ("x:1: is not JSON", '{"name": "a"')


def test_free_text_about_what_is_not_recorded_is_kept_and_warned_about():
    batch = load(SOURCE, PERSON | {"summary": "Speaks of his religion."}, ORG | {"statement": ["Of one skin colour."]})
    assert batch.rejects == []
    assert [warning.split(": ")[0] for warning in batch.warnings] == ["x.jsonl:2", "x.jsonl:3"]
    assert load(SOURCE, PERSON | {"summary": "29 people."}, ORG | {"name": "Church of Faith"}).warnings == []


def test_deep_nesting_is_one_reject():
    deep = "x"
    for _ in range(950):
        deep = [deep]
    assert rejected(SOURCE, PERSON | {"name": deep}, PERSON)[0].startswith("x.jsonl:2: ")


def test_half_a_character_is_a_reject_that_any_file_takes():
    for reject in load(SOURCE, {"kind": "\ud800"}, PERSON | {"\udfff": 1}, PERSON | {"name": "\ud800"}).rejects:
        (str(reject) + reject.again).encode()
        assert json.loads(reject.again)


FIELDS = ["kind", "id", "name", "source", "from", "to", "killed", "date", "religion", "about", "based_on", "valid_to"]
VALUES = ["s", "p", "o", "Person", "Source", "Incident", "MEMBER_OF", "Website", "Decision", "2014", "", " ", "\ud800"]
JUNK = st.sampled_from(VALUES) | st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5)
RECORDS = st.dictionaries(
    st.sampled_from([*FIELDS, *CATALOG["Registration"].properties, "confidence", "credibility", "stance"]),
    JUNK | st.lists(JUNK, max_size=3) | st.dictionaries(st.text(max_size=3), JUNK, max_size=2),
)


@settings(max_examples=25)
@given(st.lists(st.fixed_dictionaries({"kind": st.sampled_from([k.name for k in CATALOG])}).flatmap(
    lambda kind: RECORDS.map(lambda rest: rest | kind)) | RECORDS, max_size=30))  # fmt: skip
def test_junk_is_read_and_each_record_is_accepted_or_rejected(records):
    batch = load(SOURCE, PERSON, ORG, INCIDENT, EMPLOYED, *records)
    assert batch.claims["source"].null_count() == 0
    assert all(str(reject).startswith("x.jsonl:") and reject.problem for reject in batch.rejects)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graphkit.ingest.batch.PART", 1)
        one_by_one = load(SOURCE, PERSON, ORG, INCIDENT, EMPLOYED, *records)
    assert one_by_one.claims.equals(batch.claims)
    assert (one_by_one.rejects, one_by_one.warnings) == (batch.rejects, batch.warnings)
