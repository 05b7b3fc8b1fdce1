"""Whatever a record can say comes back from every format that can be loaded back, and so does a part of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.exports import BACK, ENDINGS
from graphkit.exports.records import SAID
from graphkit.graph.moment import Moment
from graphkit.graph.scope import Scope
from graphkit.ingest.checks import ATTRIBUTION
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from tests.contracts.world import source

C = Scope(("c",))
ODD = 'a\ttab, "quotes" \\ and /slashes/\nlines\u2028and 昆明, 𝔄, {"kind": "Person"}, | bars'
EVERYTHING = {
    "source": "s1", "claimant": "o", "said_at": "2014-03-01?", "recorded_at": "2026-01-02T03:04:05+02:00",
    "valid_from": "201X", "valid_to": "2024-XX", "confidence": 0, "credibility": 5, "stance": "reports",
    "modality": "estimated", "locator": ODD, "quote": ODD, "summary": ODD, "note": ODD, "resolution": ODD, "lang": "zh",
}  # fmt: skip
S1 = {"source": "s1"}
ORGANIZATION = {"kind": "Organization", "id": "o", "name": "O", **S1}
PERSON = {"kind": "Person", "id": "p", "name": "P", **S1}
SAYS: dict[str, list[dict[str, Any]]] = {
    "all attribution": [{"kind": "Person", "id": "p", "name": ODD, "statement": [ODD, "b"], **EVERYTHING}],
    "all attribution of a relation": [
        PERSON, {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": ["clerk", ODD], **EVERYTHING},
    ],
    "names in scripts": [
        {"kind": "Place", "id": "k", "name": "昆明", "lang": "zh", "script": "Hani", **S1},
        {"kind": "Place", "id": "k", "name": "Kunming", "lang": "en", "transliteration_of": "昆明", **S1},
    ],
    "values as they are written": [
        {"kind": "Incident", "id": "i", "killed": 29, "raw": "二十九", **S1},
        {"kind": "Website", "domain": "昆明.example", "raw": "hxxp://昆明[.]example", **S1},
        {"kind": "Domain", "domain": "EXAMPLE.com.", **S1},
        {"kind": "Person", "id": "p", "position": "cafe\u0301 owner", **S1},
    ],
    "several values where one is true": [
        {"kind": "Incident", "id": "i", "name": "I", "killed": 2, "killed_low": 1, "date": "2014", **S1},
        {"kind": "Incident", "id": "i", "killed": 3, "killed_high": 5, "date": "2014-03", **S1},
        {"kind": "Incident", "id": "i", "killed": 3, "source": "s2"},
    ],
    "numbers": [
        {"kind": "Place", "id": "k", "latitude": -24.881, "longitude": 1e-7, **S1},
        {"kind": "Statistic", "id": "n", "name": "N", "amount": 2**40, "unit": "items", **S1},
    ],
    "both directions of a relation that has none": [
        PERSON,
        {"kind": "COOPERATES_WITH", "from": "p", "to": "o", **S1},
        {"kind": "COOPERATES_WITH", "from": "o", "to": "p", **S1},
        {"kind": "COOPERATES_WITH", "from": "o", "to": "p", "source": "s2", "stance": "denies"},
    ],
    "a relation that is only denied": [
        PERSON,
        {"kind": "MEMBER_OF", "from": "p", "to": "o", "role": "head", "claimant": "p", "stance": "denies", **S1},
    ],
    "one relation, rated for one of its roles": [
        PERSON,
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": "clerk", "confidence": 30, **S1},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": "head", "confidence": 90, "note": "later", **S1},
    ],
    "what only observations name": [
        {"kind": "Resolution", "domain": "a.example", "ip": "198.51.100.7", "first_seen": "2014", **S1},
        {"kind": "Registration", "domain": "a.example", "registrar": "Reg, Inc.", "registrant_name": "J. Doe",
         "registrant_email": "J@A.example", "nameservers": ["ns1.b.example", "NS2.b.example"], "created": "2013",
         "expires": "2015", "observed": ["2014-01-01", "2014-06"], **S1},
        {"kind": "Registration", "domain": "b.example", "registrant_phone": "+49 30 123", **S1},
        {"kind": "Certificate", "domain": "a.example", "fingerprint": "ab" * 32, **S1},
        {"kind": "Favicon", "domain": "a.example", "favicon": "-123", **S1},
    ],
    "what has a hash or an address": [
        {"kind": "ContentItem", "id": "sha256:" + "ab" * 32, "sha256": "ab" * 32, "media_type": "video/mp4",
         "url": ["https://bad.example/1", "https://bad.example/2"], **S1},
        {"kind": "Identifier", "id": "file:" + "ab" * 32, "value": "ab" * 32, **S1},
        {"kind": "Identifier", "id": "handle:chat:a:b", "service": "chat", **S1},
        {"kind": "Identifier", "id": "handle:owl", "value": "owl", **S1},
        {"kind": "Identifier", "id": "as:AS64496", "value": "AS64496", **S1},
        {"kind": "Identifier", "id": "email:x@a.example", "value": "x@a.example", **S1},
        {"kind": "Identifier", "id": "url:https://a.example/", "value": "https://a.example/", **S1},
        {"kind": "Host", "ip": "2001:db8::/32", "network": ["A", "B"], **S1},
    ],
    "very many values": [{"kind": "Organization", "id": "o", "name": [f"Name {n}" for n in range(9_000)], **S1}],
    "very long values": [
        {"kind": "Organization", "id": "o", "statement": [f"{n}" + "x" * 90_000 for n in range(60)], **S1},
    ],
    "sources that rest on others": [
        source("far", cases=["other"], based_on=["farther"]),
        source("farther", cases=["other"]),
        source("s1", based_on=["far"], reliability="F", tlp="AMBER+STRICT", authors=["A", "B"], published="2014"),
        source("s2", based_on=["farther"], url="https://a.example/x", invented=True, accessed="2015-01"),
        PERSON,
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "confidence": 50, **S1},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "confidence": 50, "source": "s2"},
    ],
}  # fmt: skip


def test_a_record_of_a_hand_over_has_the_fields_of_every_record() -> None:
    assert set(SAID) == set(ATTRIBUTION)


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", BACK)
@pytest.mark.parametrize("what", SAYS)
def test_whatever_a_record_can_say_comes_back(
    store: Store, load: Any, back: Any, held: Any, what: str, name: str
) -> None:
    report = load(store, source("s1"), source("s2"), ORGANIZATION, *SAYS[what])
    assert list(map(str, report.rejects)) == []
    before = held(store)
    after = back(store, C, name)
    if what == "sources that rest on others":
        assert [entry["cases"] for entry in after["Source"].values()] == [["c"]] * len(before["Source"])
        before = {**before, "Source": after["Source"], "Case": after["Case"]}
    assert after == before


@pytest.mark.parametrize("name", BACK)
def test_a_case_says_nothing_of_another_one(store: Store, load: Any, back: Any, name: str) -> None:
    far = {"kind": "Case", "id": "other", "name": "Zorkmid", "purpose": "plugh"}
    load(store, source("s1"), source("s2", cases=["c", "other"]), source("far", cases=["other"]), far)
    load(store, ORGANIZATION, {**PERSON, "source": "far"}, {**PERSON, "id": "q", "name": "Plugh", "source": "far"})
    load(store, {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "source": "s2", "claimant": "p"})
    content = b"".join(flow.export(store, C, name))
    assert b"lugh" not in content and b"Zorkmid" not in content
    after = back(store, C, name)
    assert after["graph"]["Person"]["p"]["name"] == "p"
    assert [row["from"] for row in after["graph"]["relations"].values()] == ["p"]


@pytest.mark.parametrize("name", BACK)
def test_what_was_corrected_in_another_case_stands_in_this_one(store: Store, load: Any, back: Any, name: str) -> None:
    load(store, source("s1", cases=["c", "other"]), ORGANIZATION, PERSON)
    load(store, {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "locator": "page 1", **S1})
    (claim,) = store.claims().filter(store.claims()["locator"] == "page 1")["id"]
    flow.correct(store, flow.Maker("A", "why", "other"), claim, {"locator": "page 2"})
    view = flow.snapshot(store, C)
    after = back(store, C, name)
    assert after["Decision"] == {}
    assert list(after["graph"]["relations"]) == view.relations["id"].to_list()
    assert [row["n_claims"] for row in after["graph"]["relations"].values()] == [1]
    assert [row["locator"] for row in after["claims"].values() if "locator" in row] == ["page 1"]


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", BACK)
@pytest.mark.parametrize(
    "moment",
    [
        Moment(as_of="2014"),
        Moment(as_of="2014", certainly=True),
        Moment(known_on="2020-06"),
        Moment(published_by="2014"),
    ],
    ids=str,
)
def test_a_moment_is_handed_over_as_it_is_shown(store: Store, load: Any, back: Any, name: str, moment: Moment) -> None:
    said = {"source": "s1", "recorded_at": "2020-01-01"}
    load(
        store, source("s1", published="2013"), source("s2", published="2015"), {**ORGANIZATION, **said},
        {**PERSON, **said}, {"kind": "Incident", "id": "i", "name": "I", "date": "2013", **said},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": "clerk", "valid_from": "2013", "valid_to": "2015",
         **said},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": "head", "source": "s2", "recorded_at": "2021-01-01"},
        {"kind": "TARGET_OF", "from": "o", "to": "i", "valid_from": "2019", "source": "s2",
         "recorded_at": "2020-03-01"},
    )  # fmt: skip
    scope = Scope(("c",), moment)
    view = flow.snapshot(store, scope)
    after = back(store, scope, name)["graph"]
    assert set(after.get("relations", {})) == set(view.relations["id"])
    things = {id_ for kind, rows in after.items() if kind != "relations" for id_ in rows}
    assert things == set(view.entities["id"])


@pytest.mark.parametrize("name", BACK)
def test_a_part_has_all_that_is_said_of_its_things(store: Store, load: Any, back: Any, name: str) -> None:
    load(
        store, source("s1"), source("s2"), source("s3"), ORGANIZATION, PERSON,
        {**PERSON, "id": "far", "name": "Far", "source": "s3"}, {**PERSON, "id": "who", "name": "Who", "position": "x"},
        {"kind": "Incident", "id": "i", "name": "I", "source": "s2"},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": "clerk", "claimant": "who", **S1},
        {"kind": "EMPLOYED_BY", "from": "far", "to": "o", "source": "s3"},
        {"kind": "SUSPECTED_OF", "from": "far", "to": "i", "claimant": "who", "source": "s3"},
    )  # fmt: skip
    whole = flow.snapshot(store, C).relations
    after = back(store, C, name, ["p"])
    assert set(after["graph"]["Person"]) == {"p", "who"}
    assert after["graph"]["Person"]["who"]["name"] == "Who" and "position" not in after["graph"]["Person"]["who"]
    assert set(after["graph"]["Organization"]) == {"o"} and "Incident" not in after["graph"]
    assert list(after["Source"]) == ["s1"]
    (id_,) = whole.filter(whole["from"] == "p")["id"]
    assert list(after["graph"]["relations"]) == [id_]


@pytest.mark.parametrize("name", BACK)
def test_what_is_loaded_twice_changes_nothing(
    store: Store, load: Any, held: Any, name: str, last_used: LastUsed, tmp_path: Path
) -> None:
    load(store, source("s1"), source("s2"), ORGANIZATION, *SAYS["one relation, rated for one of its roles"])
    before = held(store)
    file = tmp_path / f"again{ENDINGS[name]}"
    file.write_bytes(b"".join(flow.export(store, C, name)))
    report = flow.load(store, [file], None, last_used)
    assert (report.new_claims, report.rerated_claims, report.rejected) == (0, 0, 0)
    assert held(store) == before
