"""For who leads the shift: live figures, agents, the five rates and their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.geography import queries as geography
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import actions, figures, queries, showing, words
from .. import rates as five

duties = organisation.duties
MOST_DAYS = 3660


@dataclass(frozen=True)
class Wanted:
    """The period and the area asked for; `area` is a path, empty for all of the reader's."""

    period: five.Period
    area: str


@require_safe
@pages.with_duty(duties.LEAD_SHIFT)
def board(request: HttpRequest) -> HttpResponse:
    """Show the figures of the day so far; asked again whenever something happens."""
    scope, now = scope_in(request), datetime.now(UTC)
    context = {
        "shift": figures.shift(scope, now),
        "agents": [showing.agent(row) for row in queries.agents(scope)],
        "queue": [showing.line(call) for call in queries.waiting_calls(scope)],
        "last": [showing.line(call) for call in queries.visible(scope).order_by("-pk")[:8]],
        "breaks": list(words.BREAKS.items()),
    }
    return pages.render(request, "hotline/shift.html", context, part="board")


@require_POST
@pages.with_duty(duties.LEAD_SHIFT)
def agent(request: HttpRequest, key: int) -> HttpResponse:
    """Set an agent's state for them: somebody has left without saying so."""
    row = next((each for each in queries.agents(scope_in(request)) if each.user_id == key), None)
    if row is None:
        raise NotFound
    actions.set_state(row.user, request.POST.get("state", ""), by=reader(request))
    return HttpResponseRedirect(reverse("hotline:shift"))


@require_safe
@pages.with_duty(duties.LEAD_SHIFT)
def rates(request: HttpRequest) -> HttpResponse:
    """Show the five rates of a period and an area, each leading to its rows."""
    wanted = _wanted(request)
    context = {
        "rates": [
            {"rate": rate, "name": words.RATES[rate.code], "counted": words.COUNTED[rate.code]}
            for rate in _count(request, wanted)
        ],
        **_filters(request, wanted),
    }
    return pages.render(request, "hotline/rates.html", context, part="rates")


@require_safe
@pages.with_duty(duties.LEAD_SHIFT)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the five rates as CSV or XLSX."""
    wanted = _wanted(request)
    form = request.GET.get("format", "csv")
    name = tables.stamped("hotline-rates")
    return tables.export(_count(request, wanted), RATE_COLUMNS, name=name, form=form)


@require_safe
@pages.with_duty(duties.LEAD_SHIFT)
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """List the calls or matters a rate was counted from."""
    wanted, met = _wanted(request), request.GET.get("met", "")
    page = tables.take(_rows(request, code, wanted), tables.page_number(request))
    of_calls = five.is_of_calls(code)
    show = showing.line if of_calls else showing.matter
    context = {
        "code": code,
        "name": words.RATES[code],
        "counted": words.COUNTED[code],
        "of_calls": of_calls,
        "page": page,
        "rows": [show(row) for row in page.rows],
        "met": met,
        **_filters(request, wanted),
    }
    return pages.render(request, "hotline/rows.html", context, part="list")


@require_safe
@pages.with_duty(duties.LEAD_SHIFT)
def rows_export(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer the rows of a rate as CSV or XLSX, without who called."""
    found = _rows(request, code, _wanted(request))[: tables.MOST_EXPORTED].iterator(chunk_size=2000)
    columns = CALL_COLUMNS if five.is_of_calls(code) else MATTER_COLUMNS
    form = request.GET.get("format", "csv")
    return tables.export(found, columns, name=tables.stamped(f"hotline-{code}"), form=form)


RATE_COLUMNS = [
    tables.Column("指标 Rate", lambda rate: str(words.RATES[rate.code])),
    tables.Column("分子 Fulfilled", lambda rate: rate.met),
    tables.Column("分母 All", lambda rate: rate.all),
    tables.Column("比率 Percent", lambda rate: rate.percent),
    tables.Column("口径 Counted", lambda rate: str(words.COUNTED[rate.code])),
]
CALL_COLUMNS = [
    tables.Column("通话 Call", lambda row: row.outside_id),
    tables.Column("振铃 Rang", lambda row: row.rang_at),
    tables.Column("接听 Answered", lambda row: row.answered_at),
    tables.Column("挂断 Ended", lambda row: row.ended_at),
    tables.Column("坐席 Agent", lambda row: row.agent.name if row.agent else ""),
    tables.Column("结果 Outcome", lambda row: str(words.OUTCOMES.get(row.outcome, ""))),
    tables.Column("来件号 Matter", lambda row: row.contact.number if row.contact else ""),
]
MATTER_COLUMNS = [
    tables.Column("来件号 Matter", lambda row: row.number),
    tables.Column("类型 Purpose", lambda row: str(words.PURPOSES[row.purpose])),
    tables.Column("收到 Received", lambda row: row.received_at),
    tables.Column("答复 Answered", lambda row: row.answered_at),
    tables.Column("案件号 Case", lambda row: row.case.number if row.case else ""),
    tables.Column("地址 Address", lambda row: row.address),
]


def _count(request: HttpRequest, wanted: Wanted) -> Sequence[five.Rate]:
    return five.count_rates(scope_in(request), wanted.period, wanted.area)


def _rows(request: HttpRequest, code: str, wanted: Wanted) -> Any:
    if code not in five.RATES:
        raise Http404
    met = {"yes": True, "no": False}.get(request.GET.get("met", ""))
    return five.rows_of(code, scope_in(request), wanted.period, wanted.area, met=met)


def _wanted(request: HttpRequest) -> Wanted:
    today = timezone.localdate()
    last = _day(request.GET.get("to", "")) or today
    first = _day(request.GET.get("from", "")) or last - timedelta(days=29)
    first = max(min(first, last), last - timedelta(days=MOST_DAYS))
    area = request.GET.get("area", "")
    known = {path for path, _ in _areas(request)}
    return Wanted(five.Period(first, last), area if area in known else "")


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def _areas(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the divisions down to the street whose shift the reader leads."""
    kinds = [geography.AreaKind.CITY, geography.AreaKind.DISTRICT, geography.AreaKind.STREET]
    held = scope_in(request).within(duties.LEAD_SHIFT, "path")
    found = geography.Area.objects.filter(geography.valid(), held, kind__in=kinds).order_by("path")
    return [
        (row.path, "　" * kinds.index(geography.AreaKind(row.kind)) + row.name)
        for row in found[:500]
    ]


def _filters(request: HttpRequest, wanted: Wanted) -> dict[str, object]:
    return {
        "first": wanted.period.first.isoformat(),
        "last": wanted.period.last.isoformat(),
        "area": wanted.area,
        "area_options": _areas(request),
    }
