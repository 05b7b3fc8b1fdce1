"""A website is found however a person types it, on every store."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain, NotFound
from graphkit.graph.scope import Scope
from graphkit.model import typed
from graphkit.stores import Store

SCOPE = Scope(("c",))
ME = flow.Maker("ada", "looked at both", "c")
CYRILLIC = "pаypal.example"  # the first a is Cyrillic
SOURCE = {"source": "s"}
RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "Scan", "cases": ["c"]},
    {"kind": "Source", "id": "t", "name": "Another scan", "cases": ["c"]},
    {"kind": "Website", "domain": CYRILLIC} | SOURCE,
    {"kind": "Website", "domain": "paypal.example"} | SOURCE,
    {"kind": "Website", "domain": "dune-wire.example", "name": "Dune Wire"} | SOURCE,
    {"kind": "Website", "domain": "oasis.example", "name": "Oasis Report"} | SOURCE,
    {"kind": "Website", "domain": "oasis.example", "name": "Oasis Report", "source": "t"},
]


@pytest.mark.parametrize(
    ("given", "domain"),
    [
        ("dune-wire[.]example", "dune-wire.example"),
        (" Dune-Wire.example. ", "dune-wire.example"),
        ("website:dune-wire.example", "dune-wire.example"),
        (CYRILLIC, "xn--pypal-4ve.example"),
        ("xn--pypal-4ve.example", "xn--pypal-4ve.example"),
    ],
)
def test_a_website_is_found_as_it_is_typed(store: Store, load: Any, given: str, domain: str) -> None:
    load(store, *RECORDS)
    assert flow.relatives(flow.snapshot(store, SCOPE), given).domain == domain
    assert flow.show(store, SCOPE, given).node["id"] == f"website:{domain}"
    assert flow.watch(store, ME, [given])["about"] == [f"website:{domain}"]


def test_websites_are_split_and_merged_by_their_domains_and_the_kept_name_leads(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    sites = ["dune-wire[.]example", "oasis.example"]
    split = flow.split(store, ME, sites)
    assert split["about"] == ["website:dune-wire.example", "website:oasis.example"]
    flow.undo(store, ME, [split["id"]])
    flow.merge(store, ME, sites, "dune-wire.example")
    node = flow.show(store, SCOPE, "oasis.example").node
    assert (node["id"], node["name"]) == ("website:dune-wire.example", "Dune Wire")
    assert set(node["names"]) == {"Dune Wire", "Oasis Report"}


def test_what_is_no_domain_is_said_to_be_none_and_a_wildcard_as_that(store: Store, load: Any) -> None:
    (reject,) = load(store, *RECORDS, {"kind": "Website", "domain": "*.wild.example"} | SOURCE).rejects
    assert reject.problem.startswith("is a wildcard, which names no website")
    with pytest.raises(NotFound, match=r"'\*.wild.example' is a wildcard, which names no website"):
        flow.relatives(flow.snapshot(store, SCOPE), "*.wild.example")
    for given, words in (("*.wild.example", "wildcard"), ("host:192.0.2.1", "is no website")):
        with pytest.raises(ChooseAgain, match=words):
            flow.watch(store, ME, [given])


def test_a_domain_that_is_not_ascii_can_be_read() -> None:
    assert typed.in_unicode("xn--pypal-4ve.example") == CYRILLIC
    assert typed.in_unicode("paypal.example") == typed.in_unicode("xn--zzzzzz99.example") == ""
