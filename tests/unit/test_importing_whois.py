import json

import pytest

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.importing import taken
from tests.whois import ANSWERS, PYTHON_WHOIS, RDAP, WHOISXML, contact

BASE = {"domain": "red-kiln.example", "created": "2024-01-10", "expires": "2025-01-10"}
REGISTRANT = {
    "python-whois": {"registrant_name": "Ada Venn", "registrant_org": "Kiln Works"},
    "whoisdomain": {"registrant_name": "Kiln Works"},
    "whoisit": {"registrant_name": "Kiln Works", "registrant_email": "ops@kiln.example"},
}
ALL = {
    "registrant_name": "Ada Venn",
    "registrant_org": "Kiln Works",
    "registrant_email": "ops@kiln.example",
    "registrant_phone": "+475550100",
}
OBSERVED = {"WhoisXML": "2024-02-03", "RDAP": "2024-02-03"}
PYTHON_LOST = ("whois_server", "updated_date", "emails", "country")
ANSWER = {"domain_name": "a.example", "registrar": "Namewimble", "creation_date": "2024-01-10"}


def only(found):
    (record,) = found.of("Registration")
    return record


@pytest.mark.parametrize("client", ANSWERS)
def test_the_answer_of_each_client_is_a_registration(client):
    found = taken(ANSWERS[client], file="whois.json")
    assert not found.rejects
    made = only(found)
    values = {name: made[name].lower() if name in ("domain", "registrant_email") else made[name] for name in made}
    values["nameservers"] = [name.lower() for name in made["nameservers"]]
    if "registrant_phone" in made:
        values["registrant_phone"] = "+475550100"
        assert "5550100" in made["registrant_phone"]
    assert values == BASE | REGISTRANT.get(client, ALL) | {
        "kind": "Registration",
        "registrar": "Namewimble",
        "nameservers": ["ns1.rack.example", "ns2.rack.example"],
        "source": "whois:whois.json",
    } | ({"observed": OBSERVED[client]} if client in OBSERVED else {})


def test_all_clients_say_the_same_of_a_domain_in_one_registration():
    found = taken(*ANSWERS.values())
    assert set(found.batch.claims.filter(kind="Registration")["subject"]) == {
        "registration:red-kiln.example@2024-01-10"
    }
    registrants = found.batch.claims.filter(property="REGISTRANT")["value"]
    assert set(registrants) == {
        "registrant-name:ada venn",
        "registrant-name:kiln works",
        "registrant-org:kiln works",
        "email:ops@kiln.example",
        "phone:+475550100",
        "phone:475550100",
    }


@pytest.mark.parametrize("client", ["python-whois", "whoisdomain"])
def test_addresses_whose_are_not_said_are_lost(client):
    found = taken(ANSWERS[client])
    assert found.lost["emails"] == 1
    assert "email:" not in found.batch.claims.write_json()


@pytest.mark.parametrize("client", ["asyncwhois", "whodap", "whoisit", "RDAP"])
def test_contacts_of_others_than_the_registrant_are_lost(client):
    found = taken(ANSWERS[client])
    said = found.batch.claims.write_json()
    assert "abuse" not in said
    assert "Lund" not in said
    assert found.lost.keys() & {"registrar_abuse_email", "abuse_email", "abuse contact", "technical contact"}


@pytest.mark.parametrize(
    "words",
    [
        "REDACTED FOR PRIVACY",
        "Redacted for Privacy Purposes",
        "redacted",
        "DATA REDACTED",
        "Not Disclosed",
        "GDPR Masked",
        "Statutory Masking Enabled",
        "N/A",
        "Private Person",
        "Please query the RDDS service of the Registrar of Record",
    ],
)
@pytest.mark.parametrize("name", ["name", "org", "registrant_email", "registrar", "registrant_phone"])
def test_words_that_stand_for_nothing_are_left_out_and_counted(name, words):
    found = taken(ANSWER | {"name_servers": "ns1.rack.example", name: words})
    assert found.lost == {f"{name} without a value, such as REDACTED FOR PRIVACY": 1}
    assert words.casefold() not in found.batch.claims.write_json().casefold()


@pytest.mark.parametrize(
    "words", ["Domains By Proxy, LLC", "Withheld for Privacy ehf", "Whois Privacy Corp.", "Redacted Records Ltd"]
)
def test_the_name_of_a_privacy_service_is_kept_as_written(words):
    found = taken(ANSWER | {"org": words})
    assert (only(found)["registrant_org"], found.lost) == (words, {})


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("registrant_email", "https://registrar.example/contact", "registrant_email"),
        ("registrant_email", "Select Request Email Form at https://registrar.example", "registrant_email"),
        ("registrant_phone", "see form", "registrant_phone"),
    ],
)
def test_the_address_of_a_form_is_no_address_and_the_rest_is_taken(name, value, field):
    found = taken(ANSWER | {name: value})
    assert (found.rejects, field in only(found)) == ([], False)
    assert found.lost == {f"{field} that is none, such as the address of a form": 1}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2014-03-01", "2014-03-01"),
        ("2014-03-01 00:00:00", "2014-03-01"),
        ("2014-03-01T23:30:00-05:00", "2014-03-01"),
        ("2014-03-01 00:00:00 UTC", "2014-03-01"),
        (["2014-03-01T00:00:00Z", "2014-03-01 05:00:00"], "2014-03-01"),
        ("2014-03", "2014-03"),
        ([None, "2014-03-01"], "2014-03-01"),
    ],
)
def test_a_moment_is_its_day(written, day):
    made = only(taken(ANSWER | {"creation_date": written}))
    assert (made["created"], "note" in made) == (day, False)


def test_of_several_days_the_first_counts_and_the_others_are_noted():
    made = only(taken(ANSWER | {"creation_date": ["2014-03-01 00:00:00", "2014-03-02 05:00:00"]}))
    assert (made["created"], made["note"]) == ("2014-03-01", "The answer also has 2014-03-02 for creation_date.")


def test_a_day_that_is_none_is_rejected_with_its_place_and_field():
    (problem,) = taken(ANSWER, ANSWER | {"creation_date": "before Aug-1996"}).rejects
    assert problem.startswith("a.json:[2]: created: 'before Aug-1996' is not an EDTF date")


@pytest.mark.parametrize(
    "given",
    [
        ["NS1.rack.example.", "ns2.rack.example"],
        "ns1.rack.example\nns2.rack.example",
        ["ns1.rack.example 198.51.100.7", "ns2.rack.example"],
    ],
)
def test_name_servers_are_names_however_they_are_listed(given):
    found = taken(ANSWER | {"name_servers": given})
    servers = found.batch.claims.filter(property="USES_NS")["value"]
    assert sorted(servers) == ["ns:ns1.rack.example", "ns:ns2.rack.example"]


def test_the_day_of_the_query_is_when_it_was_observed():
    found = taken(ANSWER | {"query_time": "2024-05-02 03:31:34"})
    (registered,) = found.batch.claims.filter(property="REGISTERED").rows(named=True)
    assert (registered["valid_from"], registered["valid_to"]) == ("2024-05-02", "2024-05-02")


ERROR = "is an error of the server or the client and no registration; ask again, or leave it out"
NO_MATCH = "says that there is no registration of this name; leave it out"
NOTHING = "says nothing of a registration (no match, or a failed query); ask again, or leave it out"
NO_ANSWER = "is no answer of whois or RDAP; it needs the name of the domain, as domain_name, ldhName or so"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"errorCode": 404, "title": "Not Found", "description": ["zz"]}, ERROR),
        ({"ErrorMessage": {"errorCode": "API_KEY_05", "msg": "zz"}}, ERROR),
        ({"domain_name": "a.example", "error": "zz"}, ERROR),
        ({"WhoisRecord": {"domainName": "a.example", "dataError": "MISSING_WHOIS_DATA"}}, NO_MATCH),
        ({"domain_name": "a.example", "registered": False}, NO_MATCH),
        ({"domain_name": None, "registrar": None, "creation_date": None}, NOTHING),
        ({"domain_name": "a.example", "registrar": "", "name_servers": [], "query_time": "2024-05-02"}, NOTHING),
        ({"title": "zz"}, NO_ANSWER),
        ({}, NO_ANSWER),
        (
            {"objectClassName": "autnum", "handle": "AS1"},
            "is RDAP on an object of the class 'autnum'; only answers on domains are read",
        ),
    ],
)
def test_what_is_no_registration_is_rejected_and_says_why(given, problem):
    found = taken(ANSWER, given)
    assert found.rejects == [f"a.json:[2]: {problem}"]
    assert found.lost == {}


def test_an_answer_that_names_no_domain_is_rejected():
    (problem,) = taken(ANSWER, ANSWER | {"domain_name": None}).rejects
    assert problem == "a.json:[2]: domain: is missing; every Registration needs one"


def test_answers_in_the_lists_of_a_service_are_read_one_by_one():
    bulk = {"whoisRecords": [{"domainName": "a.example", "whoisRecord": {"registrarName": "N"}}, 3]}
    history = {
        "recordsCount": 1,
        "records": [{"domainName": "b.example", "createdDateISO8601": "2014-03-01T00:00:00Z"}],
    }
    found = taken(bulk, history, file="bulk.json")
    assert [made["domain"] for made in found.of("Registration")] == ["a.example", "b.example"]
    assert found.rejects == [f"bulk.json:[2]: {NO_ANSWER}"]


def test_a_body_that_a_card_names_is_an_organization_and_no_name_of_a_person():
    given = RDAP | {"entities": [contact("registrant", ("fn", "Kiln Works"), ("kind", "org"))]}
    made = only(taken(given))
    assert (made["registrant_org"], "registrant_name" in made) == ("Kiln Works", False)


def test_a_name_that_may_be_anything_and_a_second_one_are_counted():
    given = {"domain": "a.example", "created_date": "2024-01-10", "name": "x"}
    assert taken(given).lost == {"name": 1}
    found = taken(ANSWER | {"registrant_name": "Ada Venn", "name": "Bo Lund"})
    assert (only(found)["registrant_name"], found.lost) == ("Ada Venn", {"further values of registrant_name": 1})


def test_who_loads_may_name_the_source_and_who_says_it():
    found = taken(PYTHON_WHOIS, source="crawl", claimant="desk")
    made = only(found)
    assert (made["source"], made["claimant"]) == ("crawl", "desk")
    claims = found.batch.claims.filter(kind="Registration")
    assert (set(claims["source"]), set(claims["claimant"])) == ({"crawl"}, {"desk"})


def test_what_has_no_place_is_counted_by_name_and_said():
    found = taken(PYTHON_WHOIS, WHOISXML)
    assert found.lost == dict.fromkeys(
        [*PYTHON_LOST, "registrant country", "nameServers rawText", "audit createdDate"], 1
    )
    first, second = found.origin.notes()
    assert first == "a.json: read as whois or RDAP."
    assert second.startswith("a.json: no place here for ")


def test_what_is_refused_is_counted_and_its_value_is_nowhere():
    found = taken(ANSWER | {"registrant_id_number": "zz-secret"})
    assert (found.batch.refused_fields, found.lost) == (1, {})
    assert "zz-secret" not in found.batch.claims.write_json()


@pytest.mark.parametrize(
    "given", [{"domain": "a.example", "registrar": "N", "source": "s"}, {"name": "x", "type": "y"}]
)
def test_what_may_be_something_else_is_not_taken_for_whois(given):
    assert taken(given).origin.format == ""


def test_loading_twice_changes_nothing(tmp_path):
    path = tmp_path / "whois.json"
    path.write_text(json.dumps(list(ANSWERS.values())))
    store, last = flow.store_at(str(tmp_path / "a.kgl")), LastUsed(tmp_path / "state")
    first, second = (flow.load(store, [path], None, last) for _ in range(2))
    assert (first.new_claims > 10, first.rejected) == (True, 0)
    assert (second.new_claims, second.replaced) == (0, [])
