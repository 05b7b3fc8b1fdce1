import pytest

from tests.ftm import COMPANY, PERSON, PLACE, THINGS, entity
from tests.importing import taken


@pytest.mark.parametrize(
    ("edge", "relation"),
    [
        (entity("Ownership", owner="p", asset="c", percentage="51"), ("p", "OWNS", "c", {"share": ["51"]})),
        (entity("Ownership", owner="c", asset="v"), ("c", "OWNS", "v", {})),
        (entity("Ownership", owner="c", asset="l"), ("c", "RELATED_TO", "l", {"relationship": ["Ownership"]})),
        (entity("Directorship", director="p", organization="c"), ("p", "EMPLOYED_BY", "c", {"role": ["Directorship"]})),
        (
            entity("Directorship", director="p", organization="c", role="chair", status="former"),
            ("p", "EMPLOYED_BY", "c", {"role": ["chair", "former"]}),
        ),
        (
            entity("Directorship", director="o", organization="c", role="chair"),
            ("o", "RELATED_TO", "c", {"relationship": ["Directorship", "chair"]}),
        ),
        (
            entity("Employment", employee="p", employer="c", role="clerk"),
            ("p", "EMPLOYED_BY", "c", {"role": ["clerk"]}),
        ),
        (entity("Membership", member="p", organization="o"), ("p", "MEMBER_OF", "o", {})),
        (
            entity("Membership", member="c", organization="o"),
            ("c", "RELATED_TO", "o", {"relationship": ["Membership"]}),
        ),
        (
            entity("Family", person="p", relative="l", relationship="mother"),
            ("p", "RELATED_TO", "l", {"relationship": ["Family", "mother"]}),
        ),
        (
            entity("Associate", person="p", associate="l"),
            ("p", "RELATED_TO", "l", {"relationship": ["Associate"]}),
        ),
        (
            entity("Representation", agent="l", client="c", role="agent"),
            ("l", "RELATED_TO", "c", {"relationship": ["Representation", "agent"]}),
        ),
        (
            entity("UnknownLink", subject="p", object="v", role="linked"),
            ("p", "RELATED_TO", "v", {"relationship": ["UnknownLink", "linked"]}),
        ),
        (
            entity("Succession", predecessor="o", successor="c"),
            ("o", "RELATED_TO", "c", {"relationship": ["Succession"]}),
        ),
        (
            entity("Payment", payer="c", beneficiary="o", amount="100", currency="EUR", purpose="Kilns"),
            ("c", "RELATED_TO", "o", {"relationship": ["Payment"], "summary": "Kilns Amount: 100. Currency: EUR."}),
        ),
        (
            entity("Similar", candidate="l", match="p", confidenceScore="0.9"),
            ("l", "ALIAS_OF", "p", {"modality": "suspected", "summary": "Score: 0.9."}),
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_an_edge_is_the_relation_that_takes_its_ends(edge, relation, first):
    edge = edge | {"id": "e"}
    found = taken(*([edge, *THINGS] if first else [*THINGS, edge]))
    assert not found.rejects
    (made,) = found.records_of_relations()
    start, kind, end, fields = relation
    assert (made["from"], made["kind"], made["to"]) == (f"ftm:{start}", kind, f"ftm:{end}")
    assert fields.items() <= made.items()
    assert set(made) - {"kind", "from", "to", "source", "claimant", "locator"} == set(fields)


def test_an_edge_holds_from_its_first_day_to_its_last():
    given = entity("Ownership", "e", owner="p", asset="c", startDate="2014-03-01T12:00:00", endDate="2020")
    (made,) = taken(PERSON, COMPANY, given).records_of_relations()
    assert (made["valid_from"], made["valid_to"]) == ("2014-03-01", "2020")


def test_what_happens_on_a_day_holds_on_that_day_and_no_longer():
    payment = entity("Payment", "e", payer="c", beneficiary="o", date="2019-01-01")
    ownership = entity("Ownership", "f", owner="o", asset="c", date="2019-01-01")
    paid, owned = taken(*THINGS, payment, ownership).records_of_relations()
    assert (paid["valid_from"], paid["valid_to"]) == ("2019-01-01", "2019-01-01")
    assert "valid_from" not in owned
    assert owned["note"] == "Date: 2019-01-01."


def test_of_several_first_days_none_is_chosen():
    given = entity("Ownership", "e", owner="p", asset="c", startDate=["2001", "2003"], endDate="2010")
    (made,) = taken(PERSON, COMPANY, given).records_of_relations()
    assert ("valid_from" in made, made["valid_to"], made["note"]) == (False, "2010", "Start: 2001, 2003.")


def test_an_edge_of_several_ends_is_a_relation_for_each_pair():
    given = entity("UnknownLink", "e", subject=["p", "c"], object=["o", "v"])
    found = taken(*THINGS, given)
    pairs = [(made["from"], made["to"]) for made in found.records_of_relations()]
    assert pairs == [("ftm:p", "ftm:o"), ("ftm:p", "ftm:v"), ("ftm:c", "ftm:o"), ("ftm:c", "ftm:v")]


def test_an_edge_without_an_end_is_rejected():
    found = taken(PERSON, entity("Membership", "e", member="p"))
    assert found.rejects == ["a.json:[2]: organization: is missing; Membership links two entities and needs both"]


def test_an_edge_to_what_is_nowhere_is_rejected_and_one_to_what_the_store_has_is_not():
    given = entity("Ownership", "e", owner="p", asset="far")
    (problem,) = taken(PERSON, given).rejects
    assert "'ftm:far' names nothing in this load or in the store" in problem
    found = taken(PERSON, given, known={"ftm:far": "Concept"})
    assert not found.rejects
    assert found.records_of_relations()[0]["kind"] == "OWNS"


def test_entities_that_things_name_are_linked():
    found = taken(
        PLACE,
        entity("Company", "c", name="Kiln Works", addressEntity="a", parent="o"),
        entity("Organization", "o", name="Port Guild"),
        entity("Vessel", "v", name="MV Kiln", owner="c", operator="o"),
        entity("Sanction", "s", entity="c", program="X-1", reason="Because.", startDate="2022-02-01"),
        entity("Event", "e", name="Opening", involved="c", date="2014-05-01"),
    )
    assert not found.rejects
    made = {(r["from"], r["kind"], r["to"], *r.get("relationship", ())) for r in found.records_of_relations()}
    assert made == {
        ("ftm:c", "LOCATED_IN", "ftm:a"),
        ("ftm:c", "PART_OF", "ftm:o"),
        ("ftm:c", "OWNS", "ftm:v"),
        ("ftm:v", "RELATED_TO", "ftm:o", "operator"),
        ("ftm:c", "RELATED_TO", "ftm:s", "Sanction"),
        ("ftm:e", "RELATED_TO", "ftm:c", "involved"),
    }
    (sanction,) = [r for r in found.records_of_relations() if r["to"] == "ftm:s"]
    assert sanction["valid_from"] == "2022-02-01"
    assert found.claims("ftm:s")["description"] == ["Programme: X-1.", "Reason: Because."]


def test_how_somebody_is_reached_meets_in_all_sources():
    found = taken(
        entity("Person", "p", name="Ada Venn", email="Ada@Venn.example", phone="+47 555 01 00"),
        entity("Company", "c", name="Kiln", website=["https://Kiln.example/", "https://big.example/kiln"]),
        entity("UserAccount", "u", username="kiln", service="forum", owner="p"),
    )
    assert not found.rejects
    made = {(r["from"], r["kind"], r["to"]) for r in found.records_of_relations()}
    assert made == {
        ("ftm:p", "USES", "email:ada@venn.example"),
        ("ftm:p", "USES", "phone:+475550100"),
        ("ftm:c", "RELATED_TO", "website:kiln.example"),
        ("ftm:c", "RELATED_TO", "url:https://big.example/kiln"),
        ("ftm:p", "USES", "handle:forum:kiln"),
    }


def test_an_address_that_is_none_is_rejected_and_the_rest_is_taken():
    found = taken(entity("Person", name="Ada Venn", email="nobody"))
    assert found.rejects == ["a.json:[1]: email: is not an e-mail address; write it like name@example.com"]
    assert found.claims("ftm:a")["name"] == ["Ada Venn"]


def test_a_link_of_a_person_that_nobody_says_is_rejected():
    things = [given | {"datasets": []} for given in (PERSON, COMPANY)]
    edge = entity("UnknownLink", "e", subject="p", object="c", about={})
    (problem,) = taken(*things, edge).rejects
    assert problem.startswith("a.json:[3]: claimant: is missing; RELATED_TO is an allegation")
    assert not taken(*things, edge, claimant="desk").rejects


def test_entities_inside_of_others_are_read_and_linked_once():
    inside = entity("Address", "a", full="1 Quay", about={})
    held = entity("Sanction", "s", entity="c", program="X-1", about={})
    given = entity("Company", "c", name="Kiln", addressEntity=[inside], sanctions=[held])
    found = taken(given)
    assert (found.rejects, found.lost) == ([], {})
    made = [(r["from"], r["kind"], r["to"]) for r in found.records_of_relations()]
    assert sorted(made) == [("ftm:c", "LOCATED_IN", "ftm:a"), ("ftm:c", "RELATED_TO", "ftm:s")]
    assert found.claim("ftm:a", "name")["source"] == "ftm:no_register"
