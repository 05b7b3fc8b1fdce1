import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.budget import budget
from tests.importing import ANY_JSON, paths, put, taken
from tests.whois import ANSWERS, RDAP

FIRST = {"domain_name": "first.example", "registrar": "N", "creation_date": "2024-01-10"}
LAST = FIRST | {"domain_name": "last.example"}
FIRST_ID, LAST_ID = (f"registration:{name}.example@2024-01-10" for name in ("first", "last"))
PATHS = [path for path in paths(ANSWERS) if len(path) > 1]


@budget(60, 500)
@given(st.sampled_from(PATHS), ANY_JSON)
@example(("python-whois", "name"), "x" * 10_000_000)
@example(("python-whois", "name_servers"), ["ns1.a.example"] * 20_000)
@example(("RDAP", "entities", 1, "vcardArray"), ["vcard", [["fn", {}, "text", "\ud800"]]])
@example(("RDAP", "events"), [{"eventAction": ["x"], "eventDate": {}}] * 3)
@example(("whoisit", "entities"), {"registrant": {"name": []}})
@example(("WhoisXML", "WhoisRecord"), [])
def test_whatever_stands_in_an_answer_nothing_is_raised_and_the_rest_is_taken(path, value):
    found = taken(FIRST, put(ANSWERS, path, value)[path[0]], LAST)
    assert {FIRST_ID, LAST_ID} <= set(found.batch.claims["subject"])
    assert {record.place for record in found.records} >= {"a.json:[1]", "a.json:[2]", "a.json:[3]"}


@budget(30, 500)
@given(st.lists(st.dictionaries(st.text(max_size=5), ANY_JSON, max_size=3), max_size=4))
def test_no_object_is_passed_over_in_silence(given):
    found = taken(FIRST, *given)
    assert len(found.rejects) == len(given)


@pytest.mark.parametrize("name", ["registrar", "name_servers", "registrant", "status", "creation_date", "gender"])
def test_what_is_nested_deeply_is_rejected_or_counted(name):
    deep: object = "x"
    for _ in range(5000):
        deep = {"a": [deep]}
    found = taken(FIRST | {name: deep}, LAST)
    assert found.batch.refused_fields + sum(found.lost.values()) + len(found.rejects) > 0
    assert LAST_ID in set(found.batch.claims["subject"])


def test_a_card_that_is_nested_deeply_is_read():
    deep: object = {}
    for _ in range(5000):
        deep = {"type": [deep]}
    entity = {"roles": ["registrant"], "vcardArray": ["vcard", [["tel", deep, "uri", "tel:+47.5550100"]]]}
    (made,) = taken(RDAP | {"entities": [entity]}).of("Registration")
    assert made["registrant_phone"] == "+47.5550100"
