"""How far a point lies outside a duty grid, in metres."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.utils import timezone
from numpy.typing import ArrayLike

from ..models import Area
from .areas import unit_grids_of
from .ground import Floats, ground
from .reversing import METRES_PER_DEGREE


@dataclass(frozen=True)
class Reach:
    """The ground of a duty grid, in metres east and north of its own south-west corner."""

    west: float
    south: float
    wide: float
    shape: shapely.Geometry

    def outside_m(self, lons: ArrayLike, lats: ArrayLike) -> Floats:
        """Return how far points (degrees CGCS2000) lie outside, 0 inside; flat earth."""
        east = (np.asarray(lons, dtype=np.float64) - self.west) * self.wide
        north = (np.asarray(lats, dtype=np.float64) - self.south) * METRES_PER_DEGREE
        found = np.zeros(len(east))
        out = np.flatnonzero(~shapely.intersects_xy(self.shape, east, north))
        if len(out):
            found[out] = shapely.distance(self.shape, shapely.points(east[out], north[out]))
        return found


def reach_of(duty_grid: Area, *, on: date | None = None) -> Reach | None:
    """Return the ground of a duty grid on a day of the city; None where no boundary is drawn."""
    day = on or timezone.localdate()
    answers, key = ground().answers, ("reach", duty_grid.pk, day.toordinal())
    if key not in answers:
        answers[key] = _found(duty_grid, day)
    known = answers[key]
    return known if isinstance(known, Reach) else None


def _found(duty_grid: Area, day: date) -> Reach | None:
    keys = unit_grids_of(duty_grid, on=day).values("pk")
    drawn = Area.objects.filter(pk__in=keys, boundary__isnull=False)
    boundaries = [bytes(wkb or b"") for wkb in drawn.values_list("boundary", flat=True)]
    if not boundaries:
        return None
    whole = shapely.union_all(shapely.from_wkb(np.array(boundaries, dtype=object)))
    west, south, _, north = shapely.bounds(whole).tolist()
    wide = METRES_PER_DEGREE * float(np.cos(np.radians((south + north) / 2)))
    shape = shapely.transform(
        whole, lambda places: (places - (west, south)) * (wide, METRES_PER_DEGREE)
    )
    shapely.prepare(shape)
    return Reach(west, south, wide, shape)
