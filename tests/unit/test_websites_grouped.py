"""Groups of websites: no chains over weak links, nothing against a decision, and a confidence that is what it says."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.identity.websites.grouped import SUPPORT, THRESHOLD, confidence, grouped

SITES = 9
PAIRS = list(combinations(range(SITES), 2))
LINKS = st.dictionaries(st.sampled_from(PAIRS), st.floats(0, 1), max_size=20)
APART = st.frozensets(st.sampled_from(PAIRS), max_size=4)


def groups_of(links: dict[tuple[int, int], float], apart: frozenset[tuple[int, int]] = frozenset()) -> list[set[int]]:
    a, b = [pair[0] for pair in links], [pair[1] for pair in links]
    return [set(group.sites) for group in grouped(a, b, np.array(list(links.values())), apart)]


@given(links=LINKS, apart=APART)
@settings(max_examples=200)
def test_a_group_is_held_together_by_sure_links_and_keeps_apart_what_is_decided(
    links: dict[tuple[int, int], float], apart: frozenset[tuple[int, int]]
) -> None:
    a, b = [pair[0] for pair in links], [pair[1] for pair in links]
    seen: set[int] = set()
    for group in grouped(a, b, np.array(list(links.values())), apart):
        members = set(group.sites)
        assert len(members) > 1
        assert seen.isdisjoint(members)
        seen |= members
        assert len(group.ways) == len(members) - 1
        assert all(links[way] >= THRESHOLD for way in group.ways)
        assert all(not set(pair) <= members for pair in apart)
        assert min(links[way] for way in group.ways) ** len(group.ways) <= group.confidence <= 1


@given(links=LINKS, apart=APART)
def test_the_order_of_links_is_no_matter(
    links: dict[tuple[int, int], float], apart: frozenset[tuple[int, int]]
) -> None:
    distinct = dict(zip(links, np.linspace(0.5, 0.99, len(links)), strict=True))
    turned = dict(reversed(distinct.items()))
    assert groups_of(distinct, apart) == groups_of(turned, apart)


def test_one_weak_link_does_not_chain_two_groups() -> None:
    first = dict.fromkeys(combinations(range(4), 2), 0.99)
    second = dict.fromkeys(combinations(range(4, 8), 2), 0.99)
    chained = first | second | {(3, 4): 0.96}
    assert groups_of(chained) == [{0, 1, 2, 3}, {4, 5, 6, 7}]
    supported = chained | {(one, one + 4): 0.96 for one in range(int(4 * SUPPORT) + 1)}
    assert groups_of(supported) == [set(range(8))]


def test_what_is_decided_to_be_one_is_in_one_group_whatever_it_shares() -> None:
    assert groups_of({(0, 1): 1.0, (2, 3): 0.2}) == [{0, 1}]


def test_confidence_is_the_mean_of_the_products_along_the_tree() -> None:
    assert confidence([(0, 1, 0.9), (1, 2, 0.8)]) == pytest.approx((0.9 + 0.8 + 0.9 * 0.8) / 3)
