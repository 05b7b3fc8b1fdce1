"""A small world and what may happen to it, records and decisions: whatever happens, its graph is a rebuild."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from graphkit import flow
from graphkit.model.change import HANGING, hanging
from graphkit.model.decision import Decided
from graphkit.stores import Store

PERSONS, ORGANIZATIONS, INCIDENTS = ("p1", "p2", "p3"), ("o1", "o2"), ("i1", "i2")
SOURCES = ("s1", "s2", "s3", "s4")


def source(id_: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Source", "id": id_, "name": f"Paper {id_}", "cases": ["c"], **more}


WORLD = [
    *(source(id_) for id_ in SOURCES),
    *({"kind": "Person", "id": id_, "name": id_.upper(), "source": "s1"} for id_ in PERSONS),
    *({"kind": "Organization", "id": id_, "name": id_.upper(), "source": "s1"} for id_ in ORGANIZATIONS),
    *({"kind": "Incident", "id": id_, "name": id_.upper(), "source": "s1"} for id_ in INCIDENTS),
]

said = st.fixed_dictionaries(
    {
        "source": st.sampled_from(SOURCES),
        "claimant": st.sampled_from([*PERSONS, *ORGANIZATIONS]),
        "stance": st.sampled_from(["asserts", "asserts", "reports", "denies", "retracts"]),
    },
    optional={
        "confidence": st.sampled_from([0, 30, 100]),
        "credibility": st.integers(1, 6),
        "valid_from": st.sampled_from(["2013", "2014-03"]),
        "valid_to": st.sampled_from(["2015", "2016-01-01"]),
        "recorded_at": st.sampled_from(["2020-01-01", "2021-01-01"]),
    },
)


def record(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    own = st.fixed_dictionaries({name: value for name, value in fields.items()})
    return st.tuples(own, said).map(lambda pair: {"kind": kind, **pair[0], **pair[1]})


person, organization, incident = st.sampled_from(PERSONS), st.sampled_from(ORGANIZATIONS), st.sampled_from(INCIDENTS)
records = st.one_of(
    record("MEMBER_OF", **{"from": person, "to": organization}),
    record("EMPLOYED_BY", **{"from": person, "to": organization, "role": st.sampled_from(["clerk", "head"])}),
    record("COOPERATES_WITH", **{"from": organization, "to": person}),
    record("COOPERATES_WITH", **{"from": person, "to": organization}),
    record("SUSPECTED_OF", **{"from": person, "to": incident}),
    record("Person", id=person, position=st.sampled_from(["mayor", "envoy"])),
    record("Person", id=person, name=st.sampled_from(["Ann", "Ben", "昆明"])),
    record("Incident", id=incident, killed=st.integers(0, 3)),
    record("Incident", id=incident, date=st.sampled_from(["2014", "2014-03-01", "2015-06"])),
    st.builds(source, st.sampled_from(SOURCES), reliability=st.sampled_from("ABCDEF")),
    st.builds(
        lambda number, about, property_, value, read_as: {
            "kind": "Decision", "id": f"d{number}-{about}", "action": "read", "about": about, "case": "c",
            "property": property_, "value": value, "read_as": read_as, "who": "A", "when": "2026-01-01", "why": "B",
        },
        st.integers(1, 2), person, st.just("position"), st.sampled_from(["mayor", "envoy"]), st.just("consul"),
    ),
)  # fmt: skip
loads = st.lists(st.lists(records, min_size=1, max_size=4), min_size=1, max_size=6)


ME = flow.Maker("A. Analyst", "a reason", "c")
MORE = [
    {"kind": "MEMBER_OF", "from": "p1", "to": "o1", "claimant": "o2", "source": "s1", "confidence": 40},
    {"kind": "MEMBER_OF", "from": "p2", "to": "o1", "claimant": "p3", "source": "s2", "confidence": 60},
    {"kind": "COOPERATES_WITH", "from": "o1", "to": "o2", "source": "s3"},
    {"kind": "COOPERATES_WITH", "from": "o2", "to": "p2", "source": "s3"},
    {"kind": "EMPLOYED_BY", "from": "p2", "to": "o2", "role": "clerk", "source": "s4"},
    {"kind": "Person", "id": "p2", "position": "mayor", "source": "s4"},
]
LATER = [
    {"kind": "MEMBER_OF", "from": "p2", "to": "o2", "claimant": "o1", "source": "s4", "confidence": 70},
    {"kind": "MEMBER_OF", "from": "p1", "to": "o1", "claimant": "o1", "source": "s2", "stance": "denies"},
    {"kind": "Person", "id": "p3", "position": "envoy", "source": "s2"},
    {"kind": "Person", "id": "p1", "position": "mayor", "source": "s3", "claimant": "p2"},
]
A_DECISION = st.tuples(
    st.sampled_from(["merge", "merge", "split", "correct", "withdraw", "retract", "undo", "undo", "load"]),
    st.integers(0, 2**32),
)


def decide(store: Store, load: Any, what: str, seed: int) -> None:
    """Make some decision, or load some records; one that contradicts another is refused and changes nothing."""
    pick = random.Random(seed)
    claims = store.claims()["id"].to_list()
    decisions = store.register("Decision")["id"].to_list()
    pair = pick.sample(pick.choice([PERSONS, ORGANIZATIONS]), 2)
    choices: dict[str, Callable[[], Any]] = {
        "merge": lambda: flow.merge(store, ME, pair, pick.choice([None, *pair])),
        "split": lambda: flow.split(store, ME, pair),
        "correct": lambda: flow.correct(store, ME, pick.choice(claims), pick.choice(CHANGES)),
        "withdraw": lambda: flow.withdraw(store, ME, pick.sample(claims, 2)),
        "retract": lambda: flow.retract(store, ME, [pick.choice(SOURCES)]),
        "undo": lambda: flow.undo(store, ME, [pick.choice(decisions or ["none"])]),
        "load": lambda: load(store, *pick.sample(LATER, 2)),
    }
    choices[what]()


CHANGES = [{"value": "p3"}, {"value": "o1"}, {"valid_from": "2014"}, {"claimant": "p1"}, {"locator": "page 2"}]


def is_a_rebuild(store: Store, graph_of: Any, rebuilt: Any) -> None:
    claims, decided = store.claims(), Decided(store.register("Decision"))
    assert graph_of(store) == rebuilt(store)
    rows = store.query(
        "MATCH (c:Claim) OPTIONAL MATCH (c)-[:ABOUT]->(n) OPTIONAL MATCH (c)-[:SAID_BY]->(s) "
        "RETURN c.id, c.set_aside_by, n.id, n.kind, s.id, s.kind", {}, 10_000, 60,
    ).rows  # fmt: skip
    assert sorted(map(tuple, rows)) == sorted(hanging(claims, decided).select(list(HANGING)).rows())
