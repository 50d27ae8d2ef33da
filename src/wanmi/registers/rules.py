"""Rules of the parts register: divisions, distances."""

import math
from typing import Final

LAST_NUMBER: Final = 999_999
"""The sequence of a part identifier has six digits in every edition."""
DIVISION_DIGITS: Final = 6
_EARTH_RADIUS_M: Final = 6_371_008.8


def division_of(area_path: str) -> str:
    """Return the county or district code on a path (six digits, GB/T 2260), "" without one."""
    codes = (code for code in area_path.split("/") if len(code) == DIVISION_DIGITS)
    return next(codes, "")


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two points (degrees CGCS2000) in metres, on a sphere."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_lat = (other_phi - phi) / 2
    half_lon = math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def box_around(lon: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a box that holds the circle around a point."""
    height = math.degrees(metres / _EARTH_RADIUS_M)
    width = height / max(math.cos(math.radians(lat)), 0.01)
    return lon - width, lat - height, lon + width, lat + height
