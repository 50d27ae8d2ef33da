"""Place the public facilities: along roads, at crossings, on bridges, banks and in blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from wanmi.demo.plan import furniture
from wanmi.demo.plan.frame import Frame
from wanmi.demo.plan.land import Land
from wanmi.demo.plan.model import Grid, Part
from wanmi.demo.plan.river import River, banks, bridges
from wanmi.demo.plan.streets import Street

Points: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass
class Found:
    """Placed facilities in the city's metres, gathered class by class."""

    classes: list[tuple[str, str]] = field(default_factory=list)
    points: list[Points] = field(default_factory=list)
    roads: list[Numbers] = field(default_factory=list)

    def add(self, kind: tuple[str, str], points: Points, road: Numbers | int = -1) -> None:
        """Take points of one class with the index of the road they stand on."""
        self.classes += [kind] * len(points)
        self.points.append(points)
        self.roads.append(np.broadcast_to(np.asarray(road, dtype=np.int64), len(points)))


def parts_for(
    random: np.random.Generator,
    frame: Frame,
    streets: list[Street],
    river: River,
    land: Land,
    grids: tuple[Grid, ...],
) -> tuple[Part, ...]:
    """Return every facility that stands in a unit grid, on dry ground."""
    found = Found()
    for rule in furniture.ALONG:
        _along(random, found, streets, rule)
    _at_crossings(random, found, streets)
    _by_the_water(found, streets, river)
    _in_blocks(random, found, land)
    return _placed(frame, found, river, grids)


def _along(
    random: np.random.Generator, found: Found, streets: list[Street], rule: furniture.Along
) -> None:
    every_m = rule.every_m * furniture.SPARSER
    chosen = [index for index, street in enumerate(streets) if street.kind in rule.roads]
    for side in (1, -1)[: rule.sides]:
        for index in chosen:
            street = streets[index]
            for line in shapely.get_parts(street.line):
                inset = None if rule.inset_m is None else side * (street.width_m / 2 + rule.inset_m)
                points = spread(line, every_m, inset, start=float(random.random()))
                found.add((rule.major, rule.minor), points, index)


def spread(line: BaseGeometry, every_m: float, inset_m: float | None, *, start: float) -> Points:
    """Return points along a line, beside it by ``inset_m``, clear of its two ends."""
    length = shapely.length(line)
    at = np.arange(9.0 + start * every_m, length - 9.0, every_m)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    if inset_m is None or not len(at):
        return points
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, at + 1.0)) - points
    normal = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    return points + normal / np.hypot(*ahead.T)[:, None] * inset_m


def _at_crossings(random: np.random.Generator, found: Found, streets: list[Street]) -> None:
    for one, other, points in crossings(streets):
        both_main = {streets[one].kind, streets[other].kind} <= set(furniture.MAIN)
        kinds = furniture.AT_CROSSING + (furniture.AT_MAIN_CROSSING if both_main else ())
        reach = (streets[one].width_m + streets[other].width_m) / 4 + 2
        for kind in kinds:
            corner = random.choice([-1, 1], size=points.shape)
            found.add(kind, points + corner * reach * random.uniform(0.9, 1.1, points.shape), one)


def crossings(streets: list[Street]) -> Iterator[tuple[int, int, Points]]:
    """Yield pairs of roads with the points where they meet."""
    lines = np.array([street.line for street in streets], dtype=object)
    left, right = shapely.STRtree(lines).query(lines, predicate="intersects")
    upper = left < right
    for one, other in zip(left[upper], right[upper], strict=True):
        meeting = shapely.intersection(lines[one], lines[other])
        yield (
            int(one),
            int(other),
            shapely.get_coordinates(shapely.centroid(shapely.get_parts(meeting))),
        )


def _by_the_water(found: Found, streets: list[Street], river: River) -> None:
    for index, street in enumerate(streets):
        for span in bridges(street, river):
            middle = shapely.get_coordinates(
                shapely.line_interpolate_point(span, 0.5, normalized=True)
            )
            for kind in furniture.ON_BRIDGE:
                found.add(kind, middle + np.array([street.width_m / 2, 0.0]), index)
    for bank in banks(river):
        for major, minor, every_m in furniture.ALONG_BANK:
            found.add((major, minor), spread(bank, every_m, 0.0, start=0.3))


def _in_blocks(random: np.random.Generator, found: Found, land: Land) -> None:
    for use, facilities in furniture.IN_BLOCK.items():
        for block in land.of_use(use):
            inner = shapely.buffer(block, -14)
            if not shapely.is_empty(inner):
                for major, minor, count in facilities:
                    found.add((major, minor), scattered(random, inner, count))


def scattered(random: np.random.Generator, area: BaseGeometry, count: int) -> Points:
    """Return up to ``count`` random points inside an area."""
    west, south, east, north = shapely.bounds(area)
    tries = random.uniform((west, south), (east, north), (count * 4, 2))
    return tries[shapely.contains_xy(area, tries[:, 0], tries[:, 1])][:count]


def _placed(frame: Frame, found: Found, river: River, grids: tuple[Grid, ...]) -> tuple[Part, ...]:
    points = np.concatenate(found.points)
    road = np.concatenate(found.roads)
    degrees = frame.degrees(points)
    grid = located(degrees, grids)
    shapely.prepare(river.water)
    wet = shapely.contains_xy(river.water, points[:, 0], points[:, 1])
    over_water = {("02", "009"), ("01", "037"), ("02", "017")}
    allowed = np.array([kind in over_water for kind in found.classes])
    keep = np.flatnonzero((grid >= 0) & (~wet | allowed))
    keep = keep[np.lexsort((degrees[keep, 0], grid[keep]))]
    return tuple(
        Part(
            *found.classes[k],
            float(degrees[k, 0]),
            float(degrees[k, 1]),
            int(grid[k]),
            int(road[k]),
        )
        for k in keep
    )


def located(degrees: Points, grids: tuple[Grid, ...]) -> Numbers:
    """Return the index of the grid that holds each point, the lowest on a border, or -1."""
    tree = shapely.STRtree([grid.shape for grid in grids])
    point, grid = tree.query(shapely.points(degrees), predicate="intersects")
    held = np.full(len(degrees), len(grids), dtype=np.int64)
    np.minimum.at(held, point, grid)
    return np.where(held == len(grids), -1, held)
