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
        ("hxxps://dune-wire[.]example/x", "dune-wire.example"),
        ("http://ada:secret@dune-wire.example:80/path?x=1#y", "dune-wire.example"),
        ("hxxp[:]//Dune-Wire[.]example", "dune-wire.example"),
        ("dune-wire.example:8080", "dune-wire.example"),
        ("dune-wire.example/", "dune-wire.example"),
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


def test_an_address_names_its_website_wherever_one_is_typed_and_in_no_record(store: Store, load: Any) -> None:
    (reject,) = load(store, *RECORDS, {"kind": "Website", "domain": "hxxp://new[.]example/x"} | SOURCE).rejects
    assert reject.problem == "is a web address; write its domain alone: new.example"
    sites = ["hxxps://dune-wire[.]example/x", "oasis.example:8080"]
    ids = ["website:dune-wire.example", "website:oasis.example"]
    split = flow.split(store, ME, sites)
    assert split["about"] == ids
    flow.undo(store, ME, [split["id"]])
    assert flow.merge(store, ME, sites)["about"] == ids
    view = flow.snapshot(store, SCOPE)
    assert flow.named_like(view, "http://DUNE-wire[.]example/x") == ["dune-wire.example"]
    assert flow.requests(store, view, flow.RequestsAsked(website=sites[0])).rows == ()


def test_ids_of_other_things_are_no_addresses() -> None:
    for id_ in ("host:192.0.2.1", "email:ops@kiln.example", "registration:kiln.example@2024-01-10", "group:80"):
        assert typed.ids(id_) == [id_]


def test_only_what_is_near_is_offered_in_its_place(store: Store, load: Any) -> None:
    load(store, *RECORDS, {"kind": "Website", "domain": "north-post.example"} | SOURCE)
    view = flow.snapshot(store, SCOPE)
    for given, near in (("nope.example", ""), ("nort-post.example", "north-post"), ("www.oasis.example", "oasis")):
        for ask in (flow.relatives, lambda view, given: view.number(f"website:{given}")):
            with pytest.raises(NotFound) as told:
                ask(view, given)
            assert ("Did you mean" in str(told.value)) == bool(near)
            assert near in str(told.value)


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
