"""From degrees to the units of one tile (Web Mercator, 4096 to a side, y downwards)."""

import numpy as np
import numpy.typing as npt
import shapely

from wanmi.kernel.cells import Tile, tile_bounds

from .mvt import EXTENT, Ints, Shapes

Floats = npt.NDArray[np.float64]
BUFFER = 64
"""Units drawn beyond the edge, so that lines and symbols meet across tiles."""


def units(tile: Tile, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Return tile units of points in degrees."""
    side = float(1 << tile.z)
    sine = np.sin(np.radians(np.clip(lats, -85.06, 85.06)))
    x = (lons / 360.0 + 0.5) * side - tile.x
    y = (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * side - tile.y
    return x * EXTENT, y * EXTENT


def point_units(tile: Tile, lons: Floats, lats: Floats) -> tuple[Ints, Ints]:
    """Return whole tile units of points."""
    x, y = units(tile, lons, lats)
    return np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)


def clipped(tile: Tile, shapes: Shapes) -> Shapes:
    """Return shapes in tile units, cut at the tile with its buffer and thinned to half a pixel."""

    def to_units(points: Floats) -> Floats:
        return np.stack(units(tile, points[:, 0], points[:, 1]), axis=1)

    moved = shapely.transform(shapes, to_units)
    low, high = -BUFFER, EXTENT + BUFFER
    inside = shapely.clip_by_rect(moved, low, low, high, high)
    thin: Shapes = shapely.simplify(inside, 2.0)
    return thin


def outline(tile: Tile) -> shapely.Polygon:
    """Return the box of a tile in degrees, with its buffer."""
    west, south, east, north = tile_bounds(*tile)
    wide, high = (east - west) * BUFFER / EXTENT, (north - south) * BUFFER / EXTENT
    return shapely.box(west - wide, south - high, east + wide, north + high)
