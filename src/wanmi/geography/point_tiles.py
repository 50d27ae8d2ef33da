"""Tiles of points: kept counts at low zoom, counted live between, single points at the end."""

from typing import Any, NamedTuple

import numpy as np
from django.db import connections
from django.db.models import Avg, Count, F, Max, Q, QuerySet

from wanmi.kernel import cells
from wanmi.kernel.cells import Tile

from .counting import FINEST, LOWEST, covers
from .layers import LAMPS, PointLayer, Source, TileAsked
from .mercator import point_units
from .models import KeptLayer, PointCount
from .mvt import Properties, point_layer
from .queries.areas import below

FINER = 4
"""A tile is gathered into 16 × 16 cells: four zooms below its own."""
MOST_SINGLE = 2000
CROWD = 200
"""So many points are told apart in a tile; kept counts draw more of them as clusters."""


class Gathered(NamedTuple):
    """Points of one cell together: how many, the worst lamp, the mean point in degrees."""

    points: int
    worst: int
    lon: float
    lat: float


def source(layer: PointLayer) -> Source:
    """Return what fills the tiles of a layer of points."""

    def tile(asked: TileAsked) -> bytes:
        crowd: list[Gathered] = []
        if asked.tile.z >= layer.single_from and not (crowd := _crowd(layer, asked)):
            return _single(layer, asked)
        return _draw_gathered(layer, asked.tile, crowd or gathered(layer, asked))

    return tile


def gathered(layer: PointLayer, asked: TileAsked) -> list[Gathered]:
    """Return the clusters of a tile, from the kept counts where they answer, else counted."""
    level = max(asked.tile.z + FINER, LOWEST)
    if layer.is_kept and asked.tile.z < layer.single_from and covers(asked.paths):
        found = _from_kept(layer, asked, min(level, FINEST))
        # Nothing found says nothing where counts are not kept yet.
        if found or KeptLayer.objects.filter(pk=layer.name).exists():
            return found
    return _counted(layer, asked, level)


def _crowd(layer: PointLayer, asked: TileAsked) -> list[Gathered]:
    """Return the kept clusters of a tile too crowded for single points; none where it is not."""
    if not layer.is_kept or asked.tile.z > FINEST - 2 or not covers(asked.paths):
        return []
    found = _from_kept(layer, asked, FINEST)
    return found if sum(each.points for each in found) > CROWD else []


def _from_kept(layer: PointLayer, asked: TileAsked, level: int) -> list[Gathered]:
    """Ask for the kept counts; the statement is written here, as the ORM takes longer than it."""
    first, last = (cells.parent(end, level) for end in cells.tile_range(*asked.tile))
    # "0" is the character after the "/" that ends every code.
    areas = [] if "" in asked.paths else [(path, path[:-1] + "0") for path in asked.paths]
    within = " OR ".join(["area_path >= %s AND area_path < %s"] * len(areas))
    sql = _KEPT.format(within=f" AND ({within})" if areas else "")
    ends = [end for pair in areas for end in pair]
    with connections[PointCount.objects.db].cursor() as cursor:
        cursor.execute(sql, [layer.name, level, first, last, *ends])
        return [Gathered(*row) for row in cursor.fetchall()]


_KEPT = """
SELECT sum(count), max(worst), sum(lon * count) / sum(count), sum(lat * count) / sum(count)
FROM geography_pointcount WHERE layer = %s AND level = %s AND cell BETWEEN %s AND %s{within}
GROUP BY cell"""


def _counted(layer: PointLayer, asked: TileAsked, level: int) -> list[Gathered]:
    divisor = cells.prefix_divisor(min(level, cells.ZOOM))
    rows = _rows(layer, asked).annotate(place=F("cell") / divisor).values("place")
    counted = rows.annotate(n=Count("*"), top=Max(layer.rank(asked.at)), x=Avg("lon"), y=Avg("lat"))
    return [Gathered(*row) for row in counted.order_by().values_list("n", "top", "x", "y")]


def _rows(layer: PointLayer, asked: TileAsked) -> "QuerySet[Any]":
    # Any: rows of a room above, whose class this room does not know.
    span = cells.tile_range(*asked.tile)
    return layer.rows().filter(_within(asked.paths), cell__range=span).order_by()


def _within(paths: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= below(path, "area_path")
    return condition


def _single(layer: PointLayer, asked: TileAsked) -> bytes:
    shown = {f"shown_{name}": value for name, value in layer.properties.items()}
    named = {key: F(value) if isinstance(value, str) else value for key, value in shown.items()}
    rows = _rows(layer, asked).annotate(shown_lamp=layer.rank(asked.at), **named)
    columns = ["lon", "lat", "shown_lamp", *named]
    found = list(rows.values_list(*columns)[: MOST_SINGLE + 1])
    if len(found) > MOST_SINGLE:
        return _draw_gathered(layer, asked.tile, _counted(layer, asked, asked.tile.z + FINER))
    if not found:
        return b""
    lons, lats, *_ = zip(*found, strict=True)
    keys = list(layer.properties)
    properties: list[Properties] = [
        {**dict(zip(keys, row[3:], strict=True)), "lamp": _lamp(row[2])} for row in found
    ]
    x, y = point_units(asked.tile, np.array(lons), np.array(lats))
    return point_layer(layer.name, x, y, properties)


def _draw_gathered(layer: PointLayer, tile: Tile, groups: list[Gathered]) -> bytes:
    if not groups:
        return b""
    x, y = point_units(
        tile, np.array([each.lon for each in groups]), np.array([each.lat for each in groups])
    )
    properties: list[Properties] = [
        {"count": each.points, "lamp": _lamp(each.worst)} for each in groups
    ]
    return point_layer(layer.name, x, y, properties)


def _lamp(rank: int | None) -> str | None:
    return LAMPS[rank] or None if rank else None


__all__ = ["Gathered", "gathered", "source"]
