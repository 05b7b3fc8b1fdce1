"""The page Link analysis, tab by tab, run without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow, ranking
from graphkit.errors import ChooseAgain, NotFound
from graphkit.exports import wording
from graphkit.stores import Store
from graphkit.ui.pages import analysis
from tests.app.conftest import shown

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
