"""What can be said of boundaries without a table: repair, true area, inner point, overlap.

All shapes are in CGCS2000 degrees (lon, lat); areas are true areas in m².
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from wanmi.kernel.errors import Invalid

Floats: TypeAlias = npt.NDArray[np.float64]
# Shapely hands out arrays of objects; numpy cannot say of which.
Shapes: TypeAlias = npt.NDArray[np.object_]

Shape: TypeAlias = BaseGeometry

POLYGONAL = frozenset({"Polygon", "MultiPolygon"})


class NotAnArea(Invalid):
    """The shape encloses no area; a boundary is a closed polygon."""

    code = "not_an_area"


class OutsideTheWorld(Invalid):
    """The shape leaves the range of degrees; say which coordinate system the file is in."""

    code = "outside_the_world"


def polygonal(shape: BaseGeometry) -> tuple[BaseGeometry, bool]:
    """Return the shape as valid polygon(s) and whether it had to be repaired."""
    west, south, east, north = shapely.bounds(shape)
    if shape.is_empty or not np.isfinite([west, south, east, north]).all():
        raise NotAnArea
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise OutsideTheWorld
    whole = shape if shape.is_valid else shapely.make_valid(shape)
    if whole.geom_type == "GeometryCollection":
        # A repair leaves lines where a boundary folded back on itself; only land counts.
        parts = [part for part in whole.geoms if part.geom_type in POLYGONAL]
        whole = shapely.union_all(parts)
    if whole.geom_type not in POLYGONAL or whole.area == 0:
        raise NotAnArea
    return whole, whole is not shape


def areas_m2(shapes: Sequence[BaseGeometry] | Shapes) -> Floats:
    """Return true areas on the CGCS2000 ellipsoid, by an equal-area cylinder."""
    flat = shapely.transform(np.asarray(shapes, dtype=object), _to_equal_area)
    area: Floats = shapely.area(flat)
    return area


def inner_points(shapes: Sequence[BaseGeometry] | Shapes) -> tuple[Floats, Floats]:
    """Return lon and lat of a point inside each shape, the centroid where it lies inside."""
    array = np.asarray(shapes, dtype=object)
    centre = shapely.centroid(array)
    inside = shapely.intersects(array, centre)
    point = np.where(inside, centre, shapely.point_on_surface(array))
    return shapely.get_x(point), shapely.get_y(point)


def overlaps(
    shapes: Sequence[BaseGeometry] | Shapes, *, more_than_m2: float = 1.0
) -> list[tuple[int, int, float]]:
    """Return pairs of positions whose shapes overlap, with the common area in m²."""
    array = np.asarray(shapes, dtype=object)
    pairs = shapely.STRtree(array).query(array, predicate="intersects")
    left, right = pairs[:, pairs[0] < pairs[1]]
    if not len(left):
        return []
    # Shared borders differ in their last digits; slivers of nothing are no overlap.
    common = areas_m2(shapely.intersection(array[left], array[right]))
    found = np.flatnonzero(common > more_than_m2)
    return [(int(left[k]), int(right[k]), float(common[k])) for k in found]


def _to_equal_area(points: Floats) -> Floats:
    x, y = _equal_area().transform(points[:, 0], points[:, 1])
    return np.stack([x, y], axis=1)


@lru_cache(maxsize=1)
def _equal_area() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(
        "EPSG:4490", "+proj=cea +ellps=GRS80 +units=m", always_xy=True
    )
