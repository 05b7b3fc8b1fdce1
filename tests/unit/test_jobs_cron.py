"""Schedules mean what crontab says they mean, and the last time due is found however long ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.jobs import cron

SUNDAY = datetime(2026, 11, 22, tzinfo=UTC)


def times(schedule: str, start: datetime, count: int, timezone: str = "UTC") -> list[datetime]:
    due, found = cron.trigger(schedule, timezone), []
    for _ in range(count):
        following = due.after(start)
        assert following is not None
        start = following
        found.append(start)
    return found


@pytest.mark.parametrize("number", range(8))
def test_weekdays_count_from_sunday_as_in_crontab(number: int) -> None:
    (moment,) = times(f"0 3 * * {number}", SUNDAY - timedelta(seconds=1), 1)
    assert moment == SUNDAY + timedelta(days=number % 7, hours=3)


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("1-5", {1, 2, 3, 4, 5}), ("0-6", set(range(7))), ("5-7", {5, 6, 0}), ("*/2", {0, 2, 4, 6}),
        ("mon,SAT", {1, 6}), ("1-5/2", {1, 3, 5}), ("sun-tue", {0, 1, 2}), ("4/2", {4, 6}),
        ("fri-sun", {5, 6, 0}), ("7", {0}),
    ],
)  # fmt: skip
def test_ranges_lists_and_steps_of_weekdays_are_those_of_crontab(field: str, days: set[int]) -> None:
    found = times(f"0 0 * * {field}", SUNDAY - timedelta(seconds=1), len(days))
    assert {(moment - SUNDAY).days for moment in found} == days


@pytest.mark.parametrize(
    ("schedule", "problem"),
    [
        ("", "has 0 fields and needs 5"), ("0 3 * *", "has 4 fields"), ("0 3 * * * *", "has 6 fields"),
        ("61 3 * * *", "is no cron schedule"), ("x 3 * * *", "is no cron schedule"), ("0 3 31 2 *", "never comes"),
        ("0 3 * * 8", "is no day of the week"), ("0 3 * * 5-2", "ends before it starts"), ("0 3 * * 1/0", "no day of"),
        ("0 3 * * ²", "is no day of the week"), ("0 3 1 * 1", "Keep one of them"), ("*/0 3 * * *", "no cron schedule"),
        ("@daily", "has 1 fields"),
    ],
)  # fmt: skip
def test_a_wrong_schedule_says_what_is_wrong_in_one_line(schedule: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as raised:
        cron.trigger(schedule, "UTC")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["Nowhere/Land", "../../etc/passwd", "", "/etc/localtime", "Europe/Berlin\x00"])
def test_a_wrong_time_zone_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone named"):
        cron.zone(name)


SCHEDULES = st.sampled_from(["* * * * *", "*/7 * * * *", "0 3 * * *", "30 4 * * 1", "15 */6 * * *", "0 0 1 * *"])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(SCHEDULES, MOMENTS, st.integers(0, 60 * 24 * 40), st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"]))
def test_the_last_due_time_is_due_and_none_lies_between_it_and_now(
    schedule: str, since: datetime, minutes: int, timezone: str
) -> None:
    now, due = since + timedelta(minutes=minutes), cron.trigger(schedule, timezone)
    found = cron.last_due(due, since, now)
    following = due.after(found or since)
    assert following is None or following > now
    if found:
        assert since < found <= now
        assert due.after(found - timedelta(seconds=1)) == found


def test_a_minute_schedule_missed_for_years_is_found_at_once() -> None:
    now = datetime(2026, 11, 25, 3, 0, 30, tzinfo=UTC)
    found = cron.last_due(cron.trigger("* * * * *", "UTC"), now - timedelta(days=4000), now)
    assert found == now.replace(second=0)


BERLIN = "Europe/Berlin"


def test_an_hour_that_comes_twice_is_due_the_first_time_only() -> None:
    found = times("*/20 * * * *", datetime(2026, 10, 25, 0, 10, tzinfo=UTC), 4, BERLIN)
    assert [moment.astimezone(UTC).strftime("%H:%M") for moment in found] == ["00:20", "00:40", "02:00", "02:20"]
    assert len({cron.slot(moment) for moment in found}) == 4


def test_a_time_that_the_clock_leaves_out_is_due_once_when_it_goes_on() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert [moment.isoformat() for moment in times("30 2 * * *", before, 2, BERLIN)] == [
        "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00",
    ]  # fmt: skip
    found = times("*/30 * * * *", before, 3, BERLIN)
    assert [moment.strftime("%H:%M") for moment in found] == ["03:00", "03:30", "04:00"]


@given(SCHEDULES, MOMENTS, st.sampled_from([BERLIN, "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]))
def test_times_only_go_forward(schedule: str, start: datetime, timezone: str) -> None:
    found = [start, *times(schedule, start, 30, timezone)]
    assert all(a < b for a, b in pairwise(found))
    assert len({cron.slot(moment) for moment in found[1:]}) == 30


@pytest.mark.parametrize("timezone", ["UTC", BERLIN])
def test_the_scheduler_is_asked_for_no_time_that_is_past(timezone: str) -> None:
    due, now = cron.trigger("*/20 * * * *", timezone), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    following = due.get_next_fire_time(now - timedelta(days=30), now)
    assert following is not None
    assert following > now
    assert due.get_next_fire_time(following, now) > following  # type: ignore[operator]


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ("* * * * *", "every minute"), ("*/5 * * * *", "every 5 minutes"), ("7 * * * *", "every hour at minute 7"),
        ("0 3 * * *", "every day at 03:00"), ("5 14 * * 7", "every Sunday at 14:05"),
        ("0 3 * * fri", "every Friday at 03:00"), ("0 3 1 * *", "on day 1 of every month at 03:00"),
        ("0 3 1 6 *", "0 3 1 6 *"), ("0 3 * * 1-5", "0 3 * * 1-5"),
    ],
)  # fmt: skip
def test_simple_schedules_are_put_into_words(schedule: str, words: Any) -> None:
    assert cron.in_words(schedule) == words
