"""What was patrolled of what was to be: unit grids visited, how long, when last.

The positions themselves are not read: each stint was folded into its visits once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Count, Sum

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
    return coverage_of_many([person.pk], first, last)[person.pk]


def coverage_of_many(people: Sequence[int], first: date, last: date) -> dict[int, Coverage]:
    """Return the same for many people, by their keys; 4 queries."""
    planned = _planned(people, first, last)
    members = geography.members_of({grid for grids in planned.values() for grid in grids})
    enough = standing(last).visit_seconds
    been: dict[int, set[int]] = defaultdict(set)
    spent: dict[int, int] = defaultdict(int)
    for each in visited(first, last, people):
        spent[each.person] += each.seconds
        if each.seconds >= enough:
            been[each.person].add(each.grid)
    walked = _walked(people, first, last)
    found = {}
    for person in people:
        wanted = {unit for grid in planned[person] for unit in members.get(grid, ())}
        visits = len(been[person] & wanted)
        found[person] = Coverage(len(wanted), visits, spent[person], *walked.get(person, (0, 0)))
    return found


def _planned(people: Sequence[int], first: date, last: date) -> dict[int, set[int]]:
    """Return the keys of the duty grids each person had a shift in."""
    begin, end = bounds(first, last)
    rows = Shift.objects.filter(
        person__in=people, withdrawn_at__isnull=True, begins_at__gte=begin, begins_at__lt=end
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person, grid in rows.order_by().values_list("person_id", "duty_grid_id").distinct():
        found[person].add(grid)
    return found


def _walked(people: Sequence[int], first: date, last: date) -> dict[int, tuple[int, int]]:
    rows = Stint.objects.filter(person__in=people, day__gte=first, day__lte=last)
    summed = rows.order_by().values("person_id").annotate(walked=Sum("walked_m"), n=Count("pk"))
    return {row["person_id"]: (row["walked"] or 0, row["n"]) for row in summed}


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
