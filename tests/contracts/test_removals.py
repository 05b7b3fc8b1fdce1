"""A record that says that a website is gone ends it, and prolongs nothing, on every store."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.graph.moment import NOW, Moment
from graphkit.graph.scope import Scope
from graphkit.stores import Store
from tests.contracts.test_pivot import SOURCE, site

GONE = {"kind": "Website", "domain": "old.example", "status": "removed", "valid_from": "2023-03-20", "source": "log"}
WORLD: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "Scan", "cases": ["c"]},
    {"kind": "Source", "id": "log", "name": "Log of removals", "cases": ["c"]},
    *site("old.example", "10", {"first_seen": "2023-01-05", "last_seen": "2023-03-20"}),
    *site("new.example", "10", {"first_seen": "2023-03-25", "last_seen": "2023-08-01"}),
    *(record for number in range(20, 60) for record in site(f"lone{number}.example", str(number),
                                                            {"first_seen": "2023-01-01", "last_seen": "2023-06-01"})),
]  # fmt: skip


def reached(store: Store, moment: Moment = NOW) -> dict[str, list[str]]:
    rows = flow.snapshot(store, Scope(("c",), moment)).relations
    return {row["to"]: row["spans"] for row in rows.iter_rows(named=True) if row["type"] == "HAS_DOMAIN"}


def statuses(store: Store) -> set[tuple[str, str | None, str | None]]:
    rows = [claim for claim in store.claims().iter_rows(named=True) if claim["property"] == "status"]
    return {(claim["value"], claim["valid_from"], claim["valid_to"]) for claim in rows}


def test_a_site_ends_on_the_day_of_its_removal_and_its_successor_is_told_by_days(store: Store, load: Any) -> None:
    load(store, *WORLD, GONE)
    assert statuses(store) == {("removed", "2023-03-20", None)}
    assert reached(store)["domain:old.example"] == ["2023-01-05/2023-03-21"]
    (next_,) = flow.relatives(flow.snapshot(store, Scope(("c",))), "old.example").successors
    assert (next_.domain, next_.gap) == ("new.example", 5)
    assert next_.because.startswith("began 5 days after it ended")


@pytest.mark.parametrize(
    ("seen", "spans"),
    [
        (["2023-01-05"], ["2023-01-05/2023-03-21"]),
        (["2023-01-05", "2023-03-01"], ["2023-01-05/2023-03-21"]),
        (["2023-01-05", "2023-06-01"], ["2023-01-05/2023-03-21", "2023-06-01/.."]),
        (["2023-06-01"], ["2023-03-20/2023-03-21", "2023-06-01/.."]),
    ],
)
def test_a_removal_ends_what_others_say_without_an_end_but_not_what_began_after_it(
    store: Store, load: Any, seen: list[str], spans: list[str]
) -> None:
    crawled = [{"kind": "Website", "domain": "old.example", "first_seen": day, "source": "s"} for day in seen]
    load(store, *WORLD[:2], *crawled, GONE)
    assert reached(store) == {"domain:old.example": spans}


@pytest.mark.parametrize(
    ("fields", "spans"),
    [
        ({}, ["2023-03-20/2023-03-21"]),
        ({"valid_from": "2023"}, None),
        ({"valid_from": "2023-03", "valid_to": "2023-05"}, None),
        ({"first_seen": "2023-01-05"}, ["2023-01-05/2023-03-21"]),
        ({"first_seen": "2023-01-05", "last_seen": "2023-03"}, ["2023-01-05/2023-04-01"]),
        ({"last_seen": "2023-03-19"}, ["../2023-03-20"]),
        ({"status": "reinstated"}, ["2023-03-20/.."]),
        ({"status": "online", "valid_to": "2023-04"}, ["2023-03-20/2023-05-01"]),
    ],
)
def test_what_a_status_says_of_when_a_site_was_reached(
    store: Store, load: Any, fields: dict[str, str], spans: list[str] | None
) -> None:
    given = GONE | {"domain": "one.example"} | fields
    assert not load(store, *WORLD[:2], given).rejects
    assert reached(store)["domain:one.example"] == spans
    assert statuses(store) == {(given["status"], given["valid_from"], given.get("valid_to"))}


def test_the_days_on_which_a_site_was_seen_do_not_date_its_removal(store: Store, load: Any) -> None:
    seen = {"first_seen": "2023-01-05", "last_seen": "2023-03-20"}
    load(store, *WORLD[:2], {name: value for name, value in GONE.items() if name != "valid_from"} | seen)
    assert statuses(store) == {("removed", None, None)}
    assert reached(store) == {"domain:old.example": ["2023-01-05/2023-03-21"]}


def test_after_its_removal_a_site_is_not_there(store: Store, load: Any) -> None:
    load(store, *WORLD, GONE)
    assert "domain:old.example" in reached(store, Moment(as_of="2023-03-20"))
    assert "domain:old.example" not in reached(store, Moment(as_of="2023-05-01"))


def test_a_removal_before_a_site_was_first_seen_is_refused_by_the_names_of_the_fields(store: Store, load: Any) -> None:
    (reject,) = load(store, *WORLD[:2], GONE | {"first_seen": "2023-05-01"} | SOURCE).rejects
    assert (reject.field, reject.problem) == (
        "valid_from", "'2023-03-20' is before first_seen '2023-05-01'; correct one, or leave it out",
    )  # fmt: skip
