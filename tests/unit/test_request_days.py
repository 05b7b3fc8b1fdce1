"""How long a request took, and what lies after it: never more than the dates tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model import interval
from graphkit.model.interval import Interval
from graphkit.requesting import days

some_day = st.dates(date(2001, 1, 1), date(2022, 12, 31))
written = st.sampled_from(["{0:%Y-%m-%d}", "{0:%Y-%m}", "{0:%Y}", "{0:%Y-%m-%d}/{1:%Y-%m-%d}"])


def as_written(form: str, day: date) -> str:
    """Return a date that can mean this day."""
    return form.format(day, day + timedelta(days=40))


@given(some_day, st.integers(0, 900), written, written)
def test_the_true_number_of_days_is_always_in_the_range(sent: date, lasted: int, one: str, other: str) -> None:
    found = days.took([as_written(one, sent)], [as_written(other, sent + timedelta(days=lasted))])
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= lasted <= found.high
    assert not found.negative


@given(some_day, st.integers(0, 900))
def test_two_exact_days_have_the_days_between_them_and_no_reason_for_a_range(sent: date, lasted: int) -> None:
    found = days.took([str(sent)], [str(sent + timedelta(days=lasted))])
    assert (found.exact, found.why) == (lasted, "")


@given(some_day, st.integers(1, 900), written, written)
def test_a_number_is_never_below_zero_and_a_decision_before_the_request_is_said_to_be_one(
    decided: date, later: int, one: str, other: str
) -> None:
    sent = decided + timedelta(days=later)
    first, second = as_written(one, sent), as_written(other, decided)
    found = days.took([first], [second])
    surely = interval.parse(second).latest <= interval.parse(first).earliest  # type: ignore[operator]
    assert found.negative == surely
    assert found.low is None if surely else found.low >= 0  # type: ignore[operator]


@given(some_day, some_day, some_day)
def test_dates_that_share_no_day_make_a_range_over_all_that_is_said(a: date, b: date, decided: date) -> None:
    found = days.took([str(a), str(b)], [str(decided)])
    single = [days.took([str(one)], [str(decided)]) for one in (a, b)]
    for one in single:
        if one.exact is not None:
            assert found.low is not None
            assert found.low <= one.exact <= found.high  # type: ignore[operator]
    assert found.negative == all(one.negative for one in single)


@pytest.mark.parametrize(
    ("sent", "decided", "why"),
    [
        ([], ["2022-01-01"], "when it was sent is not on record"),
        (["2022-01-01"], [], "when it was decided is not on record"),
        (["2022-01-01~"], ["2022-02-01"], "when it was sent is uncertain or approximate"),
        (["2022-01-01"], ["2022-02-01?"], "when it was decided is uncertain or approximate"),
        (["2022-01-01/.."], ["2022-02-01"], "a date has an open end"),
    ],
)
def test_where_it_cannot_be_said_there_is_no_number_but_a_reason(sent: list[str], decided: list[str], why: str) -> None:
    found = days.took(sent, decided)
    assert (found.low, found.high, found.exact, str(found), found.why) == (None, None, None, "", why)


def test_a_month_and_a_day_in_it_mean_the_day() -> None:
    assert days.took(["2022-01", "2022-01-10"], ["2022-01-15"]).exact == 5
    assert str(days.took(["2022-01"], ["2022-02-03"])) == "3 to 33"


@given(some_day, st.integers(-900, 900), st.integers(0, 60), st.integers(0, 60))
def test_what_is_called_after_begins_after_every_day_the_decision_can_mean(
    decided: date, later: int, width: int, unsure: int
) -> None:
    since = Interval(decided, decided + timedelta(days=1 + unsure), "interval")
    begins = decided + timedelta(days=later)
    ends = begins + timedelta(days=width)
    found = days.order(str(begins), str(ends), since)
    last = decided + timedelta(days=unsure)
    assert (found == days.AFTER) == (begins > last)
    if found == days.BEFORE:
        assert ends <= decided
    if found == days.HELD:
        assert begins < decided
        assert ends > decided
    if found == days.SAME:
        assert begins == decided == last


def test_without_a_date_on_either_side_nothing_is_put_in_order() -> None:
    a_day = interval.parse("2022-01-01")
    assert days.order(None, None, a_day) == days.order("2023", None, None) == days.UNDATED
    assert days.order("2022", None, a_day) == days.order(None, "2023", a_day) == days.MAYBE
    assert days.order("2021-05", None, a_day) == days.HELD
    assert days.first_order([days.UNDATED, days.AFTER, days.HELD]) == days.AFTER
