"""Websites for tests: two that share what nobody else has, and forty that stand alone."""

from __future__ import annotations

from typing import Any

from graphkit import flow
from graphkit.graph.moment import NOW, Moment
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.stores import Store

ME = flow.Maker("ada", "looked at both", "c")
SOURCE = {"source": "s"}
FIRST = {"first_seen": "2020-01-01", "last_seen": "2020-06-01"}
LATER = {"first_seen": "2020-06-11", "last_seen": "2020-12-01"}
LATEST = {"first_seen": "2020-12-05", "last_seen": "2021-02-01"}


def site(domain: str, shared: str, when: dict[str, str]) -> list[dict[str, Any]]:
    """Return the records of a site that shares what is called so with others."""
    observed = {"domain": domain} | SOURCE
    return [
        {"kind": "Website"} | observed | when,
        {"kind": "Tracker", "tracker": f"track-{shared}"} | observed | when,
        {"kind": "Certificate", "fingerprint": f"cert-{shared}"} | observed | when,
        {"kind": "Resolution", "ip": f"192.0.2.{shared}"} | observed | when,
        {"kind": "Registration", "registrant_email": f"{shared}@mail.example", "registrant_name": f"Mask {shared}"}
        | observed
        | {"created": when["first_seen"], "observed": when["last_seen"]},
    ]


WORLD: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "Scan", "cases": ["c"]},
    *site("old.example", "10", FIRST),
    *site("new.example", "10", LATER),
    *(record for number in range(20, 60) for record in site(f"lone{number}.example", str(number), FIRST)),
    {"kind": "Redirect", "domain": "old.example", "to_domain": "new.example", "first_seen": "2020-05-20"} | SOURCE,
]


def view_of(store: Store, moment: Moment = NOW) -> Snapshot:
    return flow.snapshot(store, Scope(("c",), moment))
