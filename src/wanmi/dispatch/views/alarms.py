"""Alarms: all of them, one with its positions, answering and closing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import actions, queries, showing
from .asking import alarm_in

duties = organisation.duties
MOST_POINTS = 300


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def alarms(request: HttpRequest) -> HttpResponse:
    """List the alarms of the reader's areas, newest first."""
    page = tables.take(queries.alarms(scope_in(request)), tables.page_number(request))
    context = {"page": page, "rows": [showing.alarm(row) for row in page.rows]}
    return pages.render(request, "dispatch/alarms.html", context, part="list")


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def alarm(request: HttpRequest, key: int) -> HttpResponse:
    """Show an alarm, where its person went since, and what may be done."""
    return _page(request, alarm_in(request, key))


@require_POST
@pages.with_duty(duties.LEAD_PATROLS)
def acknowledge(request: HttpRequest, key: int) -> HttpResponse:
    """Answer for an alarm."""
    row = alarm_in(request, key)
    try:
        actions.acknowledge_alarm(row, by=reader(request))
    except Refused as refusal:
        return _page(request, alarm_in(request, key), refusal)
    return HttpResponseRedirect(reverse("dispatch:alarm", args=[key]))


@require_POST
@pages.with_duty(duties.LEAD_PATROLS)
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Say how an alarm ended."""
    row = alarm_in(request, key)
    try:
        actions.close_alarm(row, request.POST.get("note", ""), by=reader(request))
    except Refused as refusal:
        return _page(request, alarm_in(request, key), refusal)
    return HttpResponseRedirect(reverse("dispatch:alarm", args=[key]))


def _page(request: HttpRequest, row: queries.Alarm, refusal: Refused | None = None) -> HttpResponse:
    scope = scope_in(request)
    context: dict[str, Any] = {
        "alarm": row,
        **showing.alarm(row),
        "points": _points(row),
        "may_lead": scope.may(duties.LEAD_PATROLS, row.area_path),
        "refused": pages.sentence(refusal) if refusal else "",
    }
    status = refusal.status if refusal else 200
    return pages.render(request, "dispatch/alarm.html", context, part="facts", status=status)


def _points(row: queries.Alarm) -> list[dict[str, Any]]:
    """Return where the person went since, the newest last and in red."""
    track = queries.alarm_track(row)
    step = max(1, len(track) // MOST_POINTS)
    places = list(zip(track.lon[::step].tolist(), track.lat[::step].tolist(), strict=True))
    if row.lon is not None and row.lat is not None:
        places.insert(0, (row.lon, row.lat))
    newest = len(places) - 1
    return [
        {"id": n, "lon": lon, "lat": lat, "lamp": "overdue" if n == newest else "in_time"}
        for n, (lon, lat) in enumerate(places)
    ]
