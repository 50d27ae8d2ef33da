"""Handing a waiting step over to another body: another level, a subordinate unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import salted_digest

from .. import clocks, events
from ..models import Clock, ClockLevel, Instance, Task, TaskState
from ..steps import drawing_of
from .beside import log_beside, task_news
from .subjects import calendar, tell_overlays
from .taking import AlreadyDone


@dataclass(frozen=True)
class Handing:
    """What a step is handed over by: the operation as the flow log names it, and the words.

    `restart` gives the receiving body a clock of its own; otherwise the stage's
    clock goes on. `data` is added to the instance's, so that later steps go there too.
    """

    operation: str
    words: str
    salt: str
    data: dict[str, Any]
    restart: bool


@journal.deed()
def hand_over(task: Task, body: Any, how: Handing, *, by: User, at: datetime) -> Task:
    """Withdraw a waiting step from its body and open it for another; return the new task.

    Raises AlreadyDone where somebody has finished it meanwhile.
    """
    instance = Instance.objects.select_for_update().get(pk=task.instance_id)
    waiting = Task.objects.filter(pk=task.pk, state=TaskState.OPEN)
    if not waiting.update(state=TaskState.WITHDRAWN, done_at=at):
        raise AlreadyDone
    instance.data = {**instance.data, **how.data}
    instance.version += 1
    instance.save(update_fields=["data", "version"])
    if how.restart:
        _restart_clocks(instance, task, body, at)
    fresh = _reopened(task, instance, body, at)
    log_beside(
        task.subject,
        how.operation,
        names=(task.name_zh, task.name_en),
        opinion=how.words,
        receiver=body,
        since=task.opened_at,
        by=by,
        at=at,
    )
    digest = salted_digest(how.salt, how.words) if how.words else ""
    event = events.TaskHandedOver(
        task.subject, task.pk, body.pk, how.operation, digest, [task_news(fresh)]
    )
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    tell_overlays(instance)
    return fresh


def _restart_clocks(instance: Instance, task: Task, body: Any, at: datetime) -> None:
    """Stop the clocks of the body that hands over and start those of the receiving body."""
    drawing = drawing_of(task.instance.procedure)
    step, running = drawing.steps[task.step], clocks.running(instance)
    limits = clocks.wanted(drawing, [step], instance.data)
    own = {key: limit for key, limit in limits.items() if key[0] != ClockLevel.WHOLE}
    left = [running[key] for key in own if key in running]
    keys = [clock.pk for clock in left]
    Clock.objects.filter(pk__in=keys, body__isnull=True).update(body_id=task.body_id)
    clocks.stop(left, at)
    for clock in clocks.new_clocks(instance, own, calendar(), at).values():
        clock.body_id = body.pk
        clock.save()


def _reopened(task: Task, instance: Instance, body: Any, at: datetime) -> Task:
    step = drawing_of(task.instance.procedure).steps[task.step]
    clock = clocks.nearest(clocks.running(instance), step)
    return Task.objects.create(
        instance=instance,
        subject=task.subject,
        step=task.step,
        name_zh=task.name_zh,
        name_en=task.name_en,
        role=task.role,
        body_id=body.pk,
        area_path=task.area_path,
        barred_id=task.barred_id,
        opened_at=at,
        due_at=clock.due_at if clock else None,
        warn_at=clock.warn_at if clock else None,
        engine_id=task.engine_id,
    )
