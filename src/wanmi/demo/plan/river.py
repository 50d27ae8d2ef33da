"""Draw the river that meanders through the city, its banks and the road beside it."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wanmi.demo.plan.model import Name
from wanmi.demo.plan.streets import Street

REACH_M = 5200.0
NORTH_BANK = Name("汀水北路", "Ting River North Road")
SOUTH_BANK = Name("汀水南路", "Ting River South Road")


@dataclass(frozen=True)
class River:
    """The middle line and the water surface, in the city's metres."""

    middle: LineString
    water: BaseGeometry
    half_width_m: float


def river_for(random: np.random.Generator, width_m: float, height_m: float) -> River:
    """Return a river that crosses the whole plan from west to east, off its centre."""
    reach = width_m / 2 + REACH_M
    x = np.arange(-reach, reach, 15.0)
    first, second = random.uniform(0, 2 * np.pi, 2)
    swing = min(260.0, height_m * 0.06)
    side = float(random.choice([-1, 1]))
    y = side * height_m * 0.17 + x * random.uniform(-0.06, 0.06)
    y = y + swing * np.sin(x / 640 + first) + 0.35 * swing * np.sin(x / 270 + second)
    half = float(random.uniform(46, 62))
    middle = LineString(np.stack([x, y], axis=1))
    return River(middle, shapely.buffer(middle, half), half)


def banks(river: River) -> list[BaseGeometry]:
    """Return the two bank lines."""
    return [shapely.offset_curve(river.middle, side * river.half_width_m) for side in (1, -1)]


def riverside(river: River, ground: BaseGeometry) -> list[Street]:
    """Return a road along each bank, inside the city only."""
    roads = []
    for side, name in ((1, NORTH_BANK), (-1, SOUTH_BANK)):
        line = shapely.offset_curve(river.middle, side * (river.half_width_m + 34))
        inside = shapely.intersection(shapely.simplify(line, 1), ground)
        roads.append(Street("secondary", name, inside))
    return roads


def bridges(street: Street, river: River) -> tuple[LineString, ...]:
    """Return the parts of a road that cross the water."""
    if street.kind == "local" or not shapely.intersects(street.line, river.water):
        return ()
    spans = shapely.get_parts(shapely.intersection(street.line, river.water))
    return tuple(span for span in spans if isinstance(span, LineString))
