"""Advice on the forms of tasks and of reports, and what people chose of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from wanmi.accounts.queries import User
from wanmi.shell import menu
from wanmi.shell.schemaforms import SchemaForm
from wanmi.workflow import actions as workflow

from . import actions, queries
from .showing import FIELDS, advice_html, model_seen


class TaskAdviser:
    """Advises on the forms of tasks, whatever they are about."""

    def advise(self, request: HttpRequest, told: workflow.Told, form: SchemaForm) -> SafeString:
        """Return the suggestions for a form that asks for class, department or urgency."""
        asked = {field.name for field in form}
        targets = [target for target, name in FIELDS.items() if name in asked]
        scope = menu.scope_of(request)
        if not targets or scope is None:
            return SafeString()
        return advice_html(
            scope,  # type: ignore[arg-type]  # the organisation's own
            _report(told),
            targets,
            offered=_offered(form),
            near="category" in targets,
            but=told.but,
        )

    def heard(
        self, told: workflow.Told, given: Mapping[str, Any], sent: Mapping[str, str], *, by: User
    ) -> None:
        """Keep what was chosen in a form that showed suggestions."""
        model = model_seen(sent)
        if model:
            actions.note(_report(told), _chosen(given), model=model, by=by)

    def typed(self) -> str:
        """Return where words are sent while somebody types them."""
        return reverse("triage:typed")


def _chosen(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what a filled form chose, by target."""
    chosen = {}
    for target, name in FIELDS.items():
        value = given.get(name)
        if target == "urgency" and isinstance(value, bool):
            chosen[target] = queries.URGENT if value else queries.ORDINARY
        elif isinstance(value, str) and value:
            chosen[target] = value
    return chosen


def _offered(form: SchemaForm) -> dict[str, set[str]]:
    """Return the departments a form lets choose, where it lists some."""
    field = next((field for field in form if field.name == "department"), None)
    return {"department": {key for key, _, _ in field.options}} if field is not None else {}


def _report(told: workflow.Told) -> queries.Report:
    return queries.Report(told.words, told.lon, told.lat, told.at, told.area_path, told.category)
