"""Websites that share infrastructure: each link says what it rests on, decisions hold, and no person is linked."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from graphkit import flow, working
from graphkit.errors import ChooseAgain, NotFound
from graphkit.graph.moment import Moment
from graphkit.pivoting import as_json, links_table, named_like, relatives_as_json
from graphkit.stores import Store
from tests.websites import FIRST, LATER, LATEST, ME, SOURCE, WORLD, site, view_of


def groups(store: Store) -> list[tuple[str, ...]]:
    return [group.websites for group in flow.pivot(view_of(store)).groups]


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    report = load(store, *WORLD)
    assert list(map(str, report.rejects)) == []
    return store


def test_sites_that_share_what_nobody_else_has_are_a_group_and_each_reason_has_its_sources(world: Store) -> None:
    (group,) = flow.pivot(view_of(world)).groups
    assert group.websites == ("new.example", "old.example")
    assert group.confidence > 0.99
    (link,) = group.links
    told = {one.kind: one for one in link.evidence}
    assert {"email", "registrant-name", "tracker", "cert", "host", "redirect", "hand-over"} <= told.keys()
    assert all(one.sources == ("s",) and one.seen_on == 2 for one in link.evidence if one.seen_on)
    assert (told["tracker"].begins, told["tracker"].ends) == ("2020-01-01", "2020-12-01")
    assert told["email"].value == "10@mail.example"


def test_the_answer_is_json_of_the_form_that_is_promised(world: Store) -> None:
    told = json.loads(json.dumps(as_json(flow.pivot(view_of(world)))))
    (group,) = told["groups"]
    assert group.keys() == {"id", "websites", "confidence", "links"}
    (link,) = group["links"]
    assert link.keys() == {"a", "b", "probability", "evidence"}
    assert all(one.keys() >= {"kind", "value", "seen_on", "weight", "from", "to"} for one in link["evidence"])
    assert "no proof of a common operator" in told["notice"]


def test_a_site_has_relatives_and_what_may_have_taken_its_place(world: Store) -> None:
    found = flow.relatives(view_of(world), "old.example")
    (after,) = found.successors
    assert (after.domain, after.gap) == ("new.example", 10)
    assert "sent its visitors there" in after.because
    assert flow.relatives(view_of(world), "website:new.example").successors == ()
    assert flow.relatives(view_of(world), "lone20.example").links == ()
    assert relatives_as_json(found)["successors"][0]["website"] == "new.example"
    with pytest.raises(NotFound, match=r"Did you mean 'old\.example'"):
        flow.relatives(view_of(world), "olt.example")


def test_a_table_for_others_has_every_link_and_no_name_of_a_protected_person(world: Store, load: Any) -> None:
    load(world, {"kind": "Person", "id": "p", "name": "Mask 10", "protected": "source"} | SOURCE)
    view = view_of(world)
    assert "mask 10" in str(links_table(flow.pivot(view), view).rows())
    rows = flow.links_to_hand_over(view)
    assert rows.select("a", "b").rows() == [("new.example", "old.example")]
    told = str(rows.rows()).lower()
    assert "mask 10" not in told
    assert "10@mail.example" in told
    assert "no proof of a common operator" in told


def test_decisions_are_kept_to_and_can_be_undone(world: Store) -> None:
    apart = flow.split(world, ME, ["website:old.example", "website:new.example"])
    assert groups(world) == []
    flow.undo(world, ME, [apart["id"]])
    assert groups(world) == [("new.example", "old.example")]
    flow.merge(world, ME, ["website:lone20.example", "website:lone21.example"], None)
    assert groups(world) == [("lone20.example", "lone21.example"), ("new.example", "old.example")]


def test_before_the_second_site_was_there_nothing_is_linked(world: Store) -> None:
    assert flow.pivot(view_of(world, Moment(as_of="2020-03-01"))).groups == ()


def test_no_link_of_ours_points_at_a_person_or_is_written_into_the_store(world: Store) -> None:
    before = world.version()
    view = view_of(world)
    flow.pivot(view)
    assert world.version() == before
    assert "Person" not in view.kinds
    columns = {"group", "a", "b", "probability", "why", "sources", "notice"}
    assert set(links_table(flow.pivot(view), view).columns) == columns


def test_a_load_tells_of_what_is_new_near_what_is_watched(world: Store, load: Any) -> None:
    watch = flow.watch(world, ME, ["old.example"])
    assert [(one.websites, one.who) for one in flow.pivot(view_of(world)).watched] == [(("old.example",), "ada")]
    (told,) = load(world, *site("third.example", "10", LATEST)).notes
    assert told.startswith("third.example shares infrastructure with new.example, in the group of old.example")
    assert "which ada watches" in told
    assert load(world, *site("far.example", "90", FIRST)).notes == []
    assert load(world, *site("third.example", "10", LATER)).notes == []
    flow.undo(world, ME, [watch["id"]])
    assert load(world, *site("fourth.example", "10", LATER)).notes == []


@pytest.mark.parametrize("id_", ["nowhere.example", "website:nowhere.example"])
def test_only_websites_of_the_case_are_watched(world: Store, id_: str) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        flow.watch(world, ME, [id_])
    with pytest.raises(ChooseAgain, match="no website"):
        flow.watch(world, ME, ["domain:old.example"])


def test_it_is_computed_in_a_process_of_its_own_where_there_is_much(
    world: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LARGE", 0)
    view, asked = view_of(world), flow.Analysis("pivot")
    work = flow.work(view, asked)
    if work is None:
        assert view.parts.kept is None
        return
    work.wait()
    assert [group.websites for group in flow.pivot(view_of(world)).groups] == [("new.example", "old.example")]


def test_a_case_without_websites_says_so(store: Store, load: Any) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "Scan", "cases": ["c"]},
        {"kind": "Place", "id": "p", "name": "P"} | SOURCE,
    )
    found = flow.pivot(view_of(store))
    assert (found.groups, found.websites) == ((), 0)
    assert "nothing to compare" in found.told[0]


def test_an_address_that_is_hidden_is_left_out_and_said(world: Store, load: Any) -> None:
    hidden = {"registrant_email": "REDACTED FOR PRIVACY", "registrant_phone": "not disclosed", "registrant_name": "Ann"}
    report = load(world, {"kind": "Registration", "domain": "odd.example"} | hidden | SOURCE)
    assert (report.accepted, report.rejected) == (1, 0)
    (warning,) = report.warnings
    assert warning.endswith("registrant_email, registrant_phone: the source says that it is hidden; left out")


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "Registration", "domain": "odd.example", "registrant_name": "REDACTED FOR PRIVACY"},
        {
            "kind": "Registration",
            "domain": "odd.example",
            "registrant_email": "10@mail.example",
            "created": "2031-01-01",
        },
        {"kind": "Website", "domain": "xn--odd-1ia.example"},
        {"kind": "Resolution", "domain": "odd.example", "ip": "127.0.0.1"},
        {"kind": "Tracker", "domain": "odd.example", "tracker": "track-10", "first_seen": "20XX"},
    ],
)
def test_odd_records_are_taken_and_change_no_other_group(world: Store, load: Any, record: dict[str, Any]) -> None:
    load(world, record | SOURCE)
    assert ("new.example", "old.example") in [tuple(x for x in one if "odd" not in x) for one in groups(world)]


ASKED: list[dict[str, Any]] = [
    {"kind": "Request", "id": "r1", "name": "Request 1", "sent": "2020-05-20", "decided": "2020-06-01"} | SOURCE,
    {"kind": "CONCERNS", "from": "r1", "to": "website:old.example"} | SOURCE,
]


def test_what_happened_to_a_group_is_told_in_time_and_by_whom(world: Store, load: Any) -> None:
    load(world, *ASKED)
    found = flow.relatives(view_of(world), "new.example")
    rows = found.happened.select("website", "what", "value", pl.col("from", "to").cast(pl.String)).rows()
    assert ("old.example", "hosted", "192.0.2.10", "2020-01-01", "2020-06-01") in rows
    assert ("old.example", "registered", "registrar not known", "2020-01-01", "2020-01-01") in rows
    assert ("old.example", "request", "Request 1", "2020-05-20", "2020-05-20") in rows
    assert {row[0] for row in rows} == {"new.example", "old.example"}
    assert all(one == ["s"] for one in found.happened["sources"].to_list())
    told = json.loads(json.dumps(relatives_as_json(found)))["timeline"]
    assert [one["from"] for one in told] == sorted(one["from"] for one in told)
    assert ("old.example", "seen", "", "2020-01-01", "2020-06-01") in rows
    assert not any(one["open"] for one in told)


def test_a_website_of_which_no_source_tells_an_end_is_told_as_open(world: Store, load: Any) -> None:
    still = {"domain": "still.example", "first_seen": "2020-03-01"} | SOURCE
    load(world, {"kind": "Website"} | still, {"kind": "Resolution", "ip": "192.0.2.99"} | still)
    view = view_of(world)
    told = relatives_as_json(flow.relatives(view, "still.example"))["timeline"]
    assert [(one["what"], one["from"], one["to"], one["open"]) for one in told] == [
        ("hosted", "2020-03-01", None, True), ("seen", "2020-03-01", None, True),
    ]  # fmt: skip
    today = date(2021, 1, 1)
    events = flow.happened(view, ["still.example", "new.example"])
    assert str(flow.last_day(events, today)) == LATER["last_seen"]
    assert str(flow.last_day(events, date(2020, 7, 1))) == "2020-07-01", "what ends later is drawn to today"
    assert flow.last_day(events.filter(pl.col("from") > today), today) is None


def test_websites_are_found_by_a_part_of_domain_or_name_in_the_cases_that_have_some(world: Store, load: Any) -> None:
    load(world, {"kind": "Website", "domain": "old.test", "name": "The Lonely Post"} | SOURCE)
    view = view_of(world)
    assert named_like(view, " OLD[.]") == ["old.example", "old.test"]
    assert named_like(view, "lonely") == ["old.test"]
    assert (named_like(view, "new.example"), named_like(view, "("), named_like(view, " ")) == (["new.example"], [], [])
    load(world, {"kind": "Source", "id": "t", "name": "T", "cases": ["empty"]})
    assert flow.cases_with_websites(world) == {"c": "c"}
    load(world, {"kind": "Source", "id": "w", "name": "W", "cases": ["whois"]})
    load(world, {"kind": "Registration", "domain": "whois.example", "created": "2020-01-01", "source": "w"})
    assert flow.cases_with_websites(world) == {"c": "c", "whois": "whois"}


def test_passive_dns_tells_when_a_website_began_and_ended_where_no_record_of_the_website_does(
    world: Store, load: Any
) -> None:
    seen = (*site("gone.example", "66", FIRST), *site("back.example", "66", LATER))
    load(world, *(one for one in seen if one["kind"] != "Website"))
    (after,) = flow.relatives(view_of(world), "gone.example").successors
    assert (after.domain, after.gap) == ("back.example", 10)
    load(
        world, {"kind": "Resolution", "domain": "gone.example", "ip": "192.0.2.67", "first_seen": "2020-05-01"} | SOURCE
    )
    found = flow.relatives(view_of(world), "gone.example")
    assert (found.successors, "no end of it is on record" in found.after) == ((), True)


def test_what_others_have_too_is_told_where_it_is_not_enough_for_a_link(world: Store, load: Any) -> None:
    load(
        world,
        {"kind": "Registration", "domain": "lone.example", "registrant_name": "Quill, Tam", "created": "2019-03-01"}
        | SOURCE,
        {"kind": "Registration", "domain": "other.example", "registrant_name": "TAM Quill", "created": "2011-01-01"}
        | SOURCE,
    )
    found = flow.relatives(view_of(world), "lone.example")
    assert found.shared.rows() == [("registrant-name", "quill, tam", ["other.example"])]
    assert flow.relatives(view_of(world), "old.example").shared.is_empty(), "what links say is told with them"


def test_what_was_recorded_after_a_website_was_watched_is_new_near_it(world: Store, load: Any) -> None:
    flow.watch(world, ME, ["old.example"])
    load(world, *(one | {"recorded_at": "2099-01-01"} for one in site("late.example", "10", LATEST)))
    view = view_of(world)
    (watch,) = flow.pivot(view).watched
    assert flow.newcomers(world, view, flow.pivot(view), watch) == ["late.example"]


def test_a_request_is_told_what_may_have_taken_the_place_of_what_it_is_about_and_that_it_is_computed(
    world: Store, load: Any
) -> None:
    before, after = (
        site(f"harbour-light.{ending}", "77", when) for ending, when in (("example", FIRST), ("test", LATER))
    )
    about = {"kind": "CONCERNS", "from": "r1", "to": "website:harbour-light.example"} | SOURCE
    load(world, *before, *after, *ASKED, about)
    (request,) = flow.requests(world, view_of(world)).rows
    reappeared = {link.id: link for thing in request.concerns for link in thing.reappeared}
    assert reappeared["website:new.example"].basis == "sourced"
    link = reappeared["website:harbour-light.test"]
    assert (link.by, link.basis, link.words, link.alleged) == ("infrastructure", "computed", (), False)
    assert "harbour-light[.]test shares infrastructure with harbour-light[.]example" in link.sentence
    assert "no source says so" in link.sentence
    assert "owned" not in link.sentence
