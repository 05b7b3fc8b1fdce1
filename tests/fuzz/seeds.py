"""Small good files of each kind, as trees of plain values: what the mutations begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.ftm import COMPANY, PERSON, PLACE, entity
from tests.misp import attribute, event, object_, reference, tags
from tests.whois import ANSWERS

SAID = {"source": "s", "claimant": "o"}
NATIVE: list[Any] = [
    {"kind": "Source", "id": "s", "name": "Harbour papers", "published": "2014-03", "cases": ["kiln"]},
    {"kind": "Organization", "id": "o", "name": "Port Guild", "source": "s"},
    {"kind": "Person", "id": "p", "name": "Ada Venn", **SAID, "locator": "p. 3", "valid_from": "2013/2014"},
    {"kind": "Person", "id": "q", "name": ["Bo Lund", "B. Lund"], "stance": "reports", **SAID},
    {"kind": "Group", "id": "g", "name": "Grey Gull", **SAID},
    {"kind": "MEMBER_OF", "from": "p", "to": "g", **SAID, "valid_from": "2013-05-01", "confidence": 70},
    {"kind": "Incident", "id": "i", "name": "Fire", "date": "2014-03-01", **SAID, "summary": "The kiln burnt."},
    {"kind": "Resolution", "domain": "kiln.example", "ip": "198.51.100.7", "first_seen": "2014-01-01", **SAID},
    {"kind": "Identifier", "id": "email:ada@kiln.example", "value": "ada@kiln.example", **SAID},
]
_ORG, _ACTOR, _PLACE, _MARK = (
    f"{kind}--{number}1111111-1111-4111-8111-111111111111"
    for number, kind in enumerate(("identity", "threat-actor", "location", "marking-definition"), start=1)
)
_MADE = {"spec_version": "2.1", "created": "2014-03-01T00:00:00.000Z", "modified": "2014-03-02T00:00:00.000Z"}
STIX: Any = {
    "type": "bundle",
    "id": "bundle--11111111-1111-4111-8111-111111111111",
    "objects": [
        {"type": "identity", "id": _ORG, "name": "Port Guild", "identity_class": "organization", **_MADE},
        {
            **{"type": "threat-actor", "id": _ACTOR, "name": "Grey Gull", "aliases": ["Sea Mew"], **_MADE},
            **{"created_by_ref": _ORG, "object_marking_refs": [_MARK], "confidence": 70, "revoked": False},
        },
        {
            "type": "location",
            "id": _PLACE,
            "name": "Port",
            "country": "NO",
            "latitude": 60.1,
            "longitude": 5.2,
            **_MADE,
        },
        {"type": "domain-name", "id": f"domain-name{_ORG[8:]}", "value": "kiln.example"},
        {"type": "file", "id": f"file{_ORG[8:]}", "hashes": {"SHA-256": "9b" * 32}, "name": "a.doc"},
        {
            **{"type": "relationship", "id": f"relationship{_ORG[8:]}", "relationship_type": "located-at", **_MADE},
            **{"source_ref": _ACTOR, "target_ref": _PLACE, "start_time": "2013-01-01T00:00:00Z"},
        },
        {
            **{"type": "sighting", "id": f"sighting{_ORG[8:]}", "sighting_of_ref": _ACTOR, **_MADE},
            **{"where_sighted_refs": [_ORG], "first_seen": "2014-01-01T00:00:00Z"},
        },
        {"type": "report", "id": f"report{_ORG[8:]}", "name": "On gulls", "object_refs": [_ACTOR, _PLACE], **_MADE},
        {"type": "marking-definition", "id": _MARK, "definition_type": "tlp", "definition": {"tlp": "green"}},
    ],
}
_GULL, _MEW = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
GALAXY: Any = {
    "type": "threat-actor",
    "name": "Threat Actor",
    "uuid": "7cdff317-a673-4474-84ec-4f1754947823",
    "description": "Groups.",
    "authors": ["Somebody"],
    "version": 9,
    "values": [
        {
            "uuid": _GULL,
            "value": "Grey Gull",
            "description": "Reads the mail of harbours.",
            "meta": {"synonyms": ["Sea Mew"], "country": "FR", "refs": ["https://example.com/gull"], "since": "2014"},
            "related": [{"dest-uuid": _MEW, "type": "similar", "tags": ["x:y"]}, {"dest-uuid": _GULL, "type": "uses"}],
        },
        {"uuid": _MEW, "value": "Sea Mew"},
    ],
}
MISP: Any = event(
    attribute(
        "domain", "a.example", timestamp="1709553600", comment="x", Tag=tags("tlp:green"), Sighting=[{"type": "0"}]
    ),
    attribute("ip-dst", "198.51.100.7", "a2", deleted=True),
    attribute("domain|ip", "d.example|198.51.100.9", "a3"),
    objects=[
        object_("person", ("full-name", "full-name", "Jo"), ObjectReference=[reference("a1"), reference("o2", "owns")]),
        object_("domain-ip", ("domain", "domain", "b.example"), ("ip", "ip-dst", "198.51.100.8"), uuid="o2"),
    ],
    Tag=tags("tlp:white"),
    Galaxy=[{"type": "tool", "GalaxyCluster": [{"value": "Rake", "uuid": "c1", "meta": {"type": ["x"]}}]}],
)
FTM: list[Any] = [
    PERSON,
    COMPANY | {"properties": COMPANY["properties"] | {"addressEntity": [PLACE], "parent": ["d"]}},
    entity("Ownership", "w", owner="p", asset="c", percentage="51", startDate="2014-03-01"),
    entity("UserAccount", "u", username="kiln", service="forum", owner="p"),
    {"id": "t", "schema": "Company", "statements": [{"prop": "name", "value": "Kiln", "dataset": "x"}]},
    {"canonical_id": "t2", "schema": "Company", "prop": "name", "value": "Kiln", "dataset": "x"},
]
WHOIS: list[Any] = list(ANSWERS.values())

GRAPHML: Any = [
    "graphml",
    {"xmlns": "http://graphml.graphdrawing.org/xmlns", "xmlns:y": "http://www.yworks.com/xml/graphml"},
    ["key", {"id": "k", "for": "node", "attr.name": "kind", "attr.type": "string"}, ["default", {}, "Concept"]],
    ["key", {"id": "n", "for": "all", "attr.name": "label"}],
    ["key", {"id": "f", "for": "edge", "attr.name": "valid_from"}],
    [
        "graph",
        {"edgedefault": "directed"},
        ["node", {"id": "a"}, ["data", {"key": "k"}, "Person"], ["data", {"key": "n"}, "Ada Venn"]],
        ["node", {"id": "b"}, ["data", {"key": "n"}, ["y:ShapeNode", {}, ["y:NodeLabel", {}, "Gull"]]]],
        ["edge", {"id": "e", "source": "a", "target": "b"}, ["data", {"key": "f"}, "2014-03"], ["desc", {}, "Met."]],
        ["edge", {"source": "b", "target": "a", "directed": "false"}],
    ],
]
GEXF: Any = [
    "gexf",
    {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"},
    ["meta", {"lastmodifieddate": "2014-03-01"}, ["creator", {}, "Gephi"], ["description", {}, "Gulls"]],
    [
        "graph",
        {"defaultedgetype": "directed", "timeformat": "date", "mode": "dynamic"},
        ["attributes", {"class": "node"}, ["attribute", {"id": "0", "title": "kind"}, ["default", {}, "Concept"]]],
        ["attributes", {"class": "edge"}, ["attribute", {"id": "0", "title": "relation"}]],
        [
            "nodes",
            {},
            ["node", {"id": "a", "label": "Ada"}, ["attvalues", {}, ["attvalue", {"for": "0", "value": "Person"}]]],
            [
                "node",
                {"id": "b", "start": "2013"},
                ["viz:color", {"r": "1"}],
                ["spells", {}, ["spell", {"end": "2014"}]],
            ],
        ],
        [
            "edges",
            {},
            [
                "edge",
                {"id": "0", "source": "a", "target": "b", "startopen": "2013-01-01", "weight": "1.5"},
                ["attvalues", {}, ["attvalue", {"for": "0", "value": "knows", "start": "2013-05-01"}]],
            ],
        ],
    ],
]
TABLE: list[Any] = [
    ["kind", "id", "name", "source", "claimant", "valid_from", "from", "to", "summary"],
    ["Source", "s", "Harbour papers"],
    ["Organization", "o", "Port Guild", "s"],
    ["Person", "p", "Ada Venn|A. Venn", "s", "o", "2013"],
    ["Group", "g", "Grey, Gull", "s", "o", "", "", "", 'He said "no"\nand left'],
    ["MEMBER_OF", "", "", "s", "o", "2014-03-01/2015", "p", "g"],
]
SITES: list[Any] = [
    ["List of sites", "", "", ""],
    ["Domain", "Registrant", "First seen", "Status", "Remarks"],
    ["red-kiln.example", "Ada Venn", "03/04/2014", "online", "see a.example; b.example"],
    ["grey-gull.example", "Port Guild", "25/04/2014", "offline", ""],
    ["sea-mew.example", "n/a", "2014", "online", "gone"],
    ["Total", 3, "", "", ""],
]
EVENTS: list[Any] = [
    ["id", "date", "country", "location", "actor1", "deaths", "lat", "lon", "notes"],
    [1, date(2014, 3, 1), "Norway", "Port", "Grey Gull", "3-5", 60.1, 5.2, "The kiln burnt."],
    [2, date(2014, 3, 9), "Norway", "Quay", "Sea Mew", "at least 2", "60,3", 5.25, "-"],
    [3, "2014-13-01", "Norway", "Quay", "unknown", -99, 0, 0, ""],
]
LINKS: list[Any] = [
    ["Source", "Target", "Type", "Date"],
    ["Ada Venn", "Grey Gull", "member", "2014-03-01"],
    ["Bo Lund", "Grey Gull", "founder", "um 2012"],
    ["Bo Lund", "Ada Venn", "married", "2010 - 2014"],
]
MAPPING: Any = {
    "source": {"name": "Harbour papers", "published": "2014"},
    "claimant": "Port Guild",
    "encoding": "utf-8",
    "separator": "comma",
    "sheets": [
        {
            "header": "1",
            "dates": "day first",
            "nulls": ["-"],
            "hidden": "leave out",
            "records": {
                "person": {
                    "kind": "Person",
                    "name": {"columns": ["Source", "Type"], "join": " "},
                    "summary": {"column": "Type", "means": {"member": "A member."}, "nulls": ["x"]},
                },
                "other": {"kind": {"column": "Type", "means": {"member": "Group"}}, "name": {"column": "Target"}},
                "group": {"kind": "Group", "id": {"column": "Target", "id": "group"}, "name": "Target"},
                "link": {
                    **{"kind": "MEMBER_OF", "from": "person", "to": "group", "role": {"is": "founder"}},
                    "valid_from": {"column": "Date", "dates": "year first", "split": ";", "precision": "Type"},
                    "note": {"column": "Type", "json": "a.b"},
                },
            },
        }
    ],
}
