"""From a point to an address: the nearest door plate or point of interest, and the areas."""

import math
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language, gettext

from wanmi.kernel import cells

from ..models import Place, PlaceKind
from .areas import valid
from .locating import Located, locate

METRES_PER_DEGREE = 111_320.0
ON_THE_SPOT_M = 30.0
NEAR = (17, 15)
"""Zooms whose 3 × 3 tiles are searched: about 250 m around, then about 1 km."""


@dataclass(frozen=True, slots=True)
class Address:
    """What a point is called: the areas it lies in, and what stands nearest (metres)."""

    text: str
    located: Located | None
    nearest: Place | None
    distance_m: float | None
    plate: Place | None
    poi: Place | None


def reverse(lon: float, lat: float, *, on: date | None = None) -> Address:
    """Return the address of a point (degrees CGCS2000) in the reader's language."""
    located = locate(lon, lat, on=on)
    near = _near(lon, lat, on)
    plate = _first(near, PlaceKind.DOOR_PLATE)
    poi = _first(near, PlaceKind.POI)
    distance, nearest = near[0] if near else (None, None)
    return Address(_text(located, nearest, distance), located, nearest, distance, plate, poi)


def _near(lon: float, lat: float, on: date | None) -> list[tuple[float, Place]]:
    """Return door plates and points of interest around, nearest first, with their distance."""
    kinds = [PlaceKind.DOOR_PLATE, PlaceKind.POI]
    for zoom in NEAR:
        rows = Place.objects.filter(valid(on), _around(lon, lat, zoom), kind__in=kinds)
        found = [(distance_m(lon, lat, row.lon, row.lat), row) for row in rows[:2000]]
        if found:
            return sorted(found, key=lambda pair: (pair[0], pair[1].code))
    return []


def _around(lon: float, lat: float, zoom: int) -> Q:
    _, x, y = cells.tile(cells.parent(cells.cell(lon, lat), zoom))
    side = 1 << zoom
    condition = Q(pk__in=[])
    for east in (-1, 0, 1):
        for south in (-1, 0, 1):
            row, column = y + south, (x + east) % side
            if 0 <= row < side:
                condition |= Q(cell__range=cells.tile_range(zoom, column, row))
    return condition


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two near points in metres, the earth taken as flat between them."""
    east = (other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(east, other_lat - lat) * METRES_PER_DEGREE


def _first(near: list[tuple[float, Place]], kind: str) -> Place | None:
    return next((row for _, row in near if row.kind == kind), None)


def _text(located: Located | None, nearest: Place | None, distance: float | None) -> str:
    """Return the address from large to small in Chinese, from small to large in English."""
    english = (get_language() or "").startswith("en")
    levels = [located.district, located.street] if located else []
    names = [level.name for level in levels if level]
    if nearest is not None:
        name = (nearest.name_en or nearest.name_zh) if english else nearest.name_zh
        if distance is not None and distance > ON_THE_SPOT_M:
            name = gettext("near %(place)s") % {"place": name}
        names.append(name)
    elif located and located.community:
        names.append(located.community.name)
    return ", ".join(reversed(names)) if english else "".join(names)
