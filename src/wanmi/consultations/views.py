"""Pages of consultations: the list, opening one, one with its opinions; those about a case."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from wanmi.accounts.queries import reader
from wanmi.cases import queries as cases
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import pages, tables
from wanmi.workflow import queries as tasks

from . import actions, presenting, queries, words
from .forms import opening_form
from .models import Consultation


@require_safe
@pages.with_duty(duties.SEE_CASES)
def consultations(request: HttpRequest) -> HttpResponse:
    """List the consultations about the reader's areas."""
    scope = scope_in(request)
    shown, rows = tables.shown(request, queries.visible(scope).select_related("case", "lead"))
    page = tables.take(rows, tables.page_number(request))
    progress = queries.progress_of(page.rows)
    places = geography.spoken_of_many(row.area_path for row in page.rows)
    context = {
        "page": page,
        "rows": [
            {
                "row": row,
                "state": words.state_of(row),
                "place": places[row.area_path],
                "given": progress.get(row.pk, (0, 0)),
            }
            for row in page.rows
        ],
        "shown": shown,
        "choices": list(tables.SHOWN.items()),
        "can_open": queries.may_open(scope),
    }
    return pages.render(request, "consultations/list.html", context, part="list")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.OPEN_CONSULTATIONS)
def opening(request: HttpRequest) -> HttpResponse:
    """Show the form, or open a consultation with it; the same form sent twice opens one."""
    case, area_path = _about(request)
    form = opening_form(area_path, case)

    def do(given: dict[str, Any]) -> dict[str, Any]:
        number = case.number if case else ""
        row = actions.open_consultation(
            **given, case=number, area_path=area_path, by=reader(request)
        )
        return {"number": row.number}

    answer = journal.take_form(request, form, do, by=reader(request))
    if answer is None:
        context = {"form": form, "case": case, "back": _back(case)}
        status = journal.status_of(form)
        return pages.render(request, "consultations/open.html", context, status=status)
    return HttpResponseRedirect(reverse("consultations:consultation", args=[answer["number"]]))


def _about(request: HttpRequest) -> tuple[cases.Case | None, str]:
    """Return the case asked about, and its area; the reader's own area without one."""
    scope, number = scope_in(request), request.GET.get("case", "")
    if not number:
        areas = scope.areas(duties.OPEN_CONSULTATIONS)
        return None, areas[0] if areas else ""
    case = cases.by_number(scope, number)
    if case is None or not queries.may_open(scope, case.area_path):
        raise NotFound
    return case, case.area_path


def _back(case: cases.Case | None) -> str:
    if case is None:
        return reverse("consultations:list")
    return reverse("cases:case", args=[case.number])


@require_safe
@pages.with_duty(duties.SEE_CASES)
def consultation(request: HttpRequest, number: str) -> HttpResponse:
    """Show a consultation: in the drawer of a list, or as a page of its own."""
    row = _known(request, number)
    subject = f"consultation:{row.pk}"
    waiting, flow = tasks.open_tasks(subject), tasks.flow_of(subject)
    scope = scope_in(request)
    opinions = [f"opinion:{each.pk}" for each in queries.opinions(row) if each.state == "asked"]
    own = [task for each in opinions for task in tasks.open_tasks(each)]
    context = {
        "row": row,
        "state": words.state_of(row),
        "facts": presenting.facts_of(row),
        "opinions": presenting.opinion_rows(row),
        "acting": words.body_name(row.acting),
        "person": tasks.person(row.concluded_by),
        "mine": [task for task in [*waiting, *own] if tasks.may_take(scope, task)],
        "current": [task.step for task in waiting],
        "passed": sorted({line.step for line in flow if line.operation == "forward"}),
        "moments": tasks.moments(flow),
        "back": reverse("consultations:list"),
        "full": reverse("consultations:consultation", args=[number]),
    }
    name = "drawer" if pages.is_partial(request) else "consultation"
    return pages.render(request, f"consultations/{name}.html", context)


@require_safe
@pages.with_duty(duties.SEE_CASES)
def drawing(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the drawing the consultation runs by, as BPMN 2.0."""
    instance = tasks.instance_of(f"consultation:{_known(request, number).pk}")
    if instance is None:
        raise NotFound
    return HttpResponse(instance.procedure.drawing, content_type="application/xml")


def on_case(request: HttpRequest, case: cases.Case) -> SafeString | str:
    """Draw the consultations about a case and the way to open one; "" where there is neither."""
    scope = scope_in(request)
    if not scope.may(duties.SEE_CASES, case.area_path):
        return ""
    may_open = case.ended_at is None and queries.may_open(scope, case.area_path)
    rows = [
        {"row": row, "state": words.state_of(row), "acting": words.body_name(row.acting)}
        for row in queries.of_case(case.pk)
    ]
    if not rows and not may_open:
        return ""
    context = {"rows": rows, "may_open": may_open, "number": case.number}
    return render_to_string("consultations/parts/on_case.html", context, request=request)


def _known(request: HttpRequest, number: str) -> Consultation:
    row = queries.by_number(scope_in(request), number)
    if row is None:
        raise NotFound
    return row
