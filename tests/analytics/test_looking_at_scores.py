"""Distributions, what if, and groups say in few numbers what holds for all things."""

from __future__ import annotations

import networkx as nx
import numpy as np
import polars as pl
import pytest

from graphkit import flow
from graphkit.analytics.metric import Scores
from graphkit.distribution import BINS, POINTS
from graphkit.errors import NotFound
from graphkit.graph.snapshot import Snapshot
from tests.analytics.views import link, view_of

STAR = [link("a", end) for end in "bcde"]


def scored(monkeypatch: pytest.MonkeyPatch, values: list[float]) -> None:
    monkeypatch.setitem(flow.METRICS, "degree", lambda view, counting: Scores(np.array(values), "line"))


def test_a_bin_is_a_whole_number_where_scores_are_few_whole_numbers() -> None:
    found = flow.distribution(view_of("abcdef", *STAR), "degree", None)
    assert found.bins.rows() == [(0, 1, 1), (1, 2, 4), (2, 3, 0), (3, 4, 0), (4, 5, 1)]
    assert found.tail.rows() == [(0.0, 1.0), (1.0, 5 / 6), (4.0, 1 / 6)]
    assert (found.things, found.undefined, found.median, found.highest, found.whole) == (6, 0, 1.0, 4.0, True)


@pytest.mark.parametrize("factor", [1, 0.37])
def test_however_many_things_there_are_a_distribution_is_small(monkeypatch: pytest.MonkeyPatch, factor: float) -> None:
    values = np.round(np.random.default_rng(1).pareto(1.2, 20_000) * 10) * factor
    scored(monkeypatch, values.tolist())
    found = flow.distribution(view_of("a"), "degree", None)
    assert len(found.bins) <= BINS + 1
    assert 50 < len(found.tail) <= POINTS
    assert found.bins["things"].sum() == found.things == 20_000
    for score, share in found.tail.iter_rows():
        assert share == pytest.approx((values >= score).mean())
    assert (found.tail["score"][0], found.tail["score"][-1]) == (values.min(), values.max())


def test_what_has_no_score_is_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    scored(monkeypatch, [1.0, float("nan"), 3.0])
    view = view_of("abc", persons="c")
    found = flow.distribution(view, "degree", None)
    assert (found.things, found.undefined, found.median) == (2, 1, 2.0)
    assert flow.distribution(view, "degree", "Person").bins.rows() == [(3, 4, 1)]


def test_of_nothing_nothing_is_drawn() -> None:
    found = flow.distribution(view_of("a"), "constraint", None)
    assert (found.things, found.undefined, len(found.bins), len(found.tail)) == (0, 1, 0, 0)


def test_what_if_tells_pieces_and_pairs_before_and_after() -> None:
    found = flow.what_if(view_of("abcdef", *STAR, link("d", "e")), ["a"], "degree")
    assert (found.before.things, found.before.relations, found.before.pieces, found.before.alone) == (6, 5, 1, 1)
    assert (found.after.things, found.after.relations, found.after.pieces, found.after.alone) == (5, 1, 1, 3)
    assert (found.before.largest, found.after.largest) == (5, 2)
    assert found.before.connected == 6 / 10
    assert found.after.connected == 1 / 10


def test_what_if_tells_who_moves_up() -> None:
    found = flow.what_if(view_of("abcdef", *STAR, link("d", "e")), ["a"], "degree")
    ranks = {row["id"]: (row["before"], row["after"], row["change"]) for row in found.rows.iter_rows(named=True)}
    assert ranks == {"d": (2, 1, 1), "e": (2, 1, 1), "b": (4, 3, 1), "c": (4, 3, 1), "f": (6, 3, 3)}
    assert "5 things, 1 relations" in found.computed_on


def test_what_if_of_everything_leaves_nothing() -> None:
    found = flow.what_if(view_of("ab", link("a", "b")), ["a", "b"], "degree")
    assert (found.after.things, found.after.connected, len(found.rows)) == (0, 0.0, 0)


def test_what_if_counts_only_among_the_kinds_asked_for() -> None:
    view = view_of("abcde", *STAR, persons="ab")
    found = flow.what_if(view, ["a", "c"], "degree", flow.Counting(among=("Person",)))
    assert (found.before.things, found.before.relations, found.after.things) == (2, 1, 1)


def test_what_if_of_what_is_not_there_names_what_is_near() -> None:
    with pytest.raises(NotFound, match="Did you mean 'abc'"):
        flow.what_if(view_of(["abc", "b"]), ["abd"], "degree")


@pytest.fixture(scope="module")
def cliques() -> Snapshot:
    """Two groups in which all are linked, and one link between them."""
    inside = [link(a, b) for group in ("abcd", "efg") for a in group for b in group if a < b]
    return view_of("abcdefgh", *inside, link("d", "e"), persons="ab")


def test_groups_name_the_most_linked_first(cliques: Snapshot) -> None:
    found = flow.groups(cliques)
    assert found.rows.select("community", "size", "kinds").rows() == [
        (1, 4, "Organization 2, Person 2"),
        (2, 3, "Organization 3"),
    ]
    assert found.rows["names"].to_list() == [["D", "A", "B", "C"], ["E", "F", "G"]]
    assert found.members.head(2).rows() == [(1, "d", "D", "Organization", 4), (1, "a", "A", "Person", 3)]
    assert "Modularity" in found.told[0]


def test_groups_lose_no_thing_that_is_linked(cliques: Snapshot) -> None:
    linked = {node for node, degree in nx.Graph(cliques.networkx).degree() if degree}
    assert set(flow.groups(cliques).members["id"]) == linked
    assert flow.groups(view_of("ab")).rows.is_empty()
    assert isinstance(flow.groups(view_of("ab")).members, pl.DataFrame)
