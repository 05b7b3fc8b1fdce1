"""The best paths between two things are those that cost least of all there are, by the cost that is documented."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.analytics.paths import Found, Wanted, layers, paths, search
from graphkit.errors import ChooseAgain
from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.batch import gather
from graphkit.ingest.record import Record
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
SOURCES = ("s", "t", "u")
IDS = "abcdefg"
KINDS = ("PART_OF", "COOPERATES_WITH", "OWNS")
SPANS = [None, None, ("2010", "2011"), ("2013", "2014"), ("2013-06", "2020"), ("2019", None), ("2012", "2012")]

Row = dict[str, Any]
Span = tuple[float, float]


def snapshot(*records: Row, ids: str | list[str] = IDS) -> Snapshot:
    registers = [{"kind": "Source", "id": id_, "name": id_} for id_ in SOURCES]
    bodies = [{"kind": "Organization", "id": id_, "name": id_.upper(), "source": "s"} for id_ in ids]
    rows = [Record(f"x:{number}", data) for number, data in enumerate([*registers, *bodies, *records], start=1)]
    batch = gather(rows, CATALOG, lambda ids: {}, "2026-11-24")
    assert list(map(str, batch.rejects)) == []
    sources = batch.registers["Source"]
    resolved = resolve(batch.claims, sources, Decided(batch.registers["Decision"]), CATALOG)
    made = of_resolved(resolved, sources.with_columns(n_claims=pl.lit(0)), pl.DataFrame())
    return Snapshot(Parts.given(made), Scope(("c",)), "1")


def link(start: str, end: str, kind: str = "PART_OF", source: str = "s", **fields: Any) -> Row:
    return {"kind": kind, "from": start, "to": end, "source": source} | fields


def dated(years: tuple[str | None, str | None] | None) -> dict[str, str]:
    return {name: year for name, year in zip(("valid_from", "valid_to"), years or (), strict=False) if year}


links = st.builds(
    lambda ends, kind, source, confidence, years, stance: link(
        *ends, kind, source, stance=stance, **dated(years), **({} if confidence is None else {"confidence": confidence})
    ),
    st.sampled_from(list(itertools.permutations(IDS, 2))),
    st.sampled_from(KINDS),
    st.sampled_from(SOURCES),
    st.sampled_from([None, None, 0, 3, 40, 100]),
    st.sampled_from(SPANS),
    st.sampled_from(["asserts", "asserts", "asserts", "reports", "denies"]),
)


def millionths(bits: float) -> int:
    return round(bits * 1_000_000)


def evidence(row: Row) -> int:
    weight = 1 - 0.4 ** row["n_independent"] if row["support"] is None else max(row["support"], 5) / 100
    return millionths(-math.log2(weight) + row["disputed"])


def spans(rows: list[Row]) -> list[Span]:
    """Return the times of relations; none when one of them is not dated."""
    if not all(row["spans"] for row in rows):
        return []
    ends = [text.split("/") for row in rows for text in row["spans"]]
    return [(day(start, -math.inf), day(end, math.inf)) for start, end in ends]


def day(text: str, ever: float) -> float:
    return ever if text == ".." else date.fromisoformat(text).toordinal()


def in_time(one: list[Row], two: list[Row]) -> int:
    gaps = [max(c - b, a - d) for a, b in spans(one) for c, d in spans(two)]
    return millionths(math.log2(2 + min(gaps) / 365.25)) if gaps and min(gaps) >= 0 else 0


def all_paths(view: Snapshot, a: str, b: str, max_hops: int, blocked: set[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield every path without a loop, and what it costs."""
    pairs: dict[frozenset[str], list[Row]] = {}
    for row in view.relations.to_dicts():
        pairs.setdefault(frozenset((row["from"], row["to"])), []).append(row)
    near = {id_: sorted({other for pair in pairs if id_ in pair for other in pair - {id_}}) for id_ in view.index}

    def further(nodes: list[str], cost: int) -> Iterator[tuple[int, list[str]]]:
        if nodes[-1] == b:
            yield cost, nodes
        elif len(nodes) <= max_hops and (len(nodes) == 1 or nodes[-1] not in blocked):
            passing = millionths(math.log2(len(near[nodes[-1]]))) if len(nodes) > 1 else 0
            for other in near[nodes[-1]]:
                if other not in nodes:
                    hop = pairs[frozenset((nodes[-1], other))]
                    apart = in_time(pairs[frozenset(nodes[-2:])], hop) if len(nodes) > 1 else 0
                    yield from further([*nodes, other], cost + passing + min(map(evidence, hop)) + apart)

    yield from further([a], 0)


def found(view: Snapshot, a: str, b: str, **wanted: Any) -> Found:
    return paths(view, view.number(a), view.number(b), Wanted(**wanted))


def told(view: Snapshot, answer: Found) -> list[tuple[int, list[str]]]:
    ids = view.entities["id"].to_list()
    return [(path.cost, [ids[node] for node in path.nodes]) for path in answer.paths]


@settings(max_examples=200, deadline=None)
@given(st.lists(links, max_size=18), st.integers(1, 6), st.integers(1, 8), st.sampled_from([0, layers.LOOKED_AT]))
def test_the_best_paths_are_those_of_all_paths_that_cost_least(
    records: list[Row], max_hops: int, top: int, looked_at: int
) -> None:
    view = snapshot(*records)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(layers, "LOOKED_AT", looked_at)
        answer = found(view, "a", "b", max_hops=max_hops, top=top)
    every = sorted(all_paths(view, "a", "b", max_hops, set()))
    assert told(view, answer) == every[:top]
    assert answer.sure
    assert (answer.unlinked is None) == bool(every)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("avoid_hubs", [False, True])
def test_the_best_paths_of_a_larger_graph_with_a_hub_are_those_that_cost_least(seed: int, avoid_hubs: bool) -> None:
    chance = random.Random(seed)
    ids = [f"n{number:02}" for number in range(45)]
    pairs = [("n00", id_) for id_ in ids[1:]] + [tuple(chance.sample(ids[1:], 2)) for _ in range(75)]
    rated: list[dict[str, Any]] = [{}, {"confidence": 80}, {"confidence": 30}]
    records = [link(*pair, **dated(chance.choice(SPANS)), **chance.choice(rated)) for pair in pairs]
    view = snapshot(*records, ids=ids)
    blocked = {"n00"} if avoid_hubs else set()
    for a, b in (("n01", "n02"), ("n03", "n00"), ("n40", "n41")):
        every = sorted(all_paths(view, a, b, 4, blocked - {a, b}))
        assert told(view, found(view, a, b, top=25, avoid_hubs=avoid_hubs)) == every[:25]


@settings(max_examples=40, deadline=None)
@given(st.lists(links, max_size=18), st.integers(2, 5))
def test_a_search_that_is_stopped_finds_real_paths_and_says_so(records: list[Row], max_hops: int) -> None:
    view = snapshot(*records)
    every = sorted(all_paths(view, "a", "b", max_hops, set()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "WORK", 300)
        answer = found(view, "a", "b", max_hops=max_hops)
    assert all(one in every for one in told(view, answer))
    if answer.sure:
        assert told(view, answer) == every[:5]
    assert len({path.nodes for path in answer.paths}) == len(answer.paths)


@given(st.lists(links, max_size=14), st.randoms())
def test_the_order_of_records_changes_nothing(records: list[Row], chance: Any) -> None:
    placed = [record | {"locator": f"page {page}"} for page, record in enumerate(records)]
    shuffled = list(placed)
    chance.shuffle(shuffled)
    assert found(snapshot(*placed), "a", "b") == found(snapshot(*shuffled), "a", "b")


@given(st.lists(links, max_size=14))
def test_another_way_round_finds_the_same_paths_at_the_same_cost(records: list[Row]) -> None:
    view = snapshot(*records)
    there, back = (told(view, found(view, *ends, top=100)) for ends in ("ab", "ba"))
    assert sorted((cost, nodes[::-1]) for cost, nodes in back) == there


def cost(*records: Row, ends: str = "ab") -> int:
    return found(snapshot(*records), *ends).paths[0].cost


def test_support_lowers_the_cost_and_a_denial_raises_it() -> None:
    good, poor = (cost(link("a", "b", confidence=confidence)) for confidence in (90, 40))
    unrated, doubtful = cost(link("a", "b")), cost(link("a", "b", confidence=0))
    assert good < unrated < poor < doubtful < 10_000_000
    assert cost(link("a", "b"), link("a", "b", source="t")) < unrated
    assert cost(link("a", "b"), link("a", "b", source="t", stance="denies")) == unrated + 1_000_000


def test_what_nobody_rated_costs_as_much_as_what_is_possibly_true() -> None:
    assert cost(link("a", "b")) == cost(link("a", "b", credibility=3))


def test_another_relation_between_the_same_two_never_makes_a_path_worse() -> None:
    first = [link("a", "c", **dated(("2010", "2011"))), link("c", "b", **dated(("2015", "2016")))]
    for more in (link("a", "c", "OWNS", confidence=0), link("c", "a", "OWNS", **dated(("2015", "2015")))):
        assert cost(*first, more) <= cost(*first)


def test_relations_between_the_same_two_are_one_hop_and_the_best_backed_leads() -> None:
    view = snapshot(link("a", "b", confidence=20), link("b", "a", confidence=90), link("a", "b", "OWNS"))
    (path,) = found(view, "a", "b").paths
    (step,) = path.steps
    rows = view.relations[list(step.rows)]
    assert rows.select("from", "type").rows() == [("b", "PART_OF"), ("a", "OWNS"), ("a", "PART_OF")]


def test_what_few_share_comes_before_what_many_share() -> None:
    others = [f"x{number}" for number in range(30)]
    shared = [link(id_, "h") for id_ in ("a", "b", *others)]
    view = snapshot(*shared, link("a", "c"), link("d", "c"), link("d", "b"), ids=[*IDS, "h", *others])
    names = ["".join(nodes) for _, nodes in told(view, found(view, "a", "b"))]
    assert names == ["acdb", "ahb"]


def test_a_hub_is_not_passed_when_hubs_are_avoided_and_is_named() -> None:
    others = [f"x{number}" for number in range(30)]
    shared = [link(id_, "h") for id_ in ("a", "b", *others)]
    view = snapshot(*shared, link("a", "c"), link("c", "b"), ids=[*IDS, "h", *others])
    answer = found(view, "a", "b", avoid_hubs=True)
    assert told(view, answer)[0][1] == ["a", "c", "b"]
    assert len(answer.paths) == 1
    (hub,) = answer.hubs
    assert (view.entities["id"][hub], answer.degree[hub]) == ("h", 32)
    assert answer.more_than < 32
    assert found(view, "a", "h", avoid_hubs=True).paths, "an end may be a hub"


def test_hops_that_cannot_have_held_at_one_time_cost_more_the_further_they_are_apart() -> None:
    def passing(*years: tuple[str, str] | None) -> int:
        return cost(*(link(*ends, **dated(when)) for ends, when in zip(("ac", "cb"), years, strict=True)))

    together, undated = passing(("2010", "2012"), ("2011", "2013")), passing(("2010", "2012"), None)
    next_to, far = passing(("2010", "2012"), ("2013", "2014")), passing(("2010", "2012"), ("2020", "2021"))
    assert together == undated < next_to < far
    assert next_to == together + 1_000_000


def test_hops_say_how_they_lie_in_time() -> None:
    when = [("2010", "2012"), ("2011", "2013"), ("2018", "2018"), None]
    ends = ["ac", "cd", "de", "eb"]
    view = snapshot(*(link(*pair, **dated(years)) for pair, years in zip(ends, when, strict=True)))
    first, second, third, fourth = found(view, "a", "b").paths[0].steps
    assert first.apart is None
    assert second.apart is not None
    assert (second.apart.days, second.apart.spans) == (None, ("2011-01-01/2013-01-01",))
    assert third.apart is not None
    assert third.apart.days == (date(2018, 1, 1) - date(2014, 1, 1)).days
    assert fourth.apart is not None
    assert (fourth.apart.days, fourth.apart.spans, fourth.in_time) == (None, (), 0)


def test_loops_are_no_hops() -> None:
    view = snapshot(link("a", "b"), link("c", "d"))
    loop = view.relations.head(1).with_columns(pl.col("from").alias("to"), id=pl.lit("loop"))
    resolved = replace(view.resolved, relations=view.relations.vstack(loop))
    looped = replace(view, parts=Parts.given(of_resolved(resolved, view.sources, view.decisions)))
    assert told(looped, found(looped, "a", "b")) == told(view, found(view, "a", "b"))


def test_that_there_is_no_path_says_how_far_the_two_are_apart() -> None:
    view = snapshot(*(link(*ends) for ends in ("ab", "bc", "cd", "de", "fg")))
    apart = found(view, "a", "e", max_hops=3).unlinked
    assert apart is not None
    assert (apart.hops, apart.through_hubs) == (4, 4)
    apart = found(view, "a", "g", max_hops=3).unlinked
    assert apart is not None
    assert (apart.hops, apart.through_hubs, apart.around) == (None, None, (4, 1))


def test_of_nothing_there_is_no_path() -> None:
    view = snapshot()
    apart = found(view, "a", "b").unlinked
    assert apart is not None
    assert apart.around == (0, 0)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"max_hops": 0}, "A path of 0 hops is not looked for. Give max_hops from 1 to 6"),
        ({"max_hops": 10**9}, "A path of 1,000,000,000 hops is not looked for"),
        ({"top": 0}, "0 paths are not looked for. Give top from 1 to 100."),
        ({"top": 101}, "101 paths"),
    ],
)
def test_what_makes_no_sense_to_look_for_is_said_so(wanted: dict[str, int], words: str) -> None:
    with pytest.raises(ChooseAgain, match=words):
        Wanted(**wanted)
