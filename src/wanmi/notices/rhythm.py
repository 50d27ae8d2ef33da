"""When the turn of a layer of reminders comes."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from wanmi.kernel.workcalendar import Calendar

from .models import ReminderLayer, Rhythm

_LONGEST_BREAK_DAYS = 40


def next_turn(layer: ReminderLayer, after: datetime, days: Calendar) -> datetime:
    """Return the first turn after a moment; a turn on a day off moves to the next working day.

    Turns missed meanwhile are not made up for: the next one tells how it stands then.
    """
    day = timezone.localtime(after).date() - timedelta(days=_LONGEST_BREAK_DAYS)
    while True:
        if _is_day(layer, day):
            at = _moment(layer, _worked(layer, day, days))
            if at > after:
                return at
        day += timedelta(days=1)


def _is_day(layer: ReminderLayer, day: date) -> bool:
    if layer.every == Rhythm.WEEK:
        return day.weekday() == layer.weekday
    if layer.every == Rhythm.MONTH:
        return day.day == min(layer.month_day, monthrange(day.year, day.month)[1])
    return True


def _worked(layer: ReminderLayer, day: date, days: Calendar) -> date:
    """Return the day itself or the next working day."""
    for _ in range(_LONGEST_BREAK_DAYS):
        if not layer.only_working_days or days.is_workday(day):
            break
        day += timedelta(days=1)
    return day


def _moment(layer: ReminderLayer, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, layer.at_time)).astimezone(UTC)
