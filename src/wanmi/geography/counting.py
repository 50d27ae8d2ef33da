"""Kept counts of points: one row per layer, cell and street, from zoom 9 to zoom 19.

A change recounts the finest cell it lies in from the rows themselves and adds
the coarser ones up from there, so counting twice does no harm and a missed
change is mended by the next one nearby. The database does both in statements
over whole sets: five million points are counted without any of them coming here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import Avg, Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce, Substr

from wanmi.kernel import cells

from .layers import PointLayer
from .models import PointCount

LOWEST, FINEST = 9, 19
STREET_LENGTH = 25
"""Characters of the path of a street ("99/9901/990101/990101001/"), by which counts are kept."""
CHUNK = 200
_ONE_ZOOM = 1 << 52
"""What a cell loses for each zoom it is coarser than another, in its bits of the zoom."""
_COLUMNS = "layer, level, cell, area_path, count, worst, lon, lat"


def covers(paths: Iterable[str]) -> bool:
    """Say whether areas are no finer than a street, so that kept counts answer for them."""
    return all(len(path) <= STREET_LENGTH for path in paths)


def recount(layer: PointLayer, points: Iterable[int], at: datetime) -> int:
    """Count the cells these points (zoom-26 cells) lie in anew; return how many cells."""
    dirty = sorted({cells.parent(point, FINEST) for point in points})
    for start in range(0, len(dirty), CHUNK):
        _recount(layer, dirty[start : start + CHUNK], at)
    return len(dirty)


def rebuild(layer: PointLayer, at: datetime) -> int:
    """Count a whole layer anew; return how many points it has."""
    kept = PointCount.objects.filter(layer=layer.name)
    kept.delete()
    _count(layer, Q(), at)
    for level in range(FINEST - 1, LOWEST - 1, -1):
        _add_up(layer, level)
    return kept.filter(level=LOWEST).aggregate(n=Coalesce(Sum("count"), 0))["n"]


def _recount(layer: PointLayer, dirty: Sequence[int], at: datetime) -> None:
    spans = Q(pk__in=[])
    for cell in dirty:
        spans |= Q(cell__range=cells.tile_range(*cells.tile(cell)))
    _forget(layer, FINEST, dirty)
    _count(layer, spans, at)
    for level in range(FINEST - 1, LOWEST - 1, -1):
        dirty = sorted({cells.parent(cell, level) for cell in dirty})
        _forget(layer, level, dirty)
        _add_up(layer, level, dirty)


def _forget(layer: PointLayer, level: int, dirty: Sequence[int]) -> None:
    PointCount.objects.filter(layer=layer.name, level=level, cell__in=dirty).delete()


def _count(layer: PointLayer, where: Q, at: datetime) -> None:
    """Count the rows themselves by finest cell and street."""
    divisor = cells.prefix_divisor(FINEST)
    rows = layer.rows().filter(where, cell__isnull=False).order_by()
    groups = (
        rows.annotate(place=F("cell") / divisor, held=Substr("area_path", 1, STREET_LENGTH))
        .values("place", "held")
        .annotate(n=Count("*"), top=Coalesce(Max(layer.rank(at)), 0), x=Avg("lon"), y=Avg("lat"))
    )
    counted, given = groups.query.get_compiler(using=rows.db).as_sql()
    # The cell of a quotient: the bits below it all ones, the zoom that of the level.
    rest = divisor - 1 - (cells.ZOOM - FINEST) * _ONE_ZOOM
    sql = (
        f"INSERT INTO {_table(rows.db)} ({_COLUMNS})"  # noqa: S608  # the ORM's own statement
        f" SELECT %s, {FINEST}, place * {divisor} + {rest}, held, n, top, x, y"
        f" FROM ({counted}) AS counted"
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, [layer.name, *given])


def _add_up(layer: PointLayer, level: int, dirty: Sequence[int] = ()) -> None:
    """Add the counts of the next finer level up, everywhere or in some cells of this level."""
    finer = [child for cell in dirty for child in _finer(cell)]
    divisor = cells.prefix_divisor(level)
    some = f" AND cell IN ({', '.join(['%s'] * len(finer))})" if finer else ""
    using = PointCount.objects.db
    table = _table(using)
    sql = (
        f"INSERT INTO {table} ({_COLUMNS})"  # noqa: S608  # nothing but our own names and numbers
        f" SELECT layer, {level}, (cell / {divisor}) * {divisor} + {divisor - 1 - _ONE_ZOOM},"
        " area_path, sum(count), max(worst), sum(lon * count) / sum(count),"
        f" sum(lat * count) / sum(count) FROM {table}"
        f" WHERE layer = %s AND level = {level + 1}{some} GROUP BY layer, 3, area_path"
    )
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [layer.name, *finer])


def _finer(cell: int) -> list[int]:
    z, x, y = cells.tile(cell)
    return [cells.tile_cell(z + 1, 2 * x + dx, 2 * y + dy) for dx in (0, 1) for dy in (0, 1)]


def _table(using: str) -> Any:
    return connections[using].ops.quote_name(PointCount._meta.db_table)
