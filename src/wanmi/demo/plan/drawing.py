"""Draw a whole city from a seed: the same seed and size always give the same city."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from wanmi.demo.plan import divisions, land, parts, places, river, streets
from wanmi.demo.plan.frame import Frame, frame_for
from wanmi.demo.plan.model import CityPlan, Ground, Name, Road
from wanmi.demo.plan.names import CITY, RIVER, stems
from wanmi.demo.plan.sizes import SIZES, Size
from wanmi.kernel.partition import cut, faces, owners

OPEN_EVERY = 11
WOODS = 180


def draw(seed: int = 1, size: str = "small") -> CityPlan:
    """Return the city of a seed; ``size`` is small, medium or large."""
    random = np.random.default_rng([seed, len(size)])
    shape = SIZES[size]
    lattice = streets.lattice_for(random, shape)
    frame = frame_for(random, lattice.columns[-1], lattice.rows[-1])
    names = stems(random)
    communities = divisions.communities_for(lattice, shape, stems(random))
    water = river.river_for(random, lattice.columns[-1], lattice.rows[-1])
    outline = streets.skeleton(frame, lattice, shape)
    quarters = _quarters(frame, lattice, shape, outline)
    ground = shapely.union_all(quarters)
    parks = _parks(frame, lattice, shape)
    roads = _roads(random, frame, lattice, shape, names, communities, water, ground)
    lines = [road.line for road in roads] + river.banks(water)
    pieces = cut(quarters, size_m=divisions.GRID_M, lines=[_within(line, ground) for line in lines])
    used = land.land_for(
        random, lines, ground=ground, water=water.water, parks=parks, centre=Point(0, 0)
    )
    titles = places.block_names(used, stems(random))
    grids = divisions.grids_for(frame, communities, pieces, used.blocks, used.uses)
    shapes = divisions.community_shapes(pieces, len(communities))
    standing, uses = land.buildings(random, used, land.plots(used, roads))
    return CityPlan(
        seed=seed,
        size=size,
        name=CITY,
        areas=divisions.areas_for(frame, communities, shapes, names),
        grids=grids,
        duty_grids=divisions.duty_grids_for(communities, grids),
        roads=tuple(_road(frame, road, water) for road in roads),
        grounds=_grounds(random, frame, used, titles, water, ground),
        buildings=tuple(
            Ground(use, None, shape)
            for use, shape in zip(uses, frame.placed(standing), strict=True)
        ),
        places=places.places_for(frame, roads, used, titles, communities, grids),
        parts=parts.parts_for(random, frame, roads, water, used, grids),
    )


def _quarters(
    frame: Frame, lattice: streets.Lattice, size: Size, outline: list[BaseGeometry]
) -> list[BaseGeometry]:
    """Return the bent half superblocks, in the order of the communities."""
    found = faces(outline)
    boxes = [block for _, _, _, block in lattice.halfblocks(size)]
    middles = [
        frame.point((west + east) / 2, (south + north) / 2) for west, south, east, north in boxes
    ]
    held = owners(np.array([Point(middle) for middle in middles], dtype=object), list(found))
    return [found[index] for index in held]


def _parks(frame: Frame, lattice: streets.Lattice, size: Size) -> BaseGeometry:
    areas = [
        frame.area(box(west, lattice.middles[row], east, north))
        for number, (_, row, _, (west, _, east, north)) in enumerate(lattice.halfblocks(size))
        if _is_open(number)
    ]
    return shapely.union_all(areas)


def _is_open(number: int) -> bool:
    return number % OPEN_EVERY == 4


def _roads(
    random: np.random.Generator,
    frame: Frame,
    lattice: streets.Lattice,
    size: Size,
    names: Iterator[Name],
    communities: list[divisions.Community],
    water: river.River,
    ground: BaseGeometry,
) -> list[streets.Street]:
    roads = streets.main_roads(frame, lattice, size, names)
    roads.append(streets.avenue(frame, lattice, names))
    roads += river.riverside(water, ground)
    for number, (_, row, _, block) in enumerate(lattice.halfblocks(size)):
        local = streets.local_streets(
            random,
            frame,
            block,
            communities[number].stem,
            middle=lattice.middles[row],
            is_open=_is_open(number),
            is_crossed=row % streets.CROSSED_EVERY == 0,
        )
        roads += streets.without_water(local, water.water)
    return roads


def _within(line: BaseGeometry, ground: BaseGeometry) -> BaseGeometry:
    return shapely.intersection(line, ground)


def _road(frame: Frame, street: streets.Street, water: river.River) -> Road:
    spans = tuple(frame.placed_one(span) for span in river.bridges(street, water))
    line = frame.placed_one(shapely.simplify(street.line, 0.3))
    return Road(street.kind, street.name, street.width_m, line, spans)


def _grounds(
    random: np.random.Generator,
    frame: Frame,
    used: land.Land,
    titles: list[Name | None],
    water: river.River,
    ground: BaseGeometry,
) -> tuple[Ground, ...]:
    """Return water, parks, squares and greens of the city, and woods and fields around it."""
    inside = [
        Ground(use, title, frame.placed_one(block))
        for block, use, title in zip(used.blocks, used.uses, titles, strict=True)
        if use in {"park", "square", "green", *land.PATTERNS}
    ]
    outside = [
        Ground(kind, None, frame.placed_one(shape))
        for kind, shape in _countryside(random, ground, water)
    ]
    surface = Ground("water", RIVER, frame.placed_one(shapely.simplify(water.water, 0.5)))
    return (*outside, *inside, surface)


def _countryside(
    random: np.random.Generator, ground: BaseGeometry, water: river.River
) -> list[tuple[str, BaseGeometry]]:
    """Scatter woods and fields with soft outlines around the city."""
    west, south, east, north = shapely.bounds(ground)
    middles = random.uniform((west - 3000, south - 3000), (east + 3000, north + 3000), (WOODS, 2))
    reach = random.uniform(120, 460, (WOODS, 1)) * random.uniform(0.55, 1.25, (WOODS, 11))
    angle = np.linspace(0, 2 * np.pi, 11, endpoint=False)
    rim = np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=2) + middles[:, None, :]
    shapes = shapely.buffer(shapely.buffer(shapely.polygons(rim), -40), 70, quad_segs=3)
    taken = shapely.union_all([shapely.buffer(ground, 30), shapely.buffer(water.water, 30)])
    free = shapely.difference(shapes, taken)
    kinds = np.where(random.random(WOODS) < 0.45, "wood", "field")
    return [(str(k), s) for k, s in zip(kinds, free, strict=True) if not shapely.is_empty(s)]
