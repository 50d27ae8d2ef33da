"""Searching the parts a person may see."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wanmi.organisation.queries import Scope, duties, path_prefix

from ..models import Part

NUMBER_DIGITS = 6
"""Digits of a part's number within its class."""
MOST_NUMBERS = 100


@dataclass(frozen=True)
class Filters:
    """What narrows a search: class code ("01", "01001"), state, area path, unit grid."""

    code: str = ""
    state: str = ""
    area: str = ""
    grid: str = ""
    edition: str = ""


def search(
    q: str = "", filters: Filters | None = None, scope: Scope | None = None
) -> QuerySet[Part]:
    """Return parts by words and filters, in the order of their identifiers.

    `q` is the beginning of an identifier, or words of the name, the class or a
    responsible body. Without a scope nothing is left out: that is for the house
    itself, never for a page.
    """
    rows = Part.objects.select_related("category")
    if scope is not None:
        rows = rows.filter(scope.within(duties.SEE_PARTS))
    if q:
        rows = rows.filter(_words(q))
    return _narrowed(rows, filters or Filters()).order_by("identifier")


def ending_with(tail: str, scope: Scope) -> QuerySet[Part]:
    """Return parts by the last digits of their identifier, as a plate in the street shows them.

    Those digits are the part's number in its class; of a shorter tail every number that
    may end so is asked for, so that an index answers.
    """
    seen = scope.within(duties.SEE_PARTS)
    numbers = range(int(tail), 10**NUMBER_DIGITS, 10 ** len(tail))
    if len(tail) > NUMBER_DIGITS or len(numbers) > MOST_NUMBERS:
        return Part.objects.none()
    return Part.objects.select_related("category").filter(seen, sequence__in=numbers)


def _words(q: str) -> Q:
    if q.isascii() and q.isdigit():
        return Q(identifier__startswith=q)
    return (
        Q(name_zh__icontains=q)
        | Q(name_en__icontains=q)
        | Q(category__name_zh__icontains=q)
        | Q(category__name_en__icontains=q)
        | Q(department_name__icontains=q)
        | Q(owner_name__icontains=q)
    )


def _narrowed(rows: QuerySet[Part], filters: Filters) -> QuerySet[Part]:
    if filters.code:
        rows = rows.filter(category__major_code=filters.code[:2])
        if filters.code[2:]:
            rows = rows.filter(category__minor_code=filters.code[2:])
    if filters.edition:
        rows = rows.filter(category__edition__code=filters.edition)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.area:
        rows = rows.filter(path_prefix(filters.area))
    if filters.grid:
        rows = rows.filter(grid_code=filters.grid)
    return rows
