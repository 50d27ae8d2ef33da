"""Stage clocks: one running clock per stage of an instance.

A stage's clock starts when its first step opens and stops when the instance
leaves the stage; the handling clock therefore includes the department's own
confirmation (GB/T 30428.8).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from wanmi.kernel.limits import Limit, LimitType
from wanmi.kernel.workcalendar import Calendar
from wanmi.kernel.worktime import Lamp, due_at, warn_at
from wanmi.shell.statements import Statements

from .drawing import Step
from .models import Clock, Instance

CLOCKS = Statements(Clock)


def limit_of(step: Step, data: dict[str, Any]) -> Limit | None:
    """Return the step's limit: its own, or the one the subject brought along."""
    given = data.get(step.limit_from) if step.limit_from else None
    if given:
        return Limit(given["value"], LimitType(given["type"]))
    return step.limit


def new_clock(
    instance: Instance | None, stage: str, limit: Limit, calendar: Calendar, at: datetime
) -> Clock:
    """Return an unsaved clock that runs from `at`."""
    return Clock(
        instance=instance,  # none while an opening is only prepared
        stage=stage,
        limit_value=limit.value,
        limit_type=limit.kind,
        started_at=at,
        warn_at=warn_at(at, limit, calendar),
        due_at=due_at(at, limit, calendar),
    )


def running(instance: Instance) -> dict[str, Clock]:
    """Return the running clocks of an instance's stages; tasks beside it have their own."""
    rows = CLOCKS.find(instance_id=instance.pk, stopped_at=None, task_id=None)
    return {clock.stage: clock for clock in rows}


def stop(clocks: Iterable[Clock], at: datetime) -> None:
    """Stop clocks, noting whether they ran over."""
    for clock in clocks:
        CLOCKS.change(clock.pk, {"stopped_at": at, "is_overdue": at > clock.due_at})


def lamp_of(
    due_at: datetime | None, warn_at: datetime | None, now: datetime | None = None
) -> Lamp | None:
    """Return the lamp of a running clock: green to 80 % of the limit, yellow, then red."""
    if due_at is None:
        return None
    now = now or datetime.now(UTC)
    if now > due_at:
        return Lamp.RED
    return Lamp.YELLOW if warn_at is not None and now >= warn_at else Lamp.GREEN
