"""`./wanmi make-grids`, and surveys that come as layers in a Gauss–Krüger system."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from django.core.management import call_command
from django.utils import translation

from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.models import Area
from wanmi.kernel.coordinates import convert_geometry

from .conftest import SOUTH, WEST

pytestmark = pytest.mark.usefixtures("bare_town")


@pytest.fixture
def bare_town(db) -> None:
    """Enter the town's divisions without any grid."""
    from .conftest import START, upper_areas

    geography.enter_areas(upper_areas(), on=START)


def command(*words: str, **options) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command(*words, stdout=out, stderr=out, **options)
    return out.getvalue()


def grids() -> list[Area]:
    return list(Area.objects.filter(kind="unit_grid", valid_to__isnull=True).order_by("code"))


@pytest.fixture
def road(tmp_path: Path) -> Path:
    """Write a road that crosses the street from corner to corner."""
    line = shapely.LineString([(WEST - 0.01, SOUTH - 0.01), (WEST + 0.02, SOUTH + 0.02)])
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": json.loads(shapely.to_geojson(line)),
    }
    file = tmp_path / "roads.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return file


def test_a_street_gets_its_grids_in_drafted_communities():
    told = command("make_grids", within="990101001", size=200.0)

    found = grids()
    assert f"{len(found)} unit grids" in told
    assert {grid.path.split("/")[3] for grid in found} == {"990101001"}
    assert found[0].code == "990101001900001"
    assert queries.locate(WEST, SOUTH).community.name_en == "Drafted community 900"


def test_a_district_gets_a_drafted_street_where_none_is_drawn():
    command("make_grids", within="990101", size=300.0)

    streets = {grid.path.split("/")[3] for grid in grids()}

    assert streets == {"990101001", "990101900"}
    assert queries.area("990101900").is_draft


def test_grids_follow_the_roads_they_are_given(road):
    command("make_grids", within="990101001", size=200.0, lines=[road])

    line = shapely.LineString([(WEST - 0.004, SOUTH - 0.004), (WEST + 0.014, SOUTH + 0.014)])
    cut = [
        grid
        for grid in grids()
        if shapely.intersection(shapely.from_wkb(bytes(grid.boundary)), line).length > 1e-4
        and not line.buffer(2e-5).intersects(shapely.from_wkb(bytes(grid.boundary)).boundary)
    ]
    crossed = [
        grid
        for grid in grids()
        if line.crosses(shapely.from_wkb(bytes(grid.boundary)).buffer(-3e-5))
    ]
    assert not cut
    assert not crossed


def test_a_draft_is_replaced_only_when_asked():
    command("make_grids", within="990101001", size=300.0)
    first = {grid.code for grid in grids()}

    with pytest.raises(geography.AlreadyHasGrids):
        command("make_grids", within="990101001", size=300.0)
    command("make_grids", within="990101001", size=300.0, replace=True)

    assert len(grids()) == len(first)
    assert not first & {grid.code for grid in grids()}


@pytest.mark.parametrize("size", [0, -5, 5, 1e9, float("nan")])
def test_a_grid_of_no_sensible_size_is_refused(size):
    with pytest.raises(geography.GridsTooSmall):
        command("make_grids", within="990101001", size=size)


def test_an_area_without_a_boundary_is_refused():
    with pytest.raises(geography.NothingToDraftIn):
        command("make_grids", within="990101001001")


@pytest.mark.parametrize("ending", [".gpkg", ".shp"])
def test_a_survey_in_a_gauss_kruger_system_is_taken_with_its_names(tmp_path, ending):
    degrees = shapely.box(WEST, SOUTH, WEST + 0.001, SOUTH + 0.001)
    plane = convert_geometry(degrees, "wgs84", "EPSG:4549")
    file = tmp_path / f"survey{ending}"
    pyogrio.raw.write(
        str(file),
        geometry=np.array([shapely.to_wkb(plane)], dtype=object),
        field_data=[
            np.array(["990101001001001"], dtype=object),
            np.array(["中心网格"], dtype=object),
        ],
        fields=np.array(["BGCode", "name"], dtype=object),
        geometry_type="Polygon",
        crs="EPSG:4549",
        encoding="UTF-8",
    )

    assert "1 accepted" in command("import", "grids", str(file))

    grid = queries.area("990101001001001")
    assert grid.name_zh == "中心网格"
    drawn = shapely.from_wkb(bytes(grid.boundary))
    assert shapely.hausdorff_distance(drawn, degrees) < 1e-7
