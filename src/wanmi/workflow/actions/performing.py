"""Doing an action of a task, whatever its procedure is for."""

from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound

from .. import kept, presenting, requests
from ..fields import check_fields
from ..models import Task
from ..steps import action_form, step_of
from .entering import Moved
from .running import UnknownAction, finish
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


def read_or_settle(
    task: Task, action: str, fields: dict[str, Any], *, by: User, at: datetime
) -> dict[str, Any] | None:
    """Return the checked fields of an action this person may do now.

    None when the task stood beside the drawing: the request it belongs to is settled
    then, and the subject stays where it is. Raises NotYours, Barred, TakenByAnother,
    AlreadyDone, UnknownAction, or Invalid with an error per field.
    """
    require_open_to(task, by)
    given = check_fields(action_form(task, action), fields)
    if not task.request:
        return given
    if step_of(task).outcome(action) is None:
        raise UnknownAction
    requests.settle_request(task, action, given, by, at)
    return None


def finish_given(
    task: Task, action: str, given: dict[str, Any], *, by: User, at: datetime, **more: Any
) -> Moved:
    """Finish a task with the fields given for it; the words of its opinion stand apart."""
    fields = {name: value for name, value in given.items() if name != "opinion"}
    opinion = given.get("opinion", "")
    return finish(task, action, by=by, fields=fields, opinion=opinion, at=at, **more)
