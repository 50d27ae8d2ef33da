"""Rules of the parts register: divisions, distances."""

import math
from collections.abc import Mapping
from typing import Any, Final

LAST_NUMBER: Final = 999_999
"""The sequence of a part identifier has six digits in every edition."""
DIVISION_DIGITS: Final = 6
REASON_LENGTH: Final = 400
ALIKE_M: Final = 5.0
"""A part of the same class as near as this may be the same one, entered already."""
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


def changed_meanwhile(seen: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that are no longer what they were when somebody saw them."""
    return tuple(name for name, value in seen.items() if now.get(name, value) != value)


def reason_with_number(reason: str, number: str) -> str:
    """Return a reason with the number of the request it comes from, cut to what is kept."""
    mark = f" ({number})"
    return reason[: REASON_LENGTH - len(mark)] + mark
