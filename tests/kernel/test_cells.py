"""Cells agree with the quadbin package, and tiles are ranges of them."""

import numpy as np
import pytest
import quadbin
from hypothesis import given
from hypothesis import strategies as st

from wanmi.kernel import cells

longitudes = st.floats(-180, 179.999999)
latitudes = st.floats(-85, 85)


@given(longitudes, latitudes)
def test_a_cell_is_the_quadbin_of_zoom_26(lon: float, lat: float) -> None:
    assert cells.cell(lon, lat) == quadbin.point_to_cell(lon, lat, 26)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=50))
def test_many_cells_equal_single_cells(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T

    assert cells.cells(lon, lat).tolist() == [cells.cell(*point) for point in points]


@given(longitudes, latitudes, st.integers(0, 26))
def test_parents_agree_with_quadbin(lon: float, lat: float, z: int) -> None:
    finest = cells.cell(lon, lat)
    coarse = cells.parent(finest, z)

    assert coarse == quadbin.cell_to_parent(finest, z)
    assert tuple(cells.tile(coarse)) == (z, *quadbin.cell_to_tile(coarse)[:2])
    assert cells.tile_cell(*cells.tile(coarse)) == coarse


@given(longitudes, latitudes, st.integers(0, 26))
def test_a_point_lies_in_the_range_of_its_tile_only(lon: float, lat: float, z: int) -> None:
    finest = cells.cell(lon, lat)
    _, x, y = cells.tile(cells.parent(finest, z))
    first, last = cells.tile_range(z, x, y)

    assert first <= finest <= last
    assert last - first + 1 == cells.prefix_divisor(z)
    assert first // cells.prefix_divisor(z) == last // cells.prefix_divisor(z)
    assert cells.parent(first, z) == cells.parent(last, z)


@given(longitudes, latitudes)
def test_the_centre_lies_within_a_metre(lon: float, lat: float) -> None:
    lon_there, lat_there = cells.centre(cells.cell(lon, lat))

    assert abs(lon_there - lon) < 6e-6
    assert abs(lat_there - lat) < 6e-6


def test_sibling_tiles_touch_without_overlap() -> None:
    _, last = cells.tile_range(10, 842, 388)
    first, _ = cells.tile_range(10, 843, 388)

    assert first == last + 1


def test_a_tile_deeper_than_the_index_gives_its_cell() -> None:
    deep = cells.tile_range(28, (843 << 18) + 3, (388 << 18) + 2)

    assert deep == cells.tile_range(26, 843 << 16, 388 << 16)


@pytest.mark.parametrize(("lon", "lat"), [(180, 0), (-180, 90), (180, -90), (0, 0)])
def test_edges_of_the_world_have_a_cell(lon: float, lat: float) -> None:
    z, x, y = cells.tile(cells.cell(lon, lat))

    assert z == 26
    assert 0 <= x < 1 << 26
    assert 0 <= y < 1 << 26


def test_tile_bounds_follow_the_web_mercator() -> None:
    assert cells.tile_bounds(10, 843, 388) == pytest.approx(
        quadbin.cell_to_bounding_box(cells.tile_cell(10, 843, 388))
    )
