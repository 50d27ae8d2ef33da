"""A person's own record (成绩单): what they reported and checked, each number with its cases.

Formulas: CJ/T 292 as kept in the indicators N_REPORT, R_REPORT (filed of reported), N_VERIFY and
R_ONTIME_VERIFY, N_CHECK and R_ONTIME_CHECK (answered in time of those that were due).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from wanmi.workflow import queries as workflow

from .models import Case

PERIODS: Final = ("today", "month")
SHOWN: Final = ("report", "valid", "verify", "verify_in_time", "check", "check_in_time")


@dataclass(frozen=True)
class Figure:
    """One number of the record, and of how many it is a share; `share` in per cent, None for 0."""

    key: str
    count: int
    of: int | None = None

    @property
    def share(self) -> float | None:
        """Return the share in per cent, rounded to one decimal."""
        return round(100 * self.count / self.of, 1) if self.of else None


def begin_of(period: str, now: datetime | None = None) -> datetime:
    """Return when a period began: midnight of today, or of the first of the month, in the city."""
    today = timezone.localtime(now).date()
    day = today if period == "today" else today.replace(day=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def record_of(user_id: int, period: str, now: datetime | None = None) -> list[Figure]:
    """Return the record of a person; two questions of the database."""
    since = begin_of(period, now)
    counted = _reported(user_id, since).aggregate(every=Count("pk"), filed=Count("filed_at"))
    figures = [
        Figure("report", counted["every"]),
        Figure("valid", counted["filed"], counted["every"]),
    ]
    done = list(_done(user_id, since).values_list("step", "done_at", "due_at"))
    for step in ("verify", "check"):
        own = [(at, due) for name, at, due in done if name == step]
        in_time = sum(due is None or (at is not None and at <= due) for at, due in own)
        figures += [Figure(step, len(own)), Figure(f"{step}_in_time", in_time, len(own))]
    return figures


def cases_of(user_id: int, period: str, shown: str, now: datetime | None = None) -> QuerySet[Case]:
    """Return the cases behind a number of the record, the latest first."""
    since = begin_of(period, now)
    if shown in ("report", "valid"):
        rows = _reported(user_id, since).order_by("-pk")
        return rows.filter(filed_at__isnull=False) if shown == "valid" else rows
    done = _done(user_id, since).filter(step=shown.removesuffix("_in_time"))
    if shown.endswith("_in_time"):
        done = done.filter(Q(due_at__isnull=True) | Q(done_at__lte=F("due_at")))
    return Case.objects.filter(pk__in=_keys(done.values_list("subject", flat=True))).order_by("-pk")


def _reported(user_id: int, since: datetime) -> QuerySet[Case]:
    return Case.objects.filter(reported_by_id=user_id, reported_at__gte=since)


def _done(user_id: int, since: datetime) -> QuerySet[workflow.Task]:
    rows = workflow.done_by(user_id).filter(done_at__gte=since, subject__startswith="case:")
    return rows.filter(step__in=("verify", "check"))


def _keys(subjects: Iterable[str]) -> list[int]:
    return [int(subject.partition(":")[2]) for subject in subjects][:1000]
