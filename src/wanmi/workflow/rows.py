"""The lines of an inbox: each task with how its subject looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from . import presenting
from .clocks import lamp_of
from .models import Task, TaskState
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


def rows(tasks: Sequence[Task], user_id: int | None) -> list[Row]:
    """Return the lines of tasks; as many questions however many tasks of a kind there are."""
    lines = presenting.lines_of(presenting.rows_of(tasks))
    return [_row(task, lines[task.subject], user_id) for task in tasks if task.subject in lines]


def _row(task: Task, line: Line, user_id: int | None) -> Row:
    """An open task leads to itself, a done one to its subject."""
    is_open = task.state == TaskState.OPEN
    lamp = lamp_of(task.due_at, task.warn_at) if is_open else None
    return Row(
        line=line,
        href=reverse("tasks:task", args=[task.pk]) if is_open else line.link,
        lamp=lamp.value if lamp else "",
        due_at=task.due_at if is_open else None,
        step=either(task.name_zh, task.name_en),
        is_mine=is_open and task.holder_id == user_id,
    )
