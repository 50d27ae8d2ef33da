"""The list of matters: filters, page, file."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from wanmi.kernel.personal import mask
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import lists, pages, tables

from .. import filtering, queries, showing, words
from ..models import Contact

NAMES = ("q", "state", "purpose", "door", "owed")
OWED = {"yes": True, "no": False}


@require_safe
@pages.with_duty(organisation.duties.SEE_CONTACTS)
def contacts(request: HttpRequest) -> HttpResponse:
    """Show what people have brought, newest first."""
    if (first := lists.opening(request, "contacts")) is not None:
        return first
    wanted = _wanted(request)
    page = tables.take(_rows(request, wanted), tables.page_number(request))
    context = {
        "page": page,
        "rows": [(row, showing.purpose(row), showing.state(row)) for row in page.rows],
        "doors": [(door.code, showing.door_name(door.code)) for door in queries.doors()],
        "door_names": {door.code: showing.door_name(door.code) for door in queries.doors()},
        "purposes": list(words.PURPOSES.items()),
        "states": list(words.STATES.items()),
        "owed": list(words.OWED.items()),
        "wanted": wanted,
        "is_filtered": any(wanted.values()),
        "may_enter": scope_in(request).may(organisation.duties.ANSWER_CONTACTS),
    }
    return pages.render(request, "intake/list.html", context, part="list")


@require_safe
@pages.with_duty(organisation.duties.SEE_CONTACTS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the filtered matters as CSV or XLSX, without who brought them."""
    rows = _rows(request, _wanted(request))[: tables.MOST_EXPORTED].iterator(chunk_size=2000)
    form = request.GET.get("format", "csv")
    return tables.export(rows, COLUMNS, name=tables.stamped("contacts"), form=form)


COLUMNS = [
    tables.Column("来件号 Number", lambda row: row.number),
    tables.Column("渠道 Door", lambda row: showing.door_name(row.door)),
    tables.Column("类型 Purpose", showing.purpose),
    tables.Column("状态 State", showing.state),
    tables.Column("标题 Subject", lambda row: mask(row.title)),
    tables.Column("内容 Words", lambda row: mask(row.words)),
    tables.Column("地址 Address", lambda row: row.address),
    tables.Column("案件号 Case", lambda row: row.case.number if row.case else ""),
    tables.Column("收到时间 Received", lambda row: row.received_at),
    tables.Column("答复时间 Answered", lambda row: row.answered_at),
    tables.Column("满意度 Rating", lambda row: str(words.RATINGS.get(row.rating, ""))),
]


def _rows(request: HttpRequest, wanted: dict[str, str]) -> QuerySet[Contact]:
    scope = scope_in(request)
    given: dict[str, Any] = {**wanted, "owed": OWED.get(wanted["owed"])}
    may_search = scope.may(organisation.duties.SEE_REPORTER)
    rows = filtering.filtered(queries.visible(scope), may_search_people=may_search, **given)
    return rows.select_related("case").order_by("-pk")


def _wanted(request: HttpRequest) -> dict[str, str]:
    """Return the filters asked for; text that cannot be kept is no filter."""
    return {name: pages.line_of(request.GET, name, 100) for name in NAMES}
