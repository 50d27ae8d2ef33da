"""Duplicates: which cases look alike, and which are linked.

Alike is the same class within 50 m and 24 hours, one city's practice (domain
rules §5.5, configurable); the nearest in place, time and words come first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from django.conf import settings
from django.db.models import Q

from wanmi.kernel import cells

from .likeness import distance_m, likeness
from .models import Case, CaseLink

MOST = 5
_ZOOM = 18


@dataclass(frozen=True)
class Alike:
    """A case that may hold the same problem, with how like it is (0 to 1)."""

    case: Case
    distance_m: float
    hours: float
    likeness: float


def alike(
    *,
    category_id: int | None,
    lon: float | None,
    lat: float | None,
    at: datetime,
    words: str = "",
    but: int = 0,
) -> list[Alike]:
    """Return the cases most like a report (point in CGCS2000 degrees), most like first."""
    if lon is None or lat is None:
        return []
    hours, metres = settings.DUPLICATE_HOURS, settings.DUPLICATE_METRES
    rows = Case.objects.filter(
        _near(lon, lat, metres),
        reported_at__gte=at - timedelta(hours=hours),
        reported_at__lte=at + timedelta(hours=hours),
    )
    if category_id is not None:
        rows = rows.filter(category_id=category_id)
    if but is not None:
        rows = rows.exclude(pk=but)
    found = [
        _compare(row, lon, lat, at, words, metres, hours)
        for row in rows[:200]
        if row.lon is not None and row.lat is not None
    ]
    near = [each for each in found if each.distance_m <= metres]
    return sorted(near, key=lambda each: -each.likeness)[:MOST]


def original_of(case_id: int) -> int | None:
    """Return the case a case is a duplicate of."""
    return CaseLink.objects.filter(case_id=case_id).values_list("original_id", flat=True).first()


def duplicates_of(case_id: int) -> list[Case]:
    """Return the cases linked to a case as its duplicates, oldest first."""
    rows = CaseLink.objects.filter(original_id=case_id).select_related("case")
    return [row.case for row in rows.order_by("id")]


def _near(lon: float, lat: float, metres: float) -> Q:
    """Return the condition that a case lies in a tile touching the square around a point."""
    north = metres / 111_320
    east = north / max(cos(radians(lat)), 0.01)
    tiles = {
        cells.tile(cells.parent(cells.cell(lon + dx * east, lat + dy * north), _ZOOM))
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    }
    condition = Q(pk__in=[])
    for tile in tiles:
        first, last = cells.tile_range(tile.z, tile.x, tile.y)
        condition |= Q(cell__gte=first, cell__lte=last)
    return condition


def _compare(
    row: Case, lon: float, lat: float, at: datetime, words: str, metres: float, hours: float
) -> Alike:
    away = distance_m(lon, lat, row.lon or 0.0, row.lat or 0.0)
    apart = abs((row.reported_at - at).total_seconds()) / 3600
    same = likeness(away / metres, apart / hours, words, row.description)
    return Alike(row, away, apart, same)
