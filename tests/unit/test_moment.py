"""What is looked at on a day is what a model finds that tries every day the dates can mean."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.graph.moment import Moment, day
from graphkit.model import interval
from graphkit.model.claim import COLUMNS
from graphkit.model.schema import Catalog
from graphkit.model.source import empty_register
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
DAYS = [date(2013, 12, 25) + timedelta(days=n) for n in range(70)]
"""The first stands for all before it, the last for all after it."""
TEXTS = ["2014-01-05", "2014-01-31", "2014-02-01", "2014-01", "2014-02", "2014-01-20/2014-02-03", "2014-01-09?"]
ASKED = ["2014-01-05", "2014-01-20", "2014-02-02", "2014-01", "2014-02"]
MAYBE = st.none() | st.sampled_from(TEXTS)


def days(text: str | None) -> list[date]:
    """Return the days that a date can mean; every day when there is none."""
    if text is None:
        return DAYS
    found = interval.parse(text)
    return [one for one in DAYS if found.earliest <= one < found.latest]


def worlds(start: str | None, end: str | None, said: str | None) -> list[tuple[date, date]]:
    """Return each way in which a claim can have held, from a day to a day."""
    ends = days(end)
    if end is None and said is not None:
        ends = [one for one in DAYS if one >= days(said)[0]]
    return [(first, last) for first in days(start) for last in ends if first <= last]


def claim(**given: Any) -> pl.DataFrame:
    row = {"id": "c", "about": "rel:1", "kind": "MEMBER_OF", "property": "MEMBER_OF", "object_kind": "Group"}
    return pl.DataFrame([row | {"stance": "asserts"} | given], schema=COLUMNS)


@given(start=MAYBE, end=MAYBE, said=MAYBE, asked=st.sampled_from(ASKED), certainly=st.booleans())
def test_a_relation_is_there_when_it_may_or_must_have_held(start, end, said, asked, certainly):
    if start is None and end is None:
        expected = not certainly
    else:
        ways = worlds(start, end, None if not certainly else said)
        if not ways:
            return
        held = [[first <= one <= last for one in days(asked)] for first, last in ways]
        expected = all(map(all, held)) if certainly else any(map(any, held))
    claims = claim(valid_from=start, valid_to=end, said_at=said)
    assert len(Moment(as_of=asked, certainly=certainly).holding(claims)) == expected


@given(dated=MAYBE, asked=st.sampled_from(ASKED), certainly=st.booleans())
def test_what_was_recorded_and_decided_by_a_day(dated, asked, certainly):
    last = days(asked)[-1]
    each = [one <= last for one in days(dated)]
    expected = all(each) if certainly else any(each)
    moment = Moment(known_on=asked, certainly=certainly)
    assert len(moment.recorded(claim(recorded_at=dated))) == expected
    entry = pl.DataFrame([{"id": "d", "when": dated}], schema=empty_register(CATALOG, "Decision").schema)
    assert len(moment.decisions(entry)) == expected
    source = pl.DataFrame([{"id": "s", "published": dated}], schema=empty_register(CATALOG, "Source").schema)
    assert len(Moment(published_by=asked, certainly=certainly).sources(source)) == expected


@given(st.lists(st.sampled_from(TEXTS), max_size=3), st.sampled_from(ASKED), st.booleans())
def test_a_thing_has_begun_when_its_dates_say_so(dates, asked, certainly):
    rows = [
        claim(id=str(n), about="i", kind="Incident", property="date", value=v, object_kind=None)
        for n, v in enumerate(dates)
    ]
    claims = pl.concat([pl.DataFrame(schema=COLUMNS), *rows])
    last = days(asked)[-1]
    begun = [all(map(last.__ge__, days(v))) if certainly else any(map(last.__ge__, days(v))) for v in dates]
    expected = (all if certainly else any)(begun) if dates else True
    assert Moment(as_of=asked, certainly=certainly).unbegun(claims, CATALOG) == ([] if expected else ["i"])


@pytest.mark.parametrize("certainly", [False, True])
def test_properties_without_dates_are_no_matter_of_time_and_doubts_count_when_they_may_hold(certainly: bool):
    moment = Moment(as_of="2014-01-05", certainly=certainly)
    assert len(moment.holding(claim(object_kind=None, property="name", kind="Person"))) == 1
    assert len(moment.holding(claim(stance="denies"))) == 1
    assert len(moment.holding(claim(stance="retracts", valid_from="2014-02"))) == 0


def test_a_moment_is_told_in_words():
    assert str(Moment()) == ""
    assert not Moment(certainly=True)
    assert str(Moment("2014", known_on="2015-03")) == "as of 2014, known on 2015-03"
    assert str(Moment(published_by="2014", certainly=True)) == "published by 2014, certainly"


@pytest.mark.parametrize("text", ["2014-02-30", "soon", "2014/2015", "2014/..", "9999", "31/12/2014"])
def test_what_is_no_day_is_named(text: str):
    with pytest.raises(ValueError, match=text.partition("/")[0]):
        day(text)
