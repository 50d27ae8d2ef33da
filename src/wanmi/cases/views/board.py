"""The overview: how the area stands, for those who watch rather than work tasks."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.shell import pages
from wanmi.workflow import queries as workflow

from .. import queries, showing, words
from ..models import Case
from .asking import scope_of

MOST_PRESSING = 12


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def board(request: HttpRequest) -> HttpResponse:
    """Show the numbers of the reader's area, each leading to its cases."""
    rows = queries.visible(scope_of(request))
    pressing = rows.filter(ended_at__isnull=True, due_at__isnull=False).select_related("category")
    context = {
        **_numbers(rows),
        "phases": _phases(rows),
        "can_see_map": True,
        "list_url": request.get_full_path(),
        "mine": _waiting(request),
        "rows": showing.cards(pressing.order_by("due_at")[:MOST_PRESSING]),
    }
    return pages.render(request, "cases/board.html", context, part="list")


def _waiting(request: HttpRequest) -> list[workflow.Row]:
    """Return what waits for the reader's own decision."""
    scope = scope_of(request)
    if not scope.may(organisation.duties.WORK_TASKS):
        return []
    return workflow.rows(list(workflow.inbox(scope)[:MOST_PRESSING]), scope.user_id)


def _numbers(rows: QuerySet[Case]) -> dict[str, Any]:
    now = datetime.now(UTC)
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = rows.filter(ended_at__isnull=True).aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
        soon=Count("pk", filter=Q(due_at__gte=now, warn_at__lte=now)),
    )
    reported = rows.filter(reported_at__gte=today).count()
    ended = rows.filter(ended_at__gte=today).count()
    return {**waiting, "reported_today": reported, "ended_today": ended}


def _phases(rows: QuerySet[Case]) -> list[tuple[str, str, int]]:
    """Return each phase with its word and how many open cases stand in it."""
    counted = dict(
        rows.filter(ended_at__isnull=True).order_by().values_list("phase").annotate(Count("pk"))
    )
    return [(key, str(text), counted.get(key, 0)) for key, text in words.PHASES.items()]


def watches(scope: organisation.Scope) -> bool:
    """Say whether somebody watches an area: leaders decide now and then, but work no steps."""
    duties = organisation.duties
    works = scope.may(duties.WORK_TASKS) and scope.may(duties.REPORT)
    return scope.may(duties.SEE_CASES) and not works
