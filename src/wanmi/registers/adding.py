"""Entering one part in the browser: class, point on the map, identifier by the edition's rule."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from wanmi.accounts.queries import reader
from wanmi.catalogue import queries as catalogue
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import pages

from . import forms, showing
from .actions import NewPart, enter_part
from .models import Part, PartState

TEXTS = (
    "name_zh",
    "name_en",
    "identifier",
    "department_name",
    "owner_name",
    "maintainer_name",
    "note",
)


class ClassMissing(Invalid):
    """Choose the class of the part."""

    code = "class_missing"


class PointMissing(Invalid):
    """Click the map where the part stands, or type longitude and latitude."""

    code = "point_missing"


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.EDIT_PARTS)
def add(request: HttpRequest) -> HttpResponseBase:
    """Show the form of a new part, or enter what was sent; a refusal keeps what was sent."""
    if request.method != "POST":
        return pages.render(request, "registers/add.html", _context(request.GET))
    try:
        part = _enter(request)
    except Refused as error:
        context = _context(request.POST) | {"error": pages.sentence(error)}
        return pages.render(request, "registers/add.html", context, status=error.status)
    if "another" in request.POST:
        kept = QueryDict(mutable=True)
        kept.update({"category": part.category.code, "done": part.identifier})
        return HttpResponseRedirect(f"{reverse('registers:add')}?{kept.urlencode()}")
    return HttpResponseRedirect(reverse("registers:part", args=[part.identifier]))


@journal.deed()
def _enter(request: HttpRequest) -> Part:
    """Enter the part; outside the reader's area nothing stays of it. Raises NotAllowed."""
    part = enter_part(_read(request.POST), by=reader(request))
    scope = scope_in(request)
    organisation.require(scope, duties.EDIT_PARTS, part.area_path)
    return part


def _read(sent: QueryDict) -> NewPart:
    code = sent.get("category", "")
    if not code:
        raise ClassMissing
    if not sent.get("lon") or not sent.get("lat"):
        raise PointMissing
    lon, lat = forms.point(sent)
    texts: dict[str, Any] = {name: sent.get(name, "").strip() for name in TEXTS}
    day = sent.get("initial_date", "")
    return NewPart(
        category=catalogue.require_category("part", code),
        lon=lon,
        lat=lat,
        state=forms.state(sent.get("state", "")) or PartState.INTACT,
        initial_date=forms.day(day) if day else None,
        data_source=sent.get("data_source", "")[:30],
        **texts,
    )


def _context(sent: QueryDict) -> dict[str, Any]:
    edition = catalogue.edition_on()
    done = sent.get("done", "")
    said = gettext("Part %(identifier)s is in the register; enter the next one.")
    return {
        "edition": edition,
        "classes": classes(),
        "form": {"state": PartState.INTACT} | sent.dict(),
        "mark": f"{sent.get('lon')},{sent.get('lat')}" if sent.get("lon") else "",
        "states": [pair for pair in PartState.choices if pair[0] != PartState.REMOVED],
        "sources": list(showing.SOURCES.items()),
        "done": said % {"identifier": done[:20]} if done.isalnum() else "",
    }


def classes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the classes of parts in force, by major class."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in catalogue.categories("part"):
        heading = f"{row.major_code} {pages.spoken(row.major_zh, row.major_en)}"
        groups[heading].append((row.code, f"{row.code} {row.name}"))
    return list(groups.items())
