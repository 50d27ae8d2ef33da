"""The working calendar: which days are worked, and between which hours.

Days come from the statutory calendar, hours from seasonal plans; single rows override
both. Hours are wall-clock times of the calendar's zone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from wanmi.kernel.errors import Invalid
from wanmi.kernel.instants import microseconds
from wanmi.kernel.statutory import is_workday

MonthDay = tuple[int, int]


class UnusableCalendar(Invalid):
    """Working hours must open before they close, in order, without overlap."""

    code = "unusable_calendar"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of work; ``closes`` at 00:00 means midnight at the end of the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != time(0) and self.opens >= self.closes:
            raise UnusableCalendar


ORDINARY_HOURS = (Span(time(8), time(12)), Span(time(14), time(18)))


@dataclass(frozen=True, slots=True)
class Season:
    """A plan of hours from ``first`` to ``last``, both included.

    Month and day repeat every year and may run over New Year; dates hold once.
    """

    first: MonthDay | date
    last: MonthDay | date
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if isinstance(self.first, date) is not isinstance(self.last, date):
            raise UnusableCalendar("A season runs between two dates or between two month-days.")
        require_order(self.spans)

    def holds_on(self, day: date) -> bool:
        """Whether this plan is the one of that day."""
        if isinstance(self.first, date) and isinstance(self.last, date):
            return self.first <= day <= self.last
        here = (day.month, day.day)
        if self.first <= self.last:  # type: ignore[operator]  # both month-days, see __post_init__
            return self.first <= here <= self.last  # type: ignore[operator]  # as above
        return here >= self.first or here <= self.last  # type: ignore[operator]  # as above


@dataclass(frozen=True, slots=True)
class Override:
    """One day set by hand: worked or not, and with its own hours where given."""

    day: date
    working: bool
    spans: tuple[Span, ...] | None = None

    def __post_init__(self) -> None:
        require_order(self.spans or ())


def require_order(spans: tuple[Span, ...]) -> None:
    """Refuse spans that overlap or stand in the wrong order."""
    for earlier, later in pairwise(spans):
        if earlier.closes == time(0) or earlier.closes > later.opens:
            raise UnusableCalendar


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """The worked stretches of one day, in microseconds since 1970 UTC, and their sum."""

    spans: tuple[tuple[int, int], ...]
    length: int


_OFF = WorkedDay((), 0)


@dataclass(frozen=True)
class Calendar:
    """Working days and hours of one city; the first season that holds on a day wins."""

    zone: str = "Asia/Shanghai"
    hours: tuple[Span, ...] = ORDINARY_HOURS
    seasons: tuple[Season, ...] = ()
    overrides: tuple[Override, ...] = ()
    workday: Callable[[date], bool] = is_workday
    _days: dict[date, WorkedDay] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _single: dict[date, Override] = field(init=False, repr=False, compare=False)
    _tz: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_order(self.hours)
        object.__setattr__(self, "_tz", ZoneInfo(self.zone))
        object.__setattr__(self, "_single", {row.day: row for row in self.overrides})

    def local_date(self, moment: datetime) -> date:
        """Return the day a moment falls on, in the calendar's zone."""
        return moment.astimezone(self._tz).date()

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        single = self._single.get(day)
        return self.workday(day) if single is None else single.working

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the hours worked on a day; none on a day off."""
        if not self.is_workday(day):
            return ()
        single = self._single.get(day)
        if single is not None and single.spans is not None:
            return single.spans
        return next((s.spans for s in self.seasons if s.holds_on(day)), self.hours)

    def is_open(self, moment: datetime) -> bool:
        """Whether the moment lies in working time (opening included, closing not)."""
        instant = microseconds(moment)
        return any(a <= instant < b for a, b in self.worked(self.local_date(moment)).spans)

    def worked(self, day: date) -> WorkedDay:
        """Return the worked stretches of a day as instants; remembered after the first time."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._work_out(day)
        return known

    def _work_out(self, day: date) -> WorkedDay:
        spans = tuple(self._instants(day, span) for span in self.spans_on(day))
        return WorkedDay(spans, sum(b - a for a, b in spans)) if spans else _OFF

    def _instants(self, day: date, span: Span) -> tuple[int, int]:
        closing_day = day + timedelta(days=1) if span.closes == time(0) else day
        opens = datetime.combine(day, span.opens, self._tz)
        return microseconds(opens), microseconds(
            datetime.combine(closing_day, span.closes, self._tz)
        )
