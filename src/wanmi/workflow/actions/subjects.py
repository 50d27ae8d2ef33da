"""Hooks filled by upper rooms: what a step means to a subject, and the city's calendar."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from wanmi.kernel.errors import NotFound
from wanmi.kernel.workcalendar import Calendar

from ..models import Task


class Perform(Protocol):
    """Does an action of a task for its subject and returns the subject for the API."""

    def __call__(
        self, task: Task, action: str, fields: dict[str, Any], *, by: Any, at: datetime | None
    ) -> dict[str, Any]: ...


_subjects: dict[str, Perform] = {}
_calendar: Callable[[], Calendar] = Calendar


def offer_subject(kind: str, perform_action: Perform) -> None:
    """Say how actions on tasks of a kind of subject ("case") are done."""
    _subjects[kind] = perform_action


def perform(
    task_id: int, action: str, fields: dict[str, Any], *, by: Any, at: datetime | None = None
) -> dict[str, Any]:
    """Do an action of a task through the room its subject belongs to."""
    task = Task.objects.select_related("instance__procedure").filter(pk=task_id).first()
    if task is None:
        raise NotFound
    kind = task.subject.partition(":")[0]
    return _subjects[kind](task, action, fields, by=by, at=at)


def use_calendar(ask: Callable[[], Calendar]) -> None:
    """Say where the working calendar comes from."""
    global _calendar  # one calendar for the whole process
    _calendar = ask


def calendar() -> Calendar:
    """Return the city's working calendar."""
    return _calendar()
