"""A small invented case of requests for the tests: two sources, two platforms, and a site that went on elsewhere."""

from __future__ import annotations

from typing import Any

from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.requesting import Request
from graphkit.stores import Store

SCOPE = Scope(("c",))
SHA = "ab" * 32
LOG = {"source": "log"}
RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "log", "name": "The log", "publisher": "Log Office", "cases": ["c"]},
    {"kind": "Source", "id": "report", "name": "The report", "publisher": "Report House", "cases": ["c"]},
    {"kind": "Organization", "id": "ministry", "name": "The ministry"} | LOG,
    {"kind": "Organization", "id": "hoster", "name": "The hoster"} | LOG,
    {"kind": "Website", "domain": "old.example", "name": "Old site", "first_seen": "2021-01", "last_seen": "2022-03-01"}
    | LOG,
    {"kind": "Website", "domain": "new.example", "name": "New site", "first_seen": "2022-04-02"} | LOG,
    {"kind": "Website", "domain": "old.example", "status": "removed", "valid_from": "2022-03-01", "locator": "p. 1"}
    | LOG,
    {"kind": "Website", "domain": "old.example", "status": "online", "valid_from": "2021-01-05", "valid_to": "2022-02"}
    | LOG,
    {"kind": "Request", "id": "r1", "name": "Request one", "request_type": "removal", "legal_basis": "Act, section 4",
     "sent": "2022-02-01", "decided": "2022-03-01", "items_asked": 4, "items_removed": 3, "locator": "p. 1"} | LOG,
    {"kind": "Request", "id": "r1", "outcome": "partly granted", "valid_from": "2022-03-01", "locator": "p. 1"} | LOG,
    {"kind": "Request", "id": "r1", "outcome": "appealed", "valid_from": "2022-05-02", "locator": "p. 2"} | LOG,
    {"kind": "Request", "id": "r1", "outcome": "reinstated", "valid_from": "2022-07", "source": "report"},
    {"kind": "MADE_REQUEST", "from": "ministry", "to": "r1"} | LOG,
    {"kind": "ADDRESSED_TO", "from": "r1", "to": "hoster"} | LOG,
    {"kind": "CONCERNS", "from": "r1", "to": "website:old.example"} | LOG,
    {"kind": "Redirect", "domain": "old.example", "to_domain": "new.example", "first_seen": "2022-03-05",
     "last_seen": "2022-03-09", "source": "report"},
    {"kind": "ContentItem", "id": "item", "name": "An item", "sha256": SHA} | LOG,
    {"kind": "ContentItem", "id": "again", "name": "The item again", "sha256": SHA, "source": "report"},
    {"kind": "HOSTED_CONTENT", "from": "website:old.example", "to": "item", "claimant": "ministry",
     "valid_from": "2021-02-01", "valid_to": "2022-03-01"} | LOG,
    {"kind": "HOSTED_CONTENT", "from": "website:new.example", "to": "again", "claimant": "hoster",
     "valid_from": "2022-04-10", "source": "report"},
    {"kind": "Request", "id": "r2", "name": "Request two", "request_type": "legal assistance", "sent": "2023"} | LOG,
    {"kind": "MADE_REQUEST", "from": "ministry", "to": "r2"} | LOG,
    {"kind": "REQUESTED_REMOVAL", "from": "ministry", "to": "hoster", "amount": "several", "outcome": "mostly granted",
     "source": "report", "locator": "p. 9"},
    {"kind": "REQUESTED_REMOVAL", "from": "hoster", "to": "website:new.example", "amount": "a handful",
     "source": "report"},
]  # fmt: skip


def told(store: Store, **asked: str) -> dict[str, Request]:
    """Return the requests of the case by id, and a bare relation as 'relation'."""
    found = flow.requests(store, flow.snapshot(store, SCOPE), flow.RequestsAsked(**asked))
    return {one.id if one.known_as == "request" else "relation": one for one in found.rows}
