"""The proposed changes on a list beside the map, one with its differences, many decided at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.catalogue import queries as catalogue
from wanmi.evidence import queries as evidence
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.kernel.text import clean_line
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import duties
from wanmi.shell import pages, tables
from wanmi.workflow import queries as tasks

from . import actions, presenting, queries
from .models import Part, PartRequest, RequestKind, RequestState
from .queries import RequestFilters

DECISIONS = ("approve", "refuse")


class NothingChosen(Invalid):
    """Tick the requests to decide on."""

    code = "nothing_chosen"


class ReasonNeeded(Invalid):
    """Say why they are refused."""

    code = "reason_needed"


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def requests(request: HttpRequest) -> HttpResponse:
    """List the proposed changes of the reader's areas, beside the map."""
    return _list(request)


@require_POST
@pages.with_duty(duties.WORK_TASKS)
def decide(request: HttpRequest) -> HttpResponse:
    """Decide on the ticked requests; what could not be done is named with its reason."""
    numbers, action = request.POST.getlist("number"), request.POST.get("action", "")
    opinion = request.POST.get("opinion", "").strip()
    try:
        if not numbers or action not in DECISIONS:
            raise NothingChosen
        if action == "refuse" and len(opinion) < 2:
            raise ReasonNeeded
        told = actions.decide_many(numbers, action, opinion=opinion, by=reader(request))
    except Invalid as error:
        return _list(request, error=pages.sentence(error), status=422)
    done = sum(each.refusal is None for each in told)
    said = ngettext("%(n)d request decided.", "%(n)d requests decided.", done) % {"n": done}
    left = [(each.number, pages.sentence(each.refusal)) for each in told if each.refusal]
    return _list(request, said=said, left=left)


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a proposed change: in the drawer of a list, or as a page of its own."""
    row, scope = _known(request, number), organisation.scope_in(request)
    waiting, flow = tasks.open_tasks(row.subject), tasks.flow_of(row.subject)
    context = {
        **presenting.told(row),
        "badge": presenting.badge_of(row),
        "has_changed": presenting.has_changed(row),
        "facts": presenting.facts_of(row),
        "person": tasks.person(row.decided_by),
        "mine": [task for task in waiting if tasks.may_take(scope, task)],
        "may_withdraw": row.state == RequestState.WAITING and row.proposed_by_id == scope.user_id,
        "current": [task.step for task in waiting],
        "passed": sorted({line.step for line in flow if line.operation == "forward"}),
        "moments": tasks.moments(flow),
        "back": reverse("registers:requests"),
        "full": reverse("registers:request", args=[number]),
    }
    name = "drawer" if pages.is_partial(request) else "request"
    return pages.render(request, f"registers/requests/{name}.html", context)


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def drawing(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the drawing a proposed change runs by, as BPMN 2.0."""
    instance = tasks.instance_of(_known(request, number).subject)
    if instance is None:
        raise NotFound
    return HttpResponse(instance.procedure.drawing, content_type="application/xml")


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer the filtered proposed changes as CSV or XLSX."""
    q, filters = _wanted(request)
    rows = queries.requests(organisation.scope_in(request), filters, q)[: tables.MOST_EXPORTED]
    form = request.GET.get("format", "csv")
    return tables.export(rows, _columns(), name=tables.stamped(gettext("part updates")), form=form)


def on_part(request: HttpRequest, part: Part) -> SafeString | str:
    """Draw what is proposed for a part with its photographs, and the way to propose more."""
    scope = organisation.scope_in(request)
    may_propose = scope.may(duties.PROPOSE_PARTS, part.area_path) and not part.is_retired
    rows = queries.requests_about(part)
    if not rows and not may_propose:
        return ""
    media = evidence.many([row.subject for row in rows])
    context = {
        "rows": [
            {
                "row": row,
                "badge": presenting.badge_of(row),
                "thumbs": [each.thumbnail_url for each in media[row.subject] if each.is_picture][
                    :3
                ],
            }
            for row in rows
        ],
        "may_propose": may_propose,
        "part": part,
        "kinds": [(each.value, each.label) for each in RequestKind if each != RequestKind.ADD],
    }
    return render_to_string("registers/requests/on_part.html", context, request=request)


def _list(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    (q, filters), scope = _wanted(request), organisation.scope_in(request)
    page = tables.take(queries.requests(scope, filters, q), tables.page_number(request))
    places = geography.spoken_of_many(row.area_path for row in page.rows)
    edition = catalogue.edition_on()
    context = {
        "page": page,
        "rows": [
            {
                "row": row,
                "place": places[row.area_path],
                "badge": presenting.badge_of(row),
                "has_changed": presenting.has_changed(row),
            }
            for row in page.rows
        ],
        "q": q,
        "filters": filters,
        "states": RequestState.choices,
        "kinds": RequestKind.choices,
        "majors": catalogue.majors(edition, "part") if edition else [],
        "may_propose": scope.may(duties.PROPOSE_PARTS),
        "may_decide": bool(scope.roles() & {"department", "duty_leader"}),
        **more,
    }
    return pages.render(
        request, "registers/requests/list.html", context, part="list", status=status
    )


def _wanted(request: HttpRequest) -> tuple[str, RequestFilters]:
    """Read the filters; what waits is shown unless something else is asked for."""
    sent = request.GET
    state = sent.get("state", RequestState.WAITING)
    kind, code = sent.get("kind", ""), sent.get("code", "")
    filters = RequestFilters(
        state=state if state in RequestState.values else "",
        kind=kind if kind in RequestKind.values else "",
        code=code if code.isascii() and code.isdigit() and len(code) == 2 else "",
    )
    try:
        return clean_line(sent.get("q", ""), max_length=60), filters
    except Invalid:
        return "", filters


def _known(request: HttpRequest, number: str) -> PartRequest:
    row = queries.request_of(number, organisation.scope_in(request))
    if row is None:
        raise NotFound
    return row


def _columns() -> list[tables.Column]:
    return [
        tables.Column("编号 Number", lambda row: row.number),
        tables.Column("事项 Proposed", lambda row: row.get_kind_display()),
        tables.Column("部件标识码 Identifier", lambda row: row.part.identifier if row.part else ""),
        tables.Column("小类 Class", lambda row: f"{row.category.code} {row.category.name}"),
        tables.Column("状态 State", lambda row: row.get_state_display()),
        tables.Column("经度 Longitude", lambda row: row.lon),
        tables.Column("纬度 Latitude", lambda row: row.lat),
        tables.Column("理由 Reason", lambda row: row.reason),
        tables.Column("申请人 Proposed by", lambda row: tasks.person(row.proposed_by)),
        tables.Column("申请时间 Proposed at", lambda row: row.proposed_at),
        tables.Column("审核人 Decided by", lambda row: tasks.person(row.decided_by)),
        tables.Column("审核时间 Decided at", lambda row: row.decided_at),
        tables.Column("审核意见 Opinion", lambda row: row.words),
    ]
