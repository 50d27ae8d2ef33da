"""Moving running clocks: pause, go on, grant more time, count anew after a change of calendar."""

from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, QuerySet

from wanmi.journal import actions as journal
from wanmi.kernel.limits import Limit, LimitType
from wanmi.kernel.workcalendar import Calendar
from wanmi.kernel.worktime import WARNING_SHARE, Pause, due_in, elapsed

from .. import events, kept
from ..clocks import nearest
from ..models import Clock, ClockLevel, ClockPause, Instance, Task, TaskState
from ..requests import resting_kinds
from ..steps import drawing_of
from ..turning import turned_back
from .subjects import calendar


def pause_clocks(instance: Instance, at: datetime) -> list[Clock]:
    """Let the running clocks of an instance stand still: they are one bundle."""
    clocks = list(_running(instance).filter(_rests(), paused_at__isnull=True))
    for clock in clocks:
        Clock.objects.filter(pk=clock.pk).update(paused_at=at)
        ClockPause.objects.create(clock=clock, began_at=at)
    return clocks


def resume_clocks(instance: Instance, at: datetime) -> list[Clock]:
    """Let the clocks of an instance go on with the time that was left."""
    clocks = list(_running(instance).filter(paused_at__isnull=False))
    for clock in clocks:
        stood = int((at - clock.paused_at).total_seconds()) if clock.paused_at else 0
        ClockPause.objects.filter(clock=clock, ended_at__isnull=True).update(ended_at=at)
        Clock.objects.filter(pk=clock.pk).update(
            paused_at=None, paused_seconds=F("paused_seconds") + max(stood, 0)
        )
        clock.paused_at = None
        _set_due(clock, calendar(), at)
    _date_tasks(instance.pk)
    return clocks


def grant_time(instance: Instance, stage: str, at: datetime) -> Clock | None:
    """Add one original limit to a stage's deadline; return the clock.

    The whole procedure's clock is granted the time between the two deadlines,
    so that the stage never outlasts what lies around it.
    """
    clocks = list(_running(instance))
    clock = next((c for c in clocks if (c.level, c.stage) == (ClockLevel.STAGE, stage)), None)
    if clock is None:
        return None
    days, before = calendar(), clock.due_at
    _grant(clock, round(_limit(clock).seconds), days, at)
    for around in (each for each in clocks if each.level == ClockLevel.WHOLE):
        seconds = elapsed(before, clock.due_at, LimitType(around.limit_type), days)
        _grant(around, round(seconds), days, at)
    _date_tasks(instance.pk)
    return clock


def _grant(clock: Clock, seconds: int, days: Calendar, at: datetime) -> None:
    clock.granted_seconds += seconds
    Clock.objects.filter(pk=clock.pk).update(granted_seconds=clock.granted_seconds)
    _set_due(clock, days, at)


@journal.deed()
def follow_calendar(*, by: journal.Actor = None, at: datetime | None = None) -> int:
    """Count all running clocks anew after the calendar changed; return how many moved.

    Stopped clocks keep what they showed.
    """
    at = at or datetime.now(UTC)
    days, moved = calendar(), 0
    for clock in Clock.objects.filter(stopped_at__isnull=True).iterator(chunk_size=500):
        moved += count_anew(clock, days, at)
    if moved:
        journal.publish(events.CalendarFollowed("running", moved), by=by, at=at)
    return moved


def would_move(days: Calendar) -> int:
    """Return how many running clocks would get another deadline on a calendar; writes nothing."""
    rows = Clock.objects.filter(stopped_at__isnull=True).iterator(chunk_size=500)
    return sum(_deadline(clock, days)[0] != clock.due_at for clock in rows)


def count_anew(clock: Clock, days: Calendar, at: datetime) -> bool:
    """Work out a running clock's deadline on a calendar; say whether it moved."""
    before = clock.due_at
    _set_due(clock, days, at)
    if clock.due_at == before:
        return False
    _date_tasks(clock.instance_id)
    return True


def _set_due(clock: Clock, days: Calendar, at: datetime) -> None:
    """Write when a running clock warns and ends on a calendar."""
    clock.due_at, clock.warn_at = _deadline(clock, days)
    changed = {"due_at": clock.due_at, "warn_at": clock.warn_at, **turned_back(clock, days, at)}
    Clock.objects.filter(pk=clock.pk).update(**changed)


def _deadline(clock: Clock, days: Calendar) -> tuple[datetime, datetime]:
    """Return when limit and grants run out, and when 80 % of them do; pauses taken out."""
    kind = LimitType(clock.limit_type)
    allowed = _limit(clock).seconds + clock.granted_seconds
    pauses = [
        Pause(pause.began_at, pause.ended_at)
        for pause in ClockPause.objects.filter(clock=clock).order_by("began_at")
    ]
    since = max([clock.started_at, *(p.ended for p in pauses if p.ended is not None)])
    used = elapsed(clock.started_at, since, kind, days, pauses)
    due_at = _later(since, allowed - used, kind, days)
    return due_at, _later(since, allowed * WARNING_SHARE - used, kind, days)


def _date_tasks(instance: int) -> None:
    """Let the open tasks of an instance show the deadlines of its clocks."""
    clocks = list(Clock.objects.filter(instance=instance, stopped_at__isnull=True))
    running = {(clock.level, clock.stage): clock for clock in clocks if not clock.task_id}
    beside = {clock.task_id: clock for clock in clocks if clock.task_id}
    for task in kept.tasks(instance_id=instance, state=TaskState.OPEN):
        step = drawing_of(task.instance.procedure).steps.get(task.step)
        clock = beside.get(task.pk) if task.request else step and nearest(running, step)
        if clock:
            Task.objects.filter(pk=task.pk).update(due_at=clock.due_at, warn_at=clock.warn_at)


def _later(since: datetime, seconds: float, kind: LimitType, days: Calendar) -> datetime:
    """Return when so much is over; what is already over lies as far back on the wall clock."""
    if seconds <= 0:
        return since + timedelta(seconds=seconds)
    return due_in(since, seconds, kind, days)


def _rests() -> Q:
    """Return the condition that a clock stands still with its subject: not a reply to an order."""
    resting = Q(task__isnull=True)
    for kind in resting_kinds():
        resting |= Q(task__request__startswith=f"{kind}:")
    return resting


def _limit(clock: Clock) -> Limit:
    return Limit(clock.limit_value, LimitType(clock.limit_type))


def _running(instance: Instance) -> QuerySet[Clock]:
    return Clock.objects.filter(instance=instance, stopped_at__isnull=True).order_by("id")
