"""Groups, key players, likely links, reach and firm ranks are what trying everything gives."""

from __future__ import annotations

from itertools import combinations
from math import log
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import flow
from graphkit.analytics.communities import communities
from graphkit.analytics.kernels import pairs
from graphkit.analytics.kernels.sampled import betweenness as sampled
from graphkit.analytics.kernels.temporal import earliest_arrival
from graphkit.analytics.reach import DOUBT, ERROR
from graphkit.errors import ChooseAgain, NotFound
from graphkit.graph.arrays import Links, simple
from tests.analytics.views import link, view_of

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda ends: ends[0] != ends[1]), max_size=30)


def links_of(n: int, ends: list[tuple[int, int]]) -> Links:
    start, end = (np.array([pair[side] for pair in ends], dtype=np.int32) for side in (0, 1))
    return simple(n, start, end, directed=False)


def rings(*sizes: int) -> list[tuple[int, int]]:
    """Return cliques in a row, each linked to the next by one link."""
    first, found = 0, []
    for size in sizes:
        found += list(combinations(range(first, first + size), 2))
        found += [(first - 1, first)] if first else []
        first += size
    return found


def clique_view(*sizes: int) -> Any:
    ids = [f"n{number:02}" for number in range(sum(sizes))]
    return view_of(ids, *(link(ids[a], ids[b]) for a, b in rings(*sizes)))


def test_communities_are_the_cliques_of_a_row_of_cliques() -> None:
    view = clique_view(5, 4, 6)
    found = flow.communities(view)
    groups = found.rows.group_by("community").agg("id").sort("community")["id"].to_list()
    assert [len(group) for group in groups] == [6, 5, 4]
    assert found.rows["stability"].to_list() == [1.0] * 15
    assert "agree to 1.00" in found.told[1]


@settings(max_examples=40, deadline=None)
@given(ends=PAIRS)
def test_communities_are_the_same_each_time_and_never_join_what_is_not_linked(ends: list[tuple[int, int]]) -> None:
    ids = [f"n{number:02}" for number in range(12)]
    view = view_of(ids, *(link(ids[a], ids[b]) for a, b in ends))
    found, again = communities(view), communities(view)
    np.testing.assert_array_equal(found.groups, again.groups)
    graph = nx.Graph(ends)
    graph.add_nodes_from(range(12))
    for group in range(int(found.groups.max()) + 1):
        assert nx.is_connected(graph.subgraph(np.flatnonzero(found.groups == group).tolist()))
    wanted = (
        nx.community.modularity(
            graph, [set(np.flatnonzero(found.groups == group).tolist()) for group in set(found.groups.tolist())]
        )
        if graph.size()
        else 0.0
    )
    assert found.modularity == pytest.approx(wanted)
    assert found.stability.min() >= 0 and found.stability.max() <= 1


def test_key_players_are_taken_one_after_the_other() -> None:
    view = clique_view(5, 4, 6)
    found = flow.key_players(view, 2)
    graph = nx.Graph(rings(5, 4, 6))

    def apart(gone: set[int]) -> float:
        parts = nx.connected_components(graph.subgraph(set(graph) - gone))
        return 1 - sum(len(part) * (len(part) - 1) / 2 for part in parts) / (15 * 14 / 2)

    best = max(graph, key=lambda node: (apart({node}), -node))
    second = max(set(graph) - {best}, key=lambda node: (apart({best, node}), -node))
    assert found.rows["id"].to_list() == [f"n{best:02}", f"n{second:02}"]
    assert found.rows["fragmented"].to_list() == pytest.approx([apart({best}), apart({best, second})])


def test_more_key_players_than_things_are_all_things() -> None:
    found = flow.key_players(view_of("ab", link("a", "b")), 9)
    assert found.rows["id"].to_list() == ["a", "b"]


@settings(max_examples=40, deadline=None)
@given(ends=PAIRS, steps=st.integers(1, 3), size=st.integers(1, 4))
def test_those_who_reach_most_are_taken_one_after_the_other(ends: list[tuple[int, int]], steps: int, size: int) -> None:
    ids = [f"n{number:02}" for number in range(12)]
    found = flow.key_players(view_of(ids, *(link(ids[a], ids[b]) for a, b in ends)), size, steps=steps).rows
    graph = nx.Graph([(ids[a], ids[b]) for a, b in ends])
    graph.add_nodes_from(ids)
    near = {node: set(nx.single_source_shortest_path_length(graph, node, cutoff=steps)) for node in ids}
    covered, taken = set[str](), set[str]()
    for node, reached in found.select("id", "reached").iter_rows():
        left = [other for other in ids if other not in taken]
        assert node == max(left, key=lambda other: (len(near[other] - covered), -ids.index(other)))
        taken.add(node)
        covered |= near[node]
        assert reached == pytest.approx(len(covered) / len(ids))
    assert len(found) == size


SCORES = {
    "adamic_adar": lambda graph, shared, a, b: sum(1 / log(graph.degree(node)) for node in shared),
    "resource_allocation": lambda graph, shared, a, b: sum(1 / graph.degree(node) for node in shared),
    "jaccard": lambda graph, shared, a, b: len(shared) / len(set(graph[a]) | set(graph[b])),
    "common_neighbours": lambda graph, shared, a, b: len(shared),
}


@pytest.mark.parametrize("measure", SCORES)
@settings(max_examples=40, deadline=None)
@given(ends=PAIRS, top=st.integers(1, 9), barred=st.sets(st.integers(0, 11)))
def test_likely_links_are_the_best_of_all_pairs(
    measure: str, ends: list[tuple[int, int]], top: int, barred: set[int]
) -> None:
    graph = nx.Graph(ends)
    every = {}
    for a, b in combinations(sorted(graph), 2):
        shared = set(graph[a]) & set(graph[b])
        if shared and not graph.has_edge(a, b) and not {a, b} & barred:
            every[a, b] = SCORES[measure](graph, shared, a, b)
    mask = np.isin(np.arange(12), list(barred))
    low, high, scores = pairs.likely(links_of(12, ends).out, measure, top, mask)
    assert scores.tolist() == pytest.approx(sorted(every.values(), reverse=True)[:top])
    assert [every[a, b] for a, b in zip(low.tolist(), high.tolist(), strict=True)] == pytest.approx(scores.tolist())


def test_likely_links_at_size_are_not_crowded_out_by_links_that_are_there() -> None:
    graph = nx.barabasi_albert_graph(3000, 6, seed=1)
    links = links_of(3000, list(graph.edges))
    low, high, scores = pairs.likely(links.out, "resource_allocation", 200)
    two = [
        (a, b)
        for a in graph
        for b in {far for near in graph[a] for far in graph[near]}
        if a < b and not graph.has_edge(a, b)
    ]
    best = sorted((score for _, _, score in nx.resource_allocation_index(graph, two)), reverse=True)[:200]
    assert scores.tolist() == pytest.approx(best)
    assert not any(graph.has_edge(a, b) for a, b in zip(low.tolist(), high.tolist(), strict=True))


def test_nobody_is_linked_to_a_person_unless_that_is_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    view = view_of("abxy", link("a", "x"), link("b", "x"), link("a", "y"), link("b", "y"), persons="ab")
    assert flow.likely(view, "jaccard", 9).rows.select("a", "b").rows() == [("x", "y")]
    assert not caplog.records
    assert flow.likely(view, "jaccard", 9, persons=True).rows.select("a", "b").rows() == [("a", "b"), ("x", "y")]
    assert "asked for" in caplog.text


TIMES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 9), st.integers(0, 4)), max_size=25)


@settings(max_examples=100, deadline=None)
@given(contacts=TIMES, begin=st.integers(0, 9), directed=st.booleans())
def test_first_arrivals_are_those_of_a_walk_day_by_day(
    contacts: list[tuple[int, int, int, int]], begin: int, directed: bool
) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*contacts, strict=True)] or [
        np.zeros(0, np.int64)
    ] * 4
    near, far, start, lasting = columns
    ends = (near.astype(np.int32), far.astype(np.int32))
    days, steps = earliest_arrival(7, ends, (start, start + lasting), 0, begin, directed)
    there = {0: begin}
    for today in range(begin, 20):
        graph = nx.DiGraph()
        for a, b, first, last in zip(near.tolist(), far.tolist(), start.tolist(), lasting.tolist(), strict=True):
            if first <= today <= first + last:
                graph.add_edge(a, b)
                if not directed:
                    graph.add_edge(b, a)
        for known in [node for node in there if node in graph]:
            for node in nx.descendants(graph, known):
                there.setdefault(node, today)
    assert {node: int(days[node]) for node in range(7) if steps[node] >= 0} == there


def test_what_is_reached_follows_in_time() -> None:
    view = view_of(
        "abcd",
        link("a", "b", valid_from="2014", valid_to="2014"),
        link("b", "c", valid_from="2012", valid_to="2013"),
        link("b", "d"),
    )
    found = flow.reach(view, "a", "2014-03")
    assert found.rows.select("day", "steps", "id").rows() == [("2014-03-01", 1, "b"), ("2014-03-01", 2, "d")]
    assert flow.reach(view, "a", certainly=True).rows.select("day", "id").rows() == [("2014-01-01", "b")]
    with pytest.raises(ChooseAgain, match="is no day, month or year"):
        flow.reach(view, "a", "soon")
    with pytest.raises(NotFound):
        flow.reach(view, "nobody")


def test_a_rank_that_rests_on_one_source_says_so() -> None:
    copies = {"copy": {"based_on": ["paper"]}}
    view = view_of(
        "abcde",
        *(link("a", other, source) for other in "bcd" for source in ("paper", "copy")),
        link("b", "e", "letter"),
        link("b", "c", "letter"),
        sources=copies,
    )
    ranking = flow.firm(view, flow.rank(view, "degree", None, 5))
    first = ranking.rows[0]
    assert (first["id"], first["without"], first["rank_without"]) == ("a", "PAPER", 4)
    assert first["low"] == 1 and first["high"] >= 1
    assert ranking == flow.firm(view, flow.rank(view, "degree", None, 5))


def test_approximate_betweenness_is_as_near_as_it_says() -> None:
    for graph in (nx.path_graph(1200), nx.barabasi_albert_graph(1500, 2, seed=3)):
        links = links_of(len(graph), list(graph.edges))
        wanted = np.array(list(nx.betweenness_centrality(graph, backend="graphkit").values()))
        off = [np.abs(sampled(links, ERROR, DOUBT, seed) - wanted).max() for seed in range(1, 21)]
        assert np.mean(np.array(off) > ERROR) <= DOUBT


def test_weights_by_support_count_the_best_and_the_mean_of_the_rated_where_nothing_is_rated() -> None:
    view = view_of(
        "abcd",
        link("a", "b", confidence=80),
        link("a", "b", kind="PART_OF", confidence=20),
        link("b", "c", confidence=40),
        link("c", "d"),
    )
    links = view.graph(weights="support").links
    best = dict(
        zip(zip(links.start.tolist(), links.end.tolist(), strict=True), links.weights["weight"].tolist(), strict=True)
    )
    support = dict(
        zip(view.relations.select("from", "to", "type").rows(), view.relations["support"].to_list(), strict=True)
    )
    a_b, b_c = support["a", "b", "COOPERATES_WITH"] / 100, support["b", "c", "COOPERATES_WITH"] / 100
    assert best == {(0, 1): a_b, (1, 2): b_c, (2, 3): pytest.approx((a_b + b_c) / 2)}
    assert "1 relations are not rated" in flow.rank(view, "strength", None, 1, flow.Counting("support")).computed_on


def test_what_is_taken_out_is_gone_with_its_relations() -> None:
    view = view_of("abcd", link("a", "b"), link("b", "c"), link("c", "d")).without(["b"])
    assert view.things["id"].to_list() == ["a", "c", "d"]
    assert view.entities["id"].to_list() == ["a", "c", "d"]
    assert view.relations.select("from", "to").rows() == [("c", "d")]
    assert flow.rank(view, "degree", None, 3).rows[0]["id"] == "c"


def test_ranks_at_two_dates_say_who_rose(store_of: Any) -> None:
    store, scope = store_of(
        link("a", "b", valid_from="2010", valid_to="2011"),
        link("a", "c", valid_from="2010", valid_to="2011"),
        link("b", "c", valid_from="2014", valid_to="2015"),
        link("b", "d", valid_from="2014", valid_to="2015"),
        link("b", "a", valid_from="2014", valid_to="2015"),
    )
    found, _ = flow.changes(store, scope, "degree", ["2010", "2014"])
    ranks = {row["id"]: (row["2010"], row["2014"], row["change"]) for row in found.rows.to_dicts()}
    assert ranks["a"] == (1, 2, -1)
    assert ranks["b"] == (2, 1, 1)
    with pytest.raises(ChooseAgain, match="Name two days"):
        flow.changes(store, scope, "degree", ["2010"])
