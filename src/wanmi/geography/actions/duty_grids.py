"""Duty grids: sets of unit grids given to one supervisor's round, by date."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from .. import events, versions
from ..models import Area, AreaKind, DutyGridMember
from .areas import NewArea, enter_areas
from .lineage import known_areas

CHUNK = 5000


class GridsElsewhere(Conflict):
    """These unit grids do not lie in the duty grid's area: %(codes)s."""

    code = "grids_elsewhere"


class NoSuchGrids(Conflict):
    """There are no valid unit grids with these codes: %(codes)s."""

    code = "no_such_grids"


class MovedBackwards(Conflict):
    """A unit grid cannot change its duty grid before the day it joined the present one."""

    code = "moved_backwards"


@journal.deed()
def make_duty_grid(
    code: str,
    *,
    name_zh: str,
    name_en: str = "",
    parent_code: str,
    grid_codes: Sequence[str] = (),
    from_day: date | None = None,
    by: journal.Actor = None,
) -> Area:
    """Make a duty grid inside a street, district or community and give it unit grids."""
    day = from_day or timezone.localdate()
    new = NewArea(
        kind=AreaKind.DUTY_GRID,
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        parent_code=parent_code,
    )
    grid = enter_areas([new], by=by, on=day, source="duty grid")[0]
    journal.publish(events.DutyGridMade(grid.pk, grid.code), by=by, area_path=grid.path)
    if grid_codes:
        assign_unit_grids(grid, grid_codes, from_day=day, by=by)
    return grid


@journal.deed()
def assign_unit_grids(
    duty_grid: Area,
    grid_codes: Sequence[str],
    *,
    from_day: date | None = None,
    by: journal.Actor = None,
) -> int:
    """Give unit grids to a duty grid from a day on; they leave their old one the day before."""
    day = from_day or timezone.localdate()
    grids = list(known_areas(grid_codes, kind=AreaKind.UNIT_GRID))
    _refuse_strangers(duty_grid, grids, set(grid_codes))
    keys = [grid.pk for grid in grids]
    for start in range(0, len(keys), CHUNK):
        _leave(keys[start : start + CHUNK], day)
    DutyGridMember.objects.bulk_create(
        [DutyGridMember(duty_grid=duty_grid, unit_grid_id=key, valid_from=day) for key in keys],
        batch_size=1000,
    )
    versions.renew()
    event = events.UnitGridsAssigned(duty_grid.pk, len(keys), day.isoformat())
    journal.publish(event, by=by, area_path=duty_grid.path)
    return len(keys)


@journal.deed()
def change_unit_grids(
    duty_grid: Area,
    *,
    joining: Sequence[str] = (),
    leaving: Sequence[str] = (),
    from_day: date | None = None,
    by: journal.Actor = None,
) -> None:
    """Let unit grids join a duty grid and others leave it, from a day on (today in the city)."""
    if joining:
        assign_unit_grids(duty_grid, joining, from_day=from_day, by=by)
    if gone := set(leaving) - set(joining):
        release_unit_grids(duty_grid, sorted(gone), from_day=from_day, by=by)


@journal.deed()
def release_unit_grids(
    duty_grid: Area,
    grid_codes: Sequence[str],
    *,
    from_day: date | None = None,
    by: journal.Actor = None,
) -> int:
    """Let unit grids leave a duty grid from a day on; they then stand in none."""
    day = from_day or timezone.localdate()
    held = DutyGridMember.objects.filter(duty_grid=duty_grid, valid_to__isnull=True)
    keys = dict(held.values_list("unit_grid__code", "unit_grid_id"))
    if missing := set(grid_codes) - set(keys):
        raise NoSuchGrids(codes=", ".join(sorted(missing)[:10]))
    gone = [keys[code] for code in set(grid_codes)]
    for start in range(0, len(gone), CHUNK):
        _leave(gone[start : start + CHUNK], day)
    versions.renew()
    event = events.UnitGridsReleased(duty_grid.pk, len(gone), day.isoformat())
    journal.publish(event, by=by, area_path=duty_grid.path)
    return len(gone)


def _refuse_strangers(duty_grid: Area, grids: list[Area], codes: set[str]) -> None:
    if missing := codes - {grid.code for grid in grids}:
        raise NoSuchGrids(codes=", ".join(sorted(missing)[:10]))
    home = duty_grid.path.removesuffix(f"{duty_grid.code}/")
    outside = [grid.code for grid in grids if not grid.path.startswith(home)]
    if outside:
        raise GridsElsewhere(codes=", ".join(outside[:10]))


def _leave(keys: list[int], day: date) -> None:
    """End open memberships the day before; those begun on the very day never were."""
    held = DutyGridMember.objects.filter(unit_grid_id__in=keys, valid_to__isnull=True)
    if held.filter(valid_from__gt=day).exists():
        raise MovedBackwards
    held.filter(Q(valid_from=day)).delete()
    held.update(valid_to=day - timedelta(days=1))
