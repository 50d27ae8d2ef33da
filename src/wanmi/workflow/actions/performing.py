"""Doing an action of a task, whatever its procedure is for."""

from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound

from .. import kept, presenting, requests
from ..fields import check_fields
from ..models import Task
from ..steps import action_form, step_of
from .running import UnknownAction
from .taking import require_open_to


def perform(
    task_id: int, action: str, fields: dict[str, Any], *, by: Any, at: datetime | None = None
) -> tuple[str, Any]:
    """Do an action of a task; return its subject ("case:12") and the row as it stands then.

    Raises NotFound, NotYours, Barred, TakenByAnother, AlreadyDone, UnknownAction,
    Invalid with an error per field, or what the subject's room refuses.
    """
    task = next(iter(kept.tasks(pk=task_id)), None)
    if task is None:
        raise NotFound
    face = presenting.face_of(task.subject)
    return task.subject, face.perform(task, action, fields, by=by, at=at)


def read_fields(task: Task, action: str, fields: dict[str, Any], *, by: User) -> dict[str, Any]:
    """Return the checked fields of an action this person may do now.

    Raises NotYours, Barred, TakenByAnother, AlreadyDone, or Invalid with an error per field.
    """
    require_open_to(task, by)
    return check_fields(action_form(task, action), fields)


def settle_beside(
    task: Task, action: str, given: dict[str, Any], *, by: User, at: datetime
) -> None:
    """Settle the request a task beside the drawing belongs to; the subject stays where it is."""
    if step_of(task).outcome(action) is None:
        raise UnknownAction
    requests.settle_request(task, action, given, by, at)
