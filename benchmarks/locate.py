"""`locate`: 1,000,000 random points to grid and full area path among 50,000 unit grids.

Peer: the bare Shapely query of the same points in the same tree, which gives
positions only. Floor: 0.7 of its speed.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
import shapely

from benchmarks.harness import Figures, Options, databases, in_turns, measure_in

FLOOR = 0.7
SIDE = 224
"""224 × 224 = 50,176 grids."""
POINTS = 1_000_000
WEST, SOUTH, STEP = 120.0, 30.0, 0.001
PER_COMMUNITY = 999


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite; the points are answered from memory on every engine."""
    with databases() as found:
        yield measure_in(found[0], "locate", options)


def measure(options: Options) -> Figures:
    """Enter the grids, then let our call and the bare query take turns."""
    from wanmi.geography import queries

    side, count = (40, 50_000) if options.small else (SIDE, POINTS)
    enter_grids(side)
    lons, lats = _points(side, count)
    tree = _bare_tree()
    ours, bare = in_turns(
        lambda: queries.locate_many(lons, lats),
        lambda: tree.query(shapely.points(lons, lats), predicate="intersects"),
        rounds=5,
    )
    _check(lons, lats)
    return {
        "name": "locate",
        "value": round(count / ours),
        "peer": round(count / bare),
        "unit": "points/s",
        "ratio": round(bare / ours, 3),
        "floor": FLOOR,
        "passed": bare / ours >= FLOOR,
        "grids": side * side,
        "points": count,
        "single_call_us": round(_single_us(lons, lats), 1),
    }


def enter_grids(side: int, *, on: date | None = None) -> None:
    """Enter a province down to side × side unit grids, valid from a day (today)."""
    from wanmi.geography import actions as geography
    from wanmi.geography.actions import NewArea

    top = [
        NewArea("province", "99", "示范省"),
        NewArea("city", "9901", "示范市", parent_code="99"),
        NewArea("district", "990101", "示范区", parent_code="9901"),
        NewArea("street", "990101001", "示范街道", parent_code="990101"),
    ]
    needed = range(1, side * side // PER_COMMUNITY + 2)
    communities = [
        NewArea("community", f"990101001{n:03}", f"社区{n}", parent_code="990101001")
        for n in needed
    ]
    grids = [
        NewArea(
            "unit_grid",
            f"990101001{1 + place // PER_COMMUNITY:03}{1 + place % PER_COMMUNITY:03}",
            f"网格{place}",
            parent_code=f"990101001{1 + place // PER_COMMUNITY:03}",
            boundary=shape,
        )
        for place, shape in enumerate(_shapes(side))
    ]
    geography.enter_areas([*top, *communities, *grids], source="bench", on=on)


def _shapes(side: int) -> Iterator[shapely.Polygon]:
    """Give crooked quadrangles that share their corners, as blocks between streets do."""
    rng = np.random.default_rng(1)
    x, y = np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0))
    x, y = (axis + rng.uniform(-0.3, 0.3, axis.shape) for axis in (x, y))
    corners = np.stack([WEST + x * STEP, SOUTH + y * STEP], axis=-1)
    for row in range(side):
        for column in range(side):
            quad = (
                corners[row, column],
                corners[row, column + 1],
                corners[row + 1, column + 1],
                corners[row + 1, column],
            )
            yield shapely.Polygon(quad)


def _points(side: int, count: int) -> tuple["np.ndarray", "np.ndarray"]:
    rng = np.random.default_rng(2)
    # A strip around the grids holds points that lie nowhere, as in life.
    reach = side * STEP * 1.02
    return WEST + rng.uniform(-0.02, 1, count) * reach, SOUTH + rng.uniform(-0.02, 1, count) * reach


def _bare_tree() -> shapely.STRtree:
    from wanmi.geography.models import Area

    rows = Area.objects.filter(kind="unit_grid").order_by("code").values_list("boundary", flat=True)
    shapes = shapely.from_wkb(np.array([bytes(wkb or b"") for wkb in rows], dtype=object))
    shapely.prepare(shapes)
    return shapely.STRtree(shapes)


def _check(lons: "np.ndarray", lats: "np.ndarray") -> None:
    """Make sure that what was measured is right: single calls agree, paths are whole."""
    from wanmi.geography import queries

    some = slice(0, 500)
    many = queries.locate_many(lons[some], lats[some])
    for place in range(500):
        one = queries.locate(float(lons[place]), float(lats[place]))
        assert (one.path if one else "") == many.paths[place]
        assert many.paths[place] == "" or many.paths[place].count("/") == 6


def _single_us(lons: "np.ndarray", lats: "np.ndarray") -> float:
    from wanmi.geography import queries

    def calls() -> None:
        for place in range(5000):
            queries.locate(float(lons[place]), float(lats[place]))

    return in_turns(calls, rounds=3)[0] / 5000 * 1e6
