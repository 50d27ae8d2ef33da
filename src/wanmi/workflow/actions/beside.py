"""Opening and closing tasks that stand beside the drawing."""

from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.kernel.limits import Limit
from wanmi.kernel.worktime import due_at, warn_at
from wanmi.organisation import queries as organisation

from ..models import Instance, Task, TaskState
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
    """Open a task of a request for a role; without a body the nearest one answers."""
    return Task.objects.create(
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
        due_at=due_at(at, limit, calendar()) if limit else None,
        warn_at=warn_at(at, limit, calendar()) if limit else None,
        request=request,
    )


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


def task_news(task: Task) -> dict[str, Any]:
    """Return a fresh task as events tell it."""
    told = {"task": task.pk, "step": task.step, "role": task.role}
    return {**told, "body": task.body_id, "holder": None}
