"""The page Requests, run without a browser."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.requesting import choices, in_words
from graphkit.ui import session
from graphkit.ui.pages import requests
from tests.app.conftest import shown
from tests.requested import LOG, RECORDS, SCOPE


def _page() -> None:
    from graphkit.ui.pages import requests

    requests.page()


def run(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in ({"case": "c"} | query).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_requests_are_counted_listed_and_the_first_is_told_in_full(store: Any, load: Any) -> None:
    load(store, *RECORDS)
    app = run()
    assert {one.label: one.value for one in app.metric} == {
        "Requests, 1 more as a relation": "2",
        "Median days": "28",
        "Items removed": "3 of 4",
        "No answer on record": "1",
    }
    assert app.dataframe[0].value["outcome"].to_list() == ["reinstated", "no outcome on record", "no outcome on record"]
    text = shown(app)
    assert app.subheader[-1].value == "Request one"
    history = [text.index(f"outcome: {name}") for name in ("partly granted", "appealed", "reinstated")]
    assert history == sorted(history)
    assert (
        "old[.]example sent visitors on to new[.]example · :small[2022-03-05 to 2022-03-09 · after the decision]"
        in (text)
    )
    assert "new[.]example (calls itself New site) is said to have hosted The item again (alleged)" in text
    assert "Said by Report House · The report · not rated" in text
    assert "Being asked about proves nothing" in text
    assert "Whether it is about this request is not said." in text


def test_the_address_chooses_a_request_and_filters_pick_some(store: Any, load: Any) -> None:
    load(store, *RECORDS)
    app = run(id="r2")
    assert app.subheader[-1].value == "Request two"
    assert "How long it took cannot be said: when it was decided is not on record." in shown(app)
    app.selectbox(key="requests-Made by-c").set_value("hoster").run()
    assert len(app.dataframe[0].value) == 1
    assert "No request record: sources tell of it as a relation" in shown(app)
    app.selectbox(key="requests-Outcome-c").set_value("granted").run()
    assert "None of the 3 requests of this case is as asked for on the left." in shown(app)


def test_the_demo_opens_on_a_request_with_a_computed_successor_and_its_day(store: Any) -> None:
    flow.load_seed(store, session.last_used())
    text = shown(run(case="invented"))
    assert "from 2021-10-28** · amber-beacon[.]example shares infrastructure with amber-signal[.]example" in text
    assert "computed, no source says so" in text
    assert "**no date of its own** · outcome: granted" in text


def test_the_filter_and_the_table_name_websites_by_their_domains(store: Any, load: Any) -> None:
    fake = {"kind": "Website", "domain": "0ld.example", "name": "Old site"} | LOG
    load(store, *RECORDS, fake, {"kind": "CONCERNS", "from": "r2", "to": "website:0ld.example"} | LOG)
    app = run(id="r2")
    names = ["0ld[.]example (calls itself Old site)", "new[.]example (calls itself New site)",
             "old[.]example (calls itself Old site)"]  # fmt: skip
    assert app.selectbox(key="requests-About website-c").options == names
    assert app.dataframe[0].value["concerns"].to_list() == [names[2], names[0], names[1]]
    assert "**0ld[.]example (calls itself Old site) · Website**" in shown(app)


def test_dates_that_cannot_be_are_not_drawn_and_the_reason_is_said(store: Any, load: Any) -> None:
    wrong = {"kind": "Request", "id": "r3", "sent": "1900-01-01", "decided": "2999-01-01"} | LOG
    load(store, *RECORDS, wrong)
    app = run(id="r3")
    text = shown(app)
    assert {one.label: one.value for one in app.metric}["Median days"] == "28"
    assert "Days: Left out: 1 request said to be decided after today." in text
    assert "2 not drawn, 1 of them said to be sent before 1990, or sent or decided after today." in text
    assert "How long it took cannot be said: it is said to be decided after today." in text
    rows = flow.requests(store, flow.snapshot(store, SCOPE)).rows
    assert [requests._dates(one) is None for one in rows] == [True, False, False, True]


def test_what_was_asked_is_not_said_to_be_granted(store: Any, load: Any) -> None:
    load(store, *RECORDS)
    assert "What was asked, and what came of it" in [one.value for one in run(id="r1").header]
    assert "What was asked" in [one.value for one in run(id="r2").header]


def test_each_outcome_has_a_colour_of_its_own() -> None:
    assert set(requests.HUES) == {*choices(flow.catalog(), "outcome"), "disputed", in_words.NO_OUTCOME}
    assert len(set(requests.HUES.values())) == len(requests.HUES)


def test_dates_on_the_axis_have_a_day_where_months_would_repeat() -> None:
    short = [{"sent": "2023-05-02", "decided": "2023-06-01"}]
    assert requests._format(short) == "%d %b %Y"
    assert requests._format([*short, {"sent": "2024-05-02", "decided": "2024-05-02"}]) == "%b %Y"


def test_what_is_disputed_is_said_above_the_request(store: Any, load: Any) -> None:
    load(store, *RECORDS, {"kind": "Request", "id": "r1", "items_removed": 1, "source": "report"})
    app = run()
    assert "Disputed: items removed: 1 (Report House) or 3 (Log Office)" in app.error[0].value.replace("\\", "")
    assert "Items removed" in {one.label for one in app.metric}


def test_markup_in_data_is_shown_letter_by_letter(store: Any, load: Any) -> None:
    load(store, *RECORDS, {"kind": "Request", "id": "r1", "statement": "<b>*x*</b>", "source": "log"})
    assert any(r"\<b\>\*x\*\<\/b\>" in part.value for part in run().markdown)


def test_where_no_request_is_on_record_the_page_says_what_makes_one(store: Any, load: Any) -> None:
    load(store, *RECORDS[:4])
    assert "No request is on record in this case." in shown(run())


def test_the_table_to_download_names_no_protected_person(store: Any, load: Any) -> None:
    witness = {"kind": "Person", "id": "jo", "name": "Jo Mellish", "protected": "witness"} | LOG
    load(store, *RECORDS, witness, {"kind": "MADE_REQUEST", "from": "jo", "to": "r2"} | LOG)
    view = flow.snapshot(store, flow.scope_of(store, ["c"], session.last_used()))
    text = requests._csv(view).decode()
    assert "reappeared" in text.splitlines()[0]
    assert "Mellish" not in text
    assert "Protected person" in text
