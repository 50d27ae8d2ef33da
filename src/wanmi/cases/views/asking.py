"""What every view of this room asks of a request."""

from typing import cast

from django.http import HttpRequest

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as workflow

from .. import queries, showing
from ..models import Case


def scope_of(request: HttpRequest) -> organisation.Scope:
    """Return what the reader may do; the middleware has set it."""
    return cast(organisation.Scope, request.scope)  # type: ignore[attr-defined]  # by middleware


def reader(request: HttpRequest) -> User:
    """Return the signed-in reader."""
    return cast(User, request.user)


def visible_case(request: HttpRequest, number: str) -> Case:
    """Return a case of the reader's area, or refuse as if it were not there."""
    case = queries.by_number(scope_of(request), number)
    if case is None:
        raise NotFound
    return case


def known_task(request: HttpRequest, key: int) -> tuple[workflow.Task, Case]:
    """Return a task with its case, if the reader may see the case or work the task."""
    task = workflow.task(key)
    if task is None:
        raise NotFound
    case = (
        Case.objects.select_related("category", "part", "department", "handler", "reported_by")
        .filter(pk=showing.case_key(task.subject))
        .first()
    )
    scope = scope_of(request)
    if case is None or not (queries.may_see(scope, case) or workflow.may_take(scope, task)):
        raise NotFound
    return task, case
