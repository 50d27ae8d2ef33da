"""What the drawing says about an open task: its step, the ways to finish it, their forms."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .drawing import REQUESTED, Drawing, Step, read
from .models import Procedure, Task
from .requests import forms_of_request, step_of_request


@lru_cache(maxsize=200)
def _drawing(digest: str, xml: str) -> Drawing:
    return read(xml)


def drawing_of(procedure: Procedure) -> Drawing:
    """Return a procedure's drawing, read once per process."""
    return _drawing(procedure.digest, procedure.drawing)


@dataclass(frozen=True)
class Action:
    """One way to finish a task, with the form it asks for (JSON Schema)."""

    name: str
    label_zh: str
    label_en: str
    tone: str
    form: str


def step_of(task: Task) -> Step:
    """Return what the drawing says about a task's step; requests have steps of their own."""
    if task.request:
        return step_of_request(task.request, task.role, task.name_zh, task.name_en)
    return drawing_of(task.instance.procedure).steps[task.step]


def actions_of(task: Task) -> list[Action]:
    """Return the ways a task can be finished."""
    return [
        Action(each.name, each.name_zh, each.name_en, each.tone, each.form)
        for each in step_of(task).outcomes
        if each.tone != REQUESTED
    ]


def action_form(task: Task, action: str) -> dict[str, Any]:
    """Return the JSON Schema an action asks for; an empty object when it asks nothing."""
    chosen = step_of(task).outcome(action)
    own = task.instance.procedure.forms
    forms = forms_of_request(task.request) if task.request else own
    form = forms.get(chosen.form) if chosen else None
    return dict(form) if form else {"type": "object", "properties": {}}
