"""Changing the working calendar: tried first, then done and followed by the clocks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from wanmi.journal import actions as journal
from wanmi.kernel import statutory
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.kernel.workcalendar import Calendar, Override, Season

from .. import remembered
from ..models import WorkPeriod
from ..rules import Minutes, spans_of
from .calendar import clear_day, end_work_period, enter_day, enter_work_period, refuse_overlap

MOST_DAYS = 31
"""Days one decision may concern; the longest holiday has a third of it."""

Preview = Callable[[Calendar], int]
Follow = Callable[[journal.Actor], int]
_followers: list[tuple[Preview, Follow]] = []


class UnusableDays(Invalid):
    """Name a first day and a last one not before it, at most %(days)d days together."""

    code = "unusable_days"


class NoSuchSeason(NotFound):
    """There is no such season of working hours."""

    code = "no_such_season"


@dataclass(frozen=True)
class Days:
    """Days that are worked, off, or (None) as the statutory calendar says; both ends included."""

    first: date
    last: date
    is_working: bool | None
    note: str = ""

    def each(self) -> list[date]:
        """Return the days. Raises UnusableDays."""
        count = (self.last - self.first).days + 1
        if not 1 <= count <= MOST_DAYS:
            raise UnusableDays(days=MOST_DAYS)
        return [self.first + timedelta(days=number) for number in range(count)]


@dataclass(frozen=True)
class NewSeason:
    """A season with hours of its own, in minutes since midnight."""

    name_zh: str
    first: date
    last: date | None
    spans: list[Minutes]
    name_en: str = ""


@dataclass(frozen=True)
class SeasonEnd:
    """A season that ends on a day; one that has not begun by then is taken out."""

    key: int
    on: date


@dataclass(frozen=True)
class NoticeDay:
    """A day as the notice of a year has it: worked, or off for the holiday named."""

    day: date
    is_working: bool
    note: str


@dataclass(frozen=True)
class Notice:
    """The notice of a year's holidays: days off and worked weekends."""

    year: int
    days: tuple[NoticeDay, ...]

    def news(self) -> list[NoticeDay]:
        """Return the days that the calendar does not know yet as the notice has them."""
        known = {row.day: row.working for row in remembered.days()}
        return [each for each in self.days if _is_news(each, known)]


Change = Days | NewSeason | SeasonEnd | Notice


def offer_follower(preview: Preview, follow: Follow) -> None:
    """Let a room above count its clocks anew: `preview` says how many would move."""
    _followers[:] = [(preview, follow)]


def try_change(change: Change) -> int:
    """Return how many running clocks a change would move; nothing is written. Raises Invalid."""
    calendar = _calendar_after(change)
    return sum(preview(calendar) for preview, _ in _followers)


@journal.deed()
def change_calendar(change: Change, *, by: journal.Actor = None) -> int:
    """Change the calendar and count running clocks anew; return how many moved."""
    _write(change, by)
    return sum(follow(by) for _, follow in _followers)


def _is_news(each: NoticeDay, known: dict[date, bool]) -> bool:
    said = statutory.day(each.day)
    if each.day in known:
        return known[each.day] != each.is_working
    return said.provisional or said.working != each.is_working


def _write(change: Change, by: journal.Actor) -> None:
    if isinstance(change, Days):
        for day in change.each():
            if change.is_working is None:
                clear_day(day, by=by)
            else:
                enter_day(day, is_working=change.is_working, note=change.note, by=by)
    elif isinstance(change, Notice):
        for each in change.news():
            enter_day(each.day, is_working=each.is_working, note=each.note, by=by)
    elif isinstance(change, NewSeason):
        enter_work_period(
            name_zh=change.name_zh,
            name_en=change.name_en,
            valid_from=change.first,
            valid_to=change.last,
            spans=change.spans,
            by=by,
        )
    else:
        end_work_period(_season(change.key), on=change.on, by=by)


def _calendar_after(change: Change) -> Calendar:
    """Return the calendar as it would be."""
    days, seasons = remembered.days(), remembered.seasons()
    if isinstance(change, Days):
        wanted = change.each()
        days = tuple(row for row in days if row.day not in wanted)
        if change.is_working is not None:
            days += tuple(Override(day, change.is_working) for day in wanted)
    elif isinstance(change, Notice):
        news = {each.day: Override(each.day, each.is_working) for each in change.news()}
        days = (*(row for row in days if row.day not in news), *news.values())
    elif isinstance(change, NewSeason):
        refuse_overlap(change.first, change.last)
        new = Season(change.first, change.last or date.max, spans_of(change.spans))
        seasons = (new, *seasons)
    else:
        seasons = tuple(_ended(each, _season(change.key), change.on) for each in seasons)
    return Calendar(zone=settings.TIME_ZONE, overrides=days, seasons=seasons)


def _ended(season: Season, row: WorkPeriod, on: date) -> Season:
    if season.first != row.valid_from:
        return season
    # A season that never begins holds on no day.
    return Season(row.valid_from, max(on, row.valid_from - timedelta(days=1)), season.spans)


def _season(key: int) -> WorkPeriod:
    row = WorkPeriod.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchSeason
    return row
