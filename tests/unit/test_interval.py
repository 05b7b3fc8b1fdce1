from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model.interval import Interval, held, parse, surely_after

START = date(2014, 1, 1)
WINDOW = 40


def day(number):
    return None if number is None else START + timedelta(days=number)


def days_of(interval):
    first = interval.earliest or day(0)
    last = interval.latest or day(WINDOW)
    return {n for n in range(WINDOW) if first <= day(n) < last}


@st.composite
def intervals(draw):
    start, end = sorted(draw(st.lists(st.integers(1, WINDOW - 2), min_size=2, max_size=2, unique=True)))
    cut = draw(st.sampled_from(["neither", "start", "end", "both"]))
    return Interval(
        None if cut in ("start", "both") else day(start), None if cut in ("end", "both") else day(end), "interval"
    )


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2014-03-01", "2014-03-01", "2014-03-02", "day"),
        ("2014-12-31", "2014-12-31", "2015-01-01", "day"),
        ("2012-02-29", "2012-02-29", "2012-03-01", "day"),
        ("2014-03", "2014-03-01", "2014-04-01", "month"),
        ("2014-12", "2014-12-01", "2015-01-01", "month"),
        ("2014-03-XX", "2014-03-01", "2014-04-01", "month"),
        ("2014", "2014-01-01", "2015-01-01", "year"),
        ("2014-XX", "2014-01-01", "2015-01-01", "year"),
        ("2014-XX-XX", "2014-01-01", "2015-01-01", "year"),
        ("201X", "2010-01-01", "2020-01-01", "decade"),
        ("19XX", "1900-01-01", "2000-01-01", "century"),
        ("2014-21", "2014-03-01", "2014-06-01", "season"),
        ("2014-24", "2014-12-01", "2015-03-01", "season"),
        ("2014-33", "2014-01-01", "2014-04-01", "season"),
        ("2014-36", "2014-10-01", "2015-01-01", "season"),
        ("2014-03-01T23:59:59Z", "2014-03-01", "2014-03-02", "day"),
        ("2014-03-01 12:30", "2014-03-01", "2014-03-02", "day"),
        ("2014/2015", "2014-01-01", "2016-01-01", "interval"),
        ("2014-03/2014-03-05", "2014-03-01", "2014-03-06", "interval"),
        ("2014-03-01/2014-03-01", "2014-03-01", "2014-03-02", "interval"),
        ("2014-03-01/..", "2014-03-01", None, "interval"),
        ("2014-03-01/", "2014-03-01", None, "interval"),
        ("../2014-03-01", None, "2014-03-02", "interval"),
        ("  2014-03-01 ", "2014-03-01", "2014-03-02", "day"),
    ],
)
def test_a_date_means_these_days(text, earliest, latest, precision):
    found = parse(text)
    assert [found.earliest and str(found.earliest), found.latest and str(found.latest)] == [earliest, latest]
    assert found.precision == precision


@pytest.mark.parametrize("text", ["2014-03-01", "2014-03", "2014", "201X", "2014-21"])
@pytest.mark.parametrize("qualifier", "?~%")
def test_a_qualifier_leaves_the_days_as_they_are(text, qualifier):
    assert parse(text + qualifier) == parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2014-02-30", "February 2014 has 28 days"),
        ("2012-02-30", "February 2012 has 29 days"),
        ("2014-04-31", "April 2014 has 30 days"),
        ("2014-03-00", "March 2014 has 31 days"),
        ("2014-13", "no month 13"),
        ("2014-00", "no month 00"),
        ("2014-21-05", "no month 21"),
        ("201X-03", "a year that is not known"),
        ("2015/2014", "ends before it begins"),
        ("2014-03-02/2014-03-01", "ends before it begins"),
        ("March 1", "not an EDTF date; write it like 2014-03-01"),
        ("01.03.2014", "not an EDTF date"),
        ("14-03-01", "not an EDTF date"),
        ("2014-3-1", "not an EDTF date"),
        ("2٠14", "not an EDTF date"),
        ("", "not an EDTF date"),
        ("2014/2015/2016", "'2014/2015/2016' is not an EDTF date; write it like"),
        ("03/05/2024", "'03/05/2024' is not an EDTF date; write 2024-05-03 or 2024-03-05$"),
        ("25/12/2024", "write 2024-12-25$"),
        ("12/25/2024", "write 2024-12-25$"),
        ("5/5/2024", "write 2024-05-05$"),
        ("29/02/2023", "'29/02/2023' is not an EDTF date; write it like"),
        ("01/01/0000", "'01/01/0000' is not an EDTF date; write it like"),
        ("2014-02-30/2015", "February 2014 has 28 days"),
        ("2014-03-01T25:00", "not a timestamp; write it like 2014-03-01T12:30:00Z"),
        ("0000", "the year 0000"),
        ("0000-03-01", "the year 0000"),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_plain_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse(text)


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-12-31", "9999-12-31T10:00", "99XX"])
def test_the_end_of_the_calendar_is_an_open_end(text):
    found = parse(text)
    assert found.latest is None
    assert found.earliest is not None


@given(st.dates())
def test_every_day_is_read_as_itself(when):
    assert parse(when.isoformat()).earliest == when


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_coarser_date_holds_every_day_of_the_finer_one(when):
    text = when.isoformat()
    fine, month, year = parse(text), parse(text[:7]), parse(text[:4])
    assert year.earliest <= month.earliest <= fine.earliest < fine.latest <= month.latest <= year.latest


@given(st.text(max_size=30) | st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/[0-9X]{4}(-[0-9]{2}){0,2})?"))
def test_any_other_text_is_a_value_error_and_never_another(text):
    try:
        found = parse(text)
    except ValueError as problem:
        assert str(problem)
    else:
        assert found.earliest is None or found.latest is None or found.earliest < found.latest


@given(intervals(), intervals())
def test_two_intervals_overlap_when_they_share_a_day(a, b):
    assert a.overlaps(b) == bool(days_of(a) & days_of(b))
    assert b.overlaps(a) == a.overlaps(b)


AFTER = [
    ("2023-05-06", "2023-05-05"),
    ("2023-06", "2023-05-05"),
    ("2023-05-05T09:00:00Z", "2023-05-05T08:00:00Z"),
    ("2014-03-02T01:00:00Z", "2014-03-01T19:00:00-05:00"),
    ("2024", "2023~"),
]


@pytest.mark.parametrize(("later", "earlier"), AFTER)
def test_a_date_is_surely_after_another_when_no_reading_says_otherwise(later, earlier):
    assert surely_after(later, earlier)
    assert not surely_after(earlier, later)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023-05-05T08:00:00Z", "2023-05-05"),
        ("2023~", "2023"),
        ("2023-06-01/2023-06-03", "2023-06-01"),
        ("2023-05", "2023-05-31"),
        ("2023", None),
        (None, "2023"),
        ("2014-03-01T23:00:00", "2014-03-01T22:00:00Z"),
    ],
)
def test_what_may_be_the_same_day_is_not_surely_after(one, other):
    assert not surely_after(one, other)
    assert not surely_after(other, one)


def test_what_holds_is_open_where_a_date_is_missing():
    assert held(None, None) is None
    assert held("2014", None) == Interval(date(2014, 1, 1), None, "interval")
    assert held(None, "2014-03") == Interval(None, date(2014, 4, 1), "interval")
    assert held("2014", "2014") == Interval(date(2014, 1, 1), date(2015, 1, 1), "interval")


def test_what_ends_before_it_holds_is_refused():
    with pytest.raises(ValueError, match="valid_to '2013' is before valid_from '2014'"):
        held("2014", "2013")
