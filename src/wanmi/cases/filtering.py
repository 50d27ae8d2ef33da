"""Which cases of a list are wanted."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from ninja import Field, Schema

from wanmi.kernel.text import text_rule
from wanmi.organisation import queries as organisation

from . import searching
from .ground import below
from .models import Case
from .rules import ENDED

LampColour = Literal["", "green", "yellow", "red"]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(9000, 1, 1))]
"""A day of the city; far ones would leave the calendar when midnight is reckoned."""
Order = Literal["", "reported_at", "-reported_at", "due_at", "-due_at"]


class CaseFilter(Schema):
    """Filters of a list of cases, the same for pages and programs; all given ones apply.

    Days are the city's, both included.
    """

    q: Annotated[str, text_rule(100)] = ""
    state: Annotated[str, text_rule(20)] = ""
    phase: Annotated[str, text_rule(20)] = ""
    area: Annotated[str, text_rule(160)] = ""
    category: Annotated[str, text_rule(8)] = ""
    kind: Annotated[str, text_rule(5)] = ""
    source: Annotated[str, text_rule(12)] = ""
    department: Annotated[str, text_rule(40)] = ""
    lamp: LampColour = ""
    reported_from: Day | None = None
    reported_to: Day | None = None
    located: bool | None = None
    urgent: bool | None = None
    open: bool | None = None
    mine: bool = False


def listed(scope: organisation.Scope, *, mine: bool = False) -> QuerySet[Case]:
    """Return the cases of a person's list: those of their areas, or only their own.

    What one reported elsewhere is seen by asking for one's own: a list of both
    could not stream by any index. Who answers for no area sees only the own.
    """
    paths = scope.areas(organisation.duties.SEE_CASES)
    if paths and not mine:
        return Case.objects.filter(below(*paths))
    return Case.objects.filter(_mine(scope, True))


def filtered(
    rows: QuerySet[Case],
    *,
    scope: organisation.Scope | None = None,
    q: str = "",
    state: str = "",
    phase: str = "",
    area: str = "",
    category: str = "",
    kind: str = "",
    source: str = "",
    department: str = "",
    lamp: LampColour = "",
    reported_from: date | None = None,
    reported_to: date | None = None,
    located: bool | None = None,
    urgent: bool | None = None,
    open: bool | None = None,
    mine: bool = False,
    now: datetime | None = None,
) -> QuerySet[Case]:
    """Return the rows that fit all given filters.

    `area` is a path (that area and below), `q` words or a part of a number,
    `category` and `department` are codes, days are the city's, the last one
    included. `scope` says who asks: it makes a search fast and `mine` possible
    (what the person reported or handles).
    """
    exact = {"state": state, "phase": phase, "category_code": category, "kind": kind}
    exact |= {"source": source}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    flags = {"is_located": located, "is_urgent": urgent}
    rows = rows.filter(**{name: value for name, value in flags.items() if value is not None})
    if state and state not in ENDED:
        # Follows from the state, and lets the index of open cases answer.
        rows = rows.filter(ended_at__isnull=True)
    if open is not None:
        rows = rows.filter(ended_at__isnull=open)
    if area:
        rows = rows.filter(below(area))
    if department:
        body = organisation.body_by_code(department)
        rows = rows.filter(department_id=body.pk if body else -1)
    rows = rows.filter(_reported(reported_from, reported_to), _lit(lamp, now), _mine(scope, mine))
    return (
        rows.filter(word_index__words__match=_asked(q, area, None if mine else scope))
        if q
        else rows
    )


def _asked(q: str, area: str, scope: organisation.Scope | None) -> searching.Question:
    """Return the words of a search with the areas to look in, as words too."""
    asked = searching.question(q) or ((searching.Word("-"),),)  # nothing to look for finds nothing
    if area:
        asked += searching.within([area], None)
    if scope is not None:
        paths = scope.areas(organisation.duties.SEE_CASES)
        asked += searching.within(paths, None if paths else scope.user_id)
    return asked


def _reported(first: date | None, last: date | None) -> Q:
    condition = Q()
    if first is not None:
        condition &= Q(reported_at__gte=_midnight(first))
    if last is not None:
        condition &= Q(reported_at__lt=_midnight(last + timedelta(days=1)))
    return condition


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def _lit(lamp: LampColour, now: datetime | None) -> Q:
    """Return the condition of a lamp: green before 80 % of the limit, yellow, then red."""
    now = now or datetime.now(UTC)
    running = Q(ended_at__isnull=True)
    if lamp == "red":
        return running & Q(due_at__lt=now)
    if lamp == "yellow":
        return running & Q(due_at__gte=now, warn_at__lte=now)
    if lamp == "green":
        return running & Q(due_at__gte=now) & (Q(warn_at__gt=now) | Q(warn_at__isnull=True))
    return Q()


def _mine(scope: organisation.Scope | None, mine: bool) -> Q:
    if not mine:
        return Q()
    if scope is None or scope.user_id is None:
        return Q(pk__in=[])
    return Q(reported_by_id=scope.user_id) | Q(handler_id=scope.user_id)
