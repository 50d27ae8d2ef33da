"""Systems convert both ways, agree with published vectors, and refuse what lies outside."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from wanmi.kernel import coordinates, localgrids, offsets
from wanmi.kernel.coordinates import convert, convert_many
from wanmi.kernel.localgrids import LocalGrid, Similarity, fit_similarity

# A millimetre in degrees.
MILLIMETRE = 1e-8

longitudes = st.floats(74, 134.9)
latitudes = st.floats(4, 53.4)


@pytest.mark.parametrize(
    ("source", "target", "here", "there"),
    [
        ("wgs84", "gcj02", (116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        ("wgs84", "gcj02", (121.5272106, 31.1774276), (121.53154186, 31.17530398)),
        ("wgs84", "gcj02", (91.14, 29.65), (91.141530950, 29.647266378)),
        ("wgs84", "gcj02", (126.535, 45.8038), (126.541040350, 45.805781525)),
        ("gcj02", "bd09", (116.404, 39.915), (116.41036949371029, 39.92133699351021)),
        ("wgs84", "bd09", (116.397499, 39.908722), (116.410115569, 39.916464747)),
        ("wgs84", "gcj02", (-0.1276, 51.5072), (-0.1276, 51.5072)),
    ],
)
def test_offsets_agree_with_published_points(
    source: str, target: str, here: tuple[float, float], there: tuple[float, float]
) -> None:
    assert convert(*here, source, target) == pytest.approx(there, abs=1.5e-8)


def test_offsets_agree_with_the_vectors(shared_data: Path) -> None:
    path = shared_data / "data" / "vectors" / "gcj02_bd09.json"
    vectors = json.loads(path.read_text("utf-8"))
    assert vectors["wgs_to_gcj"]
    assert vectors["gcj_to_bd"]

    for row in vectors["wgs_to_gcj"]:
        there = convert(*row["wgs"][::-1], "wgs84", "gcj02")
        assert there == pytest.approx(row["gcj"][::-1], abs=1e-6)
        back = convert(*row["gcj"][::-1], "gcj02", "wgs84")
        assert back == pytest.approx(row["wgs"][::-1], abs=2e-6)
    for row in vectors["gcj_to_bd"]:
        assert convert(*row["gcj"][::-1], "gcj02", "bd09") == pytest.approx(row["bd"][::-1])
    for row in vectors["bd_to_gcj"]:
        # The published inverse takes one step; ours solves the formula, at most 0.3 m apart.
        back = convert(*row["bd"][::-1], "bd09", "gcj02")
        assert back == pytest.approx(row["gcj"][::-1], abs=3e-6)


@given(longitudes, latitudes, st.sampled_from(["gcj02", "bd09"]))
def test_offsets_come_back_to_the_same_point(lon: float, lat: float, name: str) -> None:
    there = convert(lon, lat, "wgs84", name)

    assert convert(*there, name, "wgs84") == pytest.approx((lon, lat), abs=MILLIMETRE)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30))
def test_many_points_equal_single_points(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    many = np.column_stack(offsets.wgs84_to_gcj02(lon, lat))

    single = [offsets.wgs84_to_gcj02(*point) for point in points]
    assert many == pytest.approx(np.array(single), abs=1e-12)


@pytest.mark.parametrize(
    ("code", "lat", "lon", "northing", "easting"),
    [
        ("EPSG:4548", 39.908722, 116.397499, 4419567.8787, 448481.5056),
        ("EPSG:4527", 39.908722, 116.397499, 4419567.8787, 39448481.5056),
        ("EPSG:4547", 30.5928, 114.3055, 3385869.4534, 529299.8603),
        ("EPSG:4547", 22.543847, 113.912316, 2494025.4591, 490980.4890),
        ("EPSG:4549", 31.1774276, 121.5272106, 3451650.5567, 645592.4304),
        ("EPSG:3857", 39.908722, 116.397499, 4852686.8615, 12957310.3183),
    ],
)
def test_plane_systems_agree_with_known_points(
    code: str, lat: float, lon: float, northing: float, easting: float
) -> None:
    assert convert(lon, lat, "cgcs2000", code) == pytest.approx((easting, northing), abs=1e-3)
    assert convert(easting, northing, code) == pytest.approx((lon, lat), abs=MILLIMETRE)


@given(st.floats(115.5, 117.5), st.floats(39, 41), st.floats(0.999, 1.001), st.floats(-0.1, 0.1))
def test_a_local_grid_comes_back_to_the_same_point(
    lon: float, lat: float, scale: float, rotation: float
) -> None:
    grid = LocalGrid(
        116.35,
        500_000,
        300_000,
        origin_latitude=39.86,
        ellipsoid="krass",
        refinement=Similarity(12.5, -3.25, scale, rotation),
    )

    assert grid.to_degrees(*grid.from_degrees(lon, lat)) == pytest.approx(
        (lon, lat), abs=MILLIMETRE
    )


def test_a_local_grid_has_its_false_origin_at_its_origin() -> None:
    grid = LocalGrid(116.35, 500_000, 300_000, origin_latitude=39.86)

    assert grid.from_degrees(116.35, 39.86) == pytest.approx((500_000, 300_000), abs=1e-6)


def test_a_zone_written_as_a_local_grid_equals_the_zone() -> None:
    coordinates.offer_system("Test City 117", LocalGrid(117.0))

    here = convert(116.397499, 39.908722, "wgs84", "test-city-117")
    assert here == pytest.approx(convert(116.397499, 39.908722, "wgs84", "EPSG:4548"), abs=1e-3)


@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(0.5, 2),
    st.floats(-3, 3),
    st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)),
        min_size=2,
        max_size=9,
        unique=True,
    ),
)
def test_a_similarity_is_found_again(
    shift_x: float, shift_y: float, scale: float, rotation: float, points: list[tuple[int, int]]
) -> None:
    true = Similarity(shift_x, shift_y, scale, rotation)
    source = [(500_000.0 + x, 4_400_000.0 + y) for x, y in points]
    target = [true.apply(*point) for point in source]

    found = fit_similarity(source, target)

    assert found.rms_m < 1e-5
    assert found.apply(505_000.0, 4_405_000.0) == pytest.approx(
        true.apply(505_000.0, 4_405_000.0), abs=0.05
    )
    assert found.undo(*found.apply(1.0, 2.0)) == pytest.approx((1.0, 2.0), abs=1e-6)


def test_the_rms_tells_how_badly_points_fit() -> None:
    source = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    target = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 104.0)]

    assert 0.5 < fit_similarity(source, target).rms_m < 2


@pytest.mark.parametrize("points", [[], [(1.0, 1.0)], [(1.0, 1.0), (1.0, 1.0)]])
def test_too_few_points_are_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(localgrids.UnusableControlPoints):
        fit_similarity(points, points)


@pytest.mark.parametrize(
    ("lon", "width", "prefixed", "code"),
    [
        (116.4, 3, False, "EPSG:4548"),
        (116.4, 3, True, "EPSG:4527"),
        (114.3, 3, False, "EPSG:4547"),
        (116.4, 6, False, "EPSG:4509"),
        (116.4, 6, True, "EPSG:4498"),
        (75.0, 3, False, "EPSG:4534"),
        (135.0, 3, True, "EPSG:4533"),
    ],
)
def test_zones_are_found_by_longitude(lon: float, width: int, prefixed: bool, code: str) -> None:
    assert localgrids.gauss_kruger(lon, width=width, prefixed=prefixed) == code


@pytest.mark.parametrize(("lon", "width"), [(0.0, 3), (170.0, 6), (116.0, 5)])
def test_zones_outside_china_are_refused(lon: float, width: int) -> None:
    with pytest.raises(localgrids.UnknownZone):
        localgrids.gauss_kruger(lon, width=width)


@pytest.mark.parametrize("name", ["WGS-84", "wgs84", "EPSG:4326", "CGCS2000", "epsg:4490"])
def test_the_earths_own_systems_count_as_one(name: str) -> None:
    assert convert(116.4, 39.9, name) == (116.4, 39.9)


@pytest.mark.parametrize("name", ["", "mars", "EPSG:", "EPSG:999999", "+proj=longlat"])
def test_unknown_systems_are_refused(name: str) -> None:
    with pytest.raises(coordinates.UnknownSystem):
        coordinates.system(name)


@pytest.mark.parametrize(
    ("x", "y", "refusal"),
    [
        (39.9, 116.4, coordinates.SwappedAxes),
        (31.2, 89.5, coordinates.SwappedAxes),
        (200.0, 10.0, coordinates.OutsideSystem),
        (math.nan, 10.0, coordinates.OutsideSystem),
        (10.0, math.inf, coordinates.OutsideSystem),
    ],
)
@pytest.mark.parametrize("name", ["wgs84", "gcj02", "EPSG:4490"])
def test_points_outside_are_refused(
    x: float, y: float, refusal: type[Exception], name: str
) -> None:
    with pytest.raises(refusal):
        convert(x, y, name)


def test_points_outside_come_back_as_nan_from_arrays() -> None:
    x, y = convert_many([116.4, 39.9, np.nan], [39.9, 116.4, 1.0], "gcj02")

    assert np.isfinite(x).tolist() == [True, False, False]
    assert np.isfinite(y).tolist() == [True, False, False]


def test_a_geometry_is_carried_corner_by_corner() -> None:
    square = shapely.box(116.30, 39.90, 116.31, 39.91)

    there = coordinates.convert_geometry(square, "wgs84", "gcj02")
    back = coordinates.convert_geometry(there, "gcj02", "wgs84")

    assert shapely.get_coordinates(there)[0] == pytest.approx(
        convert(116.31, 39.90, "wgs84", "gcj02")
    )
    assert shapely.equals_exact(back, square, tolerance=MILLIMETRE)


def test_a_geometry_outside_its_system_is_refused() -> None:
    with pytest.raises(coordinates.SwappedAxes):
        coordinates.convert_geometry(shapely.Point(39.9, 116.4), "wgs84", "gcj02")
    with pytest.raises(coordinates.OutsideSystem):
        coordinates.convert_geometry(shapely.Point(448481.5, 4419567.9), "gcj02")


@pytest.mark.parametrize(
    ("x", "y", "kind"),
    [
        (116.4, 39.9, "degrees"),
        (39.9, 116.4, "swapped"),
        (39448481.5, 4419567.9, "prefixed"),
        (448481.5, 4419567.9, "plain"),
        (-5e7, 1.0, "unknown"),
    ],
)
def test_numbers_are_recognised(x: float, y: float, kind: str) -> None:
    assert coordinates.recognise(x, y) == kind


def test_a_system_written_out_in_full_is_understood() -> None:
    known = CRS("EPSG:4548").to_wkt("WKT1_GDAL")
    local = CRS(LocalGrid(116.35, 500_000, 300_000).definition).to_wkt()

    # 4509 and 4548 are one projection, the six- and the three-degree zone around 117° E.
    assert coordinates.system(known).name in ("EPSG:4509", "EPSG:4548")
    assert convert(448481.5056, 4419567.8787, known) == pytest.approx(
        (116.397499, 39.908722), abs=MILLIMETRE
    )
    assert convert(116.35, 0.0, "wgs84", local) == pytest.approx((500_000, 300_000), abs=1e-3)
    with pytest.raises(coordinates.UnknownSystem):
        coordinates.system("PROJCS[nonsense")
