"""Cut an area into small pieces along lines, without gaps and without slivers.

Everything here is plane geometry in metres: the caller projects first. The pieces of one call
share their border vertices exactly, so that they form a valid coverage (seamless, no overlap).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wanmi.kernel.adjacency import borders, dissolve

Shapes: TypeAlias = npt.NDArray[np.object_]
Numbers: TypeAlias = npt.NDArray[np.int64]
Lengths: TypeAlias = npt.NDArray[np.float64]

SNAP_M = 0.001
OVERSHOOT_M = 0.05
CUT_ABOVE = 1.6
MERGE_BELOW = 0.4
THIN_BELOW = 0.15
NORTH_UP_ABOVE = 200.0


@dataclass(frozen=True)
class Pieces:
    """Polygons in metres and, for each, the index of its region and of its block.

    A block is a part of a region that no given line crosses.
    """

    shapes: Shapes
    regions: Numbers
    blocks: Numbers


def cut(
    regions: Sequence[BaseGeometry], *, size_m: float, lines: Iterable[BaseGeometry] = ()
) -> Pieces:
    """Cut disjoint regions into pieces of about ``size_m`` squared that follow the given lines.

    Pieces that are small join the neighbour of the same region with which they share the
    longest border, on their own side of the lines where they can.
    """
    return joined(sliced(regions, size_m=size_m, lines=lines), size_m=size_m)


def sliced(
    regions: Sequence[BaseGeometry], *, size_m: float, lines: Iterable[BaseGeometry] = ()
) -> Pieces:
    """Cut regions along lines and then to squares, and leave small pieces as they fall."""
    drawn = [*(region.boundary for region in regions), *lines]
    blocks = faces(drawn)
    blocks = blocks[owners(blocks, regions) >= 0]
    streets = [line for block in blocks for line in lattice(block, size_m)]
    shapes = faces([*drawn, *streets])
    region = owners(shapes, regions)
    shapes, region = shapes[region >= 0], region[region >= 0]
    return Pieces(shapes, region, owners(shapes, list(blocks)))


def joined(pieces: Pieces, *, size_m: float) -> Pieces:
    """Join small pieces within their block, then those that are left within their region."""
    # A sliver's inner point may fall to a block across the border: the region must agree too.
    block = pieces.blocks * (pieces.regions.max() + 1) + pieces.regions
    pieces = _merged(pieces, within=block, size_m=size_m)
    return _merged(pieces, within=pieces.regions, size_m=size_m)


def is_small(shapes: Shapes, size_m: float) -> npt.NDArray[np.bool_]:
    """Tell which are under 40 % of the size squared, or thinner than 15 % of the size."""
    area = shapely.area(shapes)
    width = 2 * area / np.maximum(shapely.length(shapes), SNAP_M)
    small = (area < MERGE_BELOW * size_m**2) | (width < THIN_BELOW * size_m)
    return np.asarray(small, dtype=np.bool_)


def relabelled(pieces: Pieces, label: Numbers) -> Pieces:
    """Union the pieces of each label, which is the index of the piece whose region they take."""
    kept = np.unique(label)
    return Pieces(_union(pieces.shapes, label), pieces.regions[kept], pieces.blocks[kept])


def faces(lines: Iterable[BaseGeometry]) -> Shapes:
    """Return the polygons that the lines enclose; loose ends do not matter."""
    noded = shapely.union_all(list(lines), grid_size=SNAP_M)
    return np.asarray(shapely.get_parts(shapely.polygonize([noded])))


def owners(shapes: Shapes, regions: Sequence[BaseGeometry]) -> Numbers:
    """Return for each shape the lowest index of a region that holds its inner point, or -1."""
    found = np.full(len(shapes), len(regions), dtype=np.int64)
    tree = shapely.STRtree(list(regions))
    which, region = tree.query(shapely.point_on_surface(shapes), predicate="intersects")
    np.minimum.at(found, which, region)
    return np.where(found == len(regions), -1, found)


def lattice(block: BaseGeometry, size_m: float) -> list[LineString]:
    """Return the lines that cut a block to squares of about ``size_m``, along its longer side.

    A block of more than 200 squares has no direction of its own and is cut north up.
    """
    if block.area < CUT_ABOVE * size_m**2:
        return []
    origin, across, up = _frame(block, north_up=block.area > NORTH_UP_ABOVE * size_m**2)
    rows = _rules(origin, across, up, size_m) + _rules(origin, up, across, size_m)
    inside = shapely.intersection(rows, block)
    parts = shapely.get_parts(inside)
    return [_overshot(part) for part in parts[shapely.length(parts) > OVERSHOOT_M]]


def reading_order(shapes: Shapes, *, band_m: float) -> Numbers:
    """Return the indices that read the shapes west to east, in bands from north to south."""
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    top = shapely.bounds(shapes)[:, 3].max() if len(shapes) else 0.0
    band = np.floor((top - centres[:, 1]) / band_m)
    return np.asarray(np.lexsort((-centres[:, 1], centres[:, 0], band)), dtype=np.int64)


def _merged(pieces: Pieces, *, within: Numbers, size_m: float) -> Pieces:
    label = dissolve(
        borders(pieces.shapes),
        small=is_small(pieces.shapes, size_m),
        area=shapely.area(pieces.shapes),
        enough=MERGE_BELOW * size_m**2,
        within=within,
    )
    return relabelled(pieces, label)


def _union(shapes: Shapes, label: Numbers) -> Shapes:
    kept, inverse, count = np.unique(label, return_inverse=True, return_counts=True)
    result = shapes[kept].copy()
    order = np.argsort(inverse, kind="stable")
    ends = np.cumsum(count)
    for group in np.flatnonzero(count > 1):
        members = shapes[order[ends[group] - count[group] : ends[group]]]
        result[group] = _one(shapely.coverage_union_all(members))
    return result


def _one(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape


def _frame(block: BaseGeometry, *, north_up: bool) -> tuple[Lengths, Lengths, Lengths]:
    """Return a corner and the two side vectors of the block's rectangle."""
    rectangle = shapely.envelope(block) if north_up else shapely.oriented_envelope(block)
    corners = shapely.get_coordinates(rectangle)[:4]
    return corners[0], corners[1] - corners[0], corners[3] - corners[0]


def _rules(origin: Lengths, along: Lengths, step: Lengths, size_m: float) -> list[LineString]:
    count = max(1, round(float(np.hypot(*step)) / size_m))
    starts = [origin + step * (number / count) for number in range(1, count)]
    return [LineString([start - along * 0.01, start + along * 1.01]) for start in starts]


def _overshot(line: BaseGeometry) -> LineString:
    """Lengthen a line a little at both ends, so that it surely meets the line it ends on."""
    ends = shapely.get_coordinates(line)[[0, -1]]
    reach = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0])) * OVERSHOOT_M
    return LineString([ends[0] - reach, ends[1] + reach])
