"""Where what a request concerns is never said to have reappeared: at what it was split from, or was there first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graphkit import flow
from graphkit.requesting import Reappeared
from graphkit.stores import Store
from tests.requested import LOG, RECORDS, SCOPE, told
from tests.websites import ME, WORLD, view_of

FAKE, REAL = "harb0urtimes.example", "harbourtimes.example"
SITE = {"kind": "Website", "domain": FAKE, "name": "Harbour Times"}
VICTIM = {"kind": "Website", "domain": REAL, "name": "Harbour Times", "first_seen": "2019-02-01"}
BEGUN = {"first_seen": "2024-03-01"}
ASKED = [
    {"kind": "Request", "id": "r7", "name": "Request seven", "sent": "2024-06-01", "decided": "2024-07-01"},
    {"kind": "CONCERNS", "from": "r7", "to": f"website:{FAKE}"},
    {"kind": "Redirect", "domain": FAKE, "to_domain": REAL, "first_seen": "2024-05-01"},
]
REGISTERED = {"kind": "Registration", "registrant_name": "A B"}


def found(store: Store, load: Any, *records: dict[str, Any]) -> list[Reappeared]:
    report = load(store, *RECORDS[:2], *(one | LOG for one in (*ASKED, *records)))
    assert not report.rejects
    return [link for thing in told(store)["r7"].concerns for link in thing.reappeared]


@pytest.mark.parametrize(
    "records",
    [
        (SITE | BEGUN, VICTIM),
        (SITE, VICTIM),
        (SITE, VICTIM | {"first_seen": "2024-05-31"}),
        (SITE | {"status": "removed", "valid_from": "2024-07-01"}, VICTIM),
        (SITE | BEGUN, VICTIM | {"first_seen": ""}, REGISTERED | {"domain": REAL, "created": "2018-05-01"}),
        (
            SITE | BEGUN,
            VICTIM | {"first_seen": "2024-05-01"},
            REGISTERED | {"domain": REAL, "created": "2018-05-01"},
            REGISTERED | {"domain": FAKE, "created": "2024-02-20"},
        ),
        (
            SITE | BEGUN,
            VICTIM,
            {"kind": "HAS_DOMAIN", "from": f"website:{REAL}", "to": f"domain:{FAKE}", "valid_from": "2024-08-01"},
            {"kind": "SUCCESSOR_OF", "from": f"website:{REAL}", "to": f"website:{FAKE}"},
        ),
    ],
)
def test_what_was_there_first_is_no_place_where_it_reappeared(
    store: Store, load: Any, records: tuple[dict[str, Any], ...]
) -> None:
    assert found(store, load, *records) == []
    _, rows = flow.requests_to_hand_over(store, SCOPE)
    assert rows.row(0, named=True)["reappeared_ids"] == []


@pytest.mark.parametrize(
    "records",
    [
        (SITE | BEGUN, VICTIM | {"first_seen": "2024-04-01"}),
        (SITE, VICTIM | {"first_seen": "2024-06-01"}),
        (SITE | {"status": "removed", "valid_from": "2024-07-01"}, VICTIM | {"first_seen": "2024-06-02"}),
        (
            SITE | BEGUN,
            VICTIM | {"first_seen": "2024-04-01"},
            REGISTERED | {"domain": REAL, "created": "2024-02-27"},
            REGISTERED | {"domain": FAKE, "created": "2024-02-20"},
        ),
    ],
)
def test_what_began_later_is_told(store: Store, load: Any, records: tuple[dict[str, Any], ...]) -> None:
    (link,) = found(store, load, *records)
    assert (link.by, link.id, link.order) == ("redirect", f"website:{REAL}", "began before")
    assert link.sentence == "harb0urtimes[.]example sent visitors on to harbourtimes[.]example"


def test_what_cannot_be_compared_is_told_with_that_in_its_words(store: Store, load: Any) -> None:
    (link,) = found(store, load, SITE | BEGUN, VICTIM | {"first_seen": ""})
    name = "harbourtimes[.]example (calls itself Harbour Times)"
    assert link.sentence.endswith(f"sent visitors on to harbourtimes[.]example; when {name} began is not on record")


def test_which_began_first_is_said_to_be_unknown_where_nothing_has_a_date(store: Store, load: Any) -> None:
    later = {"kind": "Redirect", "domain": FAKE, "to_domain": REAL}
    alone = [one for one in ASKED if one["kind"] == "CONCERNS"]
    load(
        store,
        *RECORDS[:2],
        *(one | LOG for one in (SITE, VICTIM, later, {"kind": "Request", "id": "r7", "name": "Seven"}, *alone)),
    )
    (link,) = told(store)["r7"].concerns[0].reappeared
    assert link.sentence.endswith("; which of the two began first is not on record")


@pytest.mark.parametrize("about", [("website", "website"), ("domain", "domain")])
def test_a_website_that_it_was_split_from_is_told_only_once_that_is_undone(
    store: Store, load: Any, about: tuple[str, str]
) -> None:
    load(store, *RECORDS)
    ids = [f"{kind}:{name}.example" for kind, name in zip(about, ("old", "new"), strict=True)]
    split = flow.split(store, replace(ME, case="c"), ids)
    assert told(store)["r1"].concerns[0].reappeared == ()
    _, rows = flow.requests_to_hand_over(store, SCOPE)
    assert rows.row(0, named=True)["reappeared_ids"] == []
    flow.undo(store, ME, [split["id"]])
    assert {link.id for link in told(store)["r1"].concerns[0].reappeared} == {"website:new.example"}


def test_a_split_holds_for_the_domains_and_items_of_a_website_too(store: Store, load: Any) -> None:
    more = [
        {"kind": "CONCERNS", "from": "r1", "to": "item"},
        {"kind": "CONCERNS", "from": "r1", "to": "domain:old.example"},
        {"kind": "HAS_DOMAIN", "from": "website:new.example", "to": "domain:third.example", "valid_from": "2022-06"},
        {"kind": "Redirect", "domain": "old.example", "to_domain": "third.example", "first_seen": "2022-06-05"},
    ]
    load(store, *RECORDS, *(one | LOG for one in more))
    assert all(thing.reappeared for thing in told(store)["r1"].concerns)
    flow.split(store, ME, ["website:old.example", "website:new.example"])
    assert [thing.reappeared for thing in told(store)["r1"].concerns] == [(), (), ()]


def test_an_item_may_come_back_on_a_website_that_was_there_before(store: Store, load: Any) -> None:
    more = [
        {"kind": "CONCERNS", "from": "r1", "to": "item"},
        {"kind": "Website", "domain": "aged.example", "first_seen": "2010-01-01"},
        {"kind": "HOSTED_CONTENT", "from": "website:aged.example", "to": "again", "valid_from": "2022-05-01",
         "claimant": "ministry"},
    ]  # fmt: skip
    load(store, *RECORDS, *(one | LOG for one in more))
    links = {thing.kind: {link.id for link in thing.reappeared} for thing in told(store)["r1"].concerns}
    assert links == {
        "Website": {"website:new.example"}, "ContentItem": {"website:new.example", "website:aged.example"},
    }  # fmt: skip


def test_a_domain_that_a_website_moved_on_to_is_told_whenever_it_was_registered(store: Store, load: Any) -> None:
    moved = {"kind": "HAS_DOMAIN", "from": f"website:{FAKE}", "to": "domain:aged.example", "valid_from": "2024-08-01"}
    aged = REGISTERED | {"domain": "aged.example", "created": "2010-01-01"}
    links = found(store, load, SITE | BEGUN, VICTIM, moved, aged)
    assert [(link.by, link.id) for link in links] == [("domain", "domain:aged.example")]


def test_no_computed_successor_was_there_first_or_was_split_from_it(store: Store, load: Any) -> None:
    begins = ("old.example", "new.example")
    undated = [
        {key: value for key, value in one.items() if key != "first_seen" or one["kind"] != "Website"}
        if one.get("domain") in begins else one for one in WORLD
    ]  # fmt: skip
    load(store, *undated)
    assert [one.domain for one in flow.relatives(view_of(store), "old.example").successors] == ["new.example"]
    registered = {"kind": "Registration", "domain": "new.example", "created": "2015-01-01", "observed": "2020-06-20",
                  "registrant_email": "10@mail.example", "source": "s"}  # fmt: skip
    load(store, registered)
    assert flow.relatives(view_of(store), "old.example").successors == ()


def test_a_split_of_websites_holds_for_successors_at_their_other_domains(store: Store, load: Any) -> None:
    other = {"kind": "HAS_DOMAIN", "from": "website:lone20.example", "to": "domain:new.example", "source": "s"}
    load(store, *WORLD, other)
    assert [one.domain for one in flow.relatives(view_of(store), "old.example").successors] == ["new.example"]
    flow.split(store, ME, ["website:old.example", "website:lone20.example"])
    assert flow.relatives(view_of(store), "old.example").successors == ()
