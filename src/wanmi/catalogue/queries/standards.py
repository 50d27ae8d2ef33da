"""Filing standards of a class on a date, and the limit where there is none."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from ..models import CaseStandard, Category, DefaultLimit


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


def standard(key: int) -> CaseStandard | None:
    """Return a filing condition by its key, with its class."""
    return CaseStandard.objects.select_related("category__edition").filter(pk=key).first()


def default_limit(kind: str) -> DefaultLimit | None:
    """Return the handling limit for classes of a kind that have no filing standard."""
    return DefaultLimit.objects.filter(kind=kind).first()
