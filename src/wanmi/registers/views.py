"""The parts on a list beside the map, one part with its history, and changing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import lists, pages, tables

from . import exporting, forms, queries, showing
from .actions import revise
from .actions.panels import panels
from .models import Part, PartState

MOST_COUNTED = 100_000
MOST_AREAS = 60


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def parts(request: HttpRequest) -> HttpResponseBase:
    """List the parts of the reader's area, beside the map."""
    if (first := lists.opening(request, "parts")) is not None:
        return first
    scope, wanted = scope_in(request), forms.wanted(request)
    rows = queries.search(wanted.q, wanted.filters, scope)
    edition = catalogue.edition_on()
    total = rows.order_by()[: MOST_COUNTED + 1].count()
    context = {
        "page": tables.take(
            rows, tables.page_number(request), total=total if total <= MOST_COUNTED else None
        ),
        "wanted": wanted,
        "states": PartState.choices,
        "majors": catalogue.majors(edition, "part") if edition else [],
        "areas": _areas(scope),
        "may_add": scope.may(duties.EDIT_PARTS),
    }
    return pages.render(request, "registers/parts.html", context, part="list")


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the filtered parts as CSV, XLSX or GeoJSON."""
    wanted = forms.wanted(request)
    rows = queries.search(wanted.q, wanted.filters, scope_in(request))
    return exporting.export(rows, request.GET.get("format", "csv"))


@require_safe
@pages.with_duty(duties.SEE_PARTS)
def part(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Show a part: in the drawer of the list, or as a page of its own."""
    row = queries.require_part(identifier, scope_in(request))
    template = "registers/drawer.html" if pages.is_partial(request) else "registers/part.html"
    return pages.render(request, template, _whole(request, row))


@require_POST
@pages.with_duty(duties.EDIT_PARTS)
def change(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Change a part as the form says; a refusal is shown in the form with what was sent."""
    scope = scope_in(request)
    row = queries.require_part(identifier, scope)
    if not scope.may(duties.EDIT_PARTS, row.area_path):
        raise NotAllowed
    try:
        revise(row, by=reader(request), **forms.change_of(row, request.POST))
    except Refused as error:
        return _refused(request, identifier, error)
    response = _whole_page(request, queries.require_part(identifier, scope))
    return pages.say(response, gettext("The register is up to date."), kind="good")


def _refused(request: HttpRequest, identifier: str, error: Refused) -> HttpResponse:
    """Answer the part as it is now, with the refusal above the form and what was sent in it."""
    row = queries.require_part(identifier, scope_in(request))
    sent = request.POST.dict() if isinstance(error, Invalid) else {}
    context = _whole(request, row, sent) | {"error": pages.sentence(error)}
    return pages.render(request, "registers/part.html", context, part="body", status=error.status)


def _whole_page(request: HttpRequest, row: Part) -> HttpResponse:
    return pages.render(request, "registers/part.html", _whole(request, row), part="body")


def _whole(request: HttpRequest, row: Part, sent: dict[str, Any] | None = None) -> dict[str, Any]:
    scope = scope_in(request)
    return {
        "part": row,
        "area_names": [area.name for area in geography.names_of(row.area_path)],
        "source": showing.SOURCES.get(row.data_source, row.data_source),
        "mark": f"{row.lon:.6f},{row.lat:.6f}",
        "form": showing.form_of(row) | (sent or {}),
        "changes": showing.changes(queries.history(row)),
        "panels": panels.drawn(request, row),
        "may_edit": scope.may(duties.EDIT_PARTS, row.area_path) and not row.is_retired,
        "states": PartState.choices,
        "back": reverse("registers:parts"),
        "full": reverse("registers:part", args=[row.identifier]),
    }


def _areas(scope: organisation.Scope) -> list[tuple[str, str]]:
    """Return the areas just below the reader's own, to narrow the list by."""
    found = [
        area
        for path in scope.areas(duties.SEE_PARTS)
        for area in geography.children(path)[:MOST_AREAS]
    ]
    return [(area.path, pages.spoken(area.name_zh, area.name_en)) for area in found]
