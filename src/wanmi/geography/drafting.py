"""Draft unit grids inside a real boundary, for a city that has no grid survey yet.

The draft follows given road and water lines, keeps to communities, and numbers the grids of each
community west to east and north to south, as GB/T 30428.1 asks. Input and output are lon/lat
degrees (CGCS2000, taken as WGS-84); areas are true areas in m².
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wanmi.kernel.adjacency import Borders, borders, components, dissolve
from wanmi.kernel.partition import (
    Numbers,
    Pieces,
    Shapes,
    is_small,
    joined,
    reading_order,
    relabelled,
    sliced,
)

SEQUENCE_LIMIT = 999
DRAFTED_COMMUNITY_GRIDS = 400
DENSE_DEGREES = 0.001

Coordinates: TypeAlias = npt.NDArray[np.float64]
Transform: TypeAlias = Callable[[Coordinates], Coordinates]


class TooManyGrids(ValueError):
    """A community would need more than 999 grids; split it or draft larger grids."""


@dataclass(frozen=True)
class DraftGrid:
    """One drafted unit grid.

    ``community`` counts the communities from 0: the given ones in their order, then the drafted
    ones, whose ``community_code`` is None. ``sequence`` starts at 1 in each community.
    """

    community_code: str | None
    community: int
    sequence: int
    polygon: Polygon
    area_m2: float


def draft_grids(
    boundary: Polygon | MultiPolygon,
    *,
    size_m: float = 100.0,
    barriers: Sequence[LineString] = (),
    communities: Sequence[tuple[str, Polygon | MultiPolygon]] | None = None,
) -> list[DraftGrid]:
    """Cover a boundary with unit grids of about ``size_m`` squared, without gap or overlap.

    Where no community is given, contiguous ones of at most 999 grids are drafted as well.
    """
    to_plane, to_degrees = _plane(boundary)
    ground = _moved(boundary, to_plane)
    named = list(communities or ())
    regions = _regions(ground, [_moved(area, to_plane) for _, area in named])
    roads = shapely.intersection([_moved(line, to_plane) for line in barriers], ground)
    pieces = sliced(regions, size_m=size_m, lines=[road for road in roads if not road.is_empty])
    pieces = joined(_without_strips(pieces, rest=len(named), size_m=size_m), size_m=size_m)
    community = _communities(pieces, named=len(named), size_m=size_m)
    codes = [code for code, _ in named]
    return _numbered(pieces.shapes, community, codes, size_m=size_m, to_degrees=to_degrees)


def _plane(boundary: BaseGeometry) -> tuple[Transform, Transform]:
    """Return transforms to and from an equal-area plane centred on the boundary."""
    centre = boundary.envelope.centroid
    plane = f"+proj=laea +lat_0={centre.y} +lon_0={centre.x} +ellps=GRS80 +units=m"
    there = pyproj.Transformer.from_crs("EPSG:4490", plane, always_xy=True)

    def to_plane(points: Coordinates) -> Coordinates:
        return np.stack(there.transform(points[:, 0], points[:, 1]), axis=1)

    def to_degrees(points: Coordinates) -> Coordinates:
        back = there.transform(points[:, 0], points[:, 1], direction="INVERSE")
        return np.stack(back, axis=1)

    return to_plane, to_degrees


def _moved(shape: BaseGeometry, transform: Transform) -> BaseGeometry:
    # A long edge is straight in only one of the two systems: short edges keep borders together.
    return shapely.transform(shapely.segmentize(shape, DENSE_DEGREES), transform)


def _regions(ground: BaseGeometry, communities: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the communities inside the ground, then what they leave; overlap goes to the first."""
    left = ground
    regions: list[BaseGeometry] = []
    for community in communities:
        regions.append(shapely.intersection(left, community))
        left = shapely.difference(left, community)
    return [*regions, left]


def _without_strips(pieces: Pieces, *, rest: int, size_m: float) -> Pieces:
    """Give narrow strips between the boundary and the communities to the grids beside them.

    Borders drawn by different hands never meet exactly, and a strip is nobody's grid.
    """
    strips = (pieces.regions == rest) & is_small(pieces.shapes, size_m)
    if rest == 0 or not strips.any():
        return pieces
    found = borders(pieces.shapes)
    beside = strips[found.left] != strips[found.right]
    label = dissolve(
        Borders(found.left[beside], found.right[beside], found.length_m[beside]),
        small=strips,
        area=shapely.area(pieces.shapes),
        enough=np.inf,
        within=np.zeros(len(strips), dtype=np.int64),
    )
    return _with_region_of_largest(pieces, label)


def _with_region_of_largest(pieces: Pieces, label: Numbers) -> Pieces:
    """Union by label; a strip never decides to which community the whole belongs."""
    order = np.lexsort((shapely.area(pieces.shapes), label))
    last = np.flatnonzero(np.diff(label[order], append=-1))
    largest = order[last]
    whole = relabelled(pieces, label)
    return Pieces(whole.shapes, pieces.regions[largest], pieces.blocks[largest])


def _communities(pieces: Pieces, *, named: int, size_m: float) -> Numbers:
    """Return the community of each piece; pieces outside every named one get drafted ones."""
    community = pieces.regions.copy()
    loose = np.flatnonzero(community == named)
    if len(loose):
        community[loose] = named + _grouped(pieces.shapes[loose], size_m=size_m)
    return community


def _grouped(shapes: Shapes, *, size_m: float) -> Numbers:
    """Group shapes to contiguous communities of a few hundred, numbered as they are read."""
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    halves = np.zeros(len(shapes), dtype=np.int64)
    _halve(centres, np.arange(len(shapes)), halves, start=0)
    found = borders(shapes)
    part = _absorbed(found, components(found, halves), len(shapes))
    _, label = np.unique(part, return_inverse=True)
    outlines = [
        shapely.envelope(shapely.multipoints(centres[label == k])) for k in range(label.max() + 1)
    ]
    order = reading_order(np.array(outlines, dtype=object), band_m=size_m * 20)
    return np.asarray(np.argsort(order)[label.ravel()], dtype=np.int64)


def _halve(centres: Coordinates, members: Numbers, label: Numbers, *, start: int) -> int:
    """Label the members by halving them across their longer side; return the next label."""
    if len(members) <= DRAFTED_COMMUNITY_GRIDS:
        label[members] = start
        return start + 1
    axis = int(np.ptp(centres[members], axis=0).argmax())
    order = members[np.argsort(centres[members, axis], kind="stable")]
    middle = _halve(centres, order[: len(order) // 2], label, start=start)
    return _halve(centres, order[len(order) // 2 :], label, start=middle)


def _absorbed(found: Borders, part: Numbers, count: int) -> Numbers:
    """Join parts of a few grids to the neighbouring part with the longest common border."""
    size = np.bincount(part, minlength=count).astype(np.float64)
    few = (size > 0) & (size < DRAFTED_COMMUNITY_GRIDS / 10)
    left, right = part[found.left], part[found.right]
    between = left != right
    low, high = np.minimum(left, right)[between], np.maximum(left, right)[between]
    pairs, inverse = np.unique(np.stack([low, high], axis=1), axis=0, return_inverse=True)
    length = np.bincount(inverse.ravel(), weights=found.length_m[between], minlength=len(pairs))
    edges = Borders(pairs[:, 0], pairs[:, 1], length.astype(np.float64))
    one = np.zeros(count, dtype=np.int64)
    return dissolve(edges, small=few, area=size, enough=count, within=one)[part]


def _numbered(
    shapes: Shapes, community: Numbers, codes: list[str], *, size_m: float, to_degrees: Transform
) -> list[DraftGrid]:
    placed = shapely.transform(shapes, to_degrees)
    areas = shapely.area(shapes)
    grids: list[DraftGrid] = []
    for number in np.unique(community):
        members = np.flatnonzero(community == number)
        code = codes[number] if number < len(codes) else None
        if len(members) > SEQUENCE_LIMIT:
            raise TooManyGrids(f"{code}: {len(members)} > {SEQUENCE_LIMIT}")
        order = members[reading_order(shapes[members], band_m=size_m)]
        grids.extend(
            DraftGrid(code, int(number), place, placed[index], float(areas[index]))
            for place, index in enumerate(order, start=1)
        )
    return grids
