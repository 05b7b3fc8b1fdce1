"""The page Link analysis, tab by tab, run without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow, ranking
from graphkit.errors import ChooseAgain, NotFound
from graphkit.exports import wording
from graphkit.stores import Store
from graphkit.ui import session
from graphkit.ui.analysis import known, losing
from graphkit.ui.pages import analysis

SAID = {"source": "s"}
PEOPLE = [
    {"kind": "Person", "id": id_, "name": f"{id_.upper()} <b>x</b>"} | SAID for id_ in ("ada", "bo", "cy", "di", "ed")
]
REGISTERS = [
    {"kind": "Case", "id": "c", "name": "A case"},
    {"kind": "Source", "id": "s", "name": "A *report*", "publisher": "Ess Press", "reliability": "B", "cases": ["c"]},
    {"kind": "Source", "id": "t", "name": "A note", "cases": ["c"]},
]
LINKS = [
    {"kind": "COOPERATES_WITH", "from": "ada", "to": "bo", "valid_from": "2014", "confidence": 70} | SAID,
    {"kind": "COOPERATES_WITH", "from": "bo", "to": "cy", "valid_from": "2014", "summary": "They met."} | SAID,
    {"kind": "COOPERATES_WITH", "from": "cy", "to": "di", "valid_from": "2016"} | SAID,
    {"kind": "COOPERATES_WITH", "from": "bo", "to": "di", "valid_from": "2016", "source": "t"},
]


def _page() -> None:
    from graphkit.ui.pages import analysis

    analysis.page()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    for cached in (session._store, session._snapshot, known._known):
        cached.clear()  # type: ignore[attr-defined]  # what st.cache_resource makes of a function
    return flow.store_at(str(tmp_path / "store.kgl"))


@pytest.fixture
def case(store: Store, load: Any) -> Store:
    load(store, *REGISTERS, *PEOPLE, *LINKS)
    return store


def run(tab: str = "Rankings", **query: Any) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    app.query_params["case"] = "c"
    for name, value in query.items():
        app.query_params[name] = value
    app.session_state["show"] = tab
    app.run()
    assert not app.exception
    assert wording.CAUTION in shown(app) or app.info or tab in ("What if", "Why linked")
    return app


def shown(app: AppTest) -> str:
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info, *app.error]
    return "\n".join(part.value for part in parts).replace("\\", "")


def metrics(app: AppTest) -> dict[str, str]:
    return {part.label: part.value for part in app.metric}


def test_a_ranking_says_what_it_counts_how_firm_it_is_and_what_it_does_not_mean(case: Store) -> None:
    app = run()
    table = app.dataframe[0].value
    assert table["id"].to_list()[0] == "bo"
    assert table["score"].to_list()[0] == 3
    assert table["between"].to_list()[:2] == ["1", "1–3"]
    assert table["without"].to_list()[:2] == ["no change", "3 without A *report*"]
    text = shown(app)
    for part in (
        "degree** · How many other things each thing is linked to.",
        "not what anybody did",
        "Computed on case c: 5 things, 4 relations; exact",
        "how firm: 50 draws",
        wording.CAUTION,
    ):
        assert part in text
    assert "INVENTED" not in text


def test_names_are_shown_letter_by_letter_in_the_table(case: Store) -> None:
    assert "BO <b>x</b>" in run().dataframe[0].value["name"].to_list()


def test_only_what_a_metric_heeds_is_asked_for(case: Store) -> None:
    app = run()
    labels = {part.label for part in [*app.selectbox, *app.toggle, *app.multiselect, *app.text_input]}
    assert {"Metric", "Show kind", "Only among kinds"} <= labels
    assert not {"Weights", "Along directions", "Near to"} & labels
    app.selectbox(key="analysis-metric").set_value("pagerank").run()
    labels = {part.label for part in [*app.selectbox, *app.toggle, *app.text_input]}
    assert {"Weights", "Along directions", "Near to"} <= labels
    assert app.query_params["metric"] == "pagerank"
    app.selectbox(key="analysis-metric").set_value("harmonic").run()
    labels = {part.label for part in [*app.selectbox, *app.toggle, *app.text_input]}
    assert "Along directions" in labels
    assert "Weights" not in labels


def test_each_metric_is_ranked(case: Store) -> None:
    app = run()
    for metric in flow.METRICS:
        app.selectbox(key="analysis-metric").set_value(metric).run()
        assert not app.exception
        assert f"**{metric.replace('_', ' ')}** · " in shown(app)
        assert len(app.dataframe[0].value) >= 4
    assert "The lowest score ranks first." in shown(run(metric="constraint"))


def test_the_metric_in_the_address_is_chosen_and_a_wrong_one_is_not(case: Store) -> None:
    assert run(metric="closeness").selectbox(key="analysis-metric").value == "closeness"
    assert run(metric="nonsense").selectbox(key="analysis-metric").value == "degree"


def test_scores_can_be_near_to_a_thing_that_is_typed(case: Store) -> None:
    app = run(metric="pagerank")
    app.text_input(key="pick-near-0").set_value("ed").run()
    app.button(key="pick-near-0-ed").click().run()
    assert app.query_params["near"] == "ed"
    assert app.dataframe[0].value["id"].to_list()[0] == "ed"
    app.button(key="picked-near-ed").click().run()
    assert "near" not in app.query_params


def test_where_it_takes_long_how_firm_ranks_are_is_told_when_asked(
    case: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "firm_within", lambda *_: False)
    app = run()
    assert "between" not in app.dataframe[0].value
    app.button(key="analysis-ask-firm").click().run()
    app.button(key="analysis-cancel").click().run()
    assert "Stopped before it came to its end." in shown(app)
    app.button(key="analysis-again").click().run()
    work = list(flow.Work._runs.values())[-1]
    work.listener.join()
    app.run()
    assert "between" in app.dataframe[0].value


def test_things_are_linked_by_what_they_share(case: Store, load: Any) -> None:
    met = [{"kind": "PARTICIPATED_IN", "from": id_, "to": "fire", "claimant": "cy"} | SAID for id_ in ("ada", "ed")]
    load(case, {"kind": "Incident", "id": "fire", "name": "Fire", **SAID}, *met)
    app = run()
    assert "Linked by shared" not in [part.label for part in app.multiselect]
    app.multiselect(key="analysis-among-c").set_value(["Person"]).run()
    app.multiselect(key="analysis-through-c-Person").set_value(["Incident"]).run()
    assert not app.exception
    assert app.dataframe[0].value["id"].to_list()[:2] == ["ada", "ed"]
    assert "only among Person, linked by shared Incident" in shown(app)
    assert "no source says these links" in shown(app)


def test_a_distribution_is_drawn_from_few_numbers(case: Store) -> None:
    app = run("Distribution")
    assert metrics(app) == {
        "Things with a score": "5", "Half have at most": "2", "The highest": "3", "Not defined for": "0",
    }  # fmt: skip
    assert "1 thing with 0 left out" in shown(app)


def test_what_if_shows_the_network_before_and_after(case: Store) -> None:
    app = run("What if")
    assert metrics(app) == {"Things": "5", "Relations": "4", "Pieces": "1", "Alone": "1", "Connected": "60.0%"}
    assert "no recommendation to act against anyone" in shown(app)
    app.button(key="player-bo").click().run()
    assert app.query_params["without"] == "bo"
    assert metrics(app) == {"Things": "4", "Relations": "1", "Pieces": "1", "Alone": "2", "Connected": "16.7%"}
    assert "50.0% hang together now, and 16.7% without" in shown(app)
    table = app.dataframe[0].value
    assert "bo" not in " ".join(table["name"]).lower().split()
    app.button(key="picked-without-bo").click().run()
    assert "Nothing is taken out" in shown(app)


def test_what_is_not_in_the_case_is_said_and_can_be_forgotten(case: Store) -> None:
    app = run("What if", without="bob")
    assert "Nothing named 'bob' in case c. Did you mean 'bo'?" in shown(app)
    app.button(key="forget-without-bob").click().run()
    assert "Nothing named" not in shown(app)


def test_key_players_of_a_large_case_are_looked_for_when_asked(case: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losing, "LARGE", 1)
    app = run("What if")
    assert not [button for button in app.button if button.key and button.key.startswith("player-")]
    app.toggle(key="analysis-players").set_value(True).run()
    assert app.button(key="player-bo")


def test_two_dates_show_who_moved_and_what_had_no_rank(case: Store, load: Any) -> None:
    load(case, {"kind": "Organization", "id": "org", "name": "Org", "valid_from": "2016", **SAID})
    app = run("Two dates")
    assert [field.value for field in app.text_input if "date" in field.label] == ["2014", "2016"]
    table = app.dataframe[0].value.set_index("name")
    assert table.loc["DI <b>x</b>", "moved"] == "▲ 2"
    assert "“Not there” means" in shown(app)
    assert "ranks as of 2014, 2016" in shown(app)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("2014-02-30", "2016", "February 2014 has 28 days"),
        ("2014", "2014", "two different dates"),
        ("", "2016", "two different"),
    ],
)
def test_dates_that_are_none_are_said(case: Store, first: str, second: str, said: str) -> None:
    app = run("Two dates")
    fields = [field for field in app.text_input if "date" in field.label]
    fields[0].set_value(first)
    fields[1].set_value(second).run()
    assert said in shown(app)
    assert not app.dataframe


def test_why_two_things_are_linked_is_told_with_claims_and_costs(case: Store) -> None:
    text = shown(run("Why linked", a="ada", b="di"))
    for part in (
        "ADA <b>x</b> and DI <b>x</b> are linked in these records by 2 paths of at most 4 hops.",
        "Path 1",
        "**BO <b>x</b> cooperates with DI <b>x</b>**",
        "because",
        "independent source",
        "Said by Ess Press",
        "reliability of the source: B · claim: confidence 70 of 100",
        "Being linked in records does not mean having to do with each other.",
        wording.CAUTION,
    ):
        assert part in text


def test_two_things_are_picked_by_name(case: Store) -> None:
    app = run("Why linked", a="ada")
    assert "Pick two things" in shown(app)
    app.text_input(key="pick-b-0").set_value("nobody of that name").run()
    assert "Nothing in this case is called like" in shown(app)
    app.text_input(key="pick-b-0").set_value("ed").run()
    app.button(key="pick-b-0-ed").click().run()
    assert "not linked in these records by any path" in shown(app)
    assert run("Why linked", a="ada", b="ada").info[0].value == "Both are the same thing. Pick another one."


def test_groups_are_listed_with_their_members(case: Store) -> None:
    app = run("Groups")
    groups, members = (part.value for part in app.dataframe)
    assert groups["size"].to_list() == [2, 2]
    assert groups["kinds"].to_list() == ["Person 2", "Person 2"]
    assert members["name"].to_list()[0] == "BO <b>x</b>"
    for part in ("**2 groups.**", "Modularity", "agree to 1.00", "not that they belong together"):
        assert part in shown(app)


def test_without_a_store_it_says_what_to_do(store: Store) -> None:
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert "graphkit load PATH" in app.exception[0].message


@pytest.mark.parametrize("people", [1, 3])
def test_things_without_relations_are_no_mistake(store: Store, load: Any, people: int) -> None:
    load(store, *REGISTERS, *PEOPLE[:people])
    for tab in analysis._TABS:
        assert not run(tab).error
    assert "constraint is defined" in shown(run(metric="constraint"))
    assert "not defined where nothing is linked" in shown(run(metric="eigenvector"))
    assert "Nothing is linked to anything here" in shown(run("Groups"))


def test_a_kind_that_has_no_score_is_said(case: Store, load: Any) -> None:
    load(case, {"kind": "Place", "id": "pier", "name": "Pier", **SAID})
    app = run(metric="constraint")
    app.selectbox(key="analysis-kind-c").set_value("Place").run()
    assert "There is no Place in this case for which constraint is defined." in shown(app)


def test_a_failure_of_a_long_analysis_is_a_sentence_with_a_way_out(
    case: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "firm_within", lambda *_: False)
    app = run()
    app.button(key="analysis-ask-firm").click().run()
    run_ = list(flow.Work._runs.values())[-1]
    run_.kill()
    app.run()
    assert "The analysis was stopped before it came to its end." in shown(app)
    assert app.button(key="analysis-again").label == "Try again"


def test_the_time_a_metric_takes_grows_with_the_snapshot(case: Store) -> None:
    view = flow.snapshot(case, flow.Scope(("c",)))
    assert ranking.takes(view, "degree") < ranking.takes(view, "betweenness")
    assert flow.firm_within(view, "degree", 30)
    assert not flow.firm_within(view, "degree", 0)
    with pytest.raises(ChooseAgain):
        flow.distribution(view, "nonsense", None)
    with pytest.raises(NotFound):
        flow.what_if(view, ["nobody"], "degree")
