"""What is said of why websites are linked: it adds up, names services and decisions, and says who redirects where."""

from __future__ import annotations

import math
from typing import Any

import pytest
from pytest import approx

from graphkit import flow
from graphkit.pivoting import Link, relatives_as_json, why
from graphkit.stores import Store
from tests.websites import FIRST, LATER, ME, SOURCE, WORLD, site, view_of

OPEN = {"first_seen": "2020-01-01"}


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    assert list(map(str, load(store, *WORLD).rejects)) == []
    return store


def links(store: Store, domain: str) -> dict[str, Link]:
    found = flow.relatives(view_of(store), domain)
    return {link.other(domain): link for link in found.links}


def test_the_weights_of_all_reasons_add_up_to_the_odds(world: Store) -> None:
    (link,) = links(world, "old.example").values()
    odds = math.log2(link.probability / (1 - link.probability))
    assert sum(one.weight for one in link.evidence) == approx(odds, abs=0.3)
    assert link.evidence[-1].kind == "start"
    weights = [one.weight for one in link.evidence[:-1]]
    assert weights == sorted(weights, reverse=True)


def test_a_redirect_says_from_where_to_where_and_when(world: Store) -> None:
    (link,) = links(world, "old.example").values()
    (told,) = (one for one in link.evidence if one.kind == "redirect")
    assert told.begins == "2020-05-20"
    assert "redirect of old.example to new.example (on 2 websites" in why(link)


@pytest.mark.parametrize(
    "served",
    [
        {"kind": "Identifier", "id": "cert:cert-10", "service": ["shared hosting"]},
        {"kind": "Host", "ip": "192.0.2.10", "network": ["Big CDN", "AS 1"]},
    ],
)
def test_what_a_source_says_many_share_speaks_for_nothing_and_is_said_to_be_left_out(
    world: Store, load: Any, served: dict[str, Any]
) -> None:
    load(world, served | SOURCE)
    found = flow.relatives(view_of(world), "old.example")
    value = served.get("ip", "cert-10")
    assert value not in {one.value for link in found.links for one in link.evidence}
    (row,) = found.damped.filter(found.damped["value"] == value).rows(named=True)
    assert (row["seen_on"], row["why"].startswith("said to be of a service: ")) == (2, True)


def test_any_other_identifier_that_sites_carry_counts_as_a_tracker_does(world: Store, load: Any) -> None:
    handle = {"kind": "Identifier", "id": "handle:telegram:somebody", "value": "somebody"} | SOURCE
    carried = [
        {"kind": "USES_ID", "from": f"domain:{domain}", "to": handle["id"]} | SOURCE
        for domain in ("old.example", "new.example")
    ]
    assert not load(world, handle, *carried).rejects
    (link,) = links(world, "old.example").values()
    assert ("tracker", handle["id"]) in {(one.kind, one.value) for one in link.evidence}
    load(world, handle | {"service": ["shared by many"]})
    assert handle["id"] in flow.relatives(view_of(world), "old.example").damped["value"]


def test_a_domain_with_www_before_it_is_the_same_website(store: Store, load: Any) -> None:
    called = [
        {**record, "domain": f"www.{record['domain']}"} if n % 2 else record for n, record in enumerate(WORLD[1:3])
    ]
    sent = [{**one, "to_domain": "www.new.example"} if one["kind"] == "Redirect" else one for one in WORLD[3:]]
    load(store, WORLD[0], *called, *sent)
    (link,) = links(store, "www.old.example").values()
    assert {link.a, link.b} == {"old.example", "new.example"}
    assert "redirect of old.example to new.example" in why(link)
    flow.split(store, ME, ["domain:www.old.example", "domain:new.example"])
    found = flow.relatives(view_of(store), "old.example")
    assert not found.group
    assert found.apart[0].websites == ("old.example", "new.example")
    assert "www.old.example" not in flow.pivot(view_of(store)).by_domain


def test_a_service_that_only_says_whose_mail_it_is_hides_nothing(world: Store, load: Any) -> None:
    load(world, {"kind": "Identifier", "id": "email:10@mail.example", "service": ["public mail"]} | SOURCE)
    (link,) = links(world, "old.example").values()
    assert "email" in {one.kind for one in link.evidence}


def test_what_people_decided_is_told_with_who_and_why(world: Store) -> None:
    flow.merge(world, ME, ["website:lone20.example", "website:lone21.example"], None)
    link = links(world, "lone20.example")["lone21.example"]
    assert link.probability == 1
    assert (link.evidence[0].kind, link.evidence[0].weight) == ("decided", 0)
    assert "by ada on" in why(link)
    assert "looked at both" in why(link)


def test_what_was_split_is_told_on_both_sides_until_that_is_undone(world: Store) -> None:
    split = flow.split(world, ME, ["website:old.example", "website:new.example"])
    for domain in ("old.example", "new.example"):
        found = flow.relatives(view_of(world), domain)
        assert (found.group, found.links) == (None, ())
        (choice,) = found.apart
        assert (choice.decision, choice.who) == (split["id"], "ada")
        assert relatives_as_json(found)["kept_apart"][0]["why"] == "looked at both"
    flow.undo(world, ME, [split["id"]])
    assert flow.relatives(view_of(world), "old.example").apart == ()


def test_one_website_that_a_source_saw_at_two_domains_says_so(world: Store, load: Any) -> None:
    moved = {"kind": "HAS_DOMAIN", "from": "website:lone30.example", "to": "domain:lone31.example"}
    load(world, moved | {"valid_from": "2020-07-01"} | SOURCE)
    told = links(world, "lone30.example")["lone31.example"].evidence[0]
    assert (told.kind, told.sources) == ("one website", ("s",))


def test_nothing_took_the_place_of_a_website_that_is_still_there(world: Store, load: Any) -> None:
    load(world, *site("still.example", "70", OPEN | {"last_seen": ""}), *site("later.example", "70", LATER))
    found = flow.relatives(view_of(world), "still.example")
    assert found.successors == ()
    assert found.after.endswith("none, as no end of it is on record.")


def test_the_end_of_one_and_the_beginning_of_the_other_are_not_confused(world: Store, load: Any) -> None:
    undated = [one for one in site("undated.example", "70", LATER) if one["kind"] not in ("Website", "Resolution")]
    load(world, *site("ended.example", "70", FIRST), *undated)
    found = flow.relatives(view_of(world), "ended.example")
    assert all("when the other began is not known" in one.because for one in found.successors)


def test_what_a_registrant_hides_is_told_with_its_words_in_their_order(world: Store, load: Any) -> None:
    hidden = {"kind": "Registration", "registrant_name": "Withheld for Privacy Purposes"} | SOURCE
    load(world, hidden | {"domain": "old.example"}, hidden | {"domain": "lone20.example"})
    found = flow.relatives(view_of(world), "lone20.example")
    (row,) = found.damped.rows(named=True)
    assert (row["value"], row["seen_on"]) == ("withheld for privacy purposes", 2)


def test_an_icon_and_a_name_that_anyone_can_copy_make_no_group(world: Store, load: Any) -> None:
    def shown(domain: str, when: dict[str, str]) -> list[dict[str, Any]]:
        observed = {"domain": domain} | SOURCE | when
        return [{"kind": "Website"} | observed, {"kind": "Favicon", "favicon": "icon-1"} | observed]

    load(world, *shown("harbour-lantern-post.example", FIRST), *shown("harbour-lantern-post.test", LATER))
    found = flow.relatives(view_of(world), "harbour-lantern-post.example")
    assert found.group is None
    for link in found.links:
        assert link.probability <= 0.9
        odds = math.log2(link.probability / (1 - link.probability))
        assert sum(one.weight for one in link.evidence) == approx(odds, abs=0.3)


def test_a_split_of_three_is_told_once(world: Store) -> None:
    three = ["old.example", "new.example", "lone20.example"]
    flow.split(world, ME, [f"website:{one}" for one in three])
    (choice,) = flow.relatives(view_of(world), "old.example").apart
    assert sorted(choice.websites) == sorted(three)
