"""Why two things are linked: each hop says who says it and where, allegations stay such, and nobody is handed over."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain, NotFound, StoreChanged
from graphkit.explaining import PATH_ENDINGS
from graphkit.graph.moment import NOW, Moment
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.stores import Store

SECRET = "Zvonimir </td><b>Qwertz"
MEMBER = {"kind": "MEMBER_OF", "from": "ann", "to": "band", "claimant": "mayor", "source": "s", "locator": "page 2"}
RUNS = {"kind": "EMPLOYED_BY", "from": "ben", "to": "port", "source": "t", "role": "clerk"}
WORLD: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "Ess", "publisher": "Gazette", "published": "2024", "cases": ["c"]},
    {"kind": "Source", "id": "t", "name": "Tee", "reliability": "B", "cases": ["c"]},
    {"kind": "Source", "id": "elsewhere", "name": "Else", "cases": ["other"]},
    *({"kind": "Person", "id": id_, "name": id_.title(), "source": "s"} for id_ in ("ann", "ben", "mayor", "lone")),
    {"kind": "Organization", "id": "port", "name": "Port", "source": "s"},
    {"kind": "Group", "id": "band", "name": "Band", "source": "s"},
    {"kind": "Person", "id": "stranger", "name": "Stranger", "source": "elsewhere"},
    MEMBER | {"confidence": 60, "valid_from": "2010", "valid_to": "2012", "quote": "She is one of them."},
    MEMBER | {"claimant": "ann", "source": "t", "stance": "denies", "locator": "line 9"},
    {"kind": "COOPERATES_WITH", "from": "port", "to": "band", "source": "s", "valid_from": "2011"},
    RUNS | {"valid_from": "2016", "valid_to": "2018", "credibility": 2},
]


def view_of(store: Store, moment: Moment = NOW) -> Snapshot:
    return flow.snapshot(store, Scope(("c",), moment))


def explain(store: Store, a: str, b: str, **wanted: Any) -> flow.Explanation:
    return flow.explain(store, view_of(store), a, b, flow.Wanted(**wanted))


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    report = load(store, *WORLD)
    assert list(map(str, report.rejects)) == []
    return store


def test_each_hop_says_who_says_it_in_which_source_and_where(world: Store) -> None:
    found = explain(world, "ann", "ben")
    assert found.answer == "Ann and Ben are linked in these records by 1 path of at most 4 hops."
    (path,) = found.paths
    assert [thing.name for thing in path.things] == ["Ann", "Band", "Port", "Ben"]
    member, works_with, employs = (hop.links[0] for hop in path.hops)
    (said,) = member.said
    assert (said.who, said.title, said.publisher, said.locator) == ("Mayor", "Ess", "Gazette", "page 2")
    assert (said.rating, said.reliability, said.held) == ("confidence 60 of 100", "not rated", "2010 to 2012")
    assert said.quote == "She is one of them."
    (denied,) = member.denied
    assert (denied.who, denied.stance, denied.title, denied.locator) == ("Ann", "denies", "Tee", "line 9")
    assert [said.who for said in works_with.said] == ["Gazette"]
    assert [(said.says, said.reliability) for said in employs.said] == [("", "B"), ("role: clerk", "B")]


def test_a_hop_is_read_in_the_direction_of_its_relation(world: Store) -> None:
    (path,) = explain(world, "ann", "ben").paths
    links = [hop.links[0] for hop in path.hops]
    assert [(link.sentence, link.way) for link in links] == [
        ("Ann is said to be a member of Band (alleged)", "along"),
        ("Band cooperates with Port", "both"),
        ("Ben works for Port", "against"),
    ]


def test_a_hop_says_why_it_costs_what_it_costs(world: Store) -> None:
    (path,) = explain(world, "ann", "ben").paths
    assert [[reason.words for reason in hop.because] for hop in path.hops] == [
        ["support 60 of 100, 1 independent source, disputed", "it leads to what only 2 things share"],
        [
            "not rated, 1 independent source",
            "it leads to what only 2 things share",
            "may have held at the same time as the hop before, 2011 to 2012",
        ],
        ["support 68 of 100, 1 independent source", "may have held at the same time as the hop before, 2016 to 2018"],
    ]
    assert path.cost == pytest.approx(sum(reason.cost for hop in path.hops for reason in hop.because))


def test_hops_that_lie_apart_say_so(world: Store, load: Any) -> None:
    load(world, {"kind": "EMPLOYED_BY", "from": "ann", "to": "port", "source": "s", "valid_from": "2011",
                 "valid_to": "2012"})  # fmt: skip
    (path, _) = explain(world, "ann", "ben").paths
    assert path.hops[1].because[-1].words == "not at the same time as the hop before: 3 years between them"


def test_allegations_are_worded_as_such_and_nobody_is_accused(world: Store) -> None:
    found = explain(world, "ann", "ben")
    accusing = [link for path in found.paths for hop in path.hops for link in hop.links if link.alleged]
    assert [link.type for link in accusing] == ["MEMBER_OF"]
    assert all("is said to" in link.sentence and link.sentence.endswith("(alleged)") for link in accusing)
    assert "Being linked in records does not mean having to do with each other" in found.method
    assert "Computed by graphkit" in found.method
    assert "Sourced: what each hop says" in found.method


def test_an_explanation_says_what_it_was_computed_on(world: Store) -> None:
    view = view_of(world, Moment(as_of="2011"))
    found = flow.explain(world, view, "ann", "port", flow.Wanted(avoid_hubs=True))
    assert found.computed_on == (
        "case c: 6 things, 2 relations; exact; directions ignored; NumPy; as of 2011; "
        "weights: support, rarity, time; at most 4 hops; hubs avoided"
    )


def test_what_did_not_hold_on_a_day_links_nothing_on_it(world: Store) -> None:
    found = flow.explain(world, view_of(world, Moment(as_of="2011")), "ann", "ben")
    assert found.paths == ()
    assert found.answer == (
        "Ann and Ben are not linked in these records by any path: from Ann 2 things can be reached, "
        "from Ben nothing can be reached, and none of these is the same."
    )


def test_a_longer_path_is_told_of(world: Store) -> None:
    found = explain(world, "ann", "ben", max_hops=2)
    assert found.answer.endswith(
        "not linked in these records by a path of at most 2 hops. The shortest one has 3 hops."
    )


def test_merged_things_are_found_under_all_their_ids_with_all_that_is_said(world: Store, load: Any) -> None:
    load(world, {"kind": "Person", "id": "annie", "name": "Annie", "source": "t"}, MEMBER | {"from": "annie"})
    flow.merge(world, flow.Maker("A", "one person", "c"), ["ann", "annie"])
    answers = [explain(world, id_, "ben") for id_ in ("ann", "annie")]
    assert answers[0] == answers[1]
    link = answers[0].paths[0].hops[0].links[0]
    assert (link.n_claims, len(link.said), len(link.denied)) == (2, 2, 1)
    with pytest.raises(ChooseAgain, match="'ann' and 'annie' are one thing in case c: 'graphkit log' has who"):
        explain(world, "ann", "annie")


def test_what_is_set_aside_says_nothing(world: Store) -> None:
    flow.retract(world, flow.Maker("A", "forged", "c"), ["t"])
    assert explain(world, "ann", "port").paths[0].hops[0].links[0].denied == ()
    assert explain(world, "ann", "ben").paths == ()


def test_what_is_only_denied_links_nothing_and_is_told(world: Store, load: Any) -> None:
    load(world, MEMBER | {"from": "lone", "stance": "denies"})
    found = explain(world, "lone", "band")
    assert found.paths == ()
    assert found.notes == ("Mayor denies that Lone is said to be a member of Band, in “Ess”. A denial links nothing.",)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("ann", "ann", "'ann' is named twice. Name two things: 'graphkit search' finds their ids."),
        ("an", "ben", "Nothing named 'an' in case c. Near it: .*ann"),
        ("ann", "s", "'s' is a Source and not a thing of its own"),
        ("ann", "stranger", "Nothing named 'stranger' in case c. It is in other: --case other."),
        ("", "ben", "Nothing named '' in case c"),
    ],
)
def test_a_name_that_means_nothing_or_the_same_is_said_so(world: Store, a: str, b: str, words: str) -> None:
    with pytest.raises(ChooseAgain, match=words):
        explain(world, a, b)


def test_of_an_empty_case_nothing_is_known(store: Store, load: Any) -> None:
    load(store, {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]})
    with pytest.raises(NotFound, match="Nothing named 'ann' in case c"):
        explain(store, "ann", "ben")


def test_a_store_that_was_written_to_is_not_mixed_with_an_older_snapshot(world: Store, load: Any) -> None:
    view = view_of(world)
    load(world, MEMBER | {"from": "ben"})
    with pytest.raises(StoreChanged, match="written to since this snapshot"):
        flow.explain(world, view, "ann", "ben")


@pytest.fixture
def guarded(world: Store, load: Any) -> Snapshot:
    """A person on the path is protected, and named in a title, a role and a thing beside."""
    load(
        world,
        {"kind": "Source", "id": "u", "name": f"On {SECRET}", "cases": ["c"]},
        {"kind": "Person", "id": "xyzzy-17", "name": SECRET, "protected": "witness", "source": "u"},
        {"kind": "Organization", "id": "firm", "name": f"Friends of {SECRET}", "source": "u"},
        MEMBER | {"from": "xyzzy-17", "source": "u", "role": "plughdriver", "claimant": "xyzzy-17"},
        {"kind": "EMPLOYED_BY", "from": "xyzzy-17", "to": "firm", "source": "u", "role": "plughdriver"},
        MEMBER | {"from": "xyzzy-17", "stance": "denies", "summary": "Not Zvonimir."},
    )
    return view_of(world)


@pytest.mark.parametrize("format_", PATH_ENDINGS)
def test_no_byte_of_a_protected_person_on_a_path_is_handed_over(world: Store, guarded: Snapshot, format_: str) -> None:
    found = flow.explain(world, guarded, "ben", "firm")
    assert [thing.protected for thing in found.paths[0].things] == [False, False, False, True, False]
    assert any(SECRET in link.sentence for path in found.paths for hop in path.hops for link in hop.links)
    content = flow.export_paths(guarded, found, format_)
    assert b"protected-person-1" in content
    assert b"Port" in content
    assert b"not mean important or guilty" in content or format_ in ("gexf", "graphml")
    for secret in (b"xyzzy", b"Zvonimir", b"Qwertz", b"plugh"):
        assert secret not in content


def test_a_picture_shows_the_relations_of_the_paths_alone(world: Store, load: Any) -> None:
    load(world, {"kind": "EMPLOYED_BY", "from": "ann", "to": "port", "source": "s", "confidence": 1})
    view = view_of(world)
    found = flow.explain(world, view, "ann", "port", flow.Wanted(top=1))
    assert [len(path.hops) for path in found.paths] == [2]
    shown = json.loads(flow.export_paths(view, found, "json"))
    assert [row["id"] for row in shown["nodes"]] == ["ann", "band", "port"]
    assert {row["type"] for row in shown["relations"]} == {"MEMBER_OF", "COOPERATES_WITH"}
    assert [claim["who"] for claim in shown["denials"]] == ["Ann"]


def test_a_picture_of_invented_data_says_so(seed: Store, invented: Snapshot) -> None:
    found = flow.explain(seed, invented, "quiet-relay", "freight-yard-explosion")
    assert found.invented
    assert "INVENTED DATA" in flow.export_paths(invented, found, "html").decode()
    assert "INVENTED DATA" in flow.export_paths(invented, found, "csv").decode()


def test_without_a_path_there_is_nothing_to_write(world: Store) -> None:
    found = explain(world, "ann", "lone")
    with pytest.raises(ChooseAgain, match=r"not linked in these records .* There is nothing to write"):
        flow.export_paths(view_of(world), found, "html")


@pytest.mark.parametrize("name", ["why.txt", "why", "why.stix.json", "why.jsonl"])
def test_paths_are_written_in_formats_of_graphs_and_as_csv(name: str) -> None:
    with pytest.raises(ChooseAgain, match=r"End it in .html, .json, .graphml, .gexf or .csv."):
        flow.format_of_paths(name)
    assert flow.format_of_paths("WHY.HTML") == "html"


def test_an_explanation_is_plain_values(world: Store) -> None:
    found = explain(world, "ann", "ben")
    assert json.loads(json.dumps(asdict(found)))["paths"][0]["hops"][0]["links"][0]["said"][0]["who"] == "Mayor"
