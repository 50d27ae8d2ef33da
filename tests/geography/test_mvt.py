"""The tile writer against an independent reader."""

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanmi.geography.mvt import point_layer, polygon_layer, varints

unit = st.integers(-64, 4160)


@given(st.lists(st.integers(0, 2**34), max_size=60))
def test_varints_read_back_as_the_same_numbers(numbers):
    packed, ends = varints(np.array(numbers, dtype=np.int64))

    assert _read_varints(packed.tobytes()) == numbers
    assert len(ends) == len(numbers)


def _read_varints(raw: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(value)
            value, shift = 0, 0
    return numbers


@given(st.lists(st.tuples(unit, unit), min_size=1, max_size=30))
def test_points_keep_their_place_and_properties(places):
    x, y = (np.array(column, dtype=np.int64) for column in zip(*places, strict=True))
    values = [{"count": n, "lamp": "soon" if n % 2 else None} for n in range(len(places))]

    read = mapbox_vector_tile.decode(
        point_layer("cases", x, y, values), default_options={"y_coord_down": True}
    )["cases"]

    assert [tuple(f["geometry"]["coordinates"]) for f in read["features"]] == places
    assert [f["properties"]["count"] for f in read["features"]] == list(range(len(places)))
    assert all(("lamp" in f["properties"]) == (n % 2 == 1) for n, f in enumerate(read["features"]))


def test_properties_keep_their_types():
    values = {"text": "网格", "yes": True, "one": 1, "less": -7, "half": 0.5, "nothing": None}

    read = mapbox_vector_tile.decode(point_layer("a", np.array([1]), np.array([2]), [values]))

    found = read["a"]["features"][0]["properties"]
    assert found == {key: value for key, value in values.items() if value is not None}
    assert found["yes"] is True
    assert isinstance(found["one"], int)


def test_polygons_keep_their_holes_and_parts():
    ring = shapely.box(100, 100, 900, 900) - shapely.box(300, 300, 500, 500)
    both = shapely.union_all([ring, shapely.box(2000, 2000, 2100, 2300)])
    array = np.empty(1, dtype=object)
    array[0] = both

    read = mapbox_vector_tile.decode(
        polygon_layer("areas", array, [{"code": "1"}]), default_options={"y_coord_down": True}
    )

    geometry = read["areas"]["features"][0]["geometry"]
    assert shapely.geometry.shape(geometry).equals(both)


@pytest.mark.parametrize("shape", ["POLYGON EMPTY", "POLYGON ((1 1, 1.2 1, 1.1 1.1, 1 1))"])
def test_what_shrinks_to_nothing_is_left_out(shape):
    array = np.empty(1, dtype=object)
    array[0] = shapely.from_wkt(shape)

    assert polygon_layer("areas", array, [{}]) == b""
