import pytest

from graphkit.errors import Rejected
from graphkit.ingest.batch import gather
from graphkit.ingest.checked import Checked
from graphkit.ingest.checks import MAX_VALUES
from graphkit.ingest.record import Record
from graphkit.ingest.validate import Validator
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
VALIDATOR = Validator(CATALOG)
SOURCE = {"kind": "Source", "id": "s", "name": "A paper"}
PERSON = {"kind": "Person", "id": "p", "name": "Somebody", "source": "s"}
INCIDENT = {"kind": "Incident", "id": "i", "killed": 29, "source": "s"}
EMPLOYED = {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "source": "s"}


def checked(record: dict) -> Checked:
    valid, wrong = VALIDATOR.check(VALIDATOR.kind(record), {7: record})
    for problem in wrong.values():
        raise problem
    return valid


def test_good_records_are_valid():
    for record in (SOURCE, PERSON, INCIDENT, EMPLOYED):
        assert checked(record).kind.name == record["kind"]


def test_bad_records_are_told_from_good_ones_among_them():
    rows = {3: PERSON, 5: PERSON | {"name": " "}, 8: PERSON | {"id": "q", "position": ["x", "y"]}}
    valid, wrong = VALIDATOR.check(CATALOG["Person"], rows)
    assert (valid.numbers, valid.ids, list(wrong)) == ([3, 8], ["p", "q"], [5])
    assert valid.fields["position"] == [None, [("x", None), ("y", None)]]
    assert {len(column) for column in valid.fields.values()} == {2}


@pytest.mark.parametrize(
    ("record", "field", "words"),
    [
        ({"id": "p"}, "kind", "is missing"),
        (PERSON | {"kind": "Persn"}, "kind", "Did you mean 'Person'?"),
        (PERSON | {"kind": ["Person"]}, "kind", "is missing"),
        (PERSON | {"source": None}, "source", "is missing; every Person needs one"),
        (PERSON | {"source": "  "}, "source", "is missing"),
        (PERSON | {"source": ["a", "b"]}, "source", "must be text"),
        (PERSON | {"id": " "}, "id", "is missing"),
        (PERSON | {"id": "rel:1"}, "id", "starts with 'rel:'"),
        (PERSON | {"claimant": "rel:1"}, "claimant", "starts with 'rel:'"),
        (PERSON | {"id": "x" * 513}, "id", "1 to 512 characters"),
        (PERSON | {"id": "a\nb"}, "id", "on one line"),
        (PERSON | {"nmae": "x"}, "nmae", "is no field of Person. Did you mean 'name'?"),
        (PERSON | {"claimnt": "x"}, "claimnt", "Did you mean 'claimant'?"),
        (EMPLOYED | {"form": "p"}, "form", "is no field of EMPLOYED_BY. Did you mean 'from'?"),
        (PERSON | {"name": {"a": 1}}, "name", "must be text"),
        (PERSON | {"name": True}, "name", "must be text"),
        (PERSON | {"name": "x" * 10_000_000}, "name", "10,000,000 characters long"),
        (PERSON | {"summary": "x" * 10_000_000}, "summary", "10,000,000 characters long"),
        (PERSON | {"name": ["x"] * (MAX_VALUES + 1)}, "name", "10,001 values; 10,000 are allowed"),
        (PERSON | {"name": [[["x"]]]}, "name", "must be text"),
        (PERSON | {"name": []}, "name", "says at least one thing"),
        (PERSON | {"position": "x", "raw": "y"}, "raw", "belongs to one value"),
        (INCIDENT | {"date": "2014-02-30"}, "date", "February 2014 has 28 days"),
        (INCIDENT | {"killed": "many"}, "killed", "must be a number"),
        (INCIDENT | {"killed": -1}, "killed", "zero or more"),
        (INCIDENT | {"killed": [4, 6]}, "killed", "takes one value; write a record each where sources differ"),
        (INCIDENT | {"valid_from": "2015", "valid_to": "2014"}, "valid_to", "is before"),
        (INCIDENT | {"recorded_at": "2014"}, "recorded_at", "must be a day or a timestamp"),
        (PERSON | {"confidence": 101}, "confidence", "must be a whole number from 0 to 100"),
        (PERSON | {"confidence": -1}, "confidence", "a whole number from 0 to 100"),
        (PERSON | {"confidence": "high"}, "confidence", "a whole number from 0 to 100"),
        (PERSON | {"confidence": True}, "confidence", "whole number"),
        (PERSON | {"credibility": 7}, "credibility", "a whole number from 1 to 6"),
        (PERSON | {"credibility": 0}, "credibility", "a whole number from 1 to 6"),
        (PERSON | {"credibility": True}, "credibility", "whole number"),
        (PERSON | {"stance": "doubts"}, "stance", "'doubts' is not one of asserts, denies, reports, retracts"),
        (PERSON | {"modality": "guessed"}, "modality", "is not one of stated, alleged"),
        (PERSON | {"quote": "x" * 301}, "quote", "301 characters long; 300 are allowed"),
        (PERSON | {"protected": "tall"}, "protected", "is not one of minor, victim"),
        (EMPLOYED | {"from": None}, "from", "is missing; every EMPLOYED_BY needs one"),
        (EMPLOYED | {"to": " "}, "to", "is missing"),
        (SOURCE | {"reliability": "G"}, "reliability", "is not one of A, B, C, D, E, F"),
        (SOURCE | {"name": None}, "name", "is missing"),
        (SOURCE | {"confidence": 5}, "confidence", "is no field of Source"),
        (
            {"kind": "Website", "domain": "a.example", "id": "w", "source": "s"},
            "id",
            "'website:a.example'; leave it out",
        ),
        ({"kind": "Website", "source": "s"}, "domain", "is missing"),
        ({"kind": "Resolution", "domain": "a.example", "ip": "1.2", "source": "s"}, "ip", "not an IP address"),
    ],
)
def test_a_bad_record_is_rejected_with_its_field_and_the_way_out(record, field, words):
    with pytest.raises(Rejected) as caught:
        checked(record)
    assert caught.value.field == field
    assert words in caught.value.problem
    assert len(caught.value.problem) < 300


def test_several_faults_are_told_at_once():
    with pytest.raises(Rejected, match=r"date: .*EDTF.*; killed: must be"):
        checked(INCIDENT | {"killed": "x", "date": "y"})


@pytest.mark.parametrize("six", [6, "6", " 6 ", 6.0])
def test_credibility_6_is_not_rated(six):
    assert checked(PERSON | {"credibility": six}).fields["credibility"] == [None]


@pytest.mark.parametrize(
    ("given_value", "kept"), [("85", 85), (0, 0), (100, 100), (None, None), ("", None), (" ", None)]
)
def test_confidence_is_a_number_from_0_to_100_or_nothing(given_value, kept):
    assert checked(PERSON | {"confidence": given_value}).column("confidence") == [kept]


def test_what_fits_just_so_is_taken():
    record = PERSON | {"quote": "x" * 300, "name": [f"x{n}" for n in range(MAX_VALUES)], "id": "x" * 512}
    assert len(checked(record).fields["name"][0]) == MAX_VALUES


def test_a_normal_form_keeps_what_was_written():
    valid = checked({"kind": "Domain", "domain": "Bücher.Example.", "source": "s"})
    assert valid.ids == ["domain:xn--bcher-kva.example"]
    assert valid.fields["domain"] == [[("xn--bcher-kva.example", "Bücher.Example.")]]


WHOIS = {"registrar": "Name Wimble, Inc.", "registrant_name": "Ann  Onym", "registrant_email": "A@B.example"} | {
    "registrant_org": "Some Org", "registrant_phone": "+99 555", "nameservers": ["NS1.x.example", "ns2.x.example"],
}  # fmt: skip
MADE = {"domain:d.example", "registrar:name-wimble-inc", "registrant-name:ann onym", "email:a@b.example"} | {
    "registrant-org:some org", "phone:+99555", "ns:ns1.x.example", "ns:ns2.x.example",
}  # fmt: skip
LINKS = {"REGISTERED": 1, "REGISTRANT": 4, "REGISTRAR": 1, "USES_NS": 2}


@pytest.mark.parametrize(
    ("kind", "fields", "ids", "links"),
    [
        ("Website", {"name": "D"}, {"website:d.example", "domain:d.example"}, {"HAS_DOMAIN": 1}),
        ("Registration", WHOIS | {"created": "2014"}, MADE | {"registration:d.example@2014"}, LINKS),
        ("Registration", WHOIS | {"observed": "2015"}, MADE | {"registration:d.example@2015"}, LINKS),
        (
            "Registration",
            WHOIS | {"created": "2014", "observed": "2015"},
            MADE | {"registration:d.example@2014"},
            LINKS,
        ),
        ("Resolution", {"ip": "2001:DB8::0"}, {"domain:d.example", "host:2001:db8::"}, {"RESOLVES_TO": 1}),
        ("Nameserver", {"nameserver": "NS.x.example."}, {"domain:d.example", "ns:ns.x.example"}, {"USES_NS": 1}),
        ("Certificate", {"fingerprint": "AB:cd"}, {"domain:d.example", "cert:AB:cd"}, {"PRESENTS_CERT": 1}),
        ("Tracker", {"tracker": "UA-1"}, {"domain:d.example", "tracker:UA-1"}, {"USES_ID": 1}),
        ("Favicon", {"favicon": "-123"}, {"domain:d.example", "favicon:-123"}, {"USES_ID": 1}),
        ("Redirect", {"to_domain": "E.example"}, {"domain:d.example", "domain:e.example"}, {"REDIRECTS_TO": 1}),
    ],
)
def test_an_observation_makes_exactly_the_things_of_the_design(kind, fields, ids, links):
    record = {"kind": kind, "domain": "D.example.", "source": "s"} | fields
    batch = gather([Record("x:1", SOURCE), Record("x:2", record)], CATALOG, lambda wanted: {}, "2026-11-24")
    assert batch.rejects == []
    ends = batch.claims.filter(batch.claims["object_kind"].is_not_null())
    assert {*ends["value"], *batch.claims["subject"]} == ids
    assert dict(ends.group_by("property").len().iter_rows()) == links


def test_a_registration_without_dates_has_an_id_of_its_fields():
    record = {"kind": "Registration", "domain": "d.example", "registrant_name": "a", "source": "s"}
    (one,), (other,) = checked(record).ids, checked(record | {"registrant_name": "b"}).ids
    assert one != other
    assert [one] == checked(record | {"source": "t"}).ids
    assert one.startswith("registration:d.example@")


@pytest.mark.parametrize(
    ("kind", "fields", "held"),
    [
        ("Tracker", {"tracker": "t", "first_seen": "2014", "last_seen": "2015"}, ("2014", "2015")),
        ("Tracker", {"tracker": "t"}, (None, None)),
        ("Tracker", {"tracker": "t", "first_seen": "2014", "valid_from": "2013"}, ("2013", None)),
        ("Registration", {"created": "2014", "observed": "2015", "expires": "2016"}, ("2015", "2015")),
        ("Registration", {"created": "2014", "expires": "2016"}, ("2014", "2016")),
        ("Registration", {"observed": "2015"}, ("2015", "2015")),
    ],
)
def test_an_observation_holds_while_it_was_seen(kind, fields, held):
    valid = checked({"kind": kind, "domain": "d.example", "source": "s"} | fields)
    assert (*valid.fields["valid_from"], *valid.fields["valid_to"]) == held


@pytest.mark.parametrize(
    ("kind", "fields", "field", "problem"),
    [
        ("Website", {"first_seen": "2024", "last_seen": "2023"}, "last_seen", "'2023' is before first_seen '2024'"),
        ("Website", {"first_seen": "2024", "valid_to": "2023"}, "valid_to", "'2023' is before first_seen '2024'"),
        ("Registration", {"created": "2024", "expires": "2022"}, "expires", "'2022' is before created '2024'"),
        (
            "Registration",
            {"created": "2024-01-01", "observed": ["2024-02", "2023-01-02"], "expires": "2025"},
            "observed",
            "'2023-01-02' is before created '2024-01-01'",
        ),
        (
            "Registration",
            {"created": "2024-01-01", "observed": "2024-02", "expires": "2022-01-01"},
            "expires",
            "'2022-01-01' is before created '2024-01-01'",
        ),
    ],
)  # fmt: skip
def test_dates_in_the_wrong_order_are_named_as_they_were_written(kind, fields, field, problem):
    record = {"kind": kind, "domain": "d.example", "source": "s"} | fields
    with pytest.raises(Rejected) as refusal:
        checked(record)
    assert (refusal.value.field, refusal.value.problem) == (field, f"{problem}; correct one, or leave it out")


def test_a_redirect_to_itself_is_refused():
    with pytest.raises(Rejected, match="is the domain itself"):
        checked({"kind": "Redirect", "domain": "d.example", "to_domain": "D.example", "source": "s"})
