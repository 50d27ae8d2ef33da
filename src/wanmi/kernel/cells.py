"""Cells: a point as one 64-bit integer, the quadbin index at zoom 26 (about 0.6 m at the equator).

Longitude and latitude are degrees, CGCS2000/WGS-84. The integer orders points along a
Z-curve, so a web map tile is one contiguous range of cells and a coarser cell is a prefix:
``WHERE cell BETWEEN first AND last`` needs no spatial extension. Fits a signed 64-bit column.
Layout, high to low: 0, header 1, mode 0001 (4 bits), 000, zoom (5 bits), 52 bits of
interleaved y and x, unused low bits all ones.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

ZOOM = 26
# Web Mercator ends near 85.05°; the quadbin package clips at 89° and then at the last row.
_LAST_LATITUDE = 89.0
_HEADER = (1 << 62) | (1 << 59)
_FOOTER = (1 << 52) - 1
_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


class Tile(NamedTuple):
    """A web map tile: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int


def cell(lon: float, lat: float) -> int:
    """Return the zoom-26 cell of a point."""
    side = 1 << ZOOM
    latitude = max(-_LAST_LATITUDE, min(_LAST_LATITUDE, lat))
    sine = math.sin(latitude * math.pi / 180.0)
    x = side * (max(-180.0, min(180.0, lon)) / 360.0 + 0.5)
    y = side * (0.5 - 0.25 * math.log((1 + sine) / (1 - sine)) / math.pi)
    return tile_cell(ZOOM, min(int(x), side - 1), int(max(0, min(side - 1, y))))


def cells(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
    """Return the zoom-26 cells of many points; equal to ``cell`` for each of them."""
    side = 1 << ZOOM
    longitude = np.clip(np.asarray(lon, dtype=np.float64), -180.0, 180.0)
    latitude = np.clip(np.asarray(lat, dtype=np.float64), -_LAST_LATITUDE, _LAST_LATITUDE)
    sine = np.sin(latitude * np.pi / 180.0)
    x = np.minimum(side * (longitude / 360.0 + 0.5), side - 1).astype(np.uint64)
    y = side * (0.5 - 0.25 * np.log((1 + sine) / (1 - sine)) / np.pi)
    y = np.clip(y, 0, side - 1).astype(np.uint64)
    bits = _spread_many(x) | (_spread_many(y) << np.uint64(1))
    head = np.uint64(_HEADER | (ZOOM << 52))
    result: NDArray[np.int64] = (bits | head).astype(np.int64)
    return result


def tile_cell(z: int, x: int, y: int) -> int:
    """Return the cell of a tile at its own zoom."""
    bits = (_spread(x) | (_spread(y) << 1)) << (52 - 2 * z)
    return _HEADER | (z << 52) | bits | (_FOOTER >> (2 * z))


def tile(of: int) -> Tile:
    """Return the tile a cell stands for."""
    z = zoom(of)
    bits = (of & _FOOTER) >> (52 - 2 * z)
    return Tile(z, _gather(bits), _gather(bits >> 1))


def zoom(of: int) -> int:
    """Return the zoom of a cell."""
    return (of >> 52) & 0x1F


def parent(of: int, z: int) -> int:
    """Return the cell at the coarser zoom ``z`` that contains this cell."""
    return of & ~(0x1F << 52) | (z << 52) | (_FOOTER >> (2 * z))


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """Return the first and the last zoom-26 cell inside a tile, both included.

    Below zoom 26 there is nothing finer to ask for: a deeper tile gives its zoom-26 cell.
    """
    if z > ZOOM:
        x, y, z = x >> (z - ZOOM), y >> (z - ZOOM), ZOOM
    bits = (_spread(x) | (_spread(y) << 1)) << (52 - 2 * z)
    first = _HEADER | (ZOOM << 52) | bits
    return first, first | (_FOOTER >> (2 * z))


def covering(
    west: float, south: float, east: float, north: float, *, most: int = 16
) -> list[tuple[int, int]]:
    """Return ranges of zoom-26 cells that together cover a box in degrees, few and in order.

    As fine as `most` tiles allow; what lies outside the box still has to be sifted.
    """
    corners = (tile(cell(west, north)), tile(cell(east, south)))
    z, (left, right), (top, bottom) = ZOOM, *zip(*((c.x, c.y) for c in corners), strict=True)
    while (right - left + 1) * (bottom - top + 1) > most:
        z, left, right, top, bottom = z - 1, left >> 1, right >> 1, top >> 1, bottom >> 1
    tiles = ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
    ranges: list[tuple[int, int]] = []
    for first, last in sorted(tile_range(z, x, y) for x, y in tiles):
        # Neighbours along the curve are one stretch of the index.
        if ranges and ranges[-1][1] + 1 >= first:
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((first, last))
    return ranges


def centre(of: int) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a cell, in degrees."""
    z, x, y = tile(of)
    return _longitude(x + 0.5, z), _latitude(y + 0.5, z)


def tile_bounds(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a tile, in degrees."""
    return _longitude(x, z), _latitude(y + 1, z), _longitude(x + 1, z), _latitude(y, z)


def prefix_divisor(z: int) -> int:
    """Return the divisor that gives every zoom-26 cell of one tile at zoom ``z`` one quotient.

    ``cell / prefix_divisor(z)`` in integer SQL groups points by tile on every engine.
    """
    return 1 << (2 * (ZOOM - z))


def _longitude(x: float, z: int) -> float:
    return 360.0 * x / (1 << z) - 180.0


def _latitude(y: float, z: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / (1 << z)))))


def _spread(value: int) -> int:
    """Put a zero bit between each two bits."""
    for shift, mask in _SPREAD:
        value = (value | (value << shift)) & mask
    return value


def _spread_many(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, mask in _SPREAD:
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    return value


def _gather(value: int) -> int:
    """Take every second bit, from the lowest."""
    value &= 0x5555555555555555
    for shift, mask in zip((1, 2, 4, 8, 16), _GATHER, strict=True):
        value = (value | (value >> shift)) & mask
    return value


_GATHER = (*(mask for _, mask in _SPREAD[-2::-1]), 0x00000000FFFFFFFF)
