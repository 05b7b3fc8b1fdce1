"""What is told of requests, on every store: what was asked, what came of it, and what followed, with whose word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain, NotFound, StoreChanged
from graphkit.graph.moment import Moment
from graphkit.graph.snapshot import Snapshot
from graphkit.requesting import Request, history, in_words, sentences
from graphkit.requesting.held import held
from graphkit.stores import Store
from tests.requested import LOG, RECORDS, SCOPE, told


def lines(one: Request) -> list[tuple[str, str, str]]:
    return [(link.by, link.id, link.order) for thing in one.concerns for link in thing.reappeared]


def test_outcomes_are_a_history_with_who_says_each_and_the_last_one_stands(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    one = told(store)["r1"]
    assert [(said.value, str(said.held), said.words[0].who) for said in one.outcome] == [
        ("partly granted", "from 2022-03-01", "Log Office"),
        ("appealed", "from 2022-05-02", "Log Office"),
        ("reinstated", "from 2022-07", "Report House"),
    ]
    assert (one.stands, one.contradicted) == ("reinstated", ())
    assert (one.days.exact, one.items_asked, one.items_removed, one.share_removed) == (28, 4, 3, 0.75)
    assert [event.what for event in history(one)][:2] == ["old[.]example (calls itself Old site): online", "sent"]
    assert flow.conflicts(flow.snapshot(store, SCOPE)).is_empty()


def test_outcomes_that_contradict_each_other_stand_side_by_side_and_none_is_chosen(store: Store, load: Any) -> None:
    against = {"kind": "Request", "id": "r1", "outcome": "refused", "valid_from": "2022-03-01", "source": "report"}
    numbers = {"kind": "Request", "id": "r1", "items_removed": 1, "source": "report"}
    load(store, *RECORDS, against, numbers)
    one = told(store)["r1"]
    assert one.stands == "disputed"
    assert {said.value: said.words[0].who for said in one.outcome if said.held.begins == "2022-03-01"} == {
        "partly granted": "Log Office", "refused": "Report House",
    }  # fmt: skip
    assert (one.items_asked, one.items_removed, one.share_removed) == (4, None, None)
    assert in_words.removed(one) == "asked: 4; removed: 1 (Report House); removed: 3 (Log Office)"
    assert {line.partition(":")[0] for line in one.contradicted} == {"outcome", "items removed"}
    assert set(flow.conflicts(flow.snapshot(store, SCOPE))["property"]) == {"outcome", "items_removed"}


def test_what_reappeared_is_what_sources_link_on_after_the_decision(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    one = told(store)["r1"]
    assert lines(one) == [
        ("redirect", "website:new.example", "after"),
        ("content", "website:new.example", "after"),
    ]
    redirect, content = one.concerns[0].reappeared
    assert redirect.sentence == "old[.]example sent visitors on to new[.]example"
    assert content.sentence == "new[.]example (calls itself New site) is said to have hosted The item again (alleged)"
    assert (content.alleged, content.words[0].who, content.words[0].title) == (True, "The hoster", "The report")
    assert {link.basis for link in one.concerns[0].reappeared} == {"sourced"}
    assert [(said.value, said.order) for said in one.concerns[0].statuses] == [
        ("online", "before"), ("removed", "same day"),
    ]  # fmt: skip


def test_successors_other_domains_and_others_at_the_same_domain_are_told_as_they_are_said(
    store: Store, load: Any
) -> None:
    more = [
        {"kind": "Domain", "domain": "third.example"},
        {"kind": "SUCCESSOR_OF", "from": "website:new.example", "to": "website:old.example"},
        {"kind": "HAS_DOMAIN", "from": "website:old.example", "to": "domain:third.example", "valid_from": "2022-06"},
        {"kind": "HAS_DOMAIN", "from": "website:new.example", "to": "domain:old.example", "valid_from": "2022-08-01"},
        {"kind": "Redirect", "domain": "old.example", "to_domain": "fifth.example", "last_seen": "2021-12"},
        {"kind": "Redirect", "domain": "old.example", "to_domain": "sixth.example", "first_seen": "2022-01"},
    ]
    load(store, *RECORDS, *({**one, "source": "log"} for one in more))
    assert set(lines(told(store)["r1"])) == {
        ("redirect", "website:new.example", "after"),
        ("content", "website:new.example", "after"),
        ("successor", "website:new.example", "undated"),
        ("domain", "domain:third.example", "after"),
        ("domain", "website:new.example", "after"),
        ("redirect", "domain:sixth.example", "began before"),
    }


def test_an_item_that_a_request_concerns_is_followed_to_where_it_was_hosted_later(store: Store, load: Any) -> None:
    more = {"kind": "CONCERNS", "from": "r1", "to": "item"} | LOG
    load(store, *RECORDS, more)
    item = next(thing for thing in told(store)["r1"].concerns if thing.id == "item")
    assert [host.id for host in item.hosted_by] == ["website:old.example"]
    assert [(link.by, link.id) for link in item.reappeared] == [("content", "website:new.example")]
    assert "r1" in told(store, website="old.example")


def test_a_denied_or_withdrawn_link_is_no_reappearance(store: Store, load: Any) -> None:
    denied = {"kind": "SUCCESSOR_OF", "from": "website:new.example", "to": "website:old.example", "stance": "denies"}
    retracted = {"kind": "Request", "id": "r1", "outcome": "reinstated", "valid_from": "2022-07", "stance": "retracts"}
    load(store, *RECORDS, denied | LOG, {**retracted, "source": "report"})
    one = told(store)["r1"]
    assert {by for by, *_ in lines(one)} == {"redirect", "content"}
    assert (one.stands, len(one.outcome)) == ("appealed", 2)


def test_a_decision_on_a_claim_and_a_merge_are_heeded(store: Store, load: Any) -> None:
    load(store, *RECORDS, {"kind": "Organization", "id": "host-2", "name": "Hoster again"} | LOG)
    maker = flow.Maker("A. Analyst", "a reason", "c")
    flow.merge(store, maker, ["hoster", "host-2"], "host-2")
    reinstated = next(said for said in told(store)["r1"].outcome if said.value == "reinstated")
    flow.withdraw(store, maker, [reinstated.words[0].claim])
    one = told(store, to="hoster")["r1"]
    assert [party.id for party in one.addressed_to] == ["host-2"]
    assert one.addressed_to[0].words
    assert one.stands == "appealed"


def test_a_relation_is_listed_alone_only_where_no_record_joins_the_same_two(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    found = told(store)
    assert list(found) == ["r1", "r2", "relation"]
    alone = found["relation"]
    assert (alone.known_as, alone.made_by[0].id, alone.concerns[0].id) == ("relation", "hoster", "website:new.example")
    assert [said.value for said in alone.amount] == ["a handful"]
    assert (alone.stands, alone.days.low, alone.items_asked) == ("", None, None)
    (also,) = found["r1"].also
    assert in_words.also(also) == ["amount: several (Report House)", "outcome: mostly granted (Report House)"]


def test_nothing_on_record_is_said_as_that_and_is_no_refusal(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    found = flow.requests(store, flow.snapshot(store, SCOPE))
    assert sentences(found.summary) == [
        "2 requests: reinstated 1, no outcome on record 1. 1 known only as a relation.",
        "1 has no answer on record; that is no refusal.",
        "Median 28 days from sent to decided, over 1 request with exact dates.",
        "3 of 4 items removed, over 1 request for which both are undisputed.",
    ]
    assert set(told(store, outcome="none")) == {"r2", "relation"}
    assert told(store, outcome="refused") == {}


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"website": "OLD.example"}, {"r1"}),
        ({"website": "domain:old.example"}, {"r1"}),
        ({"website": "new.example"}, {"relation"}),
        ({"to": "hoster"}, {"r1"}),
        ({"by": "ministry"}, {"r1", "r2"}),
        ({"type": "removal"}, {"r1", "relation"}),
        ({"type": "Legal assistance"}, {"r2"}),
        ({"outcome": "appealed", "by": "ministry"}, {"r1"}),
    ],
)
def test_requests_are_picked_by_what_is_asked_for(
    store: Store, load: Any, asked: dict[str, str], ids: set[str]
) -> None:
    load(store, *RECORDS)
    assert set(told(store, **asked)) == ids


def test_what_is_asked_for_in_vain_is_said_with_what_may_be_meant(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    for asked, problem, words in (
        ({"website": "odl.example"}, NotFound, "Did you mean 'old.example'"),
        ({"to": "hostr"}, NotFound, "Did you mean 'hoster'"),
        ({"type": "removel"}, ChooseAgain, "Did you mean 'removal'"),
        ({"outcome": "grantd"}, ChooseAgain, "There are: granted"),
    ):
        with pytest.raises(problem, match=words):
            told(store, **asked)


def test_a_moment_leaves_out_what_came_later(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    view = flow.snapshot(store, replace(SCOPE, moment=Moment(as_of="2022-04-01")))
    one = next(one for one in flow.requests(store, view).rows if one.id == "r1")
    assert [said.value for said in one.outcome] == ["partly granted"]


def test_every_row_names_its_sources_and_claims_that_are_in_the_store(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    there = set(store.claims()["id"])
    _, rows = flow.requests_to_hand_over(store, SCOPE)
    for row in rows.iter_rows(named=True):
        assert row["claims"]
        assert set(row["claims"]) <= there
        assert set(row["sources"]) <= {"The log", "The report"}
        assert row["sources"]
    first = rows.row(0, named=True)
    assert first["outcomes"][0] == "partly granted from 2022-03-01 (Log Office)"
    assert first["reappeared_ids"] == ["website:new.example"]


def test_a_protected_person_is_in_no_row_that_is_handed_over(store: Store, load: Any) -> None:
    more = [
        {"kind": "Person", "id": "zed-qwertz", "name": "Zed Qwertz", "protected": "witness"},
        {"kind": "Request", "id": "r4", "name": "Request of Zed Qwertz", "sent": "2023", "claimant": "zed-qwertz"},
        {"kind": "MADE_REQUEST", "from": "zed-qwertz", "to": "r4"},
        {"kind": "ADDRESSED_TO", "from": "r4", "to": "hoster"},
        {"kind": "REQUESTED_REMOVAL", "from": "zed-qwertz", "to": "ministry", "amount": "all on Zed Qwertz"},
    ]
    load(store, *RECORDS, *(one | LOG for one in more))
    assert told(store, by="zed-qwertz")["r4"].name == "Request of Zed Qwertz"
    _, rows = flow.requests_to_hand_over(store, SCOPE)
    text = str(rows.to_dicts()).lower()
    assert "qwertz" not in text
    assert len(rows) == 5
    assert "request of protected person" in text


def test_a_snapshot_that_the_store_has_left_behind_is_refused(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    view = flow.snapshot(store, SCOPE)
    load(store, {"kind": "Request", "id": "r9", "name": "Nine"} | LOG)
    with pytest.raises(StoreChanged):
        flow.requests(store, view)


def test_every_request_of_the_demo_has_a_history_a_computed_successor_among_it_with_its_day(
    seed: Store, invented: Snapshot
) -> None:
    found = {one.id: one for one in flow.requests(seed, invented).rows}
    computed = {
        link.sentence: (str(link.held), id_)
        for id_, one in found.items()
        for thing in one.concerns
        for link in thing.reappeared
        if link.basis == "computed"
    }
    assert computed
    for sentence, (when, id_) in computed.items():
        days = [(event.when.begins, str(event.when), event.what) for event in history(found[id_])]
        assert (when.removeprefix("from "), when, sentence) in days
        assert [day for day, *_ in days if day] == sorted(day for day, *_ in days if day)
    assert all(history(one) for one in found.values())


def test_what_holds_at_several_times_begins_with_the_first_and_says_all() -> None:
    times = held([("2023", None), (None, None), ("2022-03-05", "2022-03-09"), (None, "2021-12"), ("2023", None)])
    assert (times.begins, str(times)) == ("2022-03-05", "from 2023, 2022-03-05 to 2022-03-09, until 2021-12")
    assert not held([(None, "")])


def test_the_article_tells_of_requests_only_in_the_words_of_its_source(seed: Store, article: Snapshot) -> None:
    (one,) = flow.requests(seed, article).rows
    assert one.known_as == "relation"
    assert [said.value for said in one.amount] == ["many"]
    assert one.outcome[0].words[0].who == "Yang Shaowen"


def test_while_no_decision_is_on_record_what_followed_is_compared_with_the_sending(store: Store, load: Any) -> None:
    more = [
        {"kind": "CONCERNS", "from": "r2", "to": "website:old.example"},
        {"kind": "Redirect", "domain": "old.example", "to_domain": "late.example", "first_seen": "2024-02-01"},
    ]
    load(store, *RECORDS, *(one | LOG for one in more))
    one = told(store)["r2"]
    assert (one.decided, one.days.why) == ((), "when it was decided is not on record")
    assert lines(one) == [("redirect", "domain:late.example", "after")]
    assert in_words.order(one, "after") == "after, of the sending"
    assert in_words.order(told(store)["r1"], "after") == "after"
