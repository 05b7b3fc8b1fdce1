"""Links of what things share, and the links on which most hangs, are what NetworkX gives."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import flow
from graphkit.errors import ChooseAgain
from tests.analytics.views import link, view_of

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda ends: ends[0] != ends[1]), max_size=30)


@settings(max_examples=40, deadline=None)
@given(ends=PAIRS)
def test_things_are_linked_by_what_they_share(ends: list[tuple[int, int]]) -> None:
    persons, others = [f"p{number:02}" for number in range(6)], [f"o{number:02}" for number in range(6)]
    ids = [*persons, *others]
    view = view_of(ids, *(link(ids[a], ids[b]) for a, b in ends), persons=persons)
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((ids[a], ids[b]) for a, b in ends if (a < 6) != (b < 6))
    shared = nx.bipartite.weighted_projected_graph(graph, persons)
    through = flow.Counting(among=("Person",), through=("Organization",))
    found = {row["id"]: row["score"] for row in flow.rank(view, "strength", None, 9, through).rows}
    assert found == dict(shared.degree(weight="weight"))
    degrees = {row["id"]: row["score"] for row in flow.rank(view, "degree", None, 9, through).rows}
    assert degrees == dict(shared.degree())


def test_what_is_shared_has_no_sources_to_be_firm_on() -> None:
    view = view_of("abx", link("a", "x"), link("b", "x"), persons="ab")
    through = flow.Counting(among=("Person",), through=("Organization",))
    ranking = flow.rank(view, "degree", None, 2, through)
    assert ranking.computed_on.endswith("only among Person, linked by shared Organization")
    with pytest.raises(ChooseAgain, match="no source says it"):
        flow.firm(view, ranking, through)
    with pytest.raises(ChooseAgain, match="--among"):
        flow.rank(view, "degree", None, 2, flow.Counting(through=("Organization",)))


@settings(max_examples=40, deadline=None)
@given(ends=PAIRS)
def test_ties_are_those_of_networkx(ends: list[tuple[int, int]]) -> None:
    ids = [f"n{number:02}" for number in range(12)]
    view = view_of(ids, *(link(ids[a], ids[b]) for a, b in ends))
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((ids[a], ids[b]) for a, b in ends)
    over = {frozenset(pair): score for pair, score in nx.edge_betweenness_centrality(graph).items() if score}
    found = flow.ties(view, "edge_betweenness", 99).rows
    assert {frozenset(row[:2]): row[2] for row in found.select("a", "b", "score").rows()} == pytest.approx(over)
    assert {*found["types"]} <= {"COOPERATES_WITH"}
    sides = {}
    for a, b in nx.bridges(graph):
        left = nx.restricted_view(graph, [], [(a, b)])
        sides[frozenset((a, b))] = min(len(nx.node_connected_component(left, end)) for end in (a, b))
    bridges = flow.ties(view, "bridge", 99).rows.select("a", "b", "score").rows()
    assert {frozenset(row[:2]): row[2] for row in bridges} == sides
