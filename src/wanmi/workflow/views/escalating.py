"""Who is told when a share of a limit is used: the city's steps of escalation."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.shell import pages

from .. import actions, queries
from ..models import EscalationStep
from ..steps import drawing_of
from .asking import either

DUTY = organisation.duties.EDIT_PROCEDURES


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(DUTY)
def escalation(request: HttpRequest) -> HttpResponse:
    """Show the steps; or add one, which replaces the one at the same share."""
    if request.method != "POST":
        return pages.render(request, "workflow/escalation.html", _context())
    sent = request.POST
    try:
        actions.set_escalation(
            level=sent.get("level", ""),
            stage=_known_stage(sent.get("stage", "")),
            percent=_number(sent.get("percent", "")),
            tell=[*sent.getlist("tell"), *_role(sent.get("role", ""))],
            by=reader(request),
        )
    except Invalid as error:
        context = {**_context(), "error": pages.sentence(error), "sent": sent}
        return pages.render(request, "workflow/escalation.html", context, status=422)
    return HttpResponseRedirect(reverse("procedures:escalation"))


@require_POST
@pages.with_duty(DUTY)
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take a step away."""
    actions.drop_escalation(key, by=reader(request))
    return HttpResponseRedirect(reverse("procedures:escalation"))


def _context() -> dict[str, Any]:
    stages = _stages()
    roles = {role.code: role.name for role in organisation.roles()}
    rows = EscalationStep.objects.order_by("percent", "level", "stage")
    return {
        "steps": [
            {
                "row": row,
                "level": levels().get(row.level, ""),
                "stage": stages.get(row.stage, row.stage),
                "tell": [_who(who, roles) for who in row.tell],
            }
            for row in rows
        ],
        "levels": list(levels().items()),
        "stages": list(stages.items()),
        "roles": list(roles.items()),
    }


def levels() -> dict[str, str]:
    """Return whose limits there are, in words."""
    return {
        "post": gettext("A post's own limit"),
        "stage": gettext("The limit of a stage"),
        "whole": gettext("The limit of the whole procedure"),
    }


def _who(who: str, roles: dict[str, str]) -> str:
    if who == actions.HOLDER:
        return gettext("Who has the task")
    if who == actions.HEAD:
        return gettext("The next post up")
    code = who.removeprefix(actions.ROLE)
    return roles.get(code, code)


def _stages() -> dict[str, str]:
    """Return the stages and steps of all procedures with their names."""
    found: dict[str, str] = {}
    for row in queries.procedures():
        procedure = queries.newest(row.code)
        for step in drawing_of(procedure).steps.values() if procedure else ():
            name = either(step.name_zh, step.name_en)
            found.setdefault(step.stage, name)
            found.setdefault(step.id, name)
    return found


def _known_stage(stage: str) -> str:
    if stage and stage not in _stages():
        raise Invalid("Choose whose limit it is.")
    return stage


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _role(code: str) -> list[str]:
    return [f"{actions.ROLE}{code}"] if code else []
