"""What the views of tasks ask of a request."""

from typing import Any, cast

from django.http import HttpRequest

from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation

from .. import presenting, queries
from ..models import Task


def scope_of(request: HttpRequest) -> organisation.Scope:
    """Return what the reader may do; the middleware has set it."""
    return cast(organisation.Scope, request.scope)  # type: ignore[attr-defined]  # by middleware


def known_task(request: HttpRequest, key: int) -> tuple[Task, Any]:
    """Return a task with its subject, if the reader may see that or work the task."""
    task = queries.task(key)
    if task is None:
        raise NotFound
    row = presenting.rows_of([task]).get(task.subject)
    scope = scope_of(request)
    face = presenting.face_of(task.subject)
    if row is None or not (face.may_see(scope, row) or queries.may_take(scope, task)):
        raise NotFound
    return task, row
