"""Two domains are never one thing: the merge is refused with the way out, on every store."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import BadRecord
from graphkit.ingest import decisions
from graphkit.stores import Store

ME = flow.Maker("A. Analyst", "one layout", "c")
SCOPE = flow.Scope(("c",))
SITES = ["red-kiln.example", "blue-kiln.example"]
WHOIS = [
    {"kind": "Source", "id": "s", "name": "whois", "cases": ["c"]},
    *(
        {"kind": "Registration", "domain": site, "registrant_email": "ops@kiln.example", "created": f"2024-0{n}-10"}
        | {"observed": f"2024-0{n}-11", "source": "s"}
        for n, site in enumerate(SITES, 1)
    ),
]
MERGE = {"kind": "Decision", "id": "d", "action": "merge", "about": [f"domain:{site}" for site in SITES], "case": "c"}
MERGE |= {"who": "B", "when": "2026-01-02", "why": "told so"}
DOMAIN, WEBSITE = "domain:red-kiln.example", {"kind": "Website", "domain": "blue-kiln.example", "source": "s"}


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    load(store, *WHOIS)
    return store


def test_two_domains_are_not_merged_and_the_way_to_websites_is_told(world: Store, load: Any) -> None:
    before = world.version()
    for given in (SITES, MERGE["about"]):
        with pytest.raises(BadRecord, match="two domains are never one thing: it is websites that are one") as told:
            flow.merge(world, ME, given)
        assert '{"kind": "Website", "domain": "red-kiln.example", "source": "…"}' in str(told.value)
        assert "'graphkit add Website'" in str(told.value)
    assert world.version() == before
    load(world, WEBSITE, WEBSITE | {"domain": "red-kiln.example"})
    assert flow.merge(world, ME, SITES)["about"] == [f"website:{site}" for site in SITES]


def test_a_domain_and_a_website_are_not_merged_and_the_same_way_out_is_told(world: Store, load: Any) -> None:
    load(world, WEBSITE)
    for decide, name in ((flow.merge, "merge"), (flow.split, "split")):
        with pytest.raises(BadRecord, match=f"only things of one kind can be one: nothing to {name}. Load") as told:
            decide(world, ME, SITES)
        assert '{"kind": "Website", "domain": "red-kiln.example", "source": "…"}' in str(told.value)


def test_a_file_that_merges_domains_is_told_so_in_its_place(world: Store, load: Any) -> None:
    (reject,) = load(world, MERGE).rejects
    assert "two domains are never one thing" in reject.problem
    assert reject.field == "about"


def test_domains_are_split_as_before(world: Store) -> None:
    assert flow.split(world, ME, SITES)["about"] == [f"domain:{site}" for site in SITES]


def test_what_was_merged_before_is_read_and_can_be_undone(
    world: Store, load: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(decisions, "_must_be_alike", lambda *given: None)
        assert load(world, MERGE).rejects == []
    assert len(flow.show(world, SCOPE, DOMAIN).node["ids"]) == 2
    assert flow.pivot(flow.snapshot(world, SCOPE)).websites
    flow.undo(world, ME, ["d"])
    assert flow.show(world, SCOPE, DOMAIN).node["id"] == DOMAIN
