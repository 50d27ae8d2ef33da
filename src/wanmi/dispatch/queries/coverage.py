"""What was patrolled of what was to be: unit grids visited, how long, when last.

The positions themselves are not read: each stint was folded into its visits once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Sum

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.shell.sending import run

from ..limits import standing
from ..models import Shift, Stint
from .duty import SEE, bounds


@dataclass(frozen=True, slots=True)
class Visited:
    """How often and how long a person was in a unit grid over some days."""

    person: int
    grid: int
    days: int
    seconds: int
    positions: int
    latest_at: datetime


@dataclass(frozen=True)
class Coverage:
    """What of their duty grids a person visited; `percent` is None without a plan."""

    grids: int
    visited: int
    seconds: int
    walked_m: int
    stints: int

    @property
    def percent(self) -> float | None:
        """Return the share of unit grids visited."""
        return round(100 * self.visited / self.grids, 1) if self.grids else None


@dataclass(frozen=True)
class GridCoverage:
    """What of a duty grid was visited by anybody, and when somebody was there last."""

    grid: geography.Area
    grids: int
    visited: int
    seconds: int
    latest_at: datetime | None
    missed: tuple[str, ...]

    @property
    def percent(self) -> float | None:
        """Return the share of unit grids visited."""
        return round(100 * self.visited / self.grids, 1) if self.grids else None


def visited(first: date, last: date, people: Iterable[int] | None = None) -> list[Visited]:
    """Return what each person visited between two days of the city, both included; one query."""
    days = [connection.ops.adapt_datefield_value(day) for day in (first, last)]
    chosen = None if people is None else sorted(set(people))
    if chosen is not None and not chosen:
        return []
    among = f" AND person_id IN ({', '.join(['%s'] * len(chosen))})" if chosen else ""
    rows = run(_VISITED.format(among=among), [*days, *(chosen or [])])
    return [
        Visited(person, grid, days, seconds, positions, _moment(latest))
        for person, grid, days, seconds, positions, latest in rows
    ]


_VISITED = (
    "SELECT person_id, grid_id, COUNT(DISTINCT day), SUM(seconds), SUM(positions), MAX(latest_at)"
    " FROM dispatch_visit WHERE day >= %s AND day <= %s{among} GROUP BY person_id, grid_id"
)


def _moment(stored: object) -> datetime:
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    assert isinstance(moment, datetime)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def coverage_of(person: User, first: date, last: date) -> Coverage:
    """Return what of the duty grids planned for somebody they visited between two days."""
    wanted = _planned(person, first, last)
    enough = standing(last).visit_seconds
    found = visited(first, last, [person.pk])
    been = {each.grid for each in found if each.seconds >= enough}
    figures = Stint.objects.filter(person=person, day__gte=first, day__lte=last)
    summed = figures.aggregate(walked=Sum("walked_m"))
    return Coverage(
        len(wanted),
        len(been & wanted),
        sum(each.seconds for each in found),
        summed["walked"] or 0,
        figures.count(),
    )


def _planned(person: User, first: date, last: date) -> set[int]:
    begin, end = bounds(first, last)
    rows = Shift.objects.filter(
        person=person, withdrawn_at__isnull=True, begins_at__gte=begin, begins_at__lt=end
    ).select_related("duty_grid")
    grids = {row.duty_grid_id: row.duty_grid for row in rows}
    members = geography.members_of(grids)
    return {unit for units in members.values() for unit in units}


def coverage_of_grids(scope: organisation.Scope, first: date, last: date) -> list[GridCoverage]:
    """Return what of each duty grid of a person's areas was visited by anybody; 4 queries.

    By anybody: a grid is patrolled whoever does it. Only duty grids with a shift in the period.
    """
    begin, end = bounds(first, last)
    planned = Shift.objects.filter(
        scope.within(SEE), withdrawn_at__isnull=True, begins_at__gte=begin, begins_at__lt=end
    )
    rows = geography.Area.objects.filter(pk__in=planned.values("duty_grid_id")).defer("boundary")
    grids = {row.pk: row for row in rows.order_by("code")[:500]}
    members = geography.members_of(grids)
    enough = standing(last).visit_seconds
    seconds: dict[int, int] = defaultdict(int)
    latest: dict[int, datetime] = {}
    people = set(planned.values_list("person_id", flat=True))
    for each in visited(first, last, people):
        seconds[each.grid] += each.seconds
        latest[each.grid] = max(each.latest_at, latest.get(each.grid, each.latest_at))
    return [_grid(row, members.get(key, {}), seconds, latest, enough) for key, row in grids.items()]


def _grid(
    row: geography.Area,
    units: dict[int, str],
    seconds: dict[int, int],
    latest: dict[int, datetime],
    enough: int,
) -> GridCoverage:
    been = {unit for unit in units if unit in latest and seconds[unit] >= enough}
    moments = [latest[unit] for unit in units if unit in latest]
    return GridCoverage(
        row,
        len(units),
        len(been),
        sum(seconds.get(unit, 0) for unit in units),
        max(moments, default=None),
        tuple(sorted(code for unit, code in units.items() if unit not in been)),
    )
