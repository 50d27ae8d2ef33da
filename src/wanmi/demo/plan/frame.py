"""The city's own plane: metres east and north of its centre, and the bend of its streets.

Streets are planned on straight ``u, v`` axes in metres and then bent, so that they curve
together and keep crossing where they should.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

ORIGIN = (110.0, 30.0)
STEP_M = 20.0

Points: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """The bend of one city: a turn and four long waves, different for each seed."""

    centre_u: float
    centre_v: float
    turn: float
    phases: tuple[float, float, float, float]

    def bend(self, points: Points) -> Points:
        """Take planned ``u, v`` metres to metres east and north of the origin."""
        u, v = points[:, 0] - self.centre_u, points[:, 1] - self.centre_v
        one, two, three, four = self.phases
        x = u + 70 * np.sin(v / 620 + one) + 22 * np.sin((u + v) / 310 + two)
        y = v + 60 * np.sin(u / 700 + three) + 20 * np.sin((u - v) / 330 + four)
        cosine, sine = np.cos(self.turn), np.sin(self.turn)
        return np.stack([x * cosine - y * sine, x * sine + y * cosine], axis=1)

    def line(self, *corners: Sequence[float]) -> LineString:
        """Return the bent line through planned corners."""
        planned = shapely.segmentize(LineString(corners), STEP_M)
        return shapely.transform(planned, self.bend)

    def area(self, planned: Polygon) -> BaseGeometry:
        """Return a planned area, bent."""
        return shapely.transform(shapely.segmentize(planned, STEP_M), self.bend)

    def point(self, u: float, v: float) -> Points:
        """Return one planned point, bent."""
        bent: Points = self.bend(np.array([[u, v]]))[0]
        return bent

    @cached_property
    def _projection(self) -> pyproj.Transformer:
        lon, lat = ORIGIN
        plane = f"+proj=tmerc +lat_0={lat} +lon_0={lon} +ellps=GRS80 +units=m"
        return pyproj.Transformer.from_crs(plane, "EPSG:4490", always_xy=True)

    def degrees(self, points: Points) -> Points:
        """Take metres east and north to lon/lat degrees (CGCS2000), to about 1 mm."""
        lon, lat = self._projection.transform(points[:, 0], points[:, 1])
        return np.round(np.stack([lon, lat], axis=1), 8)

    def placed(self, shapes: npt.ArrayLike) -> npt.NDArray[np.object_]:
        """Take many shapes in metres to lon/lat degrees."""
        return np.asarray(shapely.transform(np.asarray(shapes, dtype=object), self.degrees))

    def placed_one(self, shape: BaseGeometry) -> BaseGeometry:
        """Take one shape in metres to lon/lat degrees."""
        return shapely.transform(shape, self.degrees)


def frame_for(random: np.random.Generator, width_m: float, height_m: float) -> Frame:
    """Return the frame of a city whose plan has this width and height."""
    one, two, three, four = (float(phase) for phase in random.uniform(0, 2 * np.pi, 4))
    turn = float(np.radians(random.uniform(5, 11)) * random.choice([-1, 1]))
    return Frame(width_m / 2, height_m / 2, turn, (one, two, three, four))
