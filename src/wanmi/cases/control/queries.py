"""Which controls hold for a class, a place and a moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wanmi.catalogue import queries as catalogue
from wanmi.kernel.limits import Limit, LimitType
from wanmi.kernel.remembered import Remembered
from wanmi.organisation import queries as organisation

from ..models import Case
from . import rules
from .models import Control, ControlEffect

_in_force: Remembered[str, list[Control]] = Remembered()


def controls(scope: organisation.Scope) -> QuerySet[Control]:
    """Return the controls of the areas a person sees cases of, the newest first."""
    rows = Control.objects.filter(scope.within(organisation.duties.SEE_CASES))
    return rows.select_related("made_by", "ended_by").order_by("ended_at", "-pk")


def holding(
    effect: str, category: catalogue.Category | None, area_path: str, at: datetime
) -> Control | None:
    """Return the control of an effect that holds, the one of the smallest area first."""
    rows = _in_force.get("all", _read)
    local = timezone.localtime(at)
    found = [
        row
        for row in rows
        if row.effect == effect
        and area_path.startswith(row.area_path)
        and _speaks_of(row, category)
        and rules.holds_on(local.date(), row.valid_from, row.valid_to, row.weekdays)
        and rules.holds_at(local.time(), row.from_time, row.to_time)
    ]
    return min(found, key=lambda row: (-len(row.area_path), row.pk), default=None)


def shorter_limit(
    category: catalogue.Category | None, area_path: str, at: datetime
) -> tuple[Control, Limit] | None:
    """Return the shorter handling limit that holds, with its control."""
    row = holding(ControlEffect.SHORTER_LIMIT, category, area_path, at)
    if row is None or row.limit_value is None:
        return None
    return row, Limit(row.limit_value, LimitType(row.limit_type or LimitType.WORK_DAY))


@dataclass(frozen=True)
class CheckWindow:
    """When a check may be made: the next window of the same time of day (UTC)."""

    start: datetime
    end: datetime
    is_open: bool


def check_window(case: Case, at: datetime) -> CheckWindow | None:
    """Return the window a check of a case must be made in, None where any time will do."""
    reported = timezone.localtime(case.reported_at)
    row = holding(ControlEffect.SAME_TIME, case.category, case.area_path, case.reported_at)
    if row is None:
        return None
    local = timezone.localtime(at)
    start, end = rules.next_window(local, reported, row.minutes)
    is_open = rules.is_same_time(local, reported, row.minutes)
    return CheckWindow(start.astimezone(UTC), end.astimezone(UTC), is_open)


def check_limit(case: Case, at: datetime) -> dict[str, str] | None:
    """Return the check's limit where it has to wait for its time of day, else None (the usual)."""
    window = check_window(case, at)
    if window is None or window.end - at <= timedelta(hours=2):
        return None
    hours = (window.end - at).total_seconds() / 3600
    return {"value": f"{hours:.2f}", "type": LimitType.URGENT_HOUR.value}


def _speaks_of(row: Control, category: catalogue.Category | None) -> bool:
    if not row.classes:
        return True
    if category is None:
        return False
    named = {f"{category.kind}/{category.code}", f"{category.kind}/{category.major_code}"}
    return bool(named & set(row.classes))


def _read() -> list[Control]:
    return list(Control.objects.filter(ended_at__isnull=True).order_by("id"))
