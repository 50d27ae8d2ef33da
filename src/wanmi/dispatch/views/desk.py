"""The command desk: alarms on top, who is on duty where beside the map, who goes."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wanmi.cases import queries as cases
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages

from .. import queries, showing

duties = organisation.duties
MOST_NEAR = 10


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk."""
    return pages.render(
        request, "dispatch/desk.html", showing.now(scope_in(request), datetime.now(UTC))
    )


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def now(request: HttpRequest) -> HttpResponse:
    """Answer alarms and people: asked again whenever something happens."""
    context = showing.now(scope_in(request), datetime.now(UTC))
    return pages.render(request, "dispatch/parts/now.html", context)


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def nearest(request: HttpRequest) -> HttpResponse:
    """Answer who on duty is nearest to a case, an alarm, or a point (degrees CGCS2000)."""
    scope, moment = scope_in(request), datetime.now(UTC)
    lon, lat, about = _asked(request, scope)
    rows = []
    if lon is not None and lat is not None:
        found = queries.nearest(scope, lon, lat, limit=MOST_NEAR, now=moment)
        limits = showing.standing(moment.date())
        rows = [
            {**showing.person(each, limits, moment), "metres": round(metres)}
            for each, metres in found
        ]
    context = {
        "rows": rows,
        "about": about,
        "lon": lon,
        "lat": lat,
        "may_lead": scope.may(duties.LEAD_PATROLS),
    }
    return pages.render(request, "dispatch/nearest.html", context)


def _asked(
    request: HttpRequest, scope: organisation.Scope
) -> tuple[float | None, float | None, str]:
    number = request.GET.get("case", "")
    if number:
        case = cases.by_number(scope, number)
        if case is None:
            raise NotFound
        return case.lon, case.lat, number
    try:
        lon, lat = float(request.GET.get("lon", "")), float(request.GET.get("lat", ""))
    except ValueError:
        return None, None, ""
    return (lon, lat, "") if abs(lon) <= 180 and abs(lat) <= 90 else (None, None, "")
