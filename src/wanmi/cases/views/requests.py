"""Requests over a case, urging it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm
from wanmi.workflow import actions as workflow_actions
from wanmi.workflow import queries as workflow

from .. import actions, offers
from ..models import Case
from . import one
from .asking import visible_case


@require_POST
@pages.with_duty(organisation.duties.SEE_CASES)
def ask(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask for an extension, suspension, return, void, forced closing or appeal."""
    case = visible_case(request, number)
    given = read_form(offers.asking_form(kind), request)
    asked = {name: value for name, value in given.items() if name != "reason"}
    workflow_actions.ask(_instance(case), kind, given["reason"], by=reader(request), asked=asked)
    return again(request, number, gettext("The request is on its way."))


@require_POST
@pages.with_duty(organisation.duties.COORDINATE)
def shirking(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Determine that a refused return was groundless."""
    case = visible_case(request, number)
    given = read_form(offers.shirking_form(key), request)
    actions.determine_shirking(case, key, given["words"], by=reader(request))
    return again(request, number, gettext("The shirking is determined and counted."))


@require_POST
@pages.with_duty(organisation.duties.SEE_CASES)
def withdraw(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Take a waiting request back."""
    case = visible_case(request, number)
    rows = workflow.adjustments_of(f"case:{case.pk}")
    found = next((row for row in rows if row.pk == key), None)
    if found is None:
        raise NotFound
    workflow_actions.withdraw(found, by=reader(request))
    return again(request, number, gettext("The request is withdrawn."))


@require_POST
@pages.with_duty(organisation.duties.SEE_CASES)
def urge(request: HttpRequest, number: str) -> HttpResponse:
    """Remind whoever holds a case, or put it under supervision."""
    case = visible_case(request, number)
    scope = scope_in(request)
    duties = organisation.duties
    if not (scope.may(duties.URGE) or scope.may(duties.SUPERVISE)):
        raise organisation.NotAllowed
    given = read_form(offers.urging_form(scope), request)
    workflow_actions.urge(
        _instance(case),
        given["kind"],
        given["words"],
        by=reader(request),
        ground=given.get("ground", ""),
        reply_days=given.get("reply_days", 1),
    )
    return again(request, number, gettext("Whoever holds the case has been told."))


def read_form(form: SchemaForm, request: HttpRequest) -> dict[str, Any]:
    """Return what was sent, or refuse with what to put right."""
    given = form.read(request.POST)
    if given is None:
        wrong = [f"{field.label}: {field.error}" for field in form if field.errors]
        raise Invalid(" ".join(wrong).replace("%", "%%") or "Some fields are not valid.")
    return given


def _instance(case: Case) -> workflow.Instance:
    instance = workflow.instance_of(f"case:{case.pk}")
    if instance is None:
        raise NotFound
    return instance


def again(request: HttpRequest, number: str, message: str) -> HttpResponse:
    """Show the case as it stands now and say what was done."""
    if not pages.is_partial(request):
        return HttpResponseRedirect(reverse("cases:case", args=[number]))
    response = one.shown(request, number)
    return pages.say(pages.announce(response, "wanmi:done", {"number": number}), message)
