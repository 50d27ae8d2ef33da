"""Procedures by version: list, drawing, differences, bringing back, moving running ones."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound, fill
from wanmi.organisation import queries as organisation
from wanmi.shell import pages

from .. import actions, queries
from ..differences import Difference, differences
from ..models import Procedure
from .asking import either, newest_or_refuse

DUTY = organisation.duties.EDIT_PROCEDURES


@require_safe
@pages.with_duty(DUTY)
def index(request: HttpRequest) -> HttpResponse:
    """List procedures and decision tables."""
    tables = {row.code: row for row in queries.decisions()}
    context = {
        "procedures": [(row, either(row.name_zh, row.name_en)) for row in queries.procedures()],
        "tables": [
            (code, tables.get(code), either(*names)) for code, names in actions.offered_tables()
        ],
    }
    return pages.render(request, "workflow/procedures.html", context)


@require_safe
@pages.with_duty(DUTY)
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version with its drawing, what changed in it, and the other versions."""
    found = _version(code, number)
    rows = queries.versions(code)
    before = {new.version: old for new, old in pairwise(rows)}
    context: dict[str, Any] = {
        "procedure": found,
        "name": either(found.name_zh, found.name_en),
        "versions": rows,
        "is_newest": rows[0].version == number,
        "draft": queries.draft(code),
        "changes": told(before[number], found) if number in before else [],
        "drawing_url": reverse("procedures:drawing", args=[code, number]),
        "elsewhere": sum(row.running for row in rows if row.version != number),  # type: ignore[attr-defined]  # annotated
    }
    return pages.render(request, "workflow/version.html", context)


@require_safe
@pages.with_duty(DUTY)
def drawing(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer a version's drawing as BPMN 2.0, to open in any tool."""
    return HttpResponse(_version(code, number).drawing, content_type="application/xml")


@require_POST
@pages.with_duty(DUTY)
def restore(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Bring a version back by publishing it anew."""
    restored = actions.restore_version(code, number, by=reader(request))
    return _to(code, restored.version)


@pages.with_duty(DUTY)
def move(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show which running ones could move to this version; on the button, move them."""
    to = _version(code, number)
    if request.method == "POST":
        actions.move_running(code, to, by=reader(request))
        return _to(code, number)
    report = actions.plan_move(code, to)
    context = {
        "procedure": to,
        "name": either(to.name_zh, to.name_en),
        "movable": report.movable,
        "staying": sorted(report.staying.items()),
    }
    return pages.render(request, "workflow/move.html", context)


def told(old: Procedure, new: Any) -> list[tuple[str, str]]:
    """Return the differences as (sort, sentence) in the reader's language."""
    found = differences(old.drawing, old.forms, new.drawing, new.forms)
    return [(each.sort, _sentence(each)) for each in found]


def _sentence(each: Difference) -> str:
    return fill(each.message, each.params, gettext)


def _version(code: str, number: int) -> Procedure:
    found = queries.procedure(code, number)
    if found is None:
        newest_or_refuse(code)
        raise NotFound
    return found


def _to(code: str, number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("procedures:version", args=[code, number]))
