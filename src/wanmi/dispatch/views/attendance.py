"""Attendance against the plan, corrections with a reason, and the file of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import actions, queries, showing, words
from .asking import day_of, moment_of, period_of, stint_in
from .tracks import show_stint

duties = organisation.duties
MOST = 1000


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def board(request: HttpRequest) -> HttpResponse:
    """Show the shifts of a day and how they are kept, and what stood out."""
    scope, day = scope_in(request), day_of(request, "day", timezone.localdate())
    rows = _kept(scope, day, day)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["kept"].state] = counts.get(row["kept"].state, 0) + 1
    unplanned = queries.stints(scope).filter(scope.within(duties.SEE_PATROLS), day=day)
    context = {
        "day": day,
        "rows": rows,
        "counts": counts,
        "not_kept": counts.get("missing", 0) + counts.get("absent", 0),
        "unplanned": list(unplanned.filter(shift__isnull=True).order_by("signed_on_at")[:200]),
        "lapses": [words.lapse(row) for row in queries.lapses(scope, day, day)[:100]],
        "may_lead": scope.may(duties.LEAD_PATROLS),
    }
    return pages.render(request, "dispatch/attendance.html", context, part="board")


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the attendance of some days as CSV or XLSX."""
    first, last = period_of(request, days=31)
    rows = _kept(scope_in(request), first, last, most=tables.MOST_EXPORTED)
    form = request.GET.get("format", "csv")
    return tables.export(rows, COLUMNS, name=tables.stamped("attendance"), form=form)


@require_POST
@pages.with_duty(duties.LEAD_PATROLS)
def correct(request: HttpRequest, key: int) -> HttpResponse:
    """Put the moments of a stint right."""
    stint = stint_in(request, key)

    def do() -> None:
        begun = moment_of(request, "on") or stint.signed_on_at
        ended = moment_of(request, "off") or stint.signed_off_at
        reason = request.POST.get("reason", "")
        actions.correct_stint(stint, begun, ended, reason, by=reader(request))

    return show_stint(request, stint, doing=do)


@require_POST
@pages.with_duty(duties.LEAD_PATROLS)
def enter(request: HttpRequest, key: int) -> HttpResponse:
    """Enter a stint by hand for a shift nobody signed on for: as long as the shift."""
    rows = queries.Shift.objects.filter(scope_in(request).whole.within(duties.SEE_PATROLS))
    shift = rows.filter(pk=key, withdrawn_at__isnull=True).first()
    if shift is None:
        raise NotFound
    reason = request.POST.get("reason", "")
    stint = actions.enter_stint(shift, shift.begins_at, shift.ends_at, reason, by=reader(request))
    return HttpResponseRedirect(reverse("dispatch:stint", args=[stint.pk]))


def _kept(
    scope: organisation.Scope, first: date, last: date, *, most: int = MOST
) -> list[dict[str, Any]]:
    found = list(queries.shifts(scope, first, last)[:most])
    kept = queries.attendance_of(found, datetime.now(UTC))
    stints = {row.shift_id: row for row in _stints_of(found)}
    return [{**showing.shift(row, kept[row.pk]), "stint": stints.get(row.pk)} for row in found]


def _stints_of(found: list[queries.Shift]) -> Iterator[queries.Stint]:
    keys = [row.pk for row in found]
    yield from queries.Stint.objects.filter(shift__in=keys).order_by("-signed_on_at")


COLUMNS = [
    tables.Column("日期 Day", lambda row: timezone.localdate(row["row"].begins_at)),
    tables.Column("人员 Person", lambda row: row["row"].person.name),
    tables.Column("责任网格 Duty grid", lambda row: row["row"].duty_grid.name),
    tables.Column("班次开始 Begins", lambda row: row["row"].begins_at),
    tables.Column("班次结束 Ends", lambda row: row["row"].ends_at),
    tables.Column("签到 Signed on", lambda row: row["stint"] and row["stint"].signed_on_at),
    tables.Column("签退 Signed off", lambda row: row["stint"] and row["stint"].signed_off_at),
    tables.Column("出勤 Attendance", lambda row: str(row["word"])),
    tables.Column("迟到分钟 Minutes late", lambda row: row["kept"].late_minutes),
    tables.Column("早退分钟 Minutes early", lambda row: row["kept"].early_minutes),
    tables.Column("在岗秒 Seconds worked", lambda row: row["kept"].worked_s),
    tables.Column("行走米 Metres walked", lambda row: row["stint"] and row["stint"].walked_m),
]
