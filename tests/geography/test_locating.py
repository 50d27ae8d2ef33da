"""Where a point lies: borders, dates, levels, and agreement with trying every grid."""

from datetime import date, timedelta

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.actions import NewArea

from .conftest import SOUTH, START, STEP, WEST, board

pytestmark = pytest.mark.usefixtures("town")


def test_a_point_tells_every_level_above_it():
    found = queries.locate(WEST + 0.0005, SOUTH + 0.0005)

    assert found.grid_code == "990101001001009"
    assert found.path.endswith("990101001001/990101001001009/")
    assert [name.name_en for name in found.names] == [
        "Demo Province",
        "Demo City",
        "Riverside",
        "Bridgehead",
        "East",
        "Grid 9",
    ]
    assert found.duty_grid is None


def test_a_point_on_a_shared_border_belongs_to_the_lowest_code():
    corner = queries.locate(WEST + STEP, SOUTH + 2 * STEP)

    assert corner.grid_code == "990101001001001"


def test_outside_the_grids_the_deepest_drawn_area_answers():
    in_street = queries.locate(WEST - 0.002, SOUTH)
    in_district = queries.locate(WEST - 0.008, SOUTH)

    assert (in_street.grid_code, in_street.street.code) == ("", "990101001")
    assert (in_district.street, in_district.district.code) == (None, "990101")


@pytest.mark.parametrize("point", [(0.0, 0.0), (float("nan"), 30.0), (120.0, float("inf"))])
def test_what_lies_nowhere_is_none(point):
    assert queries.locate(*point) is None


def test_before_a_grid_began_nothing_is_found():
    early = queries.locate(WEST + 0.0005, SOUTH + 0.0005, on=START - timedelta(days=1))

    assert early is None


def test_a_grid_that_ended_still_answers_for_its_last_day():
    last = date(2026, 5, 1)
    geography.end_areas(["990101001001009"], kind="unit_grid", last_day=last)
    successor = board()[8]
    new = NewArea(
        "unit_grid",
        "990101001001013",
        "新网格",
        "New",
        "990101001001",
        boundary=successor.boundary,
        valid_from=last + timedelta(days=1),
    )
    geography.enter_area(new)

    point = (WEST + 0.0005, SOUTH + 0.0005)

    assert queries.locate(*point, on=last).grid_code == "990101001001009"
    assert queries.locate(*point, on=last + timedelta(days=1)).grid_code == "990101001001013"


def test_a_new_grid_is_found_at_once_in_the_process_that_entered_it():
    assert queries.locate(WEST + 0.0045, SOUTH + 0.0005).grid_code == ""
    extra = NewArea(
        "unit_grid",
        "990101001002001",
        "西一",
        "",
        "990101001002",
        boundary=shapely.box(WEST + 0.004, SOUTH, WEST + 0.005, SOUTH + 0.001),
    )
    geography.enter_area(extra)

    assert queries.locate(WEST + 0.0045, SOUTH + 0.0005).grid_code == "990101001002001"


# Multiples of a quarter step put many points exactly on borders and corners.
quarter = st.integers(-6, 22).map(lambda n: n * STEP / 4)


@given(offsets=st.lists(st.tuples(quarter, quarter), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_many_points_agree_with_trying_every_grid_in_turn(offsets):
    lons = np.array([WEST + east for east, _ in offsets])
    lats = np.array([SOUTH + north for _, north in offsets])

    found = queries.locate_many(lons, lats, on=START)

    grids = sorted(board(), key=lambda grid: grid.code)
    for place, (lon, lat) in enumerate(zip(lons, lats, strict=True)):
        point = shapely.Point(lon, lat)
        expected = next((g.code for g in grids if g.boundary.intersects(point)), "")
        assert found.codes[place] == expected
        one = queries.locate(lon, lat, on=START)
        assert (one.grid_code if one else "") == expected
        assert (one.path if one else "") == found.paths[place]


def test_a_great_many_points_keep_their_order():
    rng = np.random.default_rng(3)
    lons = WEST + rng.uniform(-0.01, 0.01, 5000)
    lats = SOUTH + rng.uniform(-0.01, 0.01, 5000)
    lons[7], lats[9] = float("nan"), float("inf")

    found = queries.locate_many(lons, lats, on=START)

    parts = [slice(start, start + 500) for start in range(0, 5000, 500)]
    few = [queries.locate_many(lons[part], lats[part], on=START) for part in parts]
    assert list(found.codes) == [code for some in few for code in some.codes]
    assert list(found.paths) == [path for some in few for path in some.paths]
