"""What a reader may do beside finishing a task: for a start, give it to somebody else."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import SchemaForm

from .models import Task, TaskState
from .presenting import either


@dataclass(frozen=True)
class Offer:
    """One thing the reader may do, with its form and where it is sent."""

    label: str
    url: str
    form: SchemaForm


def reassign(task: Task, scope: organisation.Scope) -> list[Offer]:
    """Return the offer to give an open task away, to who may."""
    duty = organisation.duties.REASSIGN_TASKS
    if task.state != TaskState.OPEN or not scope.may(duty, task.area_path):
        return []
    url = reverse("tasks:reassign", args=[task.pk])
    return [Offer(gettext("Give to another person"), url, reassigning_form(task))]


def reassigning_form(task: Task) -> SchemaForm:
    """Return the form to give a task to another person of its post."""
    ids = organisation.holders(task.role, task.body_id, task.area_path)
    people = organisation.people(set(ids))
    choices = [
        {"const": key, "title": either(person.name_zh, person.name_en)}
        for key in ids
        if (person := people.get(key)) is not None and key != task.barred_id
    ]
    schema = {
        "type": "object",
        "required": ["person"],
        "properties": {
            "person": {
                "type": "integer",
                "title": gettext_noop("Person"),
                "oneOf": choices,
                "x-ui": "select",
            }
        },
    }
    return SchemaForm(schema, prefix="reassign")
