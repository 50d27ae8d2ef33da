"""The notice of a year's holidays as a file: days off and worked weekends, as JSON.

The shape is that of the public holiday-cn data: `{"year": 2027, "days": [{"name": …,
"date": "2027-01-01", "isOffDay": true}, …]}`.
"""

import json
from datetime import date
from typing import Any, cast

from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line

from . import yearly
from .actions import Notice, NoticeDay

MOST_BYTES = 100_000
MOST_DAYS = 120
NOTE_LENGTH = 120


class NoNotice(Invalid):
    """Choose a JSON file with the year and its days, of at most 100 kB."""

    code = "no_notice"


class UnusableNoticeDay(Invalid):
    """Day %(number)d of the file needs a date in or beside %(year)d, a name, and isOffDay."""

    code = "unusable_notice_day"


class NoticeDayTwice(Invalid):
    """The file names %(day)s twice."""

    code = "notice_day_twice"


def read(text: str) -> Notice:
    """Read the words of a notice file. Raises NoNotice, UnusableNoticeDay or NoticeDayTwice."""
    try:
        given = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        raise NoNotice from None
    if not isinstance(given, dict):
        raise NoNotice
    year, listed = given.get("year"), given.get("days")
    if not _is_year(year) or not isinstance(listed, list) or not 1 <= len(listed) <= MOST_DAYS:
        raise NoNotice
    days: dict[date, NoticeDay] = {}
    for number, each in enumerate(listed, 1):
        day = _day(each, number, cast(int, year))
        if day.day in days:
            raise NoticeDayTwice(day=day.day.isoformat())
        days[day.day] = day
    return Notice(cast(int, year), tuple(days[key] for key in sorted(days)))


def written(notice: Notice) -> str:
    """Return a notice as the words of a file, to be sent again once it was seen."""
    days = [
        {"name": each.note, "date": each.day.isoformat(), "isOffDay": not each.is_working}
        for each in notice.days
    ]
    return json.dumps({"year": notice.year, "days": days}, ensure_ascii=False)


def _is_year(year: object) -> bool:
    return type(year) is int and yearly.FIRST <= year <= yearly.LAST


def _day(given: Any, number: int, year: int) -> NoticeDay:
    # Any: what stands in a file somebody else wrote.
    refusal = UnusableNoticeDay(number=number, year=year)
    if not isinstance(given, dict) or not isinstance(given.get("isOffDay"), bool):
        raise refusal
    try:
        day = date.fromisoformat(given["date"])
        note = clean_line(given["name"], max_length=NOTE_LENGTH)
    except (KeyError, TypeError, ValueError, AttributeError, Invalid):
        raise refusal from None
    # A holiday may begin in the last days of the year before.
    if abs(day.year - year) > 1 or not yearly.FIRST <= day.year <= yearly.LAST:
        raise refusal
    return NoticeDay(day, not given["isOffDay"], note)
