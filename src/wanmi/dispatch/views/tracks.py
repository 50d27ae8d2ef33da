"""One stint: its facts, what stood out, its track played back, corrections."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanmi.accounts.queries import reader
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages

from .. import actions, queries, words
from .asking import stint_in

duties = organisation.duties


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def stint(request: HttpRequest, key: int) -> HttpResponse:
    """Show a stint; its track is fetched by the page and written into the journal then."""
    return show_stint(request, stint_in(request, key))


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def track(request: HttpRequest, key: int) -> JsonResponse:
    """Answer the positions of a stint: places, moments (ms) and the unit grids visited."""
    row = stint_in(request, key)
    actions.note_track_read(row, by=reader(request))
    found = queries.track_of(row)
    places = zip(found.lon.tolist(), found.lat.tolist(), strict=True)
    answer = JsonResponse({"places": list(places), "at": found.at_ms.tolist()})
    answer["Cache-Control"] = "no-store"
    return answer


def show_stint(
    request: HttpRequest, row: queries.Stint, *, doing: Callable[[], None] | None = None
) -> HttpResponse:
    """Show a stint, after doing something to it; a refusal stands above its form."""
    refused, status = "", 200
    if doing is not None:
        try:
            doing()
        except Refused as refusal:
            refused, status = pages.sentence(refusal), refusal.status
        else:
            return HttpResponseRedirect(reverse("dispatch:stint", args=[row.pk]))
    scope = scope_in(request)
    planned = geography.members_of([row.duty_grid_id or 0], on=row.day)
    wanted = planned.get(row.duty_grid_id or 0, {})
    been = {each.grid for each in queries.visited(row.day, row.day, [row.person_id])}
    lasted = (row.signed_off_at or datetime.now(UTC)) - row.signed_on_at
    context = {
        "stint": row,
        "lasted_s": lasted.total_seconds(),
        "lapses": [words.lapse(each) for each in row.lapses.order_by("begins_at")],
        "breaks": row.breaks.order_by("begins_at"),
        "corrections": row.corrections.select_related("by").order_by("-pk"),
        "grids": len(wanted),
        "visited": len(been & wanted.keys() if wanted else been),
        "may_correct": scope.may(duties.LEAD_PATROLS, row.area_path)
        and row.person_id != scope.user_id,
        "refused": refused,
        "on": _local(row.signed_on_at),
        "off": _local(row.signed_off_at),
    }
    return pages.render(request, "dispatch/stint.html", context, status=status)


def _local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""
