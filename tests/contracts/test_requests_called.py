"""A website is called by its domain wherever requests tell of it, since it chooses itself what else it is called."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.requesting import called
from graphkit.stores import Store
from tests.requested import LOG, RECORDS, SCOPE, told


@pytest.mark.parametrize(
    ("domains", "name", "told_as"),
    [
        (["a-b.example"], "A B", "a-b[.]example (calls itself A B)"),
        (["a-b.example"], "A-B.example", "a-b[.]example"),
        (["a-b.example"], "https://www.a-b.example/", "a-b[.]example"),
        (["a-b.example"], "", "a-b[.]example"),
        (["a-b.example", "c.example", "d.example"], "c.example", "a-b[.]example and 2 more"),
        (["a-b.example", "c.example"], "A. B. of U.S.", "a-b[.]example and 1 more (calls itself A. B. of U.S.)"),
        (["a-b.example"], "http://real.example", "a-b[.]example (calls itself hxxp://real[.]example)"),
    ],
)
def test_the_domain_stands_first_and_what_it_calls_itself_follows(domains: list[str], name: str, told_as: str) -> None:
    assert called.website(domains, name) == told_as


def test_two_websites_of_one_name_are_told_apart_in_all_that_is_told(store: Store, load: Any) -> None:
    fake = {"kind": "Website", "domain": "0ld.example", "name": "Old site", "first_seen": "2021-01-01"}
    more = [
        fake,
        {"kind": "CONCERNS", "from": "r2", "to": "website:0ld.example"},
        {"kind": "Domain", "domain": "0ld.test"},
        {"kind": "HAS_DOMAIN", "from": "website:0ld.example", "to": "domain:0ld.test", "valid_from": "2021-05-01"},
        {"kind": "Redirect", "domain": "0ld.example", "to_domain": "new.example", "first_seen": "2023-02-01"},
    ]
    load(store, *RECORDS, *(one | LOG for one in more))
    one = told(store)["r2"]
    assert one.concerns[0].name == "0ld[.]example and 1 more (calls itself Old site)"
    assert one.concerns[0].reappeared[0].name == "new[.]example (calls itself New site)"
    assert told(store)["r1"].concerns[0].name == "old[.]example (calls itself Old site)"
    assert told(store)["relation"].name.endswith("from new[.]example (calls itself New site)")
    _, rows = flow.requests_to_hand_over(store, SCOPE)
    assert rows["concerns"].to_list()[:2] == [
        ["old[.]example (calls itself Old site)"], ["0ld[.]example and 1 more (calls itself Old site)"],
    ]  # fmt: skip
