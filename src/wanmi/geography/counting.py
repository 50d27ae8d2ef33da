"""Kept counts of points: one row per layer, cell and street, from zoom 9 to zoom 18.

A change recounts the finest cell it lies in from the rows themselves and adds
the coarser ones up from there, so counting twice does no harm and a missed
change is mended by the next one nearby.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, Max, Q

from wanmi.kernel import cells

from .layers import PointLayer
from .models import PointCount

LOWEST, FINEST = 9, 18
STREET_DEPTH = 4
"""Province, city, district, street: counts are kept by the first four codes of a path."""
CHUNK = 200


class Key(NamedTuple):
    """What a count is kept for."""

    cell: int
    area_path: str


class Tally(NamedTuple):
    """Points counted together; `lon`, `lat` their mean, in degrees."""

    points: int
    worst: int
    lon: float
    lat: float


def covers(paths: Iterable[str]) -> bool:
    """Say whether areas are no finer than a street, so that kept counts answer for them."""
    return all(path.count("/") <= STREET_DEPTH for path in paths)


@lru_cache(maxsize=100_000)
def street_of(path: str) -> str:
    """Return the first four levels of a path."""
    codes = path.split("/")
    return path if len(codes) <= STREET_DEPTH + 1 else "/".join(codes[:STREET_DEPTH]) + "/"


def recount(layer: PointLayer, points: Iterable[int], at: datetime) -> int:
    """Count the cells these points (zoom-26 cells) lie in anew; return how many cells."""
    dirty = sorted({cells.parent(point, FINEST) for point in points})
    for start in range(0, len(dirty), CHUNK):
        _recount(layer, dirty[start : start + CHUNK], at)
    return len(dirty)


def rebuild(layer: PointLayer, at: datetime) -> int:
    """Count a whole layer anew; return how many points it has."""
    PointCount.objects.filter(layer=layer.name).delete()
    tallies = _tally(layer, Q(), at)
    _write(layer, FINEST, tallies)
    for level in range(FINEST - 1, LOWEST - 1, -1):
        tallies = _added_up(tallies, level)
        _write(layer, level, tallies)
    return sum(tally.points for tally in tallies.values())


def _recount(layer: PointLayer, dirty: Sequence[int], at: datetime) -> None:
    spans = Q(pk__in=[])
    for cell in dirty:
        spans |= Q(cell__range=cells.tile_range(*cells.tile(cell)))
    _replace(layer, FINEST, dirty, _tally(layer, spans, at))
    for level in range(FINEST - 1, LOWEST - 1, -1):
        dirty = sorted({cells.parent(cell, level) for cell in dirty})
        _replace(layer, level, dirty, _added_up(_children(layer, dirty, level + 1), level))


def _tally(layer: PointLayer, where: Q, at: datetime) -> dict[Key, Tally]:
    """Count the rows themselves by finest cell and street."""
    divisor = cells.prefix_divisor(FINEST)
    rows = layer.rows().filter(where, cell__isnull=False).order_by()
    counted = rows.annotate(place=F("cell") / divisor).values("place", "area_path")
    groups = counted.annotate(
        n=Count("*"), top=Max(layer.rank(at)), x=Avg("lon"), y=Avg("lat"), some=Max("cell")
    ).values_list("some", "area_path", "n", "top", "x", "y")
    gathered: dict[Key, list[Tally]] = defaultdict(list)
    for cell, path, *numbers in groups.iterator(chunk_size=5000):
        gathered[Key(cells.parent(cell, FINEST), street_of(path))].append(_as_tally(numbers))
    return {key: _sum(tallies) for key, tallies in gathered.items()}


def _as_tally(numbers: list[Any]) -> Tally:
    # Any: columns as the database gives them; a lamp is NULL where no rank applies.
    points, worst, lon, lat = numbers
    return Tally(points, worst or 0, lon, lat)


def _children(layer: PointLayer, dirty: Sequence[int], level: int) -> dict[Key, Tally]:
    finer = [child for cell in dirty for child in _finer(cell)]
    rows = PointCount.objects.filter(layer=layer.name, level=level, cell__in=finer)
    columns = rows.values_list("cell", "area_path", "count", "worst", "lon", "lat")
    return {
        Key(cell, path): Tally(points, worst, lon, lat)
        for cell, path, points, worst, lon, lat in columns
    }


def _finer(cell: int) -> list[int]:
    z, x, y = cells.tile(cell)
    return [cells.tile_cell(z + 1, 2 * x + dx, 2 * y + dy) for dx in (0, 1) for dy in (0, 1)]


def _added_up(tallies: dict[Key, Tally], level: int) -> dict[Key, Tally]:
    gathered: dict[Key, list[Tally]] = defaultdict(list)
    for key, tally in tallies.items():
        gathered[Key(cells.parent(key.cell, level), key.area_path)].append(tally)
    return {key: _sum(several) for key, several in gathered.items()}


def _sum(tallies: list[Tally]) -> Tally:
    if len(tallies) == 1:
        return tallies[0]
    points = sum(tally.points for tally in tallies)
    lon = sum(tally.lon * tally.points for tally in tallies) / points
    lat = sum(tally.lat * tally.points for tally in tallies) / points
    return Tally(points, max(tally.worst for tally in tallies), lon, lat)


def _replace(
    layer: PointLayer, level: int, dirty: Sequence[int], tallies: dict[Key, Tally]
) -> None:
    PointCount.objects.filter(layer=layer.name, level=level, cell__in=dirty).delete()
    _write(layer, level, tallies)


def _write(layer: PointLayer, level: int, tallies: dict[Key, Tally]) -> None:
    PointCount.objects.bulk_create(
        (
            PointCount(
                layer=layer.name,
                level=level,
                cell=key.cell,
                area_path=key.area_path,
                count=tally.points,
                worst=tally.worst,
                lon=tally.lon,
                lat=tally.lat,
            )
            for key, tally in tallies.items()
        ),
        batch_size=1000,
    )
