"""When a clock is next taken by the sweeper, and whom the city wants told then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wanmi.kernel.limits import Limit, LimitType
from wanmi.kernel.remembered import Remembered
from wanmi.kernel.workcalendar import Calendar
from wanmi.kernel.worktime import due_in

from .models import Clock, EscalationStep

WARNED, DUE = 80, 100
"""Shares of the limit in percent at which the lamp turns yellow and red."""


@dataclass(frozen=True)
class Rung:
    """One step of escalation: from which share on, and who is told."""

    level: str
    stage: str
    percent: int
    tell: tuple[str, ...]

    def fits(self, clock: Clock) -> bool:
        """Say whether the step is meant for a clock."""
        return self.level in ("", clock.level) and self.stage in ("", clock.stage)


_rungs: Remembered[str, tuple[Rung, ...]] = Remembered()


def rungs() -> tuple[Rung, ...]:
    """Return the city's steps of escalation, lowest first."""
    return _rungs.get("all", _find_rungs)


def _find_rungs() -> tuple[Rung, ...]:
    rows = EscalationStep.objects.filter(is_active=True).order_by("percent", "id")
    return tuple(Rung(row.level, row.stage, row.percent, tuple(row.tell)) for row in rows)


def later_turn(clock: Clock, days: Calendar, reached: int) -> datetime | None:
    """Return when the next step after the deadline comes; none when there is none left."""
    beyond = max(reached, DUE)
    fitting = [rung.percent for rung in rungs() if rung.percent > beyond and rung.fits(clock)]
    return share_at(clock, min(fitting), days) if fitting else None


def share_at(clock: Clock, percent: int, days: Calendar) -> datetime:
    """Return when a share beyond the whole limit is used, on the working calendar."""
    kind = LimitType(clock.limit_type)
    allowed = Limit(clock.limit_value, kind).seconds + clock.granted_seconds
    return due_in(clock.due_at, allowed * (percent - DUE) / 100, kind, days)


def reached_by(clock: Clock, moment: datetime, days: Calendar, shares: Iterable[int]) -> int:
    """Return the highest of some shares that a clock had used at a moment; 0 before all."""
    found = [0]
    for percent in shares:
        if percent > DUE:
            at = share_at(clock, percent, days)
        else:
            at = clock.due_at if percent == DUE else clock.warn_at
        if at <= moment:
            found.append(percent)
    return max(found)


def turned_back(clock: Clock, days: Calendar, at: datetime) -> dict[str, Any]:
    """Return the marks of a clock whose deadline has moved: what it has told stays told.

    One that was granted time may turn again.
    """
    if clock.warn_at > at:
        return {"warned_at": None, "escalated_at": None, "reached": 0, "turn_at": clock.warn_at}
    if clock.due_at > at:
        turn_at = clock.due_at if clock.warned_at else clock.warn_at
        reached = min(clock.reached, WARNED)
        return {"escalated_at": None, "reached": reached, "turn_at": turn_at}
    if clock.escalated_at is None:
        return {"turn_at": clock.due_at}
    return {"turn_at": later_turn(clock, days, clock.reached)}
