"""The lines of an inbox: each task with how its subject looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from wanmi.organisation import queries as organisation

from . import presenting
from .clocks import lamp_of
from .fitting import post_for
from .models import Task, TaskState
from .moments import person
from .presenting import Line, either


@dataclass(frozen=True)
class Row:
    """A subject in a list, with the task that waits where the list is an inbox."""

    line: Line
    href: str
    lamp: str = ""
    due_at: datetime | None = None
    step: str = ""
    is_mine: bool = False
    acted_for: str = ""
    """Whose task it is, where the reader stands in for them."""


def rows(tasks: Sequence[Task], scope: organisation.Scope) -> list[Row]:
    """Return the lines of tasks; as many questions however many tasks of a kind there are."""
    lines = presenting.lines_of(presenting.rows_of(tasks))
    names = holders_of(scope)
    return [
        _row(task, lines[task.subject], scope, names) for task in tasks if task.subject in lines
    ]


def holders_of(scope: organisation.Scope) -> dict[int, str]:
    """Return the names of those a person stands in for, by key; often nobody."""
    keys = {held.for_id for held in scope.holdings if held.for_id is not None}
    if not keys:
        return {}
    return {key: person(user) for key, user in organisation.people(keys).items()}


def whose(task: Task, scope: organisation.Scope, names: dict[int, str]) -> str:
    """Return the name of the holder a person stands in for at an open task; "" for their own."""
    if not names or task.state != TaskState.OPEN:
        return ""
    held = post_for(scope, task)
    return names.get(held.for_id or 0, "") if held else ""


def _row(task: Task, line: Line, scope: organisation.Scope, names: dict[int, str]) -> Row:
    """An open task leads to itself, a done one to its subject."""
    is_open = task.state == TaskState.OPEN
    lamp = lamp_of(task.due_at, task.warn_at) if is_open else None
    return Row(
        line=line,
        href=reverse("tasks:task", args=[task.pk]) if is_open else line.link,
        lamp=lamp.value if lamp else "",
        due_at=task.due_at if is_open else None,
        step=either(task.name_zh, task.name_en),
        is_mine=is_open and task.holder_id == scope.user_id,
        acted_for=whose(task, scope, names),
    )
