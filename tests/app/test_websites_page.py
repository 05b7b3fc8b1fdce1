"""The page Websites, run without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.stores import Store
from graphkit.ui import session
from graphkit.ui.cards import plain
from tests.app.conftest import shown
from tests.websites import LATEST, SOURCE, WORLD, site


def _page() -> None:
    from graphkit.ui.pages import websites

    websites.page()


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    load(store, *WORLD)
    return store


def run(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in ({"case": "c"} | query).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_groups_links_and_reasons_are_shown_with_the_caution(world: Store) -> None:
    app = run()
    assert {part.label: part.value for part in app.metric} == {
        "Websites": "42", "In groups": "2", "Groups": "1", "Values that say nothing": "0",
    }  # fmt: skip
    groups, happened, links, reasons, _ = (frame.value for frame in app.dataframe)
    assert groups["websites"].to_list() == ["new.example, old.example"]
    assert set(happened["said by"]) == {"Scan"}
    assert links[["one", "other"]].to_numpy().tolist() == [["new.example", "old.example"]]
    assert links["probability"].to_list() == [99.0], "only what people decide is 100 %"
    assert "2020-01-01 to 2020-06-01" in happened["when"].to_list()
    assert set(reasons["said by"]) == {"Scan", ""}
    text = shown(app)
    assert "no proof of a common operator" in text
    assert "new.example shares infrastructure with old.example" in text
    assert "operated by" not in text


def test_a_website_is_found_with_what_may_have_taken_its_place(world: Store) -> None:
    text = shown(run(site="old.example"))
    assert "new.example · score 1.00 · it sent its visitors there" in text
    text = shown(run(site="lone20.example"))
    assert "No link from lone20.example to another website reaches 50%." in text
    assert "What may have taken its place: none." in text
    assert "Did you mean 'old.example'" in shown(run(site="olt.example"))


def test_a_part_of_a_domain_leads_to_a_list_to_choose_from_and_no_hit_says_how_to_go_on(world: Store) -> None:
    app = run(site="LONE2")
    assert "10 websites with 'LONE2' in the domain or name. Choose one." in shown(app)
    app.button(key="near-lone21.example").click().run()
    assert not app.exception
    assert app.text_input(key="site").value == "lone21.example"
    assert "No link from lone21.example to another website reaches 50%." in shown(app)
    assert "Type a part of a domain or name to choose from a list, or clear the field" in shown(run(site="zzz"))


def test_what_is_watched_is_told_once_with_what_is_new_and_can_be_undone(world: Store, load: Any) -> None:
    for why in ("first", "second"):
        flow.watch(world, flow.Maker("Ada", why, "c"), ["old.example"])
    app = run()
    assert [part.label for part in app.expander if "Watched" in part.label] == ["Watched · 1"]
    assert shown(app).count("**old.example**") == 1
    assert "Nothing new since." in shown(app)
    load(world, *(one | {"recorded_at": "2099-01-01"} for one in site("late.example", "10", LATEST)))
    session._snapshot.clear()
    app = run()
    assert "New since: late.example" in shown(app)
    next(one for one in app.button if one.label == "Undo").click().run()
    app.text_input(key="decide-why").set_value("Seen enough")
    app.text_input(key="decide-who").set_value("Ada")
    app.button[-1].click().run()
    assert not app.exception
    assert flow.pivot(flow.snapshot(world, flow.scope_of(world, ["c"], session.last_used()))).watched == ()


def test_two_websites_are_decided_to_be_two(world: Store) -> None:
    app = run()
    app.button(key="websites-decide").click().run()
    app.segmented_control(key="decide-what").set_value("They are not").run()
    app.text_input(key="decide-why").set_value("Two owners, by their imprints")
    app.text_input(key="decide-who").set_value("Ada")
    app.button[-1].click().run()
    assert not app.exception
    assert flow.pivot(flow.snapshot(world, flow.scope_of(world, ["c"], session.last_used()))).groups == ()


def test_a_decision_without_a_reason_is_refused_in_the_words_of_the_page(world: Store) -> None:
    app = run()
    app.button(key="websites-decide").click().run()
    app.text_input(key="decide-who").set_value("Ada")
    app.button[-1].click().run()
    assert "Nothing was decided. 'why' is empty; a decision says who made it, and why." in shown(app)
    assert "--" not in shown(app)


def test_what_a_record_of_another_website_says_of_far_days_stretches_no_picture(world: Store, load: Any) -> None:
    far = {"domain": "far.example", "first_seen": "2999-01-01"} | SOURCE
    wrong = {"domain": "new.example", "first_seen": "2020-07-01", "last_seen": "2999-01-01"} | SOURCE
    load(world, {"kind": "Website"} | far, {"kind": "Resolution", "ip": "192.0.2.10", "domain": "old.example"} | SOURCE)
    still = {"kind": "Resolution", "ip": "192.0.2.10", "domain": "old.example", "first_seen": "2020-02-01"} | SOURCE
    load(world, still)
    assert "drawn to 2020-12-01, the last day known of these websites" in shown(run())
    later = {"kind": "Redirect", "to_domain": "old.example"} | wrong
    load(world, later, {"kind": "Resolution", "ip": "192.0.2.77"} | wrong)
    session._snapshot.clear()
    text = shown(run())
    assert "2999" not in text
    assert f"drawn to {datetime.now(UTC).date()}, the last day known of these websites" in text
    load(
        world, {"kind": "Resolution", "ip": "192.0.2.78", "domain": "new.example", "first_seen": "2999-01-01"} | SOURCE
    )
    session._snapshot.clear()
    assert "1 event after today left out" in shown(run())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("www.dawn-voice.org", "www[.]dawn-voice[.]org"),
        ("see http://a.dawn-voice.org/x.html.", "see hxxp://a[.]dawn-voice[.]org/x.html."),
        ("https://www[.]dawn-voice[.]org:80/", "hxxps://www[.]dawn-voice[.]org:80/"),
        ("dawn-voice.org", "dawn-voice.org"),
    ],
)
def test_what_would_become_a_link_has_every_dot_of_its_host_defanged(text: str, read: str) -> None:
    assert plain(text).replace("\\", "") == read


def test_the_case_that_has_what_is_sought_is_offered(world: Store, load: Any) -> None:
    other = {"kind": "Source", "id": "o", "name": "Other", "cases": ["d"]}
    load(world, other, {"kind": "Website", "domain": "b.example", "source": "o"})
    assert [one.label for one in run(site="b[.]example").button] == ["Open the case that has it: d"]
    assert [one.label for one in run(site="nowhere.example").button] == []


def test_of_what_is_known_by_its_domain_alone_it_is_said_why_nobody_can_decide(store: Store, load: Any) -> None:
    load(store, *(record for record in WORLD if record.get("domain") != "old.example" or record["kind"] != "Website"))
    app = run()
    text = shown(app)
    assert "Nobody can decide yet whether the two are one: of old.example only the domain is known" in text
    assert "new.example and" not in text
    assert "websites-decide" not in [one.key for one in app.button]


def test_a_website_is_opened_as_such_and_a_domain_where_there_is_none(
    store: Store, load: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, *(record for record in WORLD if record.get("domain") != "old.example" or record["kind"] != "Website"))
    opened: list[str] = []
    monkeypatch.setattr(session, "go", lambda path, **query: opened.append(query["id"]))
    for domain in ("new.example", "old.example"):
        run().button(key=f"open-{domain}").click().run()
    assert opened == ["website:new.example", "domain:old.example"]


def test_where_nothing_is_grouped_or_seen_the_page_says_so(store: Store, load: Any) -> None:
    source = {"kind": "Source", "id": "s", "name": "Scan", "cases": ["c"]}
    load(store, source, {"kind": "Place", "id": "p", "name": "P", "source": "s"})
    text = shown(run())
    assert "nothing to compare. Load some with 'graphkit load PATH --case c'" in text
    other = {"kind": "Source", "id": "o", "name": "Other", "cases": ["d"]}
    load(store, other, {"kind": "Website", "domain": "b.example", "source": "o"})
    session._snapshot.clear()
    assert [one.label for one in run().button] == ["Open the case that has some: d"]
    load(store, {"kind": "Website", "domain": "a.example", "source": "s"})
    session._snapshot.clear()
    assert "No websites share so much" in shown(run())
