"""How cases stand area by area: one grouped query, folded into the areas below."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from wanmi.geography import queries as geography
from wanmi.shell.pages import spoken

from .models import Case, State


@dataclass
class AreaCount:
    """Numbers of one area in a period; `on_time` of the closed ones ended inside their limit."""

    path: str
    code: str
    name_zh: str
    name_en: str
    has_below: bool
    reported: int = 0
    open: int = 0
    soon: int = 0
    overdue: int = 0
    closed: int = 0
    reworked: int = 0

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)

    @property
    def closing_percent(self) -> str:
        """Return the closing rate as people read it: "92.5"."""
        return f"{100 * (self.closing_rate or 0):.1f}".removesuffix(".0")

    @property
    def closing_rate(self) -> float | None:
        """Return the share of reported cases already closed; none where nothing was reported."""
        return self.closed / self.reported if self.reported else None


@dataclass
class AreaCounts:
    """The areas just below one, and what lies in it but in none of them."""

    areas: list[AreaCount] = field(default_factory=list)
    elsewhere: AreaCount | None = None


def counts_below(rows: QuerySet[Case], path: str, *, since: datetime, now: datetime) -> AreaCounts:
    """Return the numbers of each area below a path: reported since then, and open now.

    Three queries whatever the number of cases: the areas, the period, the open ones.
    """
    areas = list(geography.children(path))
    below = geography.has_children([area.path for area in areas])
    counts = {
        area.path: AreaCount(area.path, area.code, area.name_zh, area.name_en, area.path in below)
        for area in areas
    }
    elsewhere = AreaCount(path, "", "", "", False)
    for counted in (_period(rows, since), _open(rows, now)):
        for grid_path, numbers in counted:
            _add(_holder(counts, path, grid_path, elsewhere), numbers)
    ordered = [counts[area.path] for area in areas]
    return AreaCounts(ordered, elsewhere if elsewhere.reported or elsewhere.open else None)


def _period(rows: QuerySet[Case], since: datetime) -> Iterable[tuple[str, dict[str, int]]]:
    grouped = (
        rows.filter(reported_at__gte=since)
        .order_by()
        .values_list("area_path")
        .annotate(
            reported=Count("pk"),
            closed=Count("pk", filter=Q(state=State.CLOSED)),
            reworked=Count("pk", filter=Q(rework_count__gt=0)),
        )
    )
    for path, reported, closed, reworked in grouped:
        yield path, {"reported": reported, "closed": closed, "reworked": reworked}


def _open(rows: QuerySet[Case], now: datetime) -> Iterable[tuple[str, dict[str, int]]]:
    grouped = (
        rows.filter(ended_at__isnull=True)
        .order_by()
        .values_list("area_path")
        .annotate(
            waiting=Count("pk"),
            soon=Count("pk", filter=Q(due_at__gte=now, warn_at__lte=now)),
            overdue=Count("pk", filter=Q(due_at__lt=now)),
        )
    )
    for path, waiting, soon, overdue in grouped:
        yield path, {"open": waiting, "soon": soon, "overdue": overdue}


def _holder(
    counts: dict[str, AreaCount], path: str, grid_path: str, elsewhere: AreaCount
) -> AreaCount:
    """Return the area just below `path` that holds a deeper one."""
    step = grid_path[len(path) :].partition("/")[0]
    return counts.get(f"{path}{step}/", elsewhere)


def _add(count: AreaCount, numbers: dict[str, int]) -> None:
    for name, number in numbers.items():
        setattr(count, name, getattr(count, name) + number)
