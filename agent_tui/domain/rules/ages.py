"""Moments as short words: `2 d`, `late 6 d`, `tomorrow`, `17 Nov`.

Days are calendar days in the reader's time zone, so that a promise of Monday evening is one day
late on Tuesday morning.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_IN_MONTH = 30.44
_DAYS_IN_YEAR = 365.25
_NEAR_DAYS = 330


def local(when: datetime, zone: tzinfo) -> datetime:
    """The moment as the clocks in `zone` show it; at the ends of the calendar as it was written."""
    try:
        return when.astimezone(zone)
    except OverflowError:
        return when.replace(tzinfo=zone)


def days_between(earlier: datetime, later: datetime, zone: tzinfo) -> int:
    """Calendar days from one moment to the other; negative where `later` comes first."""
    return (local(later, zone).date() - local(earlier, zone).date()).days


def span(days: int) -> str:
    """A number of days in the unit that people would use: `6 d`, `8 mo`, `3 y`."""
    if days < 60:
        return f"{days} d"
    if days < _DAYS_IN_YEAR * 2:
        return f"{round(days / _DAYS_IN_MONTH)} mo"
    return f"{int(days / _DAYS_IN_YEAR)} y"


def ago(when: datetime, now: datetime, zone: tzinfo) -> str:
    """How long ago something was: `now`, `25 min`, `3 h`, `2 d`, `8 mo`, `3 y`."""
    minutes = int((now - when).total_seconds() // 60)
    days = days_between(when, now, zone)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    if days < 1 or minutes < 12 * 60:
        return f"{minutes // 60} h"
    return span(days)


def is_late(due: datetime | None, now: datetime) -> bool:
    """Whether a due time has passed."""
    return due is not None and due < now


def is_due_today(due: datetime | None, now: datetime, zone: tzinfo) -> bool:
    """Whether a due time is still to come today."""
    return due is not None and due >= now and days_between(now, due, zone) == 0


def due(when: datetime | None, now: datetime, zone: tzinfo) -> str:
    """When something is due: `late 6 d`, `late 2 h`, `17:00`, `tomorrow`, `Thu`, `27 Nov`."""
    if when is None:
        return "no date"
    days = days_between(now, when, zone)
    if when < now:
        if days < 0:
            return f"late {span(-days)}"
        minutes = int((now - when).total_seconds() // 60)
        return f"late {minutes // 60} h" if minutes >= 60 else f"late {minutes} min"
    if days == 0:
        return clock_time(when, zone)
    if days == 1:
        return "tomorrow"
    if days < 7:
        return _WEEKDAYS[local(when, zone).weekday()]
    return day(when, now, zone)


def clock_time(when: datetime, zone: tzinfo) -> str:
    """The time of day: `14:02`."""
    return local(when, zone).strftime("%H:%M")


def clock_time_exact(when: datetime, zone: tzinfo) -> str:
    """The time of day with seconds: `14:02:07`."""
    return local(when, zone).strftime("%H:%M:%S")


def day(when: datetime, now: datetime, zone: tzinfo) -> str:
    """The day: `today`, `17 Nov`, or `Nov 2023` where it is another year than the last twelve
    months reach."""
    here = local(when, zone)
    if here.date() == local(now, zone).date():
        return "today"
    if abs((now - when).days) < _NEAR_DAYS:
        return day_and_month(when, zone)
    return f"{_MONTHS[here.month - 1]} {here.year}"


def day_and_month(when: datetime, zone: tzinfo) -> str:
    """The day without its year: `17 Nov`."""
    here = local(when, zone)
    return f"{here.day} {_MONTHS[here.month - 1]}"


def weekday(when: datetime, now: datetime, zone: tzinfo) -> str:
    """The day with its weekday: `Tue 17 Nov`, and the year where it is not near."""
    here = local(when, zone)
    words = f"{_WEEKDAYS[here.weekday()]} {day_and_month(when, zone)}"
    return words if abs((now - when).days) < _NEAR_DAYS else f"{words} {here.year}"


def offset(seconds: int) -> str:
    """A place within a conversation: `00:41`, `1:02:07`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
