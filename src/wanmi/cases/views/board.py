"""The overview: how the area stands, for those who watch rather than work tasks."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.workflow import queries as workflow

from .. import queries, showing, words
from ..areacounts import counts_below
from ..models import Case

MOST_PRESSING = 12
STREET_DEPTH = 4
"""How many codes lead to a street: province, city, district, street."""
STREET_DAYS = 30


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def board(request: HttpRequest) -> HttpResponse:
    """Show the numbers of the reader's area, each leading to its cases."""
    scope = scope_in(request)
    rows = queries.listed(scope)
    pressing = rows.filter(ended_at__isnull=True, due_at__isnull=False).select_related("category")
    phases = _phases(rows)
    context = {
        **_numbers(rows, phases),
        "phases": [(key, str(text), phases[key][0]) for key, text in words.PHASES.items()],
        "can_see_map": True,
        "list_url": request.get_full_path(),
        "mine": _waiting(request),
        "street": _street(scope, rows),
        "rows": showing.cards(pressing.order_by("due_at")[:MOST_PRESSING]),
    }
    return pages.render(request, "cases/board.html", context, part="list")


def _waiting(request: HttpRequest) -> list[workflow.Row]:
    """Return what waits for the reader's own decision."""
    scope = scope_in(request)
    if not scope.may(organisation.duties.WORK_TASKS):
        return []
    return workflow.rows(list(workflow.inbox(scope)[:MOST_PRESSING]), scope)


def _numbers(rows: QuerySet[Case], phases: dict[str, tuple[int, int, int]]) -> dict[str, int]:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    waiting, overdue, soon = (sum(counts) for counts in zip(*phases.values(), strict=True))
    return {
        "open": waiting,
        "overdue": overdue,
        "soon": soon,
        "reported_today": rows.filter(pk__in=_keys(reported_at__gte=today)).count(),
        "ended_today": rows.filter(pk__in=_keys(ended_at__gte=today)).count(),
    }


def _keys(**since: datetime) -> QuerySet[Case, Any]:
    """Return the keys of what happened lately anywhere: few, found by the index of the moment."""
    return Case.objects.filter(**since).order_by().values("pk")


def _phases(rows: QuerySet[Case]) -> dict[str, tuple[int, int, int]]:
    """Return how many open cases stand in each phase, are overdue, are due soon: one query."""
    now = datetime.now(UTC)
    grouped = rows.filter(ended_at__isnull=True).order_by().values_list("phase")
    counted = {
        phase: (waiting, overdue, soon)
        for phase, waiting, overdue, soon in grouped.annotate(
            waiting=Count("pk"),
            overdue=Count("pk", filter=Q(due_at__lt=now)),
            soon=Count("pk", filter=Q(due_at__gte=now, warn_at__lte=now)),
        )
    }
    return {key: counted.get(key, (0, 0, 0)) for key in words.PHASES}


def _street(scope: organisation.Scope, rows: QuerySet[Case]) -> dict[str, Any] | None:
    """Return a street's own numbers by community, for who answers for one street."""
    paths = scope.areas(organisation.duties.SEE_CASES)
    if len(paths) != 1 or paths[0].count("/") != STREET_DEPTH:
        return None
    now = datetime.now(UTC)
    since = now - timedelta(days=STREET_DAYS)
    counts = counts_below(rows, paths[0], since=since, now=now)
    return {"path": paths[0], "days": STREET_DAYS, "counts": counts.areas, "since": since}


def watches(scope: organisation.Scope) -> bool:
    """Say whether somebody watches an area: leaders decide now and then, but work no steps."""
    duties = organisation.duties
    works = scope.may(duties.WORK_TASKS) and scope.may(duties.REPORT)
    return scope.may(duties.SEE_CASES) and not works
