"""Name the places people speak of: streets, quarters, buildings, points of interest, plates."""

from collections.abc import Iterator
from typing import TypeAlias

import shapely
from shapely.geometry import Point

from wanmi.demo.plan.divisions import Community
from wanmi.demo.plan.frame import Frame
from wanmi.demo.plan.land import Land
from wanmi.demo.plan.model import Grid, Name, Place
from wanmi.demo.plan.names import named
from wanmi.demo.plan.parts import located, spread
from wanmi.demo.plan.streets import Street

Row: TypeAlias = tuple[str, str, Name, Point, int, str]
"""Kind, use, name, point in metres, road and door number."""

PLATE_EVERY_M = 52.0

WORDS = {
    "residential": (("小区", "Residence"), ("花园", "Garden"), ("家园", "Homes"), ("苑", "Court")),
    "commercial": (("商场", "Mall"), ("百货", "Store"), ("酒店", "Hotel"), ("购物中心", "Plaza")),
    "office": (("大厦", "Tower"), ("中心", "Centre"), ("办公楼", "Offices")),
    "school": (("小学", "Primary School"), ("中学", "Middle School"), ("幼儿园", "Kindergarten")),
    "industry": (("工业园", "Works"), ("物流园", "Logistics Park")),
    "hospital": (("医院", "Hospital"),),
    "market": (("农贸市场", "Farmers' Market"), ("菜市场", "Food Market")),
    "park": (("公园", "Park"),),
    "square": (("广场", "Square"),),
}
KINDS = {"residential": "quarter", "office": "building"}


def block_names(land: Land, stems: Iterator[Name]) -> list[Name | None]:
    """Return a name for each block whose use has one."""
    names: list[Name | None] = []
    for number, use in enumerate(land.uses):
        words = WORDS.get(use, ())
        names.append(named(next(stems), *words[number % len(words)]) if words else None)
    return names


def places_for(
    frame: Frame,
    streets: list[Street],
    land: Land,
    names: list[Name | None],
    communities: list[Community],
    grids: tuple[Grid, ...],
) -> tuple[Place, ...]:
    """Return the places that stand in a unit grid, and every street; ``grid`` may be -1 there."""
    rows: list[Row] = []
    rows += _streets(streets)
    rows += _blocks(land, names)
    rows += [row for index, street in enumerate(streets) for row in _plates(street, index)]
    points = frame.degrees(shapely.get_coordinates([row[3] for row in rows]))
    held = located(points, grids)
    return tuple(
        Place(kind, use, name, Point(lon, lat), int(grid), road, number)
        for (kind, use, name, _, road, number), (lon, lat), grid in zip(
            rows, points, held, strict=True
        )
        if grid >= 0 or kind == "street"
    )


def _streets(streets: list[Street]) -> list[Row]:
    return [
        ("street", street.kind, street.name, _middle(street), index, "")
        for index, street in enumerate(streets)
    ]


def _middle(street: Street) -> Point:
    longest = max(shapely.get_parts(street.line), key=shapely.length)
    return Point(
        shapely.get_coordinates(shapely.line_interpolate_point(longest, 0.5, normalized=True))[0]
    )


def _blocks(land: Land, names: list[Name | None]) -> list[Row]:
    inner = shapely.point_on_surface(land.blocks)
    return [
        (KINDS.get(use, "poi"), use, name, point, -1, "")
        for point, use, name in zip(inner, land.uses, names, strict=True)
        if name is not None
    ]


def _plates(street: Street, index: int) -> Iterator[Row]:
    """Number the doors of a street: odd on its left, even on its right."""
    if street.kind == "trunk":
        return
    for side, first in ((1, 1), (-1, 2)):
        number = first
        for line in shapely.get_parts(street.line):
            for point in spread(line, PLATE_EVERY_M, side * (street.width_m / 2 + 2.5), start=0.4):
                name = Name(f"{street.name.zh}{number}号", f"{number} {street.name.en}")
                yield ("doorplate", "", name, Point(point), index, str(number))
                number += 2
