"""Reporting a problem: words, a place on the map, photographs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.workflow import actions as procedures
from wanmi.workflow import queries as workflow

from .. import actions
from ..api import source_for
from ..forms import report_form


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(organisation.duties.REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or open a case from it; the same form sent twice opens one case."""
    scope = scope_in(request)
    is_staff = scope.may(organisation.duties.WORK_TASKS)
    form = report_form(is_staff=is_staff, prefix="report")

    def do(given: dict[str, Any]) -> dict[str, Any]:
        kind, _, code = given.pop("category", "").rpartition("/")
        source = source_for(scope, given.pop("source", ""))
        case = actions.report(**given, kind=kind, category=code, source=source, by=reader(request))
        told = (case.description, case.lon, case.lat, case.area_path, case.reported_at)
        chosen = {"category": f"{case.kind}/{code}"} if code else {}
        sent = request.POST.dict()
        procedures.advice_heard(procedures.Told(*told), chosen, sent, by=reader(request))
        return {"number": case.number}

    answer = journal.take_form(request, form, do, by=reader(request))
    if answer is None:
        status = journal.status_of(form)
        context = {"form": form, "advice_path": workflow.typed_path() if is_staff else ""}
        return pages.render(request, "cases/report.html", context, status=status)
    return _thank(request, answer["number"])


def _thank(request: HttpRequest, number: str) -> HttpResponse:
    address = reverse("cases:case", args=[number]) + "?reported=1"
    return HttpResponseRedirect(address)
