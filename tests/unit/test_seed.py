import ipaddress
import re

import polars as pl
import pytest

from graphkit.ingest import readers
from graphkit.ingest.batch import gather
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve
from graphkit.model.interval import parse
from graphkit.settings import shipped

ACCUSING = {"PARTICIPATED_IN", "SUSPECTED_OF", "CLAIMED_RESPONSIBILITY", "MEMBER_OF", "HOSTED_CONTENT", "PUBLISHED"}
LISTED = {
    "UK brothers jailed for attending Syria terror camp": "2014-11-27",
    "British couple arrested on suspicion of Syria-related 'terror offences'": "2014-11-27",
    "India pays tributes to victims of Mumbai terror attacks": "2014-11-26",
    "Report outlines regional terror crackdown": "2014-11-25",
    "4 reported dead in terror attack at Jerusalem synagogue": "2014-11-18",
    "Only a sincere US can fight terrorism": "2014-11-14",
}
DOCUMENTATION = [*map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"))]


def records(case):
    return [record for path in readers.files([shipped("seed") / case]) for record in readers.read(path)]


@pytest.fixture(scope="module")
def article(catalog):
    return gather(records("article"), catalog, lambda ids: {}, "2026-11-24")


@pytest.fixture(scope="module")
def invented(catalog):
    return gather(records("invented"), catalog, lambda ids: {}, "2026-11-24")


def resolved(batch, catalog):
    return resolve(batch.claims, batch.registers["Source"], Decided(batch.registers["Decision"]), catalog)


def one(claims, **wanted):
    (row,) = claims.filter(**wanted).to_dicts()
    return row


def node(batch, catalog, kind, id_):
    return resolved(batch, catalog).nodes[kind].row(by_predicate=pl.col("id") == id_, named=True)


@pytest.mark.parametrize("case", ["article", "invented"])
def test_every_record_is_good_and_gives_no_warning(case, request, catalog):
    batch = request.getfixturevalue(case)
    assert (batch.rejects, batch.warnings, batch.refused_fields) == ([], [], 0)
    assert batch.read == batch.accepted > 50
    assert not any(catalog.deny.refuses(name) for record in records(case) for name in record.data)
    assert set(batch.registers["Source"]["cases"].explode()) == {case}


@pytest.mark.parametrize(
    ("id_", "killed", "day", "raw", "place"),
    [
        ("kunming-2014-03-01", 29, "2014-03-01", "March 1", "kunming"),
        ("urumqi-2014-05-22", 43, "2014-05-22", "May 22", "urumqi"),
    ],
)
def test_an_attack_is_as_yang_gives_it(article, catalog, id_, killed, day, raw, place):
    found = node(article, catalog, "Incident", id_)
    assert (found["killed"], found["killed_low"], found["date"], found["date_precision"]) == (killed, None, day, "day")
    said = one(article.claims, subject=id_, property="date")
    assert (said["raw"], said["claimant"], said["locator"]) == (raw, "yang-shaowen", "paragraph 6")
    assert "2014" in said["resolution"]
    assert "attackers" in one(article.claims, subject=id_, property="killed")["note"]
    assert one(article.claims, subject=id_, property="OCCURRED_AT")["value"] == place


def test_nobody_is_accused_in_the_article_case(article, catalog):
    assert ACCUSING.isdisjoint(resolved(article, catalog).relations["type"])
    assert ACCUSING.isdisjoint(article.claims["property"])
    movement = article.claims.filter((pl.col("anchor") == "east-turkistan-islamic-movement") | (
        pl.col("value") == "east-turkistan-islamic-movement"))  # fmt: skip
    assert set(movement["property"]) == {"name", "statement"}
    assert not {"Website", "Domain", "ContentItem"} & set(article.claims["kind"])


def test_the_article_holds_no_dispute(article, catalog):
    assert resolved(article, catalog).conflicts.is_empty()
    assert set(article.claims["stance"]) == {"asserts"}
    assert not resolved(article, catalog).relations["disputed"].any()


def test_yang_and_the_unnamed_official_are_two(article, catalog):
    nodes = resolved(article, catalog).nodes
    assert "senior-official-of-the-mps" in nodes["Group"]["id"]
    assert (
        one(article.claims, property="COOPERATES_WITH", locator="paragraph 1")["claimant"]
        == "senior-official-of-the-mps"
    )
    assert "ALIAS_OF" not in resolved(article, catalog).relations["type"]


def test_only_named_people_are_persons(article, catalog):
    assert set(resolved(article, catalog).nodes["Person"]["name"]) == {"Yang Shaowen", "Mei Jianming"}


def test_the_us_ministry_of_justice_is_read_as_the_department_by_a_decision(article, catalog):
    (decision,) = article.registers["Decision"].to_dicts()
    assert (decision["value"], decision["read_as"]) == ("US Ministry of Justice", "US Department of Justice")
    assert decision["who"] and decision["when"] and decision["why"] and decision["case"] == "article"
    assert one(article.claims, subject="us-ministry-of-justice", property="name")["value"] == "US Ministry of Justice"
    assert node(article, catalog, "Organization", "us-ministry-of-justice")["name"] == "US Department of Justice"


def test_the_videos_investigated_are_two_numbers_of_two_years(article):
    amounts = article.claims.filter(property="amount", kind="Statistic").sort("valid_from")
    rows = amounts.select("value", "valid_from", "valid_to", "claimant", "raw").rows()
    office = "state-internet-information-office"
    assert rows == [("13", "2011", "2011", office, "13 in 2011"), ("109", "2013", "2013", office, "109 last year")]
    assert "2013" in amounts["resolution"][1]


def test_joint_operations_are_planned_and_nothing_else_is(article, catalog):
    relations = resolved(article, catalog).relations
    planned = relations.filter(pl.col("planned"))
    assert planned.select("type", "from", "to").rows() == [("COOPERATES_WITH", "china", "partner-countries")]


def test_talks_since_january_have_the_precision_of_a_month(article):
    talks = article.claims.filter(property="ATTENDED_TALKS")
    assert set(talks["value"]) == {"fbi", "us-ministry-of-justice"}
    assert set(talks["valid_from"]) == {"2014-01"}
    assert all("January" in text for text in talks["resolution"])


def test_listed_headlines_are_verbatim_and_carry_no_claim(article):
    listed = article.registers["Source"].filter(pl.col("id") != "china-daily-2014-11-28")
    assert dict(listed.select("name", "published").iter_rows()) == LISTED
    assert set(listed["publisher"]) == {None}
    assert set(article.claims["source"]) == {"china-daily-2014-11-28"}


def test_the_source_is_the_article_and_nobody_has_rated_it(article):
    source = one(article.registers["Source"], id="china-daily-2014-11-28")
    assert source["name"] == "China, US targeting terror online"
    assert (source["publisher"], source["authors"]) == ("China Daily", ["Zhang Yan", "Liu Kun"])
    assert source["published"].startswith("2014-11-28")
    assert source["reliability"] is None
    assert "state-owned" in source["note"]
    assert not any("@" in str(value) for value in source.values())
    assert (
        article.claims["confidence"].null_count() == article.claims["credibility"].null_count() == len(article.claims)
    )


def test_every_claim_of_the_article_has_a_paragraph_and_a_claimant(article):
    assert all(re.fullmatch(r"paragraph ([1-9]|1[0-5])", locator or "") for locator in article.claims["locator"])
    assert article.claims["summary"].str.len_chars().is_between(10, 200).fill_null(False).all()
    assert article.claims["claimant"].null_count() == 0
    assert article.claims["quote"].null_count() == len(article.claims)


@pytest.mark.parametrize(
    ("paragraph", "claimants"),
    [(5, {"yang-shaowen"}), (8, {"yang-shaowen"}), (12, {"yang-shaowen"}), (13, {"china-daily", "mei-jianming"}),
     (14, {"mei-jianming"}), (15, {"mei-jianming"}), (4, {"state-internet-information-office"}), (11, {"china-daily"})],
)  # fmt: skip
def test_a_paragraph_is_said_by_who_says_it_there(article, paragraph, claimants):
    assert set(article.claims.filter(locator=f"paragraph {paragraph}")["claimant"]) == claimants


def test_every_invented_source_says_so(invented):
    sources = invented.registers["Source"]
    assert set(sources["invented"]) == {"true"}
    assert all(name.startswith("INVENTED DATA: ") for name in sources["name"])
    assert all(name.startswith("INVENTED DATA: ") for name in invented.registers["Case"]["name"])


def test_invented_addresses_lead_nowhere(invented, catalog):
    nodes = resolved(invented, catalog).nodes
    assert len(nodes["Website"]) >= 150
    assert all(domain.endswith(".example") for domain in nodes["Domain"]["domain"])
    for ip in nodes["Host"]["ip"]:
        network = ipaddress.ip_network(ip)
        assert any(network.version == known.version and network.subnet_of(known) for known in DOCUMENTATION), ip
    values = [value for column in ("value", "raw") for value in invented.claims[column].drop_nulls()]
    hosts = [found for value in values for found in re.findall(r"(?:https?://|@)([\w.-]+)", value)]
    assert hosts and all(host.endswith(".example") for host in hosts)


def test_invented_sources_contradict_and_copy_each_other(invented, catalog):
    conflicts = set(resolved(invented, catalog).conflicts.select("about", "property").iter_rows())
    assert {("freight-yard-explosion", "killed"), ("relay-station-fire", "date")} <= conflicts
    copies = invented.registers["Source"].filter(pl.col("based_on").list.len() > 0)
    assert copies["based_on"].to_list() == [["courier-2022-06-16"]]


def test_invented_requests_are_granted_refused_and_undone(invented, catalog):
    nodes = resolved(invented, catalog).nodes
    assert {"granted", "refused", "reinstated"} <= set(nodes["Request"]["outcome"])
    assert any({"removed", "reinstated"} <= set(statuses or ()) for statuses in nodes["Website"]["status"].to_list())


def test_invented_records_were_learnt_over_three_years(invented):
    recorded = invented.claims["recorded_at"]
    assert {day[:4] for day in recorded} >= {"2021", "2022", "2023", "2024"}
    assert recorded.max() < "2026"


def test_invented_incidents_have_places(invented, catalog):
    relations = resolved(invented, catalog).relations
    assert set(relations.filter(type="OCCURRED_AT")["from"]) == {"freight-yard-explosion", "relay-station-fire"}
    assert all(relations.filter(pl.col("type").is_in(list(ACCUSING)))["claimants"].list.len() > 0)


def test_nothing_is_recorded_before_it_began(invented):
    dated = invented.claims.filter(pl.col("property").is_in(["sent", "decided", "date"]))
    begun = invented.claims.select("about", "recorded_at", began="valid_from").drop_nulls("began")
    begun = pl.concat([begun, dated.select("about", "recorded_at", began="value")])
    assert len(begun) > 1000
    announced = invented.claims.filter(property="planned", value="true")["about"].to_list()
    early = [
        row for row in begun.iter_rows() if row[0] not in announced and parse(row[1]).latest <= parse(row[2]).earliest
    ]
    assert early == []
