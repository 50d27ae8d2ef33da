"""Rules of the parts register: identifiers, divisions, distances."""

import math
from typing import Final, NamedTuple

SEQUENCE_DIGITS: Final = 6
LAST_NUMBER: Final = 10**SEQUENCE_DIGITS - 1
DIVISION_DIGITS: Final = 6
_EARTH_RADIUS_M: Final = 6_371_008.8


class PartKey(NamedTuple):
    """The components of a part identifier; meaning is never read out of sliced codes elsewhere."""

    division: str
    major: str
    minor: str
    sequence: int


def identifier(key: PartKey) -> str:
    """Return the identifier of a part: division, major, minor, sequence of six digits.

    16 characters with the minor codes of 2007 and 2013, 17 with those of
    GB/T 47678.5-2026.
    """
    return f"{key.division}{key.major}{key.minor}{key.sequence:0{SEQUENCE_DIGITS}}"


def read_identifier(text: str, minor_digits: int) -> PartKey | None:
    """Return the components of an identifier of an edition, None if it is not one."""
    major_at, minor_at = DIVISION_DIGITS, DIVISION_DIGITS + 2
    sequence_at = minor_at + minor_digits
    if len(text) != sequence_at + SEQUENCE_DIGITS or not text.isascii() or not text.isdigit():
        return None
    return PartKey(
        text[:major_at],
        text[major_at:minor_at],
        text[minor_at:sequence_at],
        int(text[sequence_at:]),
    )


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
