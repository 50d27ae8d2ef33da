"""What past cases teach: how people put it, and what was filed and dispatched in the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .models import Case, State


@dataclass(frozen=True)
class Lesson:
    """The words of a filed case and what was decided; `reported_at` in UTC.

    `words` may hold personal data. `department` is the code of the body it
    went to, empty where it was not dispatched yet.
    """

    key: int
    words: str
    area_path: str
    reported_at: datetime
    category_id: int
    department: str
    is_urgent: bool


def lessons(most: int) -> Iterator[Lesson]:
    """Give the newest filed cases, newest first; what was voided teaches nothing."""
    rows = Case.objects.filter(filed_at__isnull=False, category__isnull=False)
    rows = rows.exclude(state=State.VOIDED).order_by("-pk")
    names = ("pk", "description", "area_path", "reported_at", "category_id")
    for row in rows.values_list(*names, "department__code", "is_urgent")[:most]:
        key, words, area, at, category, department, is_urgent = row
        if category is not None:  # as asked for; the types do not know
            yield Lesson(key, words, area, at, category, department or "", is_urgent)


def lessons_since(key: int) -> int:
    """Return how many cases were filed among those entered after a key."""
    return Case.objects.filter(pk__gt=key, filed_at__isnull=False).count()


def classes_used() -> set[int]:
    """Return the keys of the classes that cases stand in."""
    return set(
        Case.objects.filter(category__isnull=False)
        .order_by()
        .values_list("category_id", flat=True)
        .distinct()
    )
