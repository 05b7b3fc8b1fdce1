"""What is loaded back of a case with protected persons is what was handed over: their pseudonyms, and the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graphkit import flow
from graphkit.exports import BACK
from graphkit.graph.redact import redacted
from graphkit.graph.scope import Scope
from graphkit.stores import Store
from tests.contracts.test_jobs_redaction import HIDDEN, SECRETS
from tests.contracts.world import ME, source
from tests.jobs import RECORDS

C = Scope(("c",))
BOTH = Scope(("c", "other"))
JANE = {"kind": "Person", "id": "jane-doe", "name": "Jane Doe", "protected": "minor", "source": "s1"}
ORG = {"kind": "Organization", "id": "org", "name": "Org", "source": "s1"}
BEN = {"kind": "Person", "id": "ben", "name": "Ben", "source": "s1"}
BOB = {"kind": "Person", "id": "bob", "name": "Bob", "source": "s1"}
DOE = re.compile(r"jane|\bdoe\b", re.I)


def things(graph: dict[str, Any]) -> dict[str, str]:
    return {id_: row["name"] for kind, rows in graph.items() if kind != "relations" for id_, row in rows.items()}


def links(graph: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(row["from"], row["type"], row["to"]) for row in graph.get("relations", {}).values()}


@pytest.mark.parametrize("name", BACK)
@pytest.mark.parametrize("scope", [C, BOTH], ids=str)
def test_what_is_loaded_back_is_the_redacted_graph(store: Store, load: Any, back: Any, name: str, scope: Scope) -> None:
    load(store, *RECORDS, *HIDDEN)
    assert not SECRETS.search(b"".join(flow.export(store, scope, name)).decode())
    hidden = redacted(flow.snapshot(store, scope))[0]
    after = back(store, scope, name)["graph"]
    told = dict(hidden.entities.select("id", "name").iter_rows())
    pseudonyms = {id_ for id_, named in told.items() if named == "Protected person"}
    assert links(after) == set(hidden.relations.select("from", "type", "to").iter_rows())
    assert {id_: named for id_, named in things(after).items() if id_ not in pseudonyms} == {
        id_: named for id_, named in told.items() if id_ not in pseudonyms
    }
    assert after["Person"]["protected-person-2"]["name"] == "protected-person-2"


@pytest.fixture
def decided(store: Store, load: Any) -> Store:
    """A case with a protected person, whom some accuse, and three others."""
    load(
        store, source("s1"), source("s2"), JANE, ORG, BEN, BOB,
        {"kind": "Incident", "id": "i", "name": "I", "source": "s1"},
        {"kind": "SUSPECTED_OF", "from": "jane-doe", "to": "i", "claimant": "org", "source": "s1"},
        {"kind": "SUSPECTED_OF", "from": "jane-doe", "to": "i", "claimant": "ben", "source": "s2"},
        {"kind": "EMPLOYED_BY", "from": "ben", "to": "org", "role": "clerk", "source": "s1"},
        {"kind": "EMPLOYED_BY", "from": "bob", "to": "org", "source": "s2", "summary": "Jane Doe told so"},
    )  # fmt: skip
    return store


def _claim(store: Store, start: str, source: str = "s1") -> str:
    claims = store.claims()
    found = claims.filter(
        (claims["anchor"] == start) & claims["object_kind"].is_not_null() & (claims["source"] == source)
    )
    return str(found["id"][0])


@pytest.mark.parametrize("name", BACK)
def test_decisions_on_others_go_along(decided: Store, back: Any, held: Any, name: str) -> None:
    flow.merge(decided, ME, ["ben", "bob"], "ben")
    flow.undo(decided, ME, [flow.withdraw(decided, ME, [_claim(decided, "ben")])["id"]])
    flow.correct(decided, ME, _claim(decided, "ben"), {"locator": "page 2"})
    before = held(decided)
    after = back(decided, C, name)
    assert after["Decision"] == before["Decision"]
    assert after["graph"]["Person"]["ben"] == before["graph"]["Person"]["ben"]
    assert ("ben", "EMPLOYED_BY", "org") in links(after["graph"])


@pytest.mark.parametrize("name", BACK)
def test_a_decision_on_a_protected_person_is_applied_and_does_not_go_along(
    decided: Store, back: Any, name: str
) -> None:
    flow.withdraw(decided, ME, [_claim(decided, "jane-doe")])
    flow.correct(decided, ME, _claim(decided, "ben"), {"value": "org", "claimant": "bob"})
    flow.withdraw(decided, ME, [_claim(decided, "jane-doe", "s2")])
    assert not DOE.search(b"".join(flow.export(decided, C, name)).decode())
    after = back(decided, C, name)
    assert links(after["graph"]) == {("ben", "EMPLOYED_BY", "org"), ("bob", "EMPLOYED_BY", "org")}
    assert after["Decision"] == {}
    assert after["graph"]["relations"].popitem()[1]["n_claims"] == 1


@pytest.mark.parametrize("name", BACK)
def test_who_is_merged_with_a_protected_person_has_the_same_pseudonym(decided: Store, back: Any, name: str) -> None:
    flow.merge(decided, ME, ["jane-doe", "bob"], None)
    content = b"".join(flow.export(decided, C, name)).decode()
    assert not DOE.search(content) and "bob" not in content.lower()
    after = back(decided, C, name)["graph"]
    assert {id_ for id_ in things(after) if "protected" in id_} == {"protected-person-1"}
    assert ("protected-person-1", "EMPLOYED_BY", "org") in links(after)


@pytest.mark.parametrize("name", BACK)
def test_values_that_are_no_words_stay_what_they_are_without_a_name(
    store: Store, load: Any, back: Any, name: str
) -> None:
    said = {"source": "s1"}
    load(
        store, source("s1", url="https://a.example/jane-doe", note="On Jane Doe"), source("jane doe"), JANE,
        {"kind": "Domain", "domain": "jane-doe.example", "statement": "of Jane Doe", **said},
        {"kind": "Domain", "domain": "jane.doe.example", **said},
        {"kind": "Website", "domain": "jane-doe.example", "name": "Jane Doe", **said},
        {"kind": "Registration", "domain": "jane-doe.example", "registrant_email": "jane_doe@mail.example",
         "created": "2014", **said},
        {"kind": "ContentItem", "id": "x", "url": "https://b.example/jane%20doe", **said},
        {"kind": "ORGANIZATION".title(), "id": "o", "name": "O", "source": "jane doe", "quote": "Jane Doe" * 30},
        {"kind": "Identifier", "id": "email:jane.doe@mail.example", "value": "jane.doe@mail.example", **said},
    )  # fmt: skip
    after = back(store, C, name)
    assert "domain:protected-person.example" in after["graph"]["Domain"]
    assert len(after["graph"]["Domain"]) == 2
    assert after["graph"]["ContentItem"]["x"]["url"] == ["https://b.example/protected-person"]
    assert after["Source"]["s1"]["url"] == "https://a.example/protected-person"
    assert not DOE.search(str(after))
