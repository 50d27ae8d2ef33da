"""Working days by law: announced years from the State Council's notices, others computed.

Announced years come from the chinesecalendar package. A year without a notice is made of
weekends and the statutory days (全国年节及纪念日放假办法, art. 2 and 6: a statutory day on a
weekend is given back on the next working day) and every such day is marked provisional.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from wanmi.kernel import lunar
from wanmi.kernel.errors import Phrase

# From these years on the regulation in its version of 2007 and of 2024 gives the days.
_TRADITIONAL_SINCE = 2008
_LONGER_SINCE = 2025
_SATURDAY = 5
# The package's name for a day of 2015 alone; the other names stand below, where they are given.
_ONCE = Phrase("Anti-Fascist 70th Day")


@dataclass(frozen=True, slots=True)
class Day:
    """What the law says about one day; ``holiday`` is a msgid, empty on ordinary days."""

    working: bool
    holiday: str = ""
    provisional: bool = False


def day(of: date) -> Day:
    """Return what the law says about a day."""
    return _year(of.year)[of.timetuple().tm_yday - 1]


def is_workday(of: date) -> bool:
    """Whether a day is a working day, make-up working days included."""
    return day(of).working


def is_provisional(of: date) -> bool:
    """Whether the day is only computed because no notice for its year is known."""
    return day(of).provisional


@lru_cache(maxsize=128)
def _year(year: int) -> tuple[Day, ...]:
    try:
        return tuple(_announced(each) for each in _days_of(year))
    except NotImplementedError:
        return tuple(_computed(year))


def _announced(of: date) -> Day:
    off, name = chinese_calendar.get_holiday_detail(of)
    return Day(working=not off, holiday=name or "")


def _computed(year: int) -> Iterator[Day]:
    holidays = _statutory_days(year)
    for each in _days_of(year):
        name = holidays.get(each, "")
        yield Day(not name and each.weekday() < _SATURDAY, name, provisional=True)


def _statutory_days(year: int) -> dict[date, str]:
    """Return the statutory days of a year with the working days given back for lost ones.

    Lost is a feast on a weekend, and one that meets another feast (as in 2031).
    """
    feasts = sorted(_feasts(year))
    days: dict[date, str] = {}
    for each, name in feasts:
        days.setdefault(each, name)
    for index, (each, name) in enumerate(feasts):
        if each.weekday() >= _SATURDAY or each in (day for day, _ in feasts[:index]):
            days[_next_free_workday(each, days)] = name
    return days


def _next_free_workday(after: date, taken: dict[date, str]) -> date:
    day_after = after + timedelta(days=1)
    while day_after.weekday() >= _SATURDAY or day_after in taken:
        day_after += timedelta(days=1)
    return day_after


def _feasts(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), Phrase("New Year's Day")
    yield from _spring_festival(year)
    labour_days = 2 if year >= _LONGER_SINCE else 1 if year >= _TRADITIONAL_SINCE else 3
    for number in range(labour_days):
        yield date(year, 5, 1 + number), Phrase("Labour Day")
    for number in range(3):
        yield date(year, 10, 1 + number), Phrase("National Day")
    if year >= _TRADITIONAL_SINCE:
        yield lunar.clear_and_bright(year), Phrase("Tomb-sweeping Day")
        yield lunar.lunar_date(year, 5, 5), Phrase("Dragon Boat Festival")
        yield lunar.lunar_date(year, 8, 15), Phrase("Mid-autumn Festival")


def _spring_festival(year: int) -> Iterator[tuple[date, str]]:
    first = lunar.spring_festival(year)
    for number in range(-1 if year >= _LONGER_SINCE else 0, 3):
        yield first + timedelta(days=number), Phrase("Spring Festival")


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    for number in range((date(year, 12, 31) - first).days + 1):
        yield first + timedelta(days=number)
