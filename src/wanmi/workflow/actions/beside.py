"""Opening and closing tasks that stand beside the drawing."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wanmi.accounts.queries import User
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.limits import Limit
from wanmi.organisation import queries as organisation

from .. import clocks
from ..models import Clock, ClockLevel, FlowStep, Instance, Task, TaskState
from .subjects import calendar
from .taking import AlreadyDone


def open_beside(
    instance: Instance,
    request: str,
    *,
    step: str,
    name_zh: str,
    name_en: str,
    role: str,
    body_id: int | None = None,
    barred_id: int | None = None,
    limit: Limit | None = None,
    at: datetime,
) -> Task:
    """Open a task of a request for a role, with a clock of its own where it has a limit.

    Without a body the nearest one answers.
    """
    task = Task.objects.create(
        instance=instance,
        subject=instance.subject,
        step=step,
        name_zh=name_zh,
        name_en=name_en,
        role=role,
        body_id=body_id or organisation.answering_body(role, instance.area_path),
        area_path=instance.area_path,
        barred_id=barred_id,
        opened_at=at,
        request=request,
    )
    if limit is not None:
        clock = clocks.new_clock(instance, (ClockLevel.POST, step), limit, calendar(), at)
        clock.task = task
        clock.save()
        task.due_at, task.warn_at = clock.due_at, clock.warn_at
        task.save(update_fields=["due_at", "warn_at"])
    return task


def close_beside(
    task: Task,
    outcome: str,
    *,
    by: User,
    at: datetime,
    fields: dict[str, Any] | None = None,
) -> None:
    """Mark a task of a request as done; exactly one person does. Raises AlreadyDone."""
    open_row = Task.objects.filter(pk=task.pk, state=TaskState.OPEN)
    changed = open_row.update(
        state=TaskState.DONE, outcome=outcome, done_by=by, done_at=at, fields=fields or {}
    )
    if not changed:
        raise AlreadyDone
    _stop_clocks([task.pk], at)


def drop_beside(tasks: QuerySet[Task], at: datetime) -> None:
    """Take open tasks of requests out of the inboxes and stop their clocks."""
    keys = list(tasks.filter(state=TaskState.OPEN).values_list("pk", flat=True))
    Task.objects.filter(pk__in=keys).update(state=TaskState.WITHDRAWN, done_at=at)
    _stop_clocks(keys, at)


def _stop_clocks(tasks: list[int], at: datetime) -> None:
    clocks.stop(Clock.objects.filter(task_id__in=tasks, stopped_at__isnull=True), at)


def call_off_beside(subject: str, request: str, *, at: datetime) -> None:
    """Take the tasks of one request of a subject back: nobody has to do them any more."""
    drop_beside(Task.objects.filter(subject=subject, request=request), at)


def log_beside(
    subject: str,
    operation: str,
    *,
    names: tuple[str, str],
    opinion: str,
    receiver: organisation.Body | None = None,
    since: datetime,
    by: User | None,
    at: datetime,
) -> str:
    """Write a line of the flow log about something that stands beside the drawing.

    Returns the salted digest of the opinion, for the journal; "" without one.
    """
    instance = Instance.objects.get(subject=subject)
    held = organisation.scope_of(by).holdings
    salt = new_salt()
    FlowStep.objects.create(
        instance=instance,
        operation=operation,
        step="",
        step_zh=names[0],
        step_en=names[1],
        opinion=opinion,
        salt=salt,
        operator=by,
        post_id=held[0].post_id if held else None,
        receiver_zh=receiver.name_zh if receiver else "",
        receiver_en=(receiver.name_en or receiver.name_zh) if receiver else "",
        received_at=since,
        operated_at=at,
        seconds_used=max(0, int((at - since).total_seconds())),
    )
    return salted_digest(salt, opinion) if opinion else ""


def task_news(task: Task) -> dict[str, Any]:
    """Return a fresh task as events tell it."""
    told = {"task": task.pk, "step": task.step, "role": task.role}
    return {**told, "body": task.body_id, "holder": None}
