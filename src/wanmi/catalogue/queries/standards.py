"""Filing standards of a class on a date, and the limit where there is none."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import CaseStandard, Category, DefaultLimit
from .classes import categories


def standards_of(
    category: Category, region_class: str = "", on: date | None = None
) -> list[CaseStandard]:
    """Return the filing conditions of a class that hold on a day, in order.

    A row for the region class takes the place of the general row of the same number.
    Without a day: the newest rows of the class, so that a class of an older edition
    still shows its standards.
    """
    day = on or min(timezone.localdate(), category.valid_to or date.max)
    rows = CaseStandard.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        category=category,
        valid_from__lte=day,
        region_class__in={"", region_class},
    ).order_by("region_class", "valid_from")
    # Rows of the region class come after the general ones and replace them.
    chosen = {row.condition_no: row for row in rows}
    return [chosen[number] for number in sorted(chosen)]


def standards_in(classes: list[int] | QuerySet[Any]) -> QuerySet[CaseStandard]:
    """Return the general filing conditions of some classes that hold today, with their classes."""
    today = timezone.localdate()
    rows = CaseStandard.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        category__in=classes,
        valid_from__lte=today,
        region_class="",
    )
    return rows.order_by("category_id", "condition_no").select_related("category__edition")


def standards_in_force() -> QuerySet[CaseStandard]:
    """Return the general filing conditions of every class in force today."""
    return standards_in(categories().order_by().values("pk"))


Count = Callable[[int], int]
_counts: list[Count] = []


def offer_running_count(count: Count) -> None:
    """Say how many cases of a class (by its key) are under way; they keep what applied to them."""
    _counts[:] = [count]


def running_of(key: int) -> int:
    """Return how many cases of a class are under way."""
    return sum(count(key) for count in _counts)


def standard(key: int) -> CaseStandard | None:
    """Return a filing condition by its key, with its class."""
    return CaseStandard.objects.select_related("category__edition").filter(pk=key).first()


def default_limit(kind: str) -> DefaultLimit | None:
    """Return the handling limit for classes of a kind that have no filing standard."""
    return DefaultLimit.objects.filter(kind=kind).first()
