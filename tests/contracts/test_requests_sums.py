"""What requests add up to: days and items are counted where they can be, and the reason is said where not."""

from __future__ import annotations

from typing import Any

from graphkit import flow
from graphkit.requesting import sentences
from graphkit.stores import Store
from tests.requested import LOG, RECORDS, SCOPE, told


def test_a_decision_before_the_request_and_more_removed_than_asked_are_contradictions(store: Store, load: Any) -> None:
    wrong = {"kind": "Request", "id": "r3", "sent": "2022-05-01", "decided": "2022-04-01", "items_asked": 1,
             "items_removed": 2}  # fmt: skip
    load(store, *RECORDS, wrong | LOG)
    assert sentences(flow.requests(store, flow.snapshot(store, SCOPE)).summary)[-2:] == [
        "Median 28 days from sent to decided, over 1 request with exact dates. "
        "Left out: 1 request said to be decided before sending.",
        "3 of 4 items removed, over 1 request for which both are undisputed. "
        "Left out: 1 request of which more are said to be removed than were asked for.",
    ]
    one = told(store)["r3"]
    assert one.contradicted == (
        "dates: it is said to be decided before it was sent", "items: more are said to be removed than were asked for",
    )  # fmt: skip
    assert (one.days.exact, one.share_removed) == (None, None)


def test_where_nothing_is_possible_the_reason_is_said(store: Store, load: Any) -> None:
    wrong = {"kind": "Request", "id": "r3", "sent": "2024-05-01", "decided": "2024-01-01", "items_asked": 3,
             "items_removed": 7}  # fmt: skip
    load(store, RECORDS[0], wrong | LOG)
    assert sentences(flow.requests(store, flow.snapshot(store, SCOPE)).summary)[-2:] == [
        "How long they took cannot be said: no request has two exact dates in their order. "
        "Left out: 1 request said to be decided before sending.",
        "No request has both a known number of items asked for and of items removed that are possible. "
        "Left out: 1 request of which more are said to be removed than were asked for.",
    ]


def test_the_first_dated_answer_is_the_decision_where_no_other_date_is_given(store: Store, load: Any) -> None:
    more = [
        {"kind": "Request", "id": "r2", "outcome": "pending", "valid_from": "2023-02-01"},
        {"kind": "Request", "id": "r2", "outcome": "refused", "valid_from": "2023-03-01", "valid_to": "2023-05-01"},
        {"kind": "Request", "id": "r2", "outcome": "granted", "valid_from": "2023-05-02"},
    ]
    load(store, *RECORDS, *(one | LOG for one in more))
    one = told(store)["r2"]
    assert [said.value for said in one.decided] == ["2023-03-01"]
    assert (one.days.low, one.days.high, one.stands) == (0, 59, "granted")


def test_dates_that_cannot_be_are_in_no_sum_and_the_reason_is_said(store: Store, load: Any) -> None:
    wrong = [
        {"kind": "Request", "id": "r3", "sent": "1900-01-01", "decided": "2999-01-01"},
        {"kind": "Request", "id": "r4", "sent": "1989-12-31", "decided": "2020-01-01"},
        {"kind": "Request", "id": "r5", "sent": "2022-01-01", "decided": "2998"},
    ]
    load(store, *RECORDS, *(one | LOG for one in wrong))
    assert sentences(flow.requests(store, flow.snapshot(store, SCOPE)).summary)[-2] == (
        "Median 28 days from sent to decided, over 1 request with exact dates. "
        "Left out: 2 requests said to be decided after today. Left out: 1 request said to be sent before 1990."
    )
    found = told(store)
    assert [(str(found[id_].days), found[id_].days.why) for id_ in ("r3", "r4", "r5")] == [
        ("", "it is said to be decided after today"),
        ("", "it is said to be sent before 1990"),
        ("", "it is said to be decided after today"),
    ]
