"""Clocks bundled around an instance: a post's own, its stage's, the whole procedure's.

A stage's clock starts when its first step opens and stops when the instance
leaves the stage; the handling clock therefore includes the department's own
confirmation (GB/T 30428.8). A post's clock covers one step inside its stage,
the whole procedure's covers all of them; they pause, go on and are granted
time together.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from wanmi.journal import actions as journal
from wanmi.kernel.limits import Limit, LimitType
from wanmi.kernel.workcalendar import Calendar
from wanmi.kernel.worktime import Lamp, due_at, warn_at
from wanmi.shell.statements import Statements

from .drawing import Drawing, Step
from .models import Clock, ClockLevel, Instance

CLOCKS = Statements(Clock)
WHOLE = "whole"
Key: TypeAlias = tuple[str, str]
"""Whose limit it is, and of which stage or step."""


def limit_of(step: Step, data: dict[str, Any]) -> Limit | None:
    """Return the step's limit: its own, or the one the subject brought along."""
    given = data.get(step.limit_from) if step.limit_from else None
    if given:
        return Limit(given["value"], LimitType(given["type"]))
    return step.limit


def wanted(drawing: Drawing, steps: Iterable[Step], data: dict[str, Any]) -> dict[Key, Limit]:
    """Return the limits that hold while these steps wait, the innermost last."""
    found: dict[Key, Limit] = {}
    if drawing.whole_limit is not None:
        found[(ClockLevel.WHOLE, WHOLE)] = drawing.whole_limit
    for step in steps:
        limit = limit_of(step, data)
        if limit is not None:
            found[(ClockLevel.STAGE, step.stage)] = limit
        if step.post_limit is not None:
            found[(ClockLevel.POST, step.id)] = step.post_limit
    return found


def new_clock(
    instance: Instance | None, key: Key, limit: Limit, calendar: Calendar, at: datetime
) -> Clock:
    """Return an unsaved clock that runs from `at`."""
    warns = warn_at(at, limit, calendar)
    return journal.new_row(
        Clock,
        instance_id=instance.pk if instance else None,  # none while an opening is only prepared
        level=key[0],
        stage=key[1],
        limit_value=limit.value,
        limit_type=limit.kind,
        started_at=at,
        warn_at=warns,
        due_at=due_at(at, limit, calendar),
        turn_at=warns,
    )


def given_to(instance: Instance, clock: Clock) -> Clock:
    """Return an unsaved clock as it was worked out before, as the instance's own."""
    columns = {name: value for name, value in vars(clock).items() if name != "_state"}
    return journal.new_row(Clock, **{**columns, "instance_id": instance.pk})


def new_clocks(
    instance: Instance | None, limits: dict[Key, Limit], calendar: Calendar, at: datetime
) -> dict[Key, Clock]:
    """Return unsaved clocks for limits."""
    return {key: new_clock(instance, key, limit, calendar, at) for key, limit in limits.items()}


def running(instance: Instance) -> dict[Key, Clock]:
    """Return the running clocks of an instance; tasks beside the drawing have their own."""
    rows = CLOCKS.find(instance_id=instance.pk, stopped_at=None, task_id=None)
    return {(clock.level, clock.stage): clock for clock in rows}


def of_stage(clocks: dict[Key, Clock], step: Step) -> Clock | None:
    """Return the clock of a step's stage: the department's limit."""
    return clocks.get((ClockLevel.STAGE, step.stage))


def nearest(clocks: dict[Key, Clock], step: Step) -> Clock | None:
    """Return the clock a step's post has to keep: its own or its stage's, the one due first."""
    found = [clocks.get((ClockLevel.POST, step.id)), of_stage(clocks, step)]
    return min((clock for clock in found if clock), key=lambda clock: clock.due_at, default=None)


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
