"""Duty grids: the list, making one, and which unit grids belong to one."""

import re
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from wanmi.kernel.text import clean_line
from wanmi.shell import pages, tables

from .. import actions, forms, queries
from ..models import Area, AreaKind, DutyGridMember
from ..tending import who_tends
from .areas import EDIT, done, own_area, refused

_BETWEEN_CODES = re.compile(r"[\s,，;；、]+")
MOST_CODES = 2000


@require_safe
@pages.with_duty(EDIT)
def duty_grids(request: HttpRequest) -> HttpResponseBase:
    """List the duty grids of the reader's area, by name, code or a unit grid of theirs."""
    return _listed(request)


@require_POST
@pages.with_duty(EDIT)
def make(request: HttpRequest) -> HttpResponseBase:
    """Make a duty grid inside an area of one's own."""
    sent = request.POST
    try:
        parent = queries.area(clean_line(sent.get("parent_code", ""), max_length=20))
        if not pages.scope_in(request).may(EDIT, parent.path):
            raise NotAllowed
        row = actions.make_duty_grid(
            clean_line(sent.get("code", ""), max_length=20),
            name_zh=forms.attributes(sent)["name_zh"],
            name_en=clean_line(sent.get("name_en", ""), max_length=120),
            parent_code=parent.code,
            by=request.user,
        )
    except (Invalid, Conflict, NotFound) as error:
        return _listed(request, error=pages.sentence(error), status=error.status)
    return HttpResponseRedirect(reverse("geography:area", args=[row.code]))


@require_POST
@pages.with_duty(EDIT)
def members(request: HttpRequest, code: str) -> HttpResponseBase:
    """Let unit grids join a duty grid, and leave it, from a day on."""
    row = own_area(request, code)
    if row.kind != AreaKind.DUTY_GRID:
        raise NotFound
    try:
        first = forms.day(request.POST.get("from_day", ""))
        actions.change_unit_grids(
            row,
            joining=_codes(request.POST.get("joining", "")),
            leaving=request.POST.getlist("leaving"),
            from_day=first,
            by=request.user,
        )
    except Refused as error:
        return refused(request, row, error)
    return done(request, code, gettext("The unit grids of the duty grid are up to date."))


def _codes(text: str) -> list[str]:
    found = [code for code in _BETWEEN_CODES.split(text) if code]
    if len(found) > MOST_CODES or any(not code.isascii() or len(code) > 20 for code in found):
        raise Invalid("Name unit grids by their codes, at most %(most)d.", most=MOST_CODES)
    return found


def _listed(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponseBase:
    wanted = forms.wanted(request)
    rows = queries.duty_grids(wanted.q).filter(queries.visible_to(pages.scope_in(request)))
    page = tables.take(rows, tables.page_number(request), total=rows.count())
    context = {
        "page": page,
        "lines": _lines(page.rows),
        "wanted": wanted,
        "error": error,
        "sent": request.POST.dict(),
    }
    return pages.render(request, "geography/duty_grids.html", context, part="rows", status=status)


def _lines(rows: Any) -> list[tuple[Area, str, int, str]]:
    """Return each duty grid with where it lies, how many unit grids it has, who tends it."""
    keys = [row.pk for row in rows]
    counts = dict(
        DutyGridMember.objects.filter(duty_grid_id__in=keys, valid_to__isnull=True)
        .values_list("duty_grid_id")
        .annotate(Count("pk"))
    )
    named, tended = queries.names_of_many({row.path for row in rows}), who_tends(keys)
    return [
        (
            row,
            " · ".join(name.name for name in named[row.path][-3:-1]),
            counts.get(row.pk, 0),
            tended.get(row.pk, ""),
        )
        for row in rows
    ]
