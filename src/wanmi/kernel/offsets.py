"""GCJ-02 and BD-09: the published map offsets, both ways.

Order is longitude, latitude, in degrees; numbers or numpy arrays alike. The forward formula
is the community's approximation (Krasovsky axis); it is not official. Outside the bounding
box of China GCJ-02 equals WGS-84. The inverse solves the forward formula to below 1e-8 m.
"""

import math
from typing import Any

import numpy as np

# A number or an array of numbers: both take the same arithmetic.
Degrees = Any
Pair = tuple[Degrees, Degrees]

_AXIS_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_WEST, _EAST, _SOUTH, _NORTH = 73.66, 135.05, 3.86, 53.55
_BAIDU = math.pi * 3000.0 / 180.0
_ROUNDS = 8


def wgs84_to_gcj02(lon: Degrees, lat: Degrees) -> Pair:
    """Return GCJ-02 degrees of WGS-84 degrees."""
    there = _shifted(lon, lat)
    return _inside_china(lon, lat, there, (lon, lat))


def gcj02_to_wgs84(lon: Degrees, lat: Degrees) -> Pair:
    """Return WGS-84 degrees of GCJ-02 degrees, solved iteratively."""
    here = _solved(_shifted, lon, lat)
    return _inside_china(*here, here, (lon, lat))


def gcj02_to_bd09(lon: Degrees, lat: Degrees) -> Pair:
    """Return BD-09 degrees of GCJ-02 degrees."""
    m = _arithmetic(lon)
    radius = m.sqrt(lon * lon + lat * lat) + 0.00002 * m.sin(lat * _BAIDU)
    angle = m.atan2(lat, lon) + 0.000003 * m.cos(lon * _BAIDU)
    return radius * m.cos(angle) + 0.0065, radius * m.sin(angle) + 0.006


def bd09_to_gcj02(lon: Degrees, lat: Degrees) -> Pair:
    """Return GCJ-02 degrees of BD-09 degrees, solved iteratively."""
    return _solved(gcj02_to_bd09, lon, lat)


def wgs84_to_bd09(lon: Degrees, lat: Degrees) -> Pair:
    """Return BD-09 degrees of WGS-84 degrees."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: Degrees, lat: Degrees) -> Pair:
    """Return WGS-84 degrees of BD-09 degrees."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def _shifted(lon: Degrees, lat: Degrees) -> Pair:
    """Apply the GCJ-02 formula anywhere, without asking where China ends."""
    m = _arithmetic(lon)
    north, east = _offsets_m(lon - 105.0, lat - 35.0, m)
    phi = lat * (math.pi / 180.0)
    flattening = 1 - _ECCENTRICITY_SQUARED * m.sin(phi) ** 2
    root = m.sqrt(flattening)
    meridian = _AXIS_M * (1 - _ECCENTRICITY_SQUARED) / (flattening * root)
    parallel = _AXIS_M / root * m.cos(phi)
    return lon + east * 180.0 / (parallel * math.pi), lat + north * 180.0 / (meridian * math.pi)


def _offsets_m(x: Degrees, y: Degrees, m: Any) -> Pair:
    """Return the northward and eastward offset in metres, x and y counted from 105°E, 35°N."""
    sin, pi, size = m.sin, math.pi, abs(x)
    root = m.sqrt(size)
    common = (20.0 * sin(6.0 * pi * x) + 20.0 * sin(2.0 * pi * x)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * sin(pi * y) + 40.0 * sin(pi / 3.0 * y)) * 2.0 / 3.0
    north += (160.0 * sin(pi / 12.0 * y) + 320.0 * sin(pi / 30.0 * y)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * sin(pi * x) + 40.0 * sin(pi / 3.0 * x)) * 2.0 / 3.0
    east += (150.0 * sin(pi / 12.0 * x) + 300.0 * sin(pi / 30.0 * x)) * 2.0 / 3.0
    return north, east


def _solved(forward: Any, lon: Degrees, lat: Degrees) -> Pair:
    """Return where ``forward`` comes from; each round shrinks the error some hundredfold."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_ROUNDS):
        there_lon, there_lat = forward(guess_lon, guess_lat)
        guess_lon = guess_lon + (lon - there_lon)
        guess_lat = guess_lat + (lat - there_lat)
    return guess_lon, guess_lat


def _inside_china(lon: Degrees, lat: Degrees, inside: Pair, outside: Pair) -> Pair:
    """Choose between two answers by where the WGS-84 point lies."""
    if not isinstance(lon, np.ndarray):
        return inside if _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH else outside
    here = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return np.where(here, inside[0], outside[0]), np.where(here, inside[1], outside[1])


def _arithmetic(lon: Degrees) -> Any:
    """Return the module whose functions fit: math is ten times faster on single numbers."""
    return np if isinstance(lon, np.ndarray) else math
