"""The face of a case towards the desk, the drawer of a task and the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from . import answers, errandforms, offers, queries, reporters, showing
from .actions import perform_task
from .forms import hints_for
from .models import Case


class CaseSubject(workflow.Subject):
    """A case as tasks are about it."""

    name_zh = "案件"
    name_en = "case"
    model = Case
    related = ("category", "part", "department", "delegate", "handler", "reported_by")
    deed = staticmethod(perform_task)

    def lines(self, rows: Iterable[Case]) -> dict[int, tasks.Line]:
        """Return how cases look in a list; one question for their places."""
        return {row.case.pk: showing.line_of(row) for row in showing.rows(rows)}

    def may_see(self, scope: organisation.Scope, row: Case) -> bool:
        """Say whether a person may see a case."""
        return queries.may_see(scope, row)

    def detail(self, row: Case, task: tasks.Task, scope: organisation.Scope) -> tasks.Detail:
        """Return the facts, photographs and history of a case, and what may be asked for."""
        known = showing.whole(row)
        context = {
            "known": known,
            "due_at": task.due_at,
            "errands": errandforms.errand_lines(row, scope),
            "offers": [
                *offers.offers(row, scope),
                *errandforms.errand_offers(row, scope, known.steps),
            ],
            "requests": offers.requests(row, scope),
            **reporters.masked(row, scope),
        }
        return tasks.Detail(context, "cases/parts/above.html", "cases/parts/below.html")

    def form(self, task: tasks.Task, form: dict[str, Any], row: Case) -> dict[str, Any]:
        """Return a form with departments, handlers and conditions to choose from."""
        return queries.filled(form, row)

    def hints(self, schema: Mapping[str, Any], row: Case) -> dict[str, Any]:
        """Return what a form needs for its classes and its map."""
        return hints_for(schema, row)

    def values(self, row: Case) -> Mapping[str, Any]:
        """Return what the case already says."""
        known: dict[str, Any] = {"address": row.address, "is_urgent": row.is_urgent}
        if row.category_code:
            known["category"] = f"{row.kind}/{row.category_code}"
        if row.lon is not None and not row.is_located:
            known |= {"lon": row.lon, "lat": row.lat}
        return {name: value for name, value in known.items() if value not in ("", None)}

    def told(self, row: Case) -> workflow.Told:
        """Return the report as it was told."""
        category = f"{row.kind}/{row.category_code}" if row.category_code else ""
        told = (row.description, row.lon, row.lat, row.area_path, row.reported_at)
        return workflow.Told(*told, category, but=row.pk)

    def answer(self, row: Case, scope: organisation.Scope) -> dict[str, Any]:
        """Return the case whole, as the API answers it."""
        return answers.full(row, scope)
