"""Browsing editions, classes and filing standards; the year of working days."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import Scope, duties, scope_in, whole_area
from wanmi.shell import menu, pages, tables

from . import queries, yearly
from .models import CategoryKind, Edition

SEARCH_LENGTH = 40


class NoSuchEdition(NotFound):
    """There is no edition “%(code)s” of the catalogue."""

    code = "no_such_edition"


class NoSuchClass(NotFound):
    """There is no such class in this edition of the catalogue."""

    code = "no_such_class"


@require_safe
@pages.with_duty(duties.SEE_CATALOGUE)
def classes(request: HttpRequest) -> HttpResponseBase:
    """List the classes of an edition, narrowed by kind, major class and words."""
    editions = queries.editions()
    edition = _edition(editions, request.GET.get("edition", ""))
    chosen = _chosen(request)
    rows = queries.with_standards(
        queries.categories(
            chosen["kind"] or None,
            chosen["q"] or None,
            edition=edition.code if edition else "-",
            major=chosen["major"],
        )
    )
    context = {
        "editions": [(row.code, row.standard) for row in editions],
        "edition": edition,
        "kinds": CategoryKind.choices,
        "majors": queries.majors(edition, chosen["kind"]) if edition else [],
        "chosen": chosen,
        "page": tables.take(rows, tables.page_number(request), total=rows.count()),
    }
    return pages.render(request, "catalogue/classes.html", context, part="rows")


@require_safe
@pages.with_duty(duties.SEE_CATALOGUE)
def one_class(request: HttpRequest, edition: str, kind: str, code: str) -> HttpResponseBase:
    """Show a class: what it is, its filing standards, where it came from and went."""
    row = queries.category(kind, code, edition=edition)
    if row is None:
        raise NoSuchClass
    scope = menu.scope_of(request)
    assert isinstance(scope, Scope)  # with_duty has seen to it
    context = {
        "class": row,
        "standards": queries.standards_of(row),
        "edit_prefix": f"{row.edition.code}.{row.kind}.{row.code}."
        if scope.may(duties.EDIT_CATALOGUE, whole_area())
        else "",
        "default": queries.default_limit(row.kind),
        "relatives": queries.relatives(row),
    }
    return pages.render(request, "catalogue/class.html", context)


@require_safe
@pages.with_duty(duties.SEE_CATALOGUE)
def calendar(request: HttpRequest) -> HttpResponseBase:
    """Show a year of working days, days off and seasons of working hours."""
    year = yearly.year_of(request.GET.get("year", ""))
    shown = yearly.context(year) | {
        "may_change": organisation.may_everywhere(scope_in(request), duties.EDIT_CATALOGUE),
        "said": request.session.pop("calendar_said", ""),
    }
    return pages.render(request, "catalogue/calendar.html", shown)


def _edition(editions: list[Edition], code: str) -> Edition | None:
    """Return the edition asked for, else the one in force."""
    if not code:
        return queries.edition_on() or (editions[0] if editions else None)
    found = next((row for row in editions if row.code == code), None)
    if found is None:
        raise NoSuchEdition(code=code[:20])
    return found


def _chosen(request: HttpRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {
        "q": request.GET.get("q", "").strip()[:SEARCH_LENGTH].replace("\x00", ""),
        "kind": kind if kind in CategoryKind.values else "",
        "major": request.GET.get("major", "")[:2],
    }
