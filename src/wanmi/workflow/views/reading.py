"""What the views of tasks ask of a request."""

from typing import Any

from django.http import HttpRequest

from wanmi.kernel.errors import NotFound
from wanmi.organisation.queries import scope_in

from .. import presenting, queries
from ..models import Task


def known_task(request: HttpRequest, key: int) -> tuple[Task, Any]:
    """Return a task with its subject, if the reader may see that or work the task."""
    task = queries.task(key)
    if task is None:
        raise NotFound
    row = presenting.rows_of([task]).get(task.subject)
    scope = scope_in(request)
    face = presenting.face_of(task.subject)
    if row is None or not (face.may_see(scope, row) or queries.may_take(scope, task)):
        raise NotFound
    return task, row
