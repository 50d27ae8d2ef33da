"""Lay out the roads: arterials, secondary roads, local streets and a diagonal avenue."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wanmi.demo.plan.frame import Frame
from wanmi.demo.plan.model import Name
from wanmi.demo.plan.names import counted, named, ordinal
from wanmi.demo.plan.sizes import Size

SUPERBLOCK_M = 800.0
OUTSIDE_M = 2600.0
BLOCK_M2 = 27_000.0
MEETING_M = 1.0
CROSSED_EVERY = 2
WIDTHS_M = {"trunk": 40.0, "arterial": 32.0, "secondary": 20.0, "local": 12.0, "lane": 7.0}

Box: TypeAlias = tuple[float, float, float, float]
Ends: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Street:
    """A road in the city's metres."""

    kind: str
    name: Name
    line: BaseGeometry

    @property
    def width_m(self) -> float:
        """Return the carriageway and pavements together."""
        return WIDTHS_M[self.kind]


@dataclass(frozen=True)
class Lattice:
    """Where the arterials run on the planned axes, in metres, and the secondaries between."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    halves: tuple[float, ...]
    middles: tuple[float, ...]

    def halfblocks(self, size: Size) -> Iterator[tuple[int, int, int, Box]]:
        """Yield column, row, half and planned box of each half superblock in the city."""
        for row in range(size.rows):
            for column in range(size.columns):
                if (column, row) not in size.missing:
                    west, east = self.columns[column], self.columns[column + 1]
                    south, north = self.rows[row], self.rows[row + 1]
                    yield column, row, 0, (west, south, self.halves[column], north)
                    yield column, row, 1, (self.halves[column], south, east, north)


def lattice_for(random: np.random.Generator, size: Size) -> Lattice:
    """Return jittered arterials, about 800 m apart, and secondaries near the middle."""
    columns = _ruler(random, size.columns)
    rows = _ruler(random, size.rows)
    return Lattice(columns, rows, _middles(random, columns), _middles(random, rows))


def skeleton(frame: Frame, lattice: Lattice, size: Size) -> list[LineString]:
    """Return the lines that bound communities: arterials and upright secondaries, bent."""
    lines = []
    for _, _, _, (west, south, east, north) in lattice.halfblocks(size):
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        lines += [frame.line(*pair) for pair in pairwise(corners)]
    return lines


def main_roads(frame: Frame, lattice: Lattice, size: Size, stems: Iterator[Name]) -> list[Street]:
    """Return trunks, arterials and secondaries; arterials go on outside the city."""
    west, east = lattice.columns[0], lattice.columns[-1]
    south, north = lattice.rows[0], lattice.rows[-1]
    out = OUTSIDE_M
    roads = []
    for number, u in enumerate(lattice.columns):
        kind = _rank(number, len(lattice.columns), size)
        roads.append(
            Street(kind, _road(stems, kind), frame.line((u, south - out), (u, north + out)))
        )
    for number, v in enumerate(lattice.rows):
        kind = _rank(number, len(lattice.rows), size)
        name = _street(stems, kind)
        roads.append(Street(kind, name, frame.line((west - out, v), (east + out, v))))
    for u in lattice.halves:
        line = frame.line((u, south), (u, north))
        roads.append(Street("secondary", _road(stems, "secondary"), line))
    for row in range(0, len(lattice.middles), CROSSED_EVERY):
        v = lattice.middles[row]
        line = frame.line((west, v), (east, v))
        roads.append(Street("secondary", _street(stems, "secondary"), line))
    return roads


def avenue(frame: Frame, lattice: Lattice, stems: Iterator[Name]) -> Street:
    """Return the old diagonal avenue from a corner to the central square."""
    column, row = len(lattice.columns) // 2, len(lattice.rows) // 2
    start = (lattice.columns[column - 2], lattice.rows[row + 1])
    bow = (lattice.columns[column - 1] + 60, lattice.rows[row] + 380)
    end = (lattice.columns[column], lattice.rows[row])
    points = [_between(start, bow, end, share) for share in np.linspace(0, 1, 30)]
    return Street("secondary", named(next(stems), "大道", "Avenue"), frame.line(*points))


def local_streets(
    random: np.random.Generator,
    frame: Frame,
    box: Box,
    stem: Name,
    *,
    middle: float,
    is_open: bool,
    is_crossed: bool,
) -> list[Street]:
    """Return the local streets that cut a half superblock to blocks of about 2.5 hectares.

    An open one keeps what is north of its middle free for a park; a crossed one has a secondary
    road along its middle.
    """
    west, south, east, north = box
    lines: list[Ends] = []
    if not is_open:
        _halve(random, (west, middle, east, north), lines)
    elif not is_crossed:
        lines.append(((west - MEETING_M, middle), (east + MEETING_M, middle)))
    _halve(random, (west, south, east, middle), lines)
    longest = sorted(
        lines, key=lambda ends: -abs(ends[0][0] - ends[1][0] + ends[0][1] - ends[1][1])
    )
    return [
        Street("local", _numbered(stem, number, ends), frame.line(*ends))
        for number, ends in enumerate(longest, start=1)
    ]


def _ruler(random: np.random.Generator, count: int) -> tuple[float, ...]:
    steps = SUPERBLOCK_M * random.uniform(0.92, 1.08, count)
    return (0.0, *(float(edge) for edge in np.cumsum(steps)))


def _middles(random: np.random.Generator, edges: tuple[float, ...]) -> tuple[float, ...]:
    share = random.uniform(0.44, 0.56, len(edges) - 1)
    low, high = np.array(edges[:-1]), np.array(edges[1:])
    return tuple(float(middle) for middle in low + (high - low) * share)


def _rank(number: int, count: int, size: Size) -> str:
    return "trunk" if size.has_ring and number in (1, count - 2) else "arterial"


def _road(stems: Iterator[Name], kind: str) -> Name:
    words = {"trunk": ("快速路", "Expressway")}.get(kind, ("路", "Road"))
    return named(next(stems), *words)


def _street(stems: Iterator[Name], kind: str) -> Name:
    words = {"trunk": ("快速路", "Expressway"), "arterial": ("大街", "Avenue")}
    return named(next(stems), *words.get(kind, ("街", "Street")))


def _numbered(stem: Name, number: int, ends: Ends) -> Name:
    upright = ends[0][0] == ends[1][0]
    zh, en = ("巷", "Lane") if upright else ("街", "Street")
    return Name(f"{stem.zh}{counted(number)}{zh}", f"{stem.en} {ordinal(number)} {en}")


def _between(
    start: tuple[float, float], bow: tuple[float, float], end: tuple[float, float], share: float
) -> tuple[float, float]:
    """Return a point of the quadratic curve from start to end."""
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return a * start[0] + b * bow[0] + c * end[0], a * start[1] + b * bow[1] + c * end[1]


def _halve(
    random: np.random.Generator,
    box: Box,
    lines: list[Ends],
) -> None:
    west, south, east, north = box
    if (east - west) * (north - south) < BLOCK_M2 * random.uniform(0.9, 1.6):
        return
    share = random.uniform(0.4, 0.6)
    if east - west > north - south:
        cut = west + (east - west) * share
        lines.append(((cut, south - MEETING_M), (cut, north + MEETING_M)))
        _halve(random, (west, south, cut, north), lines)
        _halve(random, (cut, south, east, north), lines)
    else:
        cut = south + (north - south) * share
        lines.append(((west - MEETING_M, cut), (east + MEETING_M, cut)))
        _halve(random, (west, south, east, cut), lines)
        _halve(random, (west, cut, east, north), lines)


def without_water(streets: list[Street], water: BaseGeometry) -> list[Street]:
    """End local streets at the bank; wider roads cross on bridges."""
    dry = shapely.buffer(water, 8)
    result = []
    for street in streets:
        line = street.line
        if street.kind == "local" and shapely.intersects(line, dry):
            line = _longest(shapely.difference(line, dry))
        if shapely.length(line) > 40:
            result.append(Street(street.kind, street.name, line))
    return result


def _longest(line: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(line)
    return parts[int(np.argmax(shapely.length(parts)))] if len(parts) else line
