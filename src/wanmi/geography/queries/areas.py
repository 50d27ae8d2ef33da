"""Looking areas up: by code, below another, by name, within what a person may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone

from wanmi.kernel.errors import NotFound

from ..models import Area, AreaKind, DutyGridMember


class NoSuchArea(NotFound):
    """There is no area with the code %(code)s."""

    code = "no_such_area"


class Holder(Protocol):
    """Whoever holds posts over areas (`organisation.queries.Scope`)."""

    @property
    def holdings(self) -> Any:
        """Return the posts held; each has an `area_path`."""  # Any: a higher room's class

    @property
    def shown(self) -> str:
        """Return the path of the area the person looks at; empty for all of their own."""


def below(path: str, field: str = "path") -> Q:
    """Return "at or below this area" as a range; the empty path is everything."""
    if not path:
        return Q()
    # Codes are followed by "/", and "0" is the character after it.
    return Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})


def valid(on: date | None = None) -> Q:
    """Return the condition that a row is valid on a day of the city (today); ends included."""
    day = on or timezone.localdate()
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def area(code: str, *, kind: str = "", on: date | None = None) -> Area:
    """Return the area with a code, valid on a day; land before duty grids. Or NoSuchArea."""
    rows = Area.objects.filter(valid(on), code=code)
    rows = rows.filter(kind=kind) if kind else rows.order_by("kind")
    found = sorted(rows, key=lambda row: row.kind == AreaKind.DUTY_GRID)
    if not found:
        raise NoSuchArea(code=code)
    return found[0]


def children(path: str, kind: str = "", *, on: date | None = None) -> QuerySet[Area]:
    """Return the areas of a kind below a path, or its direct children; without boundaries."""
    rows = Area.objects.filter(valid(on)).defer("boundary").order_by("code")
    if kind:
        return rows.filter(below(path), kind=kind).exclude(path=path)
    return rows.filter(parent__path=path) if path else rows.filter(parent__isnull=True)


def unit_grids_of(duty_grid: Area, *, on: date | None = None) -> QuerySet[Area]:
    """Return the unit grids that belong to a duty grid on a day; none for other areas."""
    day = on or timezone.localdate()
    members = DutyGridMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), duty_grid=duty_grid, valid_from__lte=day
    )
    rows = Area.objects.filter(pk__in=members.values("unit_grid_id")).defer("boundary")
    return rows.order_by("code")


def duty_grids(text: str = "") -> QuerySet[Area]:
    """Return valid duty grids by name or code, or that hold a unit grid of that code."""
    rows = Area.objects.filter(valid(), kind=AreaKind.DUTY_GRID).defer("boundary")
    if text:
        held = DutyGridMember.objects.filter(valid_to__isnull=True, unit_grid__code=text)
        named = Q(name_zh__contains=text) | Q(name_en__icontains=text) | Q(code__startswith=text)
        rows = rows.filter(named | Q(pk__in=held.values("duty_grid_id")))
    return rows.order_by("code")


def has_children(paths: list[str], *, on: date | None = None) -> set[str]:
    """Return those of the paths that have valid areas just below them; one query."""
    rows = Area.objects.filter(valid(on), parent__path__in=paths)
    return set(rows.values_list("parent__path", flat=True).distinct())


def search(text: str, *, kind: str = "", within: str = "") -> QuerySet[Area]:
    """Return valid areas whose code begins with, or whose name holds, a text."""
    rows = Area.objects.filter(valid(), below(within)).defer("boundary").order_by("code")
    rows = rows.filter(kind=kind) if kind else rows
    named = Q(name_zh__contains=text) | Q(name_en__icontains=text)
    return rows.filter(named | Q(code__startswith=text))


def paths_of(scope: Holder) -> tuple[str, ...]:
    """Return the paths a person holds any post over, inside the area they look at.

    Those inside another are left out.
    """
    paths = {held.area_path for held in scope.holdings}
    topmost = {p for p in paths if not any(p != q and p.startswith(q) for q in paths)}
    shown = scope.shown
    return tuple(
        sorted(
            {
                shown if shown.startswith(path) else path
                for path in topmost
                if shown.startswith(path) or path.startswith(shown)
            }
        )
    )


def areas_for(scope: Holder) -> list[Area]:
    """Return the areas a person's posts stand over, the topmost only."""
    paths = paths_of(scope)
    if "" in paths:
        return list(children(""))
    return list(Area.objects.filter(valid(), path__in=paths).defer("boundary").order_by("path"))


def visible_to(scope: Holder, field: str = "path") -> Q:
    """Return the condition that a row lies in an area of the person's posts; else nothing."""
    condition = Q(pk__in=[])
    for path in paths_of(scope):
        condition |= below(path, field)
    return condition


def members_of(duty_grids: Iterable[int], *, on: date | None = None) -> dict[int, dict[int, str]]:
    """Return the unit grids (key → code) of some duty grids on a day, by the key of each."""
    day = on or timezone.localdate()
    rows = DutyGridMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        duty_grid__in=list(duty_grids),
        valid_from__lte=day,
    )
    found: dict[int, dict[int, str]] = {}
    for grid, unit, code in rows.values_list("duty_grid_id", "unit_grid_id", "unit_grid__code"):
        found.setdefault(grid, {})[unit] = code
    return found
