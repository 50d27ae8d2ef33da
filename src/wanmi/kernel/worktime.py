"""Working time: when something is due, how much time is used, which lamp burns.

All moments are aware; results are in UTC. Counted time is in seconds. A work day counts
as 8 work hours (GB/T 30428.8) whatever its real length: on a day of seven hours each hour
weighs 8/7, so "two work days" from ten o'clock end at ten o'clock two work days later and
a full day is always one. A limit that ends exactly at closing time is due then, not at
the next opening.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wanmi.kernel.errors import Invalid
from wanmi.kernel.instants import SECOND, microseconds, moment
from wanmi.kernel.limits import (
    NATURAL_DAY_S,
    WORK_DAY_S,
    Limit,
    LimitType,
    UnreadableLimit,
    UnusableLimit,
    parse_limit,
)
from wanmi.kernel.workcalendar import (
    ORDINARY_HOURS,
    Calendar,
    Override,
    Season,
    Span,
    UnusableCalendar,
    WorkedDay,
)

__all__ = [
    "NATURAL_DAY_S",
    "ORDINARY_HOURS",
    "WARNING_SHARE",
    "WORK_DAY_S",
    "Calendar",
    "Lamp",
    "Limit",
    "LimitType",
    "NoWorkingTime",
    "Override",
    "Pause",
    "Season",
    "Span",
    "UnreadableLimit",
    "UnusableCalendar",
    "UnusableLimit",
    "due_at",
    "due_in",
    "elapsed",
    "lamp",
    "parse_limit",
    "remaining",
    "share_used",
    "warn_at",
]

WARNING_SHARE = 0.8
_WORK_DAY = WORK_DAY_S * SECOND
# Rounding of weighed days leaves microseconds, which must not spill over to the next morning.
_GRAIN = 10_000
_LONGEST_BREAK_DAYS = 400


class NoWorkingTime(Invalid):
    """The working calendar has no working time for more than a year."""

    code = "no_working_time"


class Lamp(StrEnum):
    """How urgent a running clock looks; never shown by colour alone."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood still; ``ended`` is None while it still does."""

    began: datetime
    ended: datetime | None = None


def due_at(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Return when a limit that starts now runs out."""
    return due_in(start, limit.seconds, limit.kind, calendar)


def warn_at(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Return when the lamp turns yellow: at 80 % of the counted time."""
    return due_in(start, limit.seconds * WARNING_SHARE, limit.kind, calendar)


def due_in(start: datetime, seconds: float, kind: LimitType, calendar: Calendar) -> datetime:
    """Return when so many counted seconds are over; use it to go on after a pause.

    With nothing left the answer is ``start`` itself.
    """
    left = round(seconds * SECOND)
    if left <= 0 or kind.is_continuous:
        return moment(microseconds(start) + max(left, 0))
    instant = microseconds(start)
    for day in _days_from(start, calendar):
        for opens, closes in day.spans:
            begins = max(opens, instant)
            counted = _weigh(closes - begins, day, kind)
            if closes > begins and left <= counted + _GRAIN:
                return moment(min(closes, begins + _unweigh(left, day, kind)))
            left -= max(counted, 0)
    raise NoWorkingTime


def elapsed(
    start: datetime,
    end: datetime,
    kind: LimitType,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> float:
    """Return the seconds counted between two moments, pauses taken out; 0 if end ≤ start."""
    first, last = microseconds(start), microseconds(end)
    if last <= first:
        return 0.0
    standing = _standing(pauses, first, last)
    counted = _counted(first, last, kind, calendar)
    return (counted - sum(_counted(a, b, kind, calendar) for a, b in standing)) / SECOND


def remaining(
    start: datetime,
    limit: Limit,
    now: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> float:
    """Return the counted seconds left; negative by the counted seconds over the limit."""
    return limit.seconds - elapsed(start, now, limit.kind, calendar, pauses)


def share_used(
    start: datetime,
    due: datetime,
    now: datetime,
    kind: LimitType,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> float:
    """Return which part of the counted time is used: 0 at the start, 1 when due.

    ``due`` is the moment as moved by the pauses that have ended; a running pause has not
    moved it yet. After closing time the share stands still, see ``lamp``.
    """
    closed = [pause for pause in pauses if pause.ended is not None]
    allowed = elapsed(start, due, kind, calendar, closed)
    used = elapsed(start, now, kind, calendar, pauses)
    return used / allowed if allowed > 0 else float(now > due)


def lamp(
    start: datetime,
    due: datetime,
    now: datetime,
    kind: LimitType,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> Lamp:
    """Return green below 80 % of the counted time, yellow until due, red after.

    Red is a matter of the clock on the wall: a limit due at closing time is over in the
    evening, though no working second has been counted since.
    """
    stands_since = next((pause.began for pause in pauses if pause.ended is None), now)
    moment_counted = min(stands_since, now)
    if moment_counted > due:
        return Lamp.RED
    share = share_used(start, due, moment_counted, kind, calendar, pauses)
    return Lamp.YELLOW if share >= WARNING_SHARE else Lamp.GREEN


def _days_from(start: datetime, calendar: Calendar) -> Iterator[WorkedDay]:
    """Yield worked days from that of ``start`` on; give up after a year without one."""
    day, idle = calendar.local_date(start), 0
    while idle < _LONGEST_BREAK_DAYS:
        worked = calendar.worked(day)
        idle = 0 if worked.length else idle + 1
        if worked.length:
            yield worked
        day += timedelta(days=1)


def _counted(first: int, last: int, kind: LimitType, calendar: Calendar) -> int:
    """Return the microseconds counted between two instants."""
    if kind.is_continuous:
        return last - first
    day, final = calendar.local_date(moment(first)), calendar.local_date(moment(last))
    total = 0
    while day <= final:
        worked = calendar.worked(day)
        inside = sum(max(0, min(b, last) - max(a, first)) for a, b in worked.spans)
        total += _weigh(inside, worked, kind)
        day += timedelta(days=1)
    return total


def _weigh(length: int, day: WorkedDay, kind: LimitType) -> int:
    """Turn worked microseconds of a day into counted ones."""
    if kind is LimitType.WORK_HOUR or day.length in (0, _WORK_DAY):
        return length
    return length * _WORK_DAY // day.length


def _unweigh(counted: int, day: WorkedDay, kind: LimitType) -> int:
    """Turn counted microseconds back into worked ones of a day, to the nearest hundredth second."""
    if kind is LimitType.WORK_HOUR or day.length in (0, _WORK_DAY):
        return counted
    return (counted * day.length // _WORK_DAY + _GRAIN // 2) // _GRAIN * _GRAIN


def _standing(pauses: Sequence[Pause], first: int, last: int) -> list[tuple[int, int]]:
    """Return the pauses inside the stretch, in order and without overlap."""
    stretches: list[tuple[int, int]] = []
    for began, ended in sorted(_clipped(pauses, first, last)):
        if stretches and began <= stretches[-1][1]:
            began, ended = stretches[-1][0], max(ended, stretches.pop()[1])
        if ended > began:
            stretches.append((began, ended))
    return stretches


def _clipped(pauses: Sequence[Pause], first: int, last: int) -> Iterator[tuple[int, int]]:
    for pause in pauses:
        ended = last if pause.ended is None else microseconds(pause.ended)
        yield max(first, microseconds(pause.began)), min(last, ended)
