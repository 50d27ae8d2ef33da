"""From a point to everything above it: grid, duty grid, community, street, district, city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.utils import timezone
from numpy.typing import ArrayLike

from wanmi.kernel.cells import cells

from ..models import Area, AreaKind
from .ground import Floats, Ground, Ints, Layer, Texts, ground
from .naming import AreaName, names_of

ENOUGH_TO_SORT = 2000
MOST_ANSWERS = 200_000
"""Answers kept ready in a process, over all days asked for; about 1 kB each."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point lies. `grid_code` is empty where no unit grid is drawn.

    `path` is the path of the deepest area found, ready to be an `area_path`.
    """

    grid_code: str
    grid_id: int | None
    path: str
    grid: AreaName | None
    community: AreaName | None
    street: AreaName | None
    district: AreaName | None
    city: AreaName | None
    province: AreaName | None
    duty_grid: AreaName | None

    @property
    def names(self) -> tuple[AreaName, ...]:
        """Return the names from the top down."""
        levels = (self.province, self.city, self.district, self.street, self.community, self.grid)
        return tuple(name for name in levels if name)


@dataclass(frozen=True)
class LocatedMany:
    """Where many points lie, as columns; empty texts and 0 where nothing holds a point."""

    codes: Texts
    paths: Texts
    ids: Ints


def locate(lon: float, lat: float, *, on: date | None = None) -> Located | None:
    """Return everything above a point (degrees CGCS2000) on a day of the city, or None.

    A point on a border belongs to the lowest code. Not-a-number lies nowhere.
    """
    held, day = ground(), _day(on)
    points = _points([lon], [lat])
    for name, layer in (("grids", held.grids), ("coarse", held.coarse)):
        position = int(layer.first(points, day)[0])
        if position >= 0:
            return _answer(held, name, layer, position, day)
    return None


def locate_many(lons: ArrayLike, lats: ArrayLike, *, on: date | None = None) -> LocatedMany:
    """Return unit grid and path of many points at once; see `locate`."""
    held, day = ground(), _day(on)
    points = _points(lons, lats)
    found = _in_order_of_place(held.grids, points, day)
    codes, paths, ids = held.grids.codes[found], held.grids.paths[found], held.grids.ids[found]
    lost = np.flatnonzero(found < 0)
    if len(lost) and len(held.coarse):
        paths[lost] = held.coarse.paths[held.coarse.first(points[lost], day)]
    return LocatedMany(codes, paths, ids)


def _in_order_of_place(layer: Layer, points: Texts, day: int) -> Ints:
    """Ask for neighbours one after the other: the tree's nodes stay in the cache."""
    if len(points) < ENOUGH_TO_SORT:
        return layer.first(points, day)
    places = np.nan_to_num(shapely.get_coordinates(points), posinf=0, neginf=0)
    order = np.argsort(cells(places[:, 0], places[:, 1]))
    found = np.empty(len(points), dtype=np.int64)
    found[order] = layer.first(points[order], day)
    return found


def _points(lons: ArrayLike | Sequence[float], lats: ArrayLike | Sequence[float]) -> Texts:
    points: Texts = shapely.points(
        np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    )
    return points


def _day(on: date | None) -> int:
    return (on or timezone.localdate()).toordinal()


def _answer(held: Ground, name: str, layer: Layer, position: int, day: int) -> Located:
    key = (name, position, day)
    known = held.answers.get(key)
    if not isinstance(known, Located):
        if len(held.answers) > MOST_ANSWERS:
            held.answers.clear()
        known = held.answers[key] = _compose(held, layer, position, day)
    return known


def _compose(held: Ground, layer: Layer, position: int, day: int) -> Located:
    path = str(layer.paths[position])
    levels = {name.kind: name for name in names_of(path)}
    grid = levels.get(AreaKind.UNIT_GRID)
    return Located(
        grid_code=grid.code if grid else "",
        grid_id=int(layer.ids[position]) if grid else None,
        path=path,
        grid=grid,
        community=levels.get(AreaKind.COMMUNITY),
        street=levels.get(AreaKind.STREET),
        district=levels.get(AreaKind.DISTRICT),
        city=levels.get(AreaKind.CITY),
        province=levels.get(AreaKind.PROVINCE),
        duty_grid=_duty_grid(held, grid.id, day) if grid else None,
    )


def _duty_grid(held: Ground, grid_id: int, day: int) -> AreaName | None:
    key = held.duty_grid(grid_id, day)
    row = Area.objects.filter(pk=key).first() if key else None
    return AreaName(row.pk, row.code, row.kind, row.name_zh, row.name_en) if row else None


__all__ = ["Floats", "Located", "LocatedMany", "locate", "locate_many"]
