"""The list of cases: filters, order, page, file; beside it the map."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import lists, pages, tables

from .. import counting, narrowing, showing, words

SORTS = {"-number": "-pk", "number": "pk", "due": "due_at", "-due": "-due_at"}


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """Show the list, first by the view that the reader has chosen for it."""
    if (first := lists.opening(request, "cases")) is not None:
        return first
    scope, wanted = scope_in(request), narrowing.read(request.GET)
    sort = request.GET.get("sort", "-number")
    sort = sort if sort in SORTS else "-number"
    number = tables.page_number(request)
    upto = number * tables.PAGE_SIZE + 1 if sort == "-number" else None
    rows = wanted.rows(scope, upto=upto).select_related("category")
    page = tables.take(rows.order_by(*_order(sort, wanted)), number)
    context = {
        "page": page,
        "rows": showing.rows(page.rows),
        "wanted": wanted.texts,
        "chips": narrowing.chips(wanted, request.GET),
        "choices": narrowing.Choices(scope, wanted),
        "sort": sort,
        "can_see_map": True,
        "mark": _at(request),
        "can_export": scope.may(organisation.duties.EXPORT_CASES),
        **_counts(request, scope, wanted),
    }
    return pages.render(request, "cases/list.html", context, part="list")


def _at(request: HttpRequest) -> str:
    """Return the place the map is to show, "lon,lat" in degrees; "" where none is asked for."""
    try:
        lon, lat = (float(each) for each in request.GET.get("at", "").split(","))
    except ValueError:
        return ""
    return f"{lon:.6f},{lat:.6f}" if abs(lon) <= 180 and abs(lat) <= 90 else ""


def _counts(
    request: HttpRequest, scope: organisation.Scope, wanted: narrowing.Wanted
) -> dict[str, Any]:
    """Return the counts beside the list, where they are asked for."""
    if request.GET.get("counts") != "yes":
        return {}
    found = counting.newest(scope, wanted)
    return {"found": found, "facets": counting.facets(found, request.GET, now=datetime.now(UTC))}


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def points(request: HttpRequest) -> JsonResponse:
    """Answer where the filtered cases lie, the newest thousand: what the map beside them shows."""
    found = counting.newest(scope_in(request), narrowing.read(request.GET))
    return JsonResponse({"points": counting.points(found), "is_whole": found.is_whole})


@require_safe
@pages.with_duty(organisation.duties.EXPORT_CASES)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer the filtered cases as CSV or XLSX, at most 50,000."""
    wanted = narrowing.read(request.GET)
    rows = wanted.rows(scope_in(request)).select_related("category", "department")
    newest = rows.order_by("-pk")[: tables.MOST_EXPORTED].iterator(chunk_size=2000)
    form = request.GET.get("format", "csv")
    return tables.export(newest, COLUMNS, name=tables.stamped("cases"), form=form)


def _order(sort: str, wanted: narrowing.Wanted) -> list[str]:
    """Return the order; a search streams newest first only by its own index."""
    return ["-word_index"] if "q" in wanted.texts and sort == "-number" else [SORTS[sort], "-pk"]


COLUMNS = [
    tables.Column("案件号 Number", lambda case: case.number),
    tables.Column("状态 State", lambda case: words.word(words.STATES, case.state)),
    tables.Column("类别代码 Class code", lambda case: case.category_code),
    tables.Column("类别 Class", lambda case: showing.either(case.category_zh, case.category_en)),
    tables.Column("问题描述 Description", lambda case: case.description),
    tables.Column("地址 Address", lambda case: case.address),
    tables.Column("单元网格 Unit grid", lambda case: case.grid_code),
    tables.Column("经度 Longitude", lambda case: case.lon),
    tables.Column("纬度 Latitude", lambda case: case.lat),
    tables.Column("来源 Source", lambda case: words.word(words.SOURCES, case.source)),
    tables.Column(
        "责任部门 Department",
        lambda case: (
            showing.either(case.department.name_zh, case.department.name_en)
            if case.department
            else ""
        ),
    ),
    tables.Column("上报时间 Reported", lambda case: case.reported_at),
    tables.Column("期限 Due", lambda case: case.due_at),
    tables.Column("结束时间 Ended", lambda case: case.ended_at),
    tables.Column("返工次数 Reworks", lambda case: case.rework_count),
]
"""Both languages in the head: a file travels further than its reader."""
