"""Promises of the drafted unit grids: a seamless cover, numbered as the standard asks."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon, box

from wanmi.geography.drafting import DraftGrid, TooManyGrids, draft_grids

# About one kilometre by one kilometre (degrees, CGCS2000).
SQUARE = box(110.0, 30.0, 110.0104, 30.009)
RIVERSIDE = [
    LineString([(109.99, 30.004), (110.003, 30.0045), (110.007, 30.0035), (110.02, 30.004)]),
    LineString([(110.005, 29.99), (110.0056, 30.02)]),
]
WEST, EAST = box(110.0, 30.0, 110.005, 30.009), box(110.005, 30.0, 110.0104, 30.009)


def shapes(grids: list[DraftGrid]) -> np.ndarray:
    return np.array([grid.polygon for grid in grids], dtype=object)


@settings(max_examples=30, deadline=None)
@given(
    corners=st.lists(st.tuples(st.floats(0.3, 1.0), st.floats(0.1, 1.0)), min_size=4, max_size=9),
    size_m=st.sampled_from([80.0, 100.0, 150.0]),
)
def test_any_boundary_is_covered_without_gap_or_overlap(corners, size_m):
    turn = 2 * np.pi / sum(step for _, step in corners)
    angles = np.cumsum([step for _, step in corners]) * turn
    star = Polygon(
        [
            (110 + 0.01 * reach * np.cos(angle), 30 + 0.01 * reach * np.sin(angle))
            for (reach, _), angle in zip(corners, angles, strict=True)
        ]
    ).buffer(0)

    grids = draft_grids(star, size_m=size_m)

    cover = shapely.union_all(shapes(grids))
    assert shapely.coverage_is_valid(shapes(grids))
    # Vertices are snapped to a millimetre: about 1e-8 degrees on each side of the outline.
    assert cover.symmetric_difference(star).area < 2e-8 * star.length
    total = shapely.area(shapes(grids)).sum()
    assert total == pytest.approx(cover.area, rel=1e-6)


def test_grids_are_near_the_asked_size_and_none_is_a_sliver():
    grids = draft_grids(SQUARE, barriers=RIVERSIDE)

    areas = np.array([grid.area_m2 for grid in grids])
    assert areas.min() >= 4_000
    assert areas.max() <= 20_000
    assert 8_500 <= np.median(areas) <= 11_500


def test_areas_are_true_square_metres():
    from pyproj import Geod

    grids = draft_grids(SQUARE)

    expected = abs(Geod(ellps="GRS80").geometry_area_perimeter(SQUARE)[0])
    assert sum(grid.area_m2 for grid in grids) == pytest.approx(expected, rel=1e-5)


def test_grids_follow_the_given_lines():
    grids = draft_grids(SQUARE, barriers=RIVERSIDE)

    insides = shapely.buffer(shapes(grids), -0.00002)
    crossing = [
        shape for shape, line in itertools.product(insides, RIVERSIDE) if shape.intersects(line)
    ]
    assert crossing == []


def test_numbers_run_west_to_east_in_bands_from_north_to_south():
    grids = draft_grids(SQUARE)

    first_row = [grid for grid in grids if grid.polygon.centroid.y > 30.0085]
    assert [grid.sequence for grid in first_row] == list(range(1, len(first_row) + 1))
    easts = [grid.polygon.centroid.x for grid in first_row]
    assert easts == sorted(easts)
    assert grids[-1].polygon.centroid.y < 30.001


def test_each_given_community_is_numbered_from_one():
    grids = draft_grids(
        SQUARE, barriers=RIVERSIDE, communities=[("990101001001", WEST), ("990101001002", EAST)]
    )

    for code, place in (("990101001001", WEST), ("990101001002", EAST)):
        own = [grid for grid in grids if grid.community_code == code]
        assert [grid.sequence for grid in own] == list(range(1, len(own) + 1))
        assert all(place.buffer(1e-6).contains(grid.polygon) for grid in own)


def test_a_narrow_strip_outside_the_communities_joins_a_neighbour():
    almost = box(110.005, 30.0, 110.01035, 30.009)

    grids = draft_grids(SQUARE, communities=[("990101001001", WEST), ("990101001002", almost)])

    assert {grid.community_code for grid in grids} == {"990101001001", "990101001002"}
    assert shapely.union_all(shapes(grids)).symmetric_difference(SQUARE).area < 1e-5 * SQUARE.area


def test_ground_without_a_community_gets_a_drafted_one():
    grids = draft_grids(SQUARE, communities=[("990101001001", WEST)])

    drafted = [grid for grid in grids if grid.community_code is None]
    assert {grid.community for grid in drafted} == {1}
    assert shapely.union_all(shapes(drafted)).symmetric_difference(EAST).area < 1e-5 * EAST.area


def test_drafted_communities_stay_below_a_thousand_grids_and_hang_together():
    wide = box(110.0, 30.0, 110.06, 30.03)

    grids = draft_grids(wide)

    for number in {grid.community for grid in grids}:
        own = [grid for grid in grids if grid.community == number]
        assert len(own) <= 999
        joined = shapely.coverage_union_all(shapes(own))
        assert len(shapely.get_parts(joined)) == 1


def test_a_community_too_large_for_three_digits_is_refused():
    with pytest.raises(TooManyGrids):
        draft_grids(
            box(110.0, 30.0, 110.06, 30.03), communities=[("990101001001", box(109, 29, 111, 31))]
        )


def test_the_same_input_gives_the_same_draft():
    one = draft_grids(SQUARE, barriers=RIVERSIDE)
    other = draft_grids(SQUARE, barriers=RIVERSIDE)

    assert one == other
