"""Entering days and seasons in which the city departs from the statutory calendar."""

from datetime import date, timedelta

from django.db.models import Q

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict
from wanmi.kernel.text import clean_line

from .. import events, remembered
from ..models import CalendarDay, WorkPeriod
from ..rules import Minutes, spans_of


class SeasonsOverlap(Conflict):
    """Another season of working hours already holds in these days; end it first."""

    code = "seasons_overlap"


@journal.deed()
def enter_day(
    day: date, *, is_working: bool, note: str = "", by: journal.Actor = None
) -> CalendarDay:
    """Say that a day is worked, or is off, whatever the statutory calendar says."""
    row, _ = CalendarDay.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "note": clean_line(note, max_length=120)}
    )
    _tell(f"day {day.isoformat()}", by)
    return row


@journal.deed()
def clear_day(day: date, *, by: journal.Actor = None) -> None:
    """Let the statutory calendar hold again on a day."""
    CalendarDay.objects.filter(day=day).delete()
    _tell(f"day {day.isoformat()}", by)


@journal.deed()
def enter_work_period(
    *,
    name_zh: str,
    name_en: str = "",
    valid_from: date,
    valid_to: date | None = None,
    spans: list[Minutes],
    by: journal.Actor = None,
) -> WorkPeriod:
    """Enter a season with its own hours, in minutes since midnight of the city's time zone.

    Raises SeasonsOverlap, or UnusableCalendar for hours that overlap or stand in the
    wrong order.
    """
    spans_of(spans)
    refuse_overlap(valid_from, valid_to)
    row = WorkPeriod.objects.create(
        name_zh=clean_line(name_zh, max_length=60),
        name_en=clean_line(name_en, max_length=80),
        valid_from=valid_from,
        valid_to=valid_to,
        spans=[list(span) for span in spans],
    )
    _tell(f"season {row.pk}", by)
    return row


@journal.deed()
def end_work_period(period: WorkPeriod, *, on: date, by: journal.Actor = None) -> None:
    """Let a season end on a day; one that has not begun by then is taken out."""
    if on < period.valid_from:
        WorkPeriod.objects.filter(pk=period.pk).delete()
    else:
        WorkPeriod.objects.filter(pk=period.pk).update(valid_to=on)
    _tell(f"season {period.pk}", by)


def refuse_overlap(first: date, last: date | None) -> None:
    """Refuse a season where another one holds. Raises SeasonsOverlap."""
    rows = WorkPeriod.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    if last is not None:
        rows = rows.filter(valid_from__lt=last + timedelta(days=1))
    if rows.exists():
        raise SeasonsOverlap


def _tell(what: str, by: journal.Actor) -> None:
    remembered.forget()
    journal.publish(events.CalendarChanged(what), by=by)
