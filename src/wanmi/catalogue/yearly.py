"""A year of the working calendar, month by month, for the page."""

import calendar as months
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from wanmi.kernel import statutory

from . import queries
from .models import CalendarDay, WorkPeriod

FIRST, LAST = 2007, 2100
WORKINGS = {"off": _("Days off"), "worked": _("Worked"), "statutory": _("As the law says")}
HOLIDAYS = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
    "National Day": _("National Day"),
}


@dataclass(frozen=True)
class Cell:
    """A day as the page shows it; `mark` is "off", "extra" (a worked weekend) or ""."""

    day: date
    mark: str
    note: str
    is_provisional: bool


@dataclass(frozen=True)
class Month:
    """A month: its name and its weeks, None before the first and after the last day."""

    name: str
    weeks: list[list[Cell | None]]


def year_of(text: str) -> int:
    """Return the year asked for; anything that is none means this year."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if FIRST <= year <= LAST else timezone.localdate().year


def context(year: int) -> dict[str, Any]:
    """Return what the page of a year shows; three queries."""
    notes = {row.day: row.note for row in CalendarDay.objects.filter(day__year=year)}
    whole = [_month(year, number, notes) for number in range(1, 13)]
    cells = [cell for month in whole for week in month.weeks for cell in week if cell]
    return {
        "year": year,
        "earlier": year - 1 if year > FIRST else None,
        "later": year + 1 if year < LAST else None,
        # The Chinese short form is longer than a cell; its last sign says enough.
        "weekdays": [str(WEEKDAYS_ABBR[day]).removeprefix("星期") for day in range(7)],
        "months": whole,
        "worked": sum(cell.mark != "off" for cell in cells),
        "is_provisional": any(cell.is_provisional for cell in cells),
        "workings": list(WORKINGS.items()),
        "seasons": [_season(row) for row in _seasons(year)],
    }


def _month(year: int, number: int, notes: dict[date, str]) -> Month:
    weeks = months.Calendar().monthdatescalendar(year, number)
    inside = [
        [_cell(day, notes) if day.month == number else None for day in week] for week in weeks
    ]
    return Month(str(MONTHS[number]), inside)


def _cell(day: date, notes: dict[date, str]) -> Cell:
    works, said = queries.calendar().is_workday(day), statutory.day(day)
    weekend = day.weekday() >= 5
    mark = "" if works and not weekend else "extra" if works else "off"
    note = notes.get(day) or str(HOLIDAYS.get(said.holiday, said.holiday))
    return Cell(day, mark, note, said.provisional and bool(said.holiday) and day not in notes)


def _seasons(year: int) -> list[WorkPeriod]:
    rows = WorkPeriod.objects.filter(valid_from__year__lte=year).order_by("valid_from")
    return [row for row in rows if row.valid_to is None or row.valid_to.year >= year]


def _season(row: WorkPeriod) -> dict[str, Any]:
    spans = [f"{_clock(opens)}–{_clock(closes)}" for opens, closes in row.spans]
    return {"row": row, "hours": ", ".join(spans)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
