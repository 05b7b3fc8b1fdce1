"""When a job is due: cron schedules as crontab reads them, on APScheduler's triggers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from apscheduler.triggers.cron import CronTrigger

from graphkit.errors import did_you_mean

EXAMPLE = 'Write minute, hour, day of month, month and day of week, such as "0 3 * * *".'
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONG_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_PART = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d+))?")


def zone(name: str) -> tzinfo:
    """Return a time zone; ValueError when there is none of this name."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        near = did_you_mean(name, available_timezones())
        raise ValueError(f"no time zone named '{name[:60]}'.{near} Write it like UTC or Europe/Berlin") from None


def trigger(schedule: str, timezone: str) -> Any:
    """Return when a schedule is due; ValueError says what is wrong with it."""
    fields = schedule.split()
    if len(fields) != 5:
        raise ValueError(f"'{_short(schedule)}' has {len(fields)} fields and needs 5. {EXAMPLE}")
    if fields[2] != "*" and fields[4] != "*":
        raise ValueError(
            f"'{_short(schedule)}' names a day of the month and a day of the week, which cron programs read in "
            "different ways. Keep one of them, or make two jobs"
        )
    weekday = _weekdays(fields[4])
    try:
        made = CronTrigger.from_crontab(" ".join([*fields[:4], weekday]), zone(timezone))
    except ValueError as problem:
        raise ValueError(f"'{_short(schedule)}' is no cron schedule: {problem}. {EXAMPLE}") from None
    if next_due(made, datetime.now(UTC)) is None:
        raise ValueError(f"'{_short(schedule)}' never comes: there is no such day. {EXAMPLE}")
    return made


def _short(schedule: str) -> str:
    return " ".join(schedule.split())[:60]


def _weekdays(field: str) -> str:
    """Return weekdays by name: APScheduler counts them from Monday, cron from Sunday (0 and 7)."""
    if field == "*":
        return field
    found: set[int] = set()
    for part in field.lower().split(","):
        match = _PART.fullmatch(part)
        if not match or match["step"] == "0":
            raise ValueError(f"'{part[:20]}' is no day of the week: write 0 (Sunday) to 6, or sun to sat. {EXAMPLE}")
        first, last = ("0", "6") if match["first"] == "*" else (match["first"], match["last"])
        start = _weekday(first)
        end = _weekday(last) if last else 6 if match["step"] else start
        if end < start and last in ("7", "sun"):
            end = 7
        if end < start:
            raise ValueError(f"'{part[:20]}' ends before it starts. {EXAMPLE}")
        found |= {day % 7 for day in range(start, end + 1, int(match["step"] or 1))}
    return ",".join(DAYS[day] for day in sorted(found))


def _weekday(word: str) -> int:
    if word in DAYS:
        return DAYS.index(word)
    if word.isdecimal() and int(word) <= 7:
        return int(word)
    raise ValueError(f"'{word[:20]}' is no day of the week: write 0 (Sunday) to 6, or sun to sat. {EXAMPLE}")


def next_due(due: Any, after: datetime) -> datetime | None:
    """Return the first time after a moment."""
    found: datetime | None = due.get_next_fire_time(None, after + timedelta(microseconds=1))
    return found


def last_due(due: Any, since: datetime, now: datetime) -> datetime | None:
    """Return the last time in (since, now], or None."""
    reach = timedelta(minutes=2)
    while True:
        start = max(since, now - reach)
        found = next_due(due, start)
        if found is not None and found <= now:
            break
        if start == since:
            return None
        reach *= 2
    while (later := next_due(due, found)) is not None and later <= now:
        found = later
    return found


def slot(moment: datetime) -> str:
    """Return a scheduled time as the name of its folder, such as ``2026-11-25T0300Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H%MZ")


def in_words(schedule: str) -> str:
    """Return simple schedules in words, others as they are written."""
    minute, hour, day, month, weekday = schedule.split()
    every = re.fullmatch(r"\*/(\d+)", minute)
    if (hour, day, month, weekday) == ("*",) * 4:
        if minute == "*":
            return "every minute"
        if every:
            return f"every {every[1]} minutes"
        return f"every hour at minute {minute}" if minute.isdecimal() else schedule
    if month != "*" or not (minute.isdecimal() and hour.isdecimal()):
        return schedule
    at = f"at {int(hour):02}:{int(minute):02}"
    if day == weekday == "*":
        return f"every day {at}"
    if day.isdecimal():
        return f"on day {int(day)} of every month {at}"
    if weekday.isdecimal() or weekday.lower() in DAYS:
        return f"every {_LONG_DAYS[_weekday(weekday.lower()) % 7]} {at}"
    return schedule
