"""Quiet hours: until when a person is left in peace, on the city's working calendar."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from wanmi.kernel.workcalendar import Calendar

from .models import QuietHours

_calendar: Callable[[], Calendar] = Calendar
_LONGEST_DAYS = 40


def use_calendar(ask: Callable[[], Calendar]) -> None:
    """Say where the working calendar comes from."""
    global _calendar  # one calendar for the whole process
    _calendar = ask


def calendar() -> Calendar:
    """Return the city's working calendar."""
    return _calendar()


def quiet_until(users: Iterable[int], at: datetime) -> dict[int, datetime]:
    """Return the people who are left in peace at a moment, and until when: one query."""
    days = calendar()
    found = {}
    for row in QuietHours.objects.filter(user_id__in=set(users)):
        ends = end_of_quiet(row, at, days)
        if ends > at:
            found[row.user_id] = ends
    return found


def end_of_quiet(hours: QuietHours, at: datetime, days: Calendar) -> datetime:
    """Return when quiet that holds at a moment ends; the moment itself where none holds."""
    moment = timezone.localtime(at)
    for _ in range(2 * _LONGEST_DAYS):
        ends = _ends(hours, moment, days)
        if ends is None:
            break
        moment = ends
    return moment.astimezone(UTC)


def _ends(hours: QuietHours, moment: datetime, days: Calendar) -> datetime | None:
    today = moment.date()
    if hours.is_quiet_on_days_off and not days.is_workday(today):
        return _at(moment + timedelta(days=1), time())
    now, first, last = moment.time(), hours.from_time, hours.to_time
    if first <= now < last:
        return _at(moment, last)
    if first > last and now >= first:
        return _at(moment + timedelta(days=1), last)
    if first > last and now < last:
        return _at(moment, last)
    return None


def _at(day: datetime, when: time) -> datetime:
    return timezone.make_aware(datetime.combine(day.date(), when))
