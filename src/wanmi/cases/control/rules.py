"""When a control holds, and when a check may be made: times of day, city time, no tables."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

DAY_S = 24 * 3600


def holds_on(day: date, valid_from: date, valid_to: date | None, weekdays: Sequence[int]) -> bool:
    """Say whether a control holds on a day; both days are included."""
    within = valid_from <= day and (valid_to is None or day <= valid_to)
    return within and (not weekdays or day.isoweekday() in weekdays)


def holds_at(moment: time, start: time | None, end: time | None) -> bool:
    """Say whether a time of day lies in [start, end); a span may pass midnight."""
    if start is None or end is None or start == end:
        return True
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end


def is_same_time(at: datetime, reported_at: datetime, minutes: int) -> bool:
    """Say whether two local moments lie as near by time of day, whatever the days."""
    apart = abs(_second(at) - _second(reported_at))
    return min(apart, DAY_S - apart) <= minutes * 60


def next_window(at: datetime, reported_at: datetime, minutes: int) -> tuple[datetime, datetime]:
    """Return the first window of the same time of day that is not over at `at`, local time."""
    middle = datetime.combine(at.date(), reported_at.time(), at.tzinfo) - timedelta(days=1)
    around = timedelta(minutes=minutes)
    while middle + around < at:
        middle += timedelta(days=1)
    return middle - around, middle + around


def _second(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
