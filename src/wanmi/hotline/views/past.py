"""Calls that were: the list, one call with its recording."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import queries, showing, words
from .asking import require_staff, visible_call


@require_safe
@pages.with_duty()
def calls(request: HttpRequest) -> HttpResponse:
    """List the calls of the reader's areas, newest first."""
    require_staff(request)
    outcome = request.GET.get("outcome", "")
    rows = queries.visible(scope_in(request)).order_by("-pk")
    if outcome in words.OUTCOMES:
        rows = rows.filter(outcome=outcome)
    page = tables.take(rows, tables.page_number(request))
    context = {
        "page": page,
        "rows": [showing.line(call) for call in page.rows],
        "outcome": outcome,
        "outcomes": list(words.OUTCOMES.items()),
    }
    return pages.render(request, "hotline/calls.html", context, part="list")


@require_safe
@pages.with_duty()
def call(request: HttpRequest, key: int) -> HttpResponse:
    """Show one call: its moments, what came of it, its recording."""
    require_staff(request)
    row, scope = visible_call(request, key), scope_in(request)
    leads = scope.may(organisation.duties.LEAD_SHIFT, row.area_path)
    is_mine = row.agent_id == request.user.pk
    context = {
        "call": row,
        "line": showing.line(row),
        "pieces": showing.recordings(row) if leads or is_mine else [],
        "may_hear": leads or is_mine,
        "may_forget": leads and row.phone,
        "phone": row.phone if leads or is_mine else "",
        "callbacks": row.callbacks.order_by("due_at"),
    }
    return pages.render(request, "hotline/call.html", context)
