"""The face of a matter towards the desk, the drawer of a task and the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from wanmi.cases import queries as cases
from wanmi.kernel.personal import mask
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from . import answers, showing, templating
from .actions import perform_task
from .models import Contact


class ContactSubject(workflow.Subject):
    """A matter as tasks are about it."""

    name_zh = "来件"
    name_en = "message"
    model = Contact
    related = ("sender", "case", "previous")
    deed = staticmethod(perform_task)

    def lines(self, rows: Iterable[Contact]) -> dict[int, tasks.Line]:
        """Return how matters look in a list, personal data in their words masked."""
        return {row.pk: _line(row) for row in rows}

    def may_see(self, scope: organisation.Scope, row: Contact) -> bool:
        """Say whether a person may see a matter: those of its area, and whoever is asked."""
        if scope.may(organisation.duties.SEE_CONTACTS, row.area_path):
            return True
        waiting = tasks.open_tasks(f"contact:{row.pk}")
        return any(tasks.may_take(scope, task) for task in waiting)

    def detail(self, row: Contact, task: tasks.Task, scope: organisation.Scope) -> tasks.Detail:
        """Return the words of a matter, who brought it and what was said."""
        return tasks.Detail(
            showing.whole(row, scope)
            | {"due_at": task.due_at, "templates": templating.templates_for(row)},
            "intake/parts/above.html",
            "intake/parts/below.html",
        )

    def choices(self, name: str, task: tasks.Task, row: Contact) -> tasks.Choices | None:
        """Return departments of the area, and cases near the point that are alike."""
        if name == "departments":
            return _departments(row), None
        if name == "alike":
            return _alike(row), None
        return None

    def hints(self, schema: Mapping[str, Any], row: Contact) -> dict[str, Any]:
        """Return what a form needs for its classes and its map."""
        return cases.hints_for(schema)

    def values(self, row: Contact) -> Mapping[str, Any]:
        """Return where it is and what its person took it for, as far as it was said."""
        known = {"lon": row.lon, "lat": row.lat, "address": row.address}
        known |= {"category": row.said_class}
        return {name: value for name, value in known.items() if value not in ("", None)}

    def told(self, row: Contact) -> workflow.Told:
        """Return the matter as it was told, its subject line with its words."""
        words = f"{row.title} {row.words}".strip()
        return workflow.Told(words, row.lon, row.lat, row.area_path, row.received_at)

    def answer(self, row: Contact, scope: organisation.Scope) -> dict[str, Any]:
        """Return the matter whole, as the API answers it."""
        return answers.full(row, scope)


def _line(row: Contact) -> tasks.Line:
    return tasks.Line(
        key=f"contact-{row.pk}",
        number=row.number,
        title=row.title or showing.purpose(row),
        words=mask(row.words),
        place=row.address,
        link=reverse("intake:contact", args=[row.number]),
        at=row.received_at,
        state=showing.state(row),
        sort=gettext("Message"),
        lon=row.lon,
        lat=row.lat,
        badges=[(showing.door_name(row.door), "")],
        about={"contact": row.number, **({"case": row.case.number} if row.case else {})},
    )


def _departments(row: Contact) -> list[tuple[Any, str]]:
    here = row.area_path
    return [
        (body.code, tasks.either(body.name_zh, body.name_en))
        for body in organisation.bodies()
        if body.kind in organisation.HANDLING_KINDS
        and (here.startswith(body.area_path) or body.area_path.startswith(here))
    ]


def _alike(row: Contact) -> list[tuple[Any, str]]:
    near = cases.near(row.lon, row.lat, row.received_at, words=row.words)
    return [(each.case.number, f"{each.case.number} · {each.distance_m:.0f} m") for each in near]
