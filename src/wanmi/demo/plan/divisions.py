"""Share the city among districts, streets and communities, and number its unit grids.

Codes follow GB/T 30428.1 (6 + 3 + 3 + 3) and begin with 99, which no real division does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wanmi.demo.plan.frame import Frame
from wanmi.demo.plan.model import Area, DutyGrid, Grid, Name
from wanmi.demo.plan.names import CITY, DISTRICTS, PROVINCE, named
from wanmi.demo.plan.sizes import Size
from wanmi.demo.plan.streets import Lattice
from wanmi.kernel.partition import Pieces, Shapes, owners, reading_order

GRID_M = 100.0
DUTY_GRIDS_OF = 12


@dataclass(frozen=True)
class Community:
    """A community before it is drawn: its code, its name stem and its planned middle."""

    code: str
    stem: Name
    column: int
    row: int
    half: int


def communities_for(lattice: Lattice, size: Size, stems: Iterator[Name]) -> list[Community]:
    """Return the communities of the plan, one to each half superblock."""
    counts: defaultdict[str, int] = defaultdict(int)
    result = []
    for column, row, half, _ in lattice.halfblocks(size):
        street = _street_code(size, column, row)
        counts[street] += 1
        code = f"{street}{counts[street]:03d}"
        result.append(Community(code, next(stems), column, row, half))
    return result


def _street_code(size: Size, column: int, row: int) -> str:
    """Return the nine digits of the street that holds a superblock."""
    wide, high = size.district
    across = size.columns // wide
    district = column // wide + row // high * across + 1
    inner_column, inner_row = column % wide, row % high
    street_across = wide // size.street[0]
    street = inner_column // size.street[0] + inner_row // size.street[1] * street_across + 1
    return f"9901{district:02d}{street:03d}"


def areas_for(
    frame: Frame, communities: list[Community], shapes: Shapes, stems: Iterator[Name]
) -> tuple[Area, ...]:
    """Return every division from the province down; upper ones are the union of the lower."""
    lower = {
        item.code: Area(
            item.code,
            "community",
            named(item.stem, "社区", "Community"),
            item.code[:9],
            frame.placed_one(shape),
        )
        for item, shape in zip(communities, shapes, strict=True)
    }
    areas = list(lower.values())
    streets = _above(lower, 9, "street", lambda _: named(next(stems), "街道", "Subdistrict"))
    districts = _above(streets, 6, "district", lambda code: DISTRICTS[int(code[4:6]) - 1])
    city = _above(districts, 4, "city", lambda _: CITY)
    province = _above(city, 2, "province", lambda _: PROVINCE)
    return (*province.values(), *city.values(), *districts.values(), *streets.values(), *areas)


def _above(
    lower: dict[str, Area], digits: int, level: str, name: Callable[[str], Name]
) -> dict[str, Area]:
    members: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    for code in sorted(lower):
        members[code[:digits]].append(lower[code].shape)
    above = {2: 0, 4: 2, 6: 4, 9: 6}[digits]
    return {
        code: Area(code, level, name(code), code[:above], shapely.coverage_union_all(shapes))
        for code, shapes in members.items()
    }


def community_shapes(pieces: Pieces, count: int) -> Shapes:
    """Return the exact union of the pieces of each community."""
    return np.array(
        [shapely.coverage_union_all(pieces.shapes[pieces.regions == k]) for k in range(count)],
        dtype=object,
    )


def grids_for(
    frame: Frame,
    communities: list[Community],
    pieces: Pieces,
    blocks: Shapes,
    uses: tuple[str, ...],
) -> tuple[Grid, ...]:
    """Return the unit grids in code order, with the use of the block each mostly lies in."""
    block = owners(pieces.shapes, list(blocks))
    placed = frame.placed(pieces.shapes)
    areas = shapely.area(pieces.shapes)
    grids = []
    for number, item in enumerate(communities):
        members = np.flatnonzero(pieces.regions == number)
        order = members[reading_order(pieces.shapes[members], band_m=GRID_M)]
        for sequence, index in enumerate(order, start=1):
            use = uses[block[index]] if block[index] >= 0 else "green"
            code = f"{item.code}{sequence:03d}"
            grids.append(
                Grid(code, sequence, item.code, placed[index], round(float(areas[index]), 1), use)
            )
    return tuple(sorted(grids, key=lambda grid: grid.code))


def duty_grids_for(communities: list[Community], grids: tuple[Grid, ...]) -> tuple[DutyGrid, ...]:
    """Share the grids of each community among supervisors, about a dozen to each, by rows."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for index, grid in enumerate(grids):
        members[grid.community].append(index)
    result = []
    for item in communities:
        own = members[item.code]
        shares = np.array_split(np.array(own), max(1, round(len(own) / DUTY_GRIDS_OF)))
        for sequence, share in enumerate(shares, start=1):
            name = Name(
                f"{item.stem.zh}社区第{sequence}责任网格", f"{item.stem.en} Duty Grid {sequence}"
            )
            indices = tuple(int(index) for index in share)
            result.append(DutyGrid(item.code, sequence, name, indices))
    return tuple(result)
