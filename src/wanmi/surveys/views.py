"""Pages of surveys: the list, ordering one, one with its progress, one share."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wanmi.accounts.queries import reader
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import pages, tables
from wanmi.workflow import queries as tasks
from wanmi.workflow.queries import either

from . import actions, forms, presenting, queries, words
from .models import Survey, SurveyShare, SurveyState

MOST_SHARES, MOST_POINTS = 500, 500


@require_safe
@pages.with_duty(duties.SEE_CASES)
def surveys(request: HttpRequest) -> HttpResponse:
    """List the surveys that concern the reader's areas."""
    scope = scope_in(request)
    shown, rows = tables.shown(request, queries.visible(scope))
    page = tables.take(rows, tables.page_number(request))
    progress = queries.progress_of(page.rows)
    places = geography.spoken_of_many(row.area_path for row in page.rows)
    context = {
        "page": page,
        "rows": [
            {
                "survey": row,
                "class": words.class_of(row),
                "period": words.period_of(row),
                "place": places[row.area_path],
                "done": progress.get(row.pk, (0, 0)),
            }
            for row in page.rows
        ],
        "shown": shown,
        "choices": list(tables.SHOWN.items()),
        "can_order": queries.may_order(scope),
    }
    return pages.render(request, "surveys/list.html", context, part="list")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.ORDER_SURVEYS)
def order(request: HttpRequest) -> HttpResponse:
    """Show the form, or order a survey with it; the same form sent twice orders one."""
    form = forms.order_form(scope_in(request))

    def do(given: dict[str, Any]) -> dict[str, Any]:
        return {"number": actions.order(**_typed(given), by=reader(request)).number}

    answer = journal.take_form(request, form, do, by=reader(request))
    if answer is None:
        status = journal.status_of(form)
        return pages.render(request, "surveys/order.html", {"form": form}, status=status)
    return HttpResponseRedirect(reverse("surveys:survey", args=[answer["number"]]))


@require_safe
@pages.with_duty(duties.SEE_CASES)
def survey(request: HttpRequest, number: str) -> HttpResponse:
    """Show how far a survey has come: in the drawer of a list, or as a page of its own."""
    found, scope = _known(request, number), scope_in(request)
    subject = f"survey:{found.pk}"
    figures = queries.figures_of(found)
    waiting = tasks.open_tasks(subject)
    flow = tasks.flow_of(subject)
    context = {
        "survey": found,
        "state": SurveyState(found.state).label,
        "facts": presenting.SurveySubject().facts(found),
        "figures": figures,
        "percent": words.percent(figures),
        "mine": [task for task in waiting if tasks.may_take(scope, task)],
        "current": [task.step for task in waiting],
        "passed": sorted({line.step for line in flow if line.operation == "forward"}),
        "moments": tasks.moments(flow),
        "back": reverse("surveys:list"),
        "full": reverse("surveys:survey", args=[number]),
        "can_export": scope.may(duties.EXPORT_CASES),
        **_land(found, scope),
    }
    template = "surveys/drawer.html" if pages.is_partial(request) else "surveys/survey.html"
    return pages.render(request, template, context)


def _land(found: Survey, scope: organisation.Scope) -> dict[str, Any]:
    """Return the shares and findings in the reader's areas, for table and map."""
    shares = [
        {
            "share": row,
            "area": either(row.area_zh, row.area_en),
            "state": words.share_state(row),
            "person": tasks.person(row.collector),
        }
        for row in queries.shares(found, scope)[:MOST_SHARES]
    ]
    findings = list(queries.findings(found, scope)[:MOST_POINTS])
    return {"shares": shares, "findings": findings}


@require_safe
@pages.with_duty(duties.EXPORT_CASES)
def export(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """Answer the shares of a survey with their figures as CSV or XLSX."""
    rows = queries.shares(_known(request, number), scope_in(request))
    form = request.GET.get("format", "csv")
    return tables.export(rows, COLUMNS, name=tables.stamped(number), form=form)


@require_safe
@pages.with_duty(duties.SEE_CASES)
def drawing(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the drawing the survey runs by, as BPMN 2.0."""
    instance = tasks.instance_of(f"survey:{_known(request, number).pk}")
    if instance is None:
        raise NotFound
    return HttpResponse(instance.procedure.drawing, content_type="application/xml")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.SEE_CASES)
def share(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Show a share, or report what was found there; the same form sent twice reports once."""
    found = queries.share_of(_known(request, number), scope_in(request), key)
    if found is None:
        raise NotFound
    form = forms.finding_form()

    def do(given: dict[str, Any]) -> dict[str, Any]:
        return {"case": actions.report_finding(found, **given, by=reader(request)).case.number}

    answer = journal.take_form(request, form, do, by=reader(request), about={"share": key})
    if answer is None:
        return _share_page(request, found, form, status=journal.status_of(form))
    return HttpResponseRedirect(reverse("surveys:share", args=[number, key]))


def _share_page(
    request: HttpRequest, found: SurveyShare, form: Any, *, status: int = 200
) -> HttpResponse:
    scope, subject = scope_in(request), f"survey_share:{found.pk}"
    mine = [task for task in tasks.open_tasks(subject) if tasks.may_take(scope, task)]
    context = {
        "share": found,
        "title": either(found.area_zh, found.area_en),
        "state": words.share_state(found),
        "facts": presenting.ShareSubject().facts(found),
        "found": queries.found_for(found),
        "mine": mine,
        "may_find": bool(mine) and found.state == "collecting",
        "form": form,
        "moments": tasks.moments(tasks.flow_of(subject)),
        "back": reverse("surveys:survey", args=[found.survey.number]),
        "full": reverse("surveys:share", args=[found.survey.number, found.pk]),
    }
    template = "surveys/share_drawer.html" if pages.is_partial(request) else "surveys/share.html"
    return pages.render(request, template, context, status=status)


def _typed(given: dict[str, Any]) -> dict[str, Any]:
    """Return the answers with days as dates. Raises WrongPeriod for what is no day."""
    try:
        days = {
            name: date.fromisoformat(given[name])
            for name in ("starts_on", "ends_on")
            if given.get(name)
        }
    except ValueError:
        raise actions.WrongPeriod from None
    return {**given, **days}


def _known(request: HttpRequest, number: str) -> Survey:
    found = queries.by_number(scope_in(request), number)
    if found is None:
        raise NotFound
    return found


COLUMNS = [
    tables.Column("编码 Code", lambda row: row.area_code),
    tables.Column("区域 Area", lambda row: either(row.area_zh, row.area_en)),
    tables.Column("状态 State", words.share_state),
    tables.Column("普查数量 Counted", lambda row: row.counted),
    tables.Column("其中有问题 With problems", lambda row: row.faulty),
    tables.Column("发现案件 Cases found", lambda row: row.found),
    tables.Column("采集人 Collector", lambda row: tasks.person(row.collector)),
    tables.Column("情况说明 Remarks", lambda row: row.remarks),
]
