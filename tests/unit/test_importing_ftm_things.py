import pytest

from tests.ftm import PERSON, PLACE, entity
from tests.importing import taken


def thing(*objects):
    """Return the record of the thing ``ftm:a``."""
    found = taken(*objects)
    assert not found.rejects
    return next(r.data for r in found.records if r.data and r.data.get("id") == "ftm:a")


def only(found, kind):
    (record,) = found.of(kind)
    return record


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Person", "Person"),
        ("LegalEntity", "Group"),
        ("Organization", "Organization"),
        ("Company", "Organization"),
        ("PublicBody", "Organization"),
        ("Vessel", "Concept"),
        ("Airplane", "Concept"),
        ("RealEstate", "Concept"),
        ("BankAccount", "Concept"),
        ("CourtCase", "Concept"),
        ("Position", "Concept"),
        ("SomethingNew", "Concept"),
        ("Address", "Place"),
        ("Event", "Incident"),
        ("Pages", "Source"),
    ],
)
def test_each_schema_has_its_kind(schema, kind):
    made = thing(entity(schema, name="Kiln"))
    assert (made["kind"], made["name"]) == (kind, ["Kiln"])


def test_what_is_a_concept_keeps_the_name_of_its_schema():
    assert thing(entity("Vessel", name="MV Kiln", type="tanker"))["concept_type"] == ["Vessel", "tanker"]


def test_a_body_that_may_be_a_person_is_no_organization():
    made = thing(entity("LegalEntity", name="Bo Lund", country="no"))
    assert made["statement"] == ["A person or a body; the source does not say which."]
    assert "country" not in made


def test_a_thing_is_called_by_its_caption_and_other_names_are_reported():
    given = entity("Person", name=["Venn", "Ada Venn"], alias="A. V.", weakAlias="Ada") | {"caption": "Ada Venn"}
    called, others = taken(given).of("Person")
    assert (called["name"], others["name"], others["stance"]) == (["Ada Venn"], ["Venn", "A. V.", "Ada"], "reports")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (entity("Person", firstName="Ada", lastName="Venn"), "Ada Venn"),
        (entity("Address", street="1 Quay", city="Port"), "1 Quay Port"),
        (entity("BankAccount", iban="NO93", accountNumber="1"), "NO93"),
        (entity("Company", phone="+47 555") | {"caption": "Kiln"}, "Kiln"),
    ],
)
def test_what_has_no_name_is_called_by_its_caption_or_its_parts(given, name):
    assert thing(given)["name"] == [name]


def test_an_organization_keeps_what_its_kind_has_a_place_for():
    made = thing(
        entity(
            "Company",
            name="Kiln Works",
            registrationNumber="123",
            leiCode="LEI1",
            jurisdiction="no",
            country="pa",
            legalForm="AS",
            incorporationDate="2001-02-03",
            sourceUrl="https://register.example/1",
            summary="Makes kilns.",
            topics="corp.offshore",
        )
    )
    assert (made["external_id"], made["country"], made["org_type"]) == (["123", "LEI1"], ["no"], ["Company"])
    assert made["reference"] == ["https://register.example/1"]
    assert made["statement"] == [
        "Makes kilns.",
        "Country: pa.",
        "Legal form: AS.",
        "Incorporated: 2001-02-03.",
        "Topic: corp.offshore.",
    ]


def test_a_person_keeps_names_and_office_and_where_it_was_read():
    made = thing(entity("Person", name="Ada Venn", position="Chair", sourceUrl="https://register.example/1"))
    assert (made["position"], made["note"]) == (["Chair"], "Read at: https://register.example/1")


REFUSED = (
    "nationality",
    "citizenship",
    "ethnicity",
    "religion",
    "political",
    "gender",
    "height",
    "eyeColor",
    "passportNumber",
    "idNumber",
    "taxNumber",
    "socialSecurityNumber",
    "innCode",
    "registrationNumber",
    "vatCode",
)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("schema", ["Person", "LegalEntity"])
def test_what_is_not_recorded_of_persons_is_refused_and_counted(schema, name):
    found = taken(entity(schema, name="Ada Venn", **{name: "zz-secret"}))
    assert found.batch.refused_fields == 1
    assert name in found.batch.refused_names[0]
    assert "zz-secret" not in found.batch.claims.write_json() + str(found.origin.notes()) + str(found.batch.rejects)


@pytest.mark.parametrize("name", ["birthDate", "birthCountry", "country", "address", "motherName", "spokenLanguage"])
def test_what_a_person_has_no_place_for_is_lost_and_counted(name):
    found = taken(entity("Person", name="Ada Venn", **{name: "zz-secret"}))
    assert found.lost == {name: 1}
    assert "zz-secret" not in found.batch.claims.write_json()


def test_the_address_of_a_person_is_not_linked():
    found = taken(entity("Person", "p", name="Ada Venn", addressEntity="a"), PLACE)
    assert (found.lost, found.records_of_relations()) == ({"addressEntity": 1}, [])


@pytest.mark.parametrize("schema", ["Person", "LegalEntity"])
def test_topics_of_persons_stand_with_who_says_them(schema):
    assert "Topic: crime.fin." in thing(entity(schema, name="Ada", topics="crime.fin"))["statement"]
    found = taken(entity(schema, name="Ada", topics=["crime.fin"], about={}))
    assert "crime" not in found.batch.claims.write_json()
    assert found.lost == {"topics of persons that nobody says": 1}


@pytest.mark.parametrize("topic", ["pol.party", "pol.union", "rel", "role.act"])
@pytest.mark.parametrize("schema", ["Person", "LegalEntity"])
def test_topics_on_politics_and_religion_are_refused_of_persons(schema, topic):
    found = taken(entity(schema, name="Ada", topics=[topic, "role.judge"]))
    assert found.batch.refused_fields == 1
    assert [text for text in found.claims("ftm:a")["statement"] if "Topic" in text] == ["Topic: role.judge."]
    assert thing(entity("Organization", name="Kiln Party", topics=topic))["statement"] == [f"Topic: {topic}."]


@pytest.mark.parametrize("schema", ["Passport", "Identification", "TaxRoll", "Mention", "Folder", "Note"])
def test_objects_that_no_record_is_for_are_counted_and_nothing_of_them_is_kept(schema):
    found = taken(PERSON, entity(schema, "x", holder="p", number="zz-secret", name="zz-secret", birthDate="zz-secret"))
    assert found.lost == {f"objects of type {schema}": 1}
    assert "zz-secret" not in found.batch.claims.write_json()


def test_secrets_of_accounts_and_wallets_are_lost():
    found = taken(
        entity("CryptoWallet", "w", publicKey="bc1", privateKey="zz-secret"),
        entity("UserAccount", "u", username="kiln", service="forum", password="zz-secret"),
    )
    assert found.lost == {"privateKey": 1, "password": 1}
    assert "zz-secret" not in found.batch.claims.write_json()


@pytest.mark.parametrize(
    ("days", "date"),
    [
        ({"date": "2014-05-01"}, "2014-05-01"),
        ({"startDate": "2014-05-01T10:00:00", "endDate": "2014-05-03"}, "2014-05-01/2014-05-03"),
        ({"startDate": "2014-05-01", "endDate": "2014-05-01"}, "2014-05-01"),
        ({"startDate": "2014-05-01"}, "2014-05-01/"),
    ],
)
def test_an_event_is_dated(days, date):
    assert thing(entity("Event", name="Opening", **days))["date"] == date


def test_a_document_is_a_source_and_its_text_is_lost():
    found = taken(
        entity("Pages", "d", title="Minutes", author="A. Lund", publishedAt="2014-01-02T00:00:00", bodyText="long"),
        PERSON,
        entity("UnknownLink", "e", subject="p", object="d"),
    )
    made = next(r for r in found.of("Source") if r["id"] == "ftm:d")
    assert made == {
        "kind": "Source",
        "id": "ftm:d",
        "name": ["Minutes"],
        "authors": ["A. Lund"],
        "published": ["2014-01-02"],
    }
    assert found.lost == {"bodyText": 1, "UnknownLink of a document": 1}
