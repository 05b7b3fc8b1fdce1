"""When a job is due: cron schedules as crontab reads them, on APScheduler's triggers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from apscheduler.triggers.base import BaseTrigger
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


class Due(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """When a schedule is due in a time zone.

    The schedule is read off a wall clock: a time that the clock shows twice is due the first time, one that it
    leaves out is due when it goes on. (APScheduler's own trigger goes round in circles in a repeated hour.)
    """

    def __init__(self, wall: CronTrigger, clock: tzinfo) -> None:
        self.wall, self.clock = wall, clock

    def after(self, moment: datetime) -> datetime | None:
        """Return the first time due after a moment; None when there is none."""
        shown = moment.astimezone(self.clock).replace(tzinfo=UTC, fold=0)
        while (shown := self.wall.get_next_fire_time(None, shown + timedelta(microseconds=1))) is not None:
            due = self._moment(shown)
            if due > moment:
                return due.astimezone(self.clock)
        return None

    def _moment(self, shown: datetime) -> datetime:
        local = shown.replace(tzinfo=self.clock)
        early, late = sorted(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        if early.astimezone(self.clock).replace(tzinfo=UTC, fold=0) == shown:
            return early
        before = early.astimezone(self.clock).utcoffset()
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) / 2
            if middle.astimezone(self.clock).utcoffset() == before:
                early = middle
            else:
                late = middle
        return late.replace(microsecond=0)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return the next time from now on; what was missed is caught up by ``last_due``."""
        just_before = now - timedelta(microseconds=1)
        return self.after(max(previous_fire_time or just_before, just_before))


def trigger(schedule: str, timezone: str) -> Due:
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
        made = Due(CronTrigger.from_crontab(" ".join([*fields[:4], weekday]), UTC), zone(timezone))
    except ValueError as problem:
        raise ValueError(f"'{_short(schedule)}' is no cron schedule: {problem}. {EXAMPLE}") from None
    if made.after(datetime.now(UTC)) is None:
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


def last_due(due: Due, since: datetime, now: datetime) -> datetime | None:
    """Return the last time in (since, now], or None."""
    reach = timedelta(minutes=2)
    while True:
        start = max(since, now - reach)
        found = due.after(start)
        if found is not None and found <= now:
            break
        if start == since:
            return None
        reach *= 2
    while (later := due.after(found)) is not None and later <= now:
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
