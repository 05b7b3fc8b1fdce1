"""What if, two dates, why linked and groups: the tabs of Link analysis beyond rankings, run without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit.exports import wording
from graphkit.stores import Store
from graphkit.ui.analysis import losing
from tests.app.conftest import shown
from tests.app.test_analysis_page import SAID, case, metrics, run

__all__ = ["case"]


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
