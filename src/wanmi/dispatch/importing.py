"""Importing the duty plan: `./wanmi import duty-plan FILE`.

A line is a shift: username, duty_grid (its code), begins_at and ends_at (moments), or day with
begins and ends (times of day of the city; an end before the begin is the next day's).
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from wanmi.accounts import queries as accounts
from wanmi.kernel.imports import Options, Record, Report, Source, UnusableValue, read

from . import actions
from .models import Shift

KIND = "duty-plan"
SUMMARY = "Shifts: who patrols which duty grid when"


def load(source: Source, options: Options) -> Report:
    """Load shifts; one that is planned just so already is passed over."""
    report = Report(KIND)
    for record in read(source, options, report):
        with report.row(record):
            if not _keep(record, options):
                report.skip()
    return report


def _keep(record: Record, options: Options) -> bool:
    username = record.text("username", required=True, max_length=150)
    person = accounts.account(username)
    if person is None:
        raise UnusableValue(value=username, field="username")
    grid = actions.duty_grid(record.text("duty_grid", required=True, max_length=20))
    begins_at, ends_at = _span(record)
    same = {"begins_at": begins_at, "ends_at": ends_at, "withdrawn_at": None}
    if Shift.objects.filter(person=person, duty_grid=grid, **same).exists():
        return False
    actions.plan_shift(person, grid, begins_at, ends_at, by=options.actor)
    return True


def _span(record: Record) -> tuple[datetime, datetime]:
    day = record.day("day")
    if day is None:
        return _moment(record, "begins_at"), _moment(record, "ends_at")
    zone = timezone.get_current_timezone()
    begins = datetime.combine(day, _time(record, "begins"), zone)
    ends = datetime.combine(day, _time(record, "ends"), zone)
    return begins, ends if ends > begins else ends + timedelta(days=1)


def _moment(record: Record, field: str) -> datetime:
    found = record.moment(field, required=True)
    assert found is not None
    return found if found.tzinfo else found.replace(tzinfo=timezone.get_current_timezone())


def _time(record: Record, field: str) -> time:
    text = record.text(field, required=True, max_length=8)
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        raise UnusableValue(value=text, field=field) from None
