"""The desk: what waits for me, beside the map of my area."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.shell import pages, tables
from wanmi.workflow import queries as workflow

from .. import queries, showing
from . import board
from .asking import reader, scope_of

TABS = ("todo", "done", "reported")


@require_safe
@pages.with_duty()
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the reader's desk: an inbox, an overview, or what a citizen has reported."""
    scope = scope_of(request)
    if _watches(scope):
        return board.board(request)
    return pages.render(request, "cases/desk.html", desk_context(request), part="list")


def _watches(scope: organisation.Scope) -> bool:
    """Say whether somebody watches an area: leaders decide now and then, but work no steps."""
    duties = organisation.duties
    works = scope.may(duties.WORK_TASKS) and scope.may(duties.REPORT)
    return scope.may(duties.SEE_CASES) and not works


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """Return the list of the chosen tab and where the map looks."""
    scope = scope_of(request)
    works = scope.may(organisation.duties.WORK_TASKS)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else ("todo" if works else "reported")
    page, rows = _listed(request, tab if works else "reported")
    return {
        "tab": tab,
        "list_url": f"{reverse('cases:desk')}?tab={tab}&page={page.number}",
        "tabs": TABS if works else ("reported",),
        "page": page,
        "rows": rows,
        "can_report": scope.may(organisation.duties.REPORT),
        "can_see_map": scope.may(organisation.duties.SEE_CASES),
    }


def waiting_count(request: HttpRequest) -> int:
    """Return how many tasks wait for the reader, for the menu."""
    scope = scope_of(request)
    if not scope.may(organisation.duties.WORK_TASKS):
        return 0
    return workflow.inbox(scope).order_by().count()


def _listed(request: HttpRequest, tab: str) -> tuple[tables.Slice[Any], list[showing.Row]]:
    scope, number = scope_of(request), tables.page_number(request)
    if tab == "todo":
        page = tables.take(workflow.inbox(scope), number)
        return page, showing.inbox_rows(page.rows, scope.user_id)
    if tab == "done":
        page = tables.take(workflow.done_by(reader(request).pk), number)
        return page, showing.inbox_rows(page.rows, scope.user_id)
    mine = queries.visible(scope).filter(reported_by_id=scope.user_id)
    page = tables.take(mine.select_related("category").order_by("-pk"), number)
    return page, showing.rows(page.rows)
