"""Areas that visitors draw: corners on the map, in WGS-84 degrees."""

import math
from collections.abc import Sequence

from shapely import Polygon, prepare

from wanmi.kernel.errors import Invalid

FEWEST, MOST = 3, 40
WIDEST_DEGREES = 2.0
"""About 200 km: more than any city."""

Corner = tuple[float, float]
"""Longitude and latitude."""


class WrongArea(Invalid):
    """This area cannot be used: set three to forty corners around it, without crossing lines."""

    code = "wrong_area"


def read_corners(text: str) -> list[Corner]:
    """Return the corners of "lon,lat lon,lat …"; none of an empty text. Raises WrongArea."""
    parts = text.split()
    if not parts:
        return []
    try:
        corners = [_corner(part) for part in parts[: MOST + 1]]
    except ValueError as error:
        raise WrongArea from error
    if not FEWEST <= len(corners) <= MOST or not is_sound(corners):
        raise WrongArea
    return corners


def write_corners(corners: Sequence[Sequence[float]]) -> str:
    """Return corners as `read_corners` reads them."""
    return " ".join(f"{lon},{lat}" for lon, lat in corners)


def is_sound(corners: Sequence[Sequence[float]]) -> bool:
    """Say whether corners enclose an area without crossing lines, no wider than a city."""
    shape = Polygon(corners)
    west, south, east, north = shape.bounds
    return shape.is_valid and shape.area > 0 and max(east - west, north - south) <= WIDEST_DEGREES


def shape_of(corners: Sequence[Sequence[float]]) -> Polygon:
    """Return the area of corners, ready to be asked about many points."""
    shape = Polygon(corners)
    prepare(shape)
    return shape


def _corner(text: str) -> Corner:
    lon, lat = (float(number) for number in text.split(","))
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError(text)
    return round(lon, 5), round(lat, 5)
