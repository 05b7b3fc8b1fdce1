"""Properties of FollowTheMoney: what each becomes, by schema."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from functools import lru_cache

from graphkit.ingest.importers.ftm import schemata


class How(StrEnum):
    """What is made of the values of a property."""

    FIELD = auto()
    ALSO = auto()  # a name that others use, or used
    TOLD = auto()  # a sentence on the thing
    NOTE = auto()  # a sentence on the claims
    DAY = auto()
    LINK = auto()  # a relation to what the value names
    LINK_BACK = auto()  # a relation from what the value names
    CONTACT = auto()  # a relation to an identifier
    ID_NUMBER = auto()  # refused


Taken = tuple[How, str]
Table = Mapping[str, Taken]


def _all(how: How, names: str, to: str = "") -> dict[str, Taken]:
    return {name: (how, to or name) for name in names.split()}


def _labelled(how: How, **labels: str) -> dict[str, Taken]:
    return {name: (how, label) for name, label in labels.items()}


_INTERVAL: dict[str, Taken] = {
    **_all(How.DAY, "startDate", "valid_from"),
    **_all(How.DAY, "endDate", "valid_to"),
    **_all(How.DAY, "modifiedAt", "said_at"),
    **_all(How.DAY, "date"),
    **_labelled(How.NOTE, sourceUrl="Read at", publisher="Published by", publisherUrl="Publisher at"),
    **_labelled(How.NOTE, recordId="Record", proof="Proof"),
}
"""What lasts from one day to another; most edges do, and some things."""
_THING: dict[str, Taken] = {
    **_INTERVAL,
    **_all(How.FIELD, "name"),
    **_all(How.ALSO, "alias previousName weakAlias abbreviation"),
    **_all(How.FIELD, "summary description notes", "about"),
    **_all(How.FIELD, "sourceUrl wikipediaUrl opencorporatesUrl programUrl", "reference"),
    **_all(How.FIELD, "wikidataId", "external_id"),
    **_labelled(How.TOLD, keywords="Keyword", topics="Topic", program="Programme"),
    **_all(How.CONTACT, "email phone website"),
}
_BODY: dict[str, Taken] = {
    **_labelled(How.TOLD, legalForm="Legal form", sector="Sector", classification="Classification", status="Status"),
    **_labelled(How.TOLD, incorporationDate="Incorporated", dissolutionDate="Dissolved"),
    **_all(How.LINK, "parent", "PART_OF"),
    **_all(How.LINK_BACK, "subsidiaries", "PART_OF"),
    **_all(How.LINK, "addressEntity", "LOCATED_IN"),
}
_NUMBERS = (
    "registrationNumber leiCode ogrnCode innCode vatCode uscCode dunsCode uniqueEntityId npiCode swiftBic bvdId icijId"
    " okpoCode licenseNumber voenCode irsCode cikCode jibCode mbsCode ibcRuc kppCode fnsCode fssCode bikCode pfrNumber"
    " isinCode ricCode ticker cageCode permId imoNumber giiNumber"
)
_CATALOGUED = (
    "registrationNumber imoNumber mmsi callSign crsNumber serialNumber isin isinCode figiCode ticker accountNumber iban"
    " bic publicKey cadastralCode titleNumber caseNumber projectId procedureNumber identifier authorityId unscId"
    " programId uid leiCode territoryCode nutsCode assessmentId"
)
_BY_KIND: dict[str, Table] = {
    "Person": _all(How.FIELD, "position") | _all(How.ID_NUMBER, _NUMBERS),
    "Group": _BODY | _all(How.ID_NUMBER, _NUMBERS),
    "Organization": {
        **_BODY,
        **_all(How.FIELD, _NUMBERS, "external_id"),
        **_all(How.FIELD, "jurisdiction mainCountry", "country"),
        **_labelled(How.TOLD, country="Country", address="Address", capital="Capital"),
    },
    "Place": {
        **_all(How.FIELD, "full", "name"),
        **_all(How.FIELD, "latitude longitude"),
        **_all(How.FIELD, "level", "place_type"),
        **_labelled(How.TOLD, country="Country", remarks="Remarks"),
        **_all(How.LINK, "partOf", "PART_OF"),
    },
    "Incident": {
        **_labelled(How.TOLD, location="Location", address="Address", country="Country"),
        **_all(How.DAY, "startDate endDate date"),
        **_all(How.LINK, "organizer involved startLocation endLocation vehicle addressEntity"),
    },
    "Concept": {
        **_all(How.FIELD, "title", "name"),
        **_all(How.FIELD, "type", "concept_type"),
        **_all(How.FIELD, _CATALOGUED, "external_id"),
        **_labelled(How.TOLD, status="Status", country="Country", jurisdiction="Jurisdiction", address="Address"),
        **_labelled(How.TOLD, flag="Flag", pastFlags="Past flag", model="Model", manufacturer="Manufacturer"),
        **_labelled(How.TOLD, buildDate="Built", registrationDate="Registered", registrationPort="Port"),
        **_labelled(How.TOLD, tonnage="Tonnage", grossRegisteredTonnage="Gross tonnage", icaoCode="ICAO type"),
        **_labelled(How.TOLD, bankName="Bank", accountType="Account type", currency="Currency", amount="Amount"),
        **_labelled(How.TOLD, currencySymbol="Currency", managingExchange="Exchange", creationDate="Created"),
        **_labelled(How.TOLD, issueDate="Issued", maturityDate="Matures", classification="Classification"),
        **_labelled(How.TOLD, category="Category", court="Court", fileDate="Filed", closeDate="Closed", aim="Aim"),
        **_labelled(How.TOLD, authority="Authority", provisions="Provisions", reason="Reason", duration="Duration"),
        **_labelled(How.TOLD, listingDate="Listed", propertyType="Property type", subnationalArea="Area"),
        **_labelled(How.TOLD, contractDate="Contract of", awardDate="Awarded", pubDate="Published"),
        **_all(How.LINK_BACK, "owner", "OWNS"),
        **_all(How.LINK, "operator holder issuer bank organization addressEntity customer onBehalfOf tenderer project"),
    },
    "Identifier": {
        **_all(How.FIELD, "username", "value"),
        **_labelled(How.NOTE, service="Service"),
        **_all(How.LINK_BACK, "owner", "USES"),
    },
    "Source": {
        **_all(How.FIELD, "title fileName subject", "name"),
        **_all(How.FIELD, "publishedAt authoredAt", "published"),
        **_all(How.FIELD, "author", "authors"),
        **_all(How.FIELD, "publisher"),
        **_all(How.FIELD, "sourceUrl", "url"),
        **_all(How.FIELD, "language", "lang"),
        **_all(How.NOTE, "summary description notes", ""),
    },
}
_BY_SCHEMA: dict[str, Table] = {
    "Sanction": _all(How.LINK_BACK, "entity", "Sanction"),
    "Risk": _all(How.LINK_BACK, "entity", "Risk"),
    "CallForTenders": _all(How.LINK, "authority"),
    "Assessment": _all(How.LINK, "author"),
}
_NOT_OF: dict[str, str] = {
    "Person": "reference external_id",
    "Group": "reference external_id",
    "Place": "reference external_id CONTACT",
    "Identifier": "reference external_id about CONTACT ALSO TOLD name",
    "Source": "reference external_id CONTACT TOLD ALSO DAY",
}
"""Fields, and what else, that a kind has no place for."""
_EDGE: dict[str, Taken] = {
    **_INTERVAL,
    **_all(How.FIELD, "summary description purpose goodsDescription", "about"),
    **_labelled(How.TOLD, amount="Amount", currency="Currency", amountUsd="Amount in USD", amountEur="Amount in EUR"),
    **_labelled(How.TOLD, percentage="Percentage", sharesCount="Shares", sharesType="Type of shares"),
    **_labelled(How.TOLD, sharesValue="Value of shares", sharesCurrency="Currency of shares"),
    **_labelled(How.TOLD, ownershipType="Type of ownership", legalBasis="Legal basis", role="Role", status="Status"),
    **_labelled(How.TOLD, programme="Programme", lotNumber="Lot", constituency="Constituency", criteria="Criteria"),
    **_labelled(How.TOLD, confidenceScore="Score", matcher="Matcher", secretary="Secretary", duration="Duration"),
}


def of_thing(schema: str) -> Table:
    """Return what the properties of a thing become."""
    return _of_thing(schemata.kind(schema), schema if schema in _BY_SCHEMA else "")


@lru_cache
def _of_thing(kind: str, schema: str) -> Table:
    left_out = _NOT_OF.get(kind, "").split()
    table = {**_THING, **_BY_KIND[kind], **_BY_SCHEMA.get(schema, {})}
    if "reference" in left_out:
        table |= {name: (How.NOTE, "Read at") for name, (_, to) in table.items() if to == "reference"}
    return {name: (how, to) for name, (how, to) in table.items() if how.name not in left_out and to not in left_out}


@lru_cache
def of_edge(schema: str) -> Table:
    """Return what the properties of an edge become, besides its ends."""
    edge = schemata.EDGES[schema]
    return {**_EDGE, **dict.fromkeys(edge.words, (How.FIELD, "words"))}
