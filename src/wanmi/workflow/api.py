"""Acting on tasks, whatever procedure they belong to."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Field, Header, Router, Schema

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell.api import answer, take_page

from . import actions, answers, presenting, queries, schemas

router = Router(tags=["tasks"])


class HolderIn(Schema):
    """Who is to hold a task."""

    username: Annotated[str, text_rule(60)]


class TaskHeld(Schema):
    """Who holds a task now."""

    id: int
    holder: str | None


@router.get("/tasks", response=schemas.TaskPage)
def my_tasks(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
    case: Annotated[str, text_rule(40)] = "",
    kind: Annotated[str, text_rule(40)] = "",
) -> HttpResponse:
    """List my open tasks and my posts', with the actions I may do.

    `kind` narrows them to one kind of subject, `case` to one case by its number.
    """
    scope = scope_in(request)
    page = _task_page(scope, limit=limit, cursor=cursor, case=case, kind=kind)
    return answer(page)


@router.post("/tasks/{task_id}/actions/{action}", response=dict[str, Any])
def act(
    request: HttpRequest,
    task_id: int,
    action: str,
    fields: Annotated[dict[str, Any], Body()] = {},  # noqa: B006  # read only
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> dict[str, Any]:
    """Do an action of a task; answers the subject as it stands then."""
    by = reader(request)
    said = {"task": task_id, "action": action, "fields": fields}
    _, answer = journal.answer_once(
        idempotency_key,
        said,
        by=by,
        do=lambda: (200, _performed(task_id, action, fields, by=by)),
    )
    return answer


@router.post("/tasks/{task_id}/claim", response=TaskHeld)
def claim(request: HttpRequest, task_id: int) -> dict[str, Any]:
    """Take a task on."""
    actions.claim(_task(task_id), by=reader(request))
    return _held(task_id)


@router.post("/tasks/{task_id}/release", response=TaskHeld)
def release(request: HttpRequest, task_id: int) -> dict[str, Any]:
    """Give a task back to its post."""
    actions.release(_task(task_id), by=reader(request))
    return _held(task_id)


@router.post("/tasks/{task_id}/reassign", response=TaskHeld)
def reassign(request: HttpRequest, task_id: int, given: HolderIn) -> dict[str, Any]:
    """Give a task to another person of its post."""
    to = accounts.by_username(given.username)
    if to is None:
        raise NotFound
    actions.reassign(_task(task_id), to=to, by=reader(request))
    return _held(task_id)


def _task(key: int) -> queries.Task:
    found = queries.task(key)
    if found is None:
        raise NotFound
    return found


def _held(key: int) -> dict[str, Any]:
    task = _task(key)
    return {"id": task.pk, "holder": task.holder.username if task.holder else None}


def _task_page(
    scope: organisation.Scope, *, limit: int, cursor: str, case: str = "", kind: str = ""
) -> dict[str, Any]:
    """Return a page of a person's tasks with their subjects and the actions they may do."""
    rows = queries.inbox(scope).select_related("instance__procedure")
    if kind:
        rows = rows.filter(subject__startswith=f"{kind}:")
    if case:
        rows = rows.filter(subject=presenting.by_number("case", case))
    page = take_page(rows.order_by("-id"), limit=limit, cursor=cursor, show=lambda row: row)
    found = presenting.rows_of(page["items"])
    lines = presenting.lines_of(found)
    page["items"] = [
        answers.task_answer(each, lines[each.subject], found[each.subject])
        for each in page["items"]
        if each.subject in lines
    ]
    return page


def _performed(task_id: int, action: str, fields: dict[str, Any], *, by: Any) -> dict[str, Any]:
    """Do an action of a task and return its subject as the API answers it."""
    subject, row = actions.perform(task_id, action, fields, by=by)
    return presenting.face_of(subject).answer(row, organisation.scope_of(by))
