"""Acting on tasks, whatever procedure they belong to."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body, Header, Router, Schema

from wanmi.accounts import queries as accounts
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import text_rule

from . import actions, queries

router = Router(tags=["tasks"])


class HolderIn(Schema):
    """Who is to hold a task."""

    username: Annotated[str, text_rule(60)]


class TaskHeld(Schema):
    """Who holds a task now."""

    id: int
    holder: str | None


@router.post("/tasks/{task_id}/actions/{action}", response=dict[str, Any])
def act(
    request: HttpRequest,
    task_id: int,
    action: str,
    fields: Annotated[dict[str, Any], Body()] = {},  # noqa: B006  # read only
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """Do an action of a task; answers the subject as it stands then."""
    by: Any = request.user
    said = {"task": task_id, "action": action, "fields": fields}
    _, answer = journal.answer_once(
        idempotency_key,
        said,
        by=by,
        do=lambda: (200, actions.perform(task_id, action, fields, by=by)),
    )
    return answer


@router.post("/tasks/{task_id}/claim", response=TaskHeld)
def claim(request: HttpRequest, task_id: int) -> dict[str, Any]:
    """Take a task on."""
    actions.claim(_task(task_id), by=request.user)  # type: ignore[arg-type]  # signed in
    return _held(task_id)


@router.post("/tasks/{task_id}/release", response=TaskHeld)
def release(request: HttpRequest, task_id: int) -> dict[str, Any]:
    """Give a task back to its post."""
    actions.release(_task(task_id), by=request.user)  # type: ignore[arg-type]  # signed in
    return _held(task_id)


@router.post("/tasks/{task_id}/reassign", response=TaskHeld)
def reassign(request: HttpRequest, task_id: int, given: HolderIn) -> dict[str, Any]:
    """Give a task to another person of its post."""
    to = accounts.by_username(given.username)
    if to is None:
        raise NotFound
    actions.reassign(_task(task_id), to=to, by=request.user)  # type: ignore[arg-type]  # signed in
    return _held(task_id)


def _task(key: int) -> queries.Task:
    found = queries.task(key)
    if found is None:
        raise NotFound
    return found


def _held(key: int) -> dict[str, Any]:
    task = _task(key)
    return {"id": task.pk, "holder": task.holder.username if task.holder else None}
