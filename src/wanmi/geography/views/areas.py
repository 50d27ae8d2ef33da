"""The areas as a tree beside the map; one area with its attributes, changing and ending it."""

from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.shell import pages, tables

from .. import actions, forms, queries
from ..models import Area, AreaKind
from ..tending import area_panels

EDIT = "areas.edit"
"""The duty; organisation stands a floor above and names it there."""
MOST_COUNTED = 100_000
MOST_MEMBERS = 200
"""Unit grids of a duty grid that its page names."""


@require_safe
@pages.with_duty(EDIT)
def areas(request: HttpRequest) -> HttpResponseBase:
    """List the areas just below one, or those a search finds, beside the map."""
    wanted = forms.wanted(request)
    above = _area(request, wanted.parent) if wanted.parent else None
    rows = _rows(request, wanted, above)
    total = rows.order_by()[: MOST_COUNTED + 1].count()
    context = {
        "page": tables.take(
            rows, tables.page_number(request), total=total if total <= MOST_COUNTED else None
        ),
        "wanted": wanted,
        "above": above,
        "trail": queries.names_of(above.path) if above else (),
        "kinds": AreaKind.choices,
        "bbox": _bbox(above),
    }
    return pages.render(request, "geography/areas.html", context, part="list")


@require_safe
@pages.with_duty(EDIT)
def area(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show an area: in the drawer of the list, or as a page of its own."""
    template = "geography/drawer.html" if pages.is_partial(request) else "geography/area.html"
    return pages.render(request, template, _whole(request, _area(request, code)))


@require_POST
@pages.with_duty(EDIT)
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change the attributes of an area as the form says."""
    row = own_area(request, code)
    try:
        actions.revise_area(row, by=request.user, **forms.attributes(request.POST))
    except Refused as error:
        return refused(request, row, error)
    return done(request, code, gettext("The area is up to date."))


@require_POST
@pages.with_duty(EDIT)
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    """End the validity of an area after a day; its code is never used again."""
    row = own_area(request, code)
    try:
        last_day = forms.day(request.POST.get("last_day", ""))
        if last_day < row.valid_from:
            raise Invalid("An area cannot end before it began.")
        actions.end_areas([row.code], kind=row.kind, last_day=last_day, by=request.user)
    except Refused as error:
        return refused(request, row, error)
    return done(request, code, gettext("The area ends on that day; its code is never used again."))


def _rows(request: HttpRequest, wanted: forms.Wanted, above: Area | None) -> Any:
    # Any: a QuerySet whose related rows are loaded without their boundaries.
    within = above.path if above else ""
    if wanted.q:
        rows = queries.search(wanted.q, kind=wanted.kind, within=within)
    elif wanted.kind or above:
        rows = queries.children(within, wanted.kind)
    else:
        paths = queries.paths_of(pages.scope_in(request))
        rows = queries.children("") if "" in paths else Area.objects.filter(path__in=paths)
    own = rows.filter(queries.visible_to(pages.scope_in(request)), queries.valid())
    return own.defer("boundary").order_by("code")


def _area(request: HttpRequest, code: str) -> Area:
    """Return an area of the reader's own, valid or ended; the same refusal for all others."""
    own = Area.objects.filter(queries.visible_to(pages.scope_in(request).whole), code=code)
    found = own.order_by("-valid_from").first()
    if found is None:
        raise queries.NoSuchArea(code=code)
    return found


def own_area(request: HttpRequest, code: str) -> Area:
    """Return an area the reader may change. Raises NoSuchArea or NotAllowed."""
    row = _area(request, code)
    if not pages.scope_in(request).may(EDIT, row.path):
        raise NotAllowed
    return row


def _whole(request: HttpRequest, row: Area) -> dict[str, Any]:
    return {
        "area": row,
        "names": [name.name for name in queries.names_of(row.path)],
        "trail": queries.names_of(row.path)[:-1],
        "below": queries.children(row.path).count(),
        "bbox": _bbox(row),
        "members": _members(row),
        "most_members": MOST_MEMBERS,
        "panels": area_panels.drawn(request, row),
        "today": timezone.localdate(),
    }


def _members(row: Area) -> list[Area]:
    """Return the unit grids of a duty grid, one more than its page names; none of other areas."""
    if row.kind != AreaKind.DUTY_GRID:
        return []
    return list(queries.unit_grids_of(row)[: MOST_MEMBERS + 1])


def done(request: HttpRequest, code: str, said: str) -> HttpResponse:
    """Answer the area as it stands after a change."""
    context = _whole(request, _area(request, code))
    response = pages.render(request, "geography/area.html", context, part="body")
    return pages.say(response, said, kind="good")


def refused(request: HttpRequest, row: Area, error: Refused) -> HttpResponse:
    """Answer the area with what was sent and why it was refused."""
    context = _whole(request, row) | {"error": pages.sentence(error), "sent": request.POST.dict()}
    return pages.render(request, "geography/area.html", context, part="body", status=error.status)


def _bbox(row: Area | None) -> str:
    if row is not None and row.kind == AreaKind.DUTY_GRID:
        return _bbox_of_members(row)
    if row is None or row.west is None:
        return ""
    return f"{row.west:.6f},{row.south:.6f},{row.east:.6f},{row.north:.6f}"


def _bbox_of_members(row: Area) -> str:
    """Return the box around the unit grids of a duty grid, which has no boundary of its own."""
    edges = queries.unit_grids_of(row).aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    found = [edges[name] for name in ("west", "south", "east", "north")]
    return "" if None in found else ",".join(f"{edge:.6f}" for edge in found)
