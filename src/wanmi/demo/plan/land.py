"""What each block is used for, and the buildings that stand on it. All in the city's metres."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from wanmi.demo.plan.streets import Street
from wanmi.kernel.partition import faces

Shapes: TypeAlias = npt.NDArray[np.object_]
Points: TypeAlias = npt.NDArray[np.float64]

USES = ("residential", "commercial", "office", "school", "industry", "hospital", "market", "green")
SHARES = (0.52, 0.14, 0.1, 0.06, 0.08, 0.02, 0.03, 0.05)
SETBACK_M = 5.0
CARRIAGEWAY_M2 = 500.0


@dataclass(frozen=True)
class Pattern:
    """Length and depth of a building and the gaps beside and behind it, in metres."""

    length: float
    depth: float
    beside: float
    behind: float


PATTERNS = {
    "residential": Pattern(46, 12, 12, 26),
    "commercial": Pattern(34, 26, 14, 16),
    "office": Pattern(28, 22, 22, 26),
    "school": Pattern(58, 14, 24, 34),
    "industry": Pattern(64, 30, 16, 18),
    "hospital": Pattern(52, 18, 18, 24),
    "market": Pattern(54, 24, 12, 14),
}


@dataclass(frozen=True)
class Land:
    """Blocks between the roads with the use of each, one of ``USES`` or water, park, square."""

    blocks: Shapes
    uses: tuple[str, ...]

    def of_use(self, *uses: str) -> Shapes:
        """Return the blocks of these uses."""
        chosen = [block for block, use in zip(self.blocks, self.uses, strict=True) if use in uses]
        return np.array(chosen, dtype=object)


def land_for(
    random: np.random.Generator,
    lines: list[BaseGeometry],
    *,
    ground: BaseGeometry,
    water: BaseGeometry,
    parks: BaseGeometry,
    centre: BaseGeometry,
) -> Land:
    """Cut the ground along its lines and give every block a use; uses cluster by the centre."""
    blocks = faces([ground.boundary, *lines])
    # The border and the road on it bend a little apart: what lies between is carriageway.
    blocks = blocks[shapely.area(blocks) > CARRIAGEWAY_M2]
    inner = shapely.point_on_surface(blocks)
    shapely.prepare(ground)
    blocks = blocks[shapely.intersects(ground, inner)]
    inner = shapely.point_on_surface(blocks)
    drawn = random.choice(len(USES), size=len(blocks), p=SHARES)
    uses = np.array(USES, dtype=object)[drawn]
    near = shapely.distance(inner, centre)
    uses[(near < 650) & (uses == "industry")] = "commercial"
    uses[(near < 420) & (uses == "residential")] = "office"
    bank = shapely.distance(inner, water) < 40
    uses[bank | (shapely.area(blocks) < 2500)] = "green"
    uses[shapely.intersects(parks, inner)] = "park"
    uses[shapely.intersects(water, inner)] = "water"
    uses[_square(blocks, uses, near)] = "square"
    return Land(blocks, tuple(str(use) for use in uses))


def _square(blocks: Shapes, uses: npt.NDArray[np.object_], near: Points) -> int:
    """Return the block nearest to the centre that can be the central square."""
    fit = (shapely.area(blocks) > 9000) & (uses != "water") & (uses != "park")
    return int(np.argmin(np.where(fit, near, np.inf)))


def plots(land: Land, roads: list[Street]) -> Shapes:
    """Return what is left of each block behind the pavements."""
    lines = np.array([road.line for road in roads], dtype=object)
    margins = np.array([road.width_m / 2 + SETBACK_M for road in roads])
    paved = shapely.buffer(lines, margins, cap_style="flat", quad_segs=2)
    tree = shapely.STRtree(paved)
    block, road = tree.query(land.blocks, predicate="intersects")
    result = land.blocks.copy()
    for index in np.unique(block):
        taken = shapely.union_all(paved[road[block == index]])
        result[index] = shapely.difference(land.blocks[index], taken)
    return result


def buildings(random: np.random.Generator, land: Land, plot: Shapes) -> tuple[Shapes, list[str]]:
    """Return building outlines and the use of each."""
    shapes: list[Shapes] = []
    uses: list[str] = []
    for block, use in zip(plot, land.uses, strict=True):
        pattern = PATTERNS.get(use)
        if pattern is not None and block.area > 900:
            found = _rows(random, block, pattern)
            shapes.append(found)
            uses += [use] * len(found)
    return np.concatenate(shapes), uses


def _rows(random: np.random.Generator, block: BaseGeometry, pattern: Pattern) -> Shapes:
    """Fill a block with rows of rectangles along its own direction; drop what sticks out."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(block))[:4]
    along, up = corners[1] - corners[0], corners[3] - corners[0]
    if np.hypot(*along) < np.hypot(*up):
        along, up = up, -along
        corners = np.roll(corners, -1, axis=0)
    length, depth = float(np.hypot(*along)), float(np.hypot(*up))
    west = np.arange(3.0, max(length - pattern.length, 3.1), pattern.length + pattern.beside)
    south = np.arange(3.0, max(depth - pattern.depth, 3.1), pattern.depth + pattern.behind)
    x, y = (grid.ravel() for grid in np.meshgrid(west, south))
    wide = pattern.length * random.uniform(0.72, 1.0, len(x))
    deep = pattern.depth * random.uniform(0.85, 1.1, len(x))
    one, other = along / length, up / depth
    ring = np.stack([(x, y), (x + wide, y), (x + wide, y + deep), (x, y + deep)])
    placed = corners[0] + ring[:, 0, :, None] * one + ring[:, 1, :, None] * other
    outlines = shapely.polygons(np.swapaxes(placed, 0, 1))
    keep = shapely.covers(block, outlines) & (random.random(len(outlines)) < 0.94)
    return np.asarray(outlines[keep])
