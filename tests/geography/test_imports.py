"""`./wanmi import areas|grids|places`: what is taken, repaired, reported, refused."""

import json
from io import StringIO
from pathlib import Path

import pytest
import shapely
from django.core.management import call_command
from django.utils import translation

from wanmi.geography import queries
from wanmi.geography.models import Area, Place
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid

from .conftest import SOUTH, STEP, WEST

pytestmark = pytest.mark.django_db
DIVISIONS = (
    "code,name,parent_code\n98,乙省,\n9801,乙市,98\n980101,乙区,9801\n980101001,街道,980101\n"
)


def run(kind: str, file: Path, **options) -> str:
    """Import a file; return what was told, in English."""
    out = StringIO()
    with translation.override("en"):
        call_command("import", kind, str(file), stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(kind: str, file: Path, **options) -> str:
    """Import a file that cannot be taken; return why, in English."""
    out = StringIO()
    with pytest.raises(SystemExit), translation.override("en"):
        call_command("import", kind, str(file), stdout=out, stderr=out, **options)
    return out.getvalue()


def features(file: Path, *rows: tuple[dict, object]) -> Path:
    """Write a GeoJSON file of properties and shapes."""
    listed = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": json.loads(shapely.to_geojson(shape)) if shape is not None else None,
        }
        for properties, shape in rows
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": listed}))
    return file


def square(column: int, row: int = 0, size: float = STEP) -> shapely.Polygon:
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return shapely.box(west, south, west + size, south + size)


@pytest.fixture
def divisions(tmp_path: Path) -> Path:
    file = tmp_path / "divisions.csv"
    file.write_text(DIVISIONS)
    return file


def test_divisions_are_loaded_from_a_table_and_a_second_time_change_nothing(divisions):
    assert "4 accepted" in run("areas", divisions)
    assert "4 unchanged" in run("areas", divisions)
    assert queries.area("980101001").path == "98/9801/980101/980101001/"


def test_an_import_is_one_event(divisions):
    run("areas", divisions)

    (entry,) = journal.after(0)

    assert (entry.kind, entry.actor) == ("geography.AreasEntered", "import")
    assert entry.data["counts"] == {"city": 1, "district": 1, "province": 1, "street": 1}


def test_a_trial_changes_nothing(divisions):
    assert "4 accepted" in run("areas", divisions, dry_run=True)
    assert not Area.objects.exists()


def test_boundaries_join_the_areas_that_stand_already(divisions, tmp_path):
    run("areas", divisions)
    file = features(tmp_path / "b.geojson", ({"adcode": 980101, "name": "乙区"}, square(0)))

    assert "1 accepted" in run("areas", file, coordinates="cgcs2000")
    assert "1 unchanged" in run("areas", file)
    assert queries.locate(WEST + STEP / 2, SOUTH + STEP / 2).district.code == "980101"


def test_a_boundary_in_gcj02_is_carried_to_cgcs2000(divisions, tmp_path):
    run("areas", divisions)
    shape = shapely.box(116.41, 39.91, 116.42, 39.92)
    file = features(tmp_path / "b.geojson", ({"code": "980101"}, shape))

    run("areas", file, coordinates="gcj02")

    # The shift in Beijing is about 0.0062° east and 0.0014° north.
    assert queries.area("980101").west == pytest.approx(116.41 - 0.0062, abs=0.0005)
    assert queries.area("980101").south == pytest.approx(39.91 - 0.0014, abs=0.0005)


def test_parents_in_a_circle_are_refused_line_by_line(tmp_path):
    file = tmp_path / "circle.csv"
    file.write_text("kind,code,name,parent_code\nstreet,a,甲,b\nstreet,b,乙,a\nprovince,97,丙,\n")

    told = refused("areas", file)

    assert "line 2: rejected" in told
    assert "a → b → a" in told
    assert not Area.objects.exists()


def test_good_rows_stay_beside_bad_ones_where_asked(tmp_path):
    file = tmp_path / "mixed.csv"
    file.write_text("code,name,parent_code\n97,丙,\n9701,丁,96\n9702,戊,97\n970101,己,9701\n")

    told = run("areas", file, keep_good=True)

    assert "2 accepted" in told
    assert "line 3: rejected" in told
    # The child of a refused row is refused too.
    assert "line 5: rejected" in told
    assert set(Area.objects.values_list("code", flat=True)) == {"97", "9702"}


def test_a_code_twice_names_the_first_line(tmp_path):
    file = tmp_path / "twice.csv"
    file.write_text("code,name\n97,丙\n97,丁\n")

    assert "line 2" in refused("areas", file)


@pytest.mark.usefixtures("town")
def test_unit_grids_take_parent_and_components_from_their_code(tmp_path):
    file = features(
        tmp_path / "grids.geojson",
        (
            {
                "BGCode": "990101001002001",
                "name": "西一",
                "initial_date": "2020-01-02",
                "land_use": "residential",
            },
            square(5),
        ),
    )

    run("grids", file)

    grid = queries.area("990101001002001")
    assert grid.parent.code == "990101001002"
    assert (grid.sequence, grid.valid_from.year, grid.land_use) == ("001", 2020, "residential")


@pytest.mark.usefixtures("town")
def test_a_boundary_that_crosses_itself_is_repaired_and_reported(tmp_path):
    bow = shapely.Polygon(
        [(WEST + 0.01, SOUTH), (WEST + 0.011, SOUTH + STEP), (WEST + 0.011, SOUTH),
         (WEST + 0.01, SOUTH + STEP)]
    )  # fmt: skip
    file = features(tmp_path / "bow.geojson", ({"code": "990101001002001", "name": "结"}, bow))

    told = run("grids", file)

    assert "line 1: repaired" in told
    assert "Self-intersection" in told
    assert shapely.from_wkb(bytes(queries.area("990101001002001").boundary)).is_valid


@pytest.mark.usefixtures("town")
def test_overlapping_grids_are_refused_with_partner_and_area(tmp_path):
    file = features(
        tmp_path / "over.geojson",
        ({"code": "990101001002001"}, square(6)),
        ({"code": "990101001002002"}, square(6, size=STEP * 0.5)),
        ({"code": "990101001002003"}, square(0)),
    )

    told = refused("grids", file)

    assert "line 2: rejected: 990101001002002 overlaps 990101001002001 by 26" in told
    assert "line 3: rejected: 990101001002003 overlaps 990101001001009" in told
    assert not Area.objects.filter(code__startswith="990101001002", kind="unit_grid").exists()


@pytest.mark.usefixtures("town")
def test_a_sliver_of_overlap_is_taken_and_reported(tmp_path):
    nearly = shapely.box(WEST + 5 * STEP - 2e-6, SOUTH, WEST + 6 * STEP, SOUTH + STEP)
    file = features(
        tmp_path / "sliver.geojson",
        ({"code": "990101001002001"}, square(4)),
        ({"code": "990101001002002"}, nearly),
    )

    told = run("grids", file)

    assert "2 accepted" in told
    assert "line 2: repaired: The boundary overlaps 990101001002001 by 21 m²" in told


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (None, "no boundary"),
        (shapely.LineString([(WEST, SOUTH), (WEST + 1, SOUTH)]), "encloses no area"),
        (shapely.box(SOUTH, WEST - 30, SOUTH + STEP, WEST - 29), "swapped"),
        (shapely.box(500000, 3300000, 500100, 3300100), "coordinate system"),
    ],
)
def test_what_is_no_boundary_is_refused(tmp_path, shape, why):
    file = features(tmp_path / "no.geojson", ({"code": "990101001002001"}, shape))

    assert why in refused("grids", file)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"type": "FeatureCollection"}', '{"features": 7}', "[" * 100_000, "\x00"],
)
def test_malformed_geojson_is_refused_as_a_whole(tmp_path, text):
    file = tmp_path / "broken.geojson"
    file.write_text(text)

    with pytest.raises(Invalid):
        run("areas", file)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[[1, 2], [3]]]},
        {"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31]]]},
        {"type": "Heptagon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[["x", "y"]]]},
        17,
    ],
)
def test_a_broken_geometry_is_refused_with_its_number(tmp_path, geometry):
    file = tmp_path / "broken.geojson"
    feature = {"type": "Feature", "properties": {"code": "97"}, "geometry": geometry}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    assert "line 1: rejected" in refused("areas", file)


@pytest.mark.usefixtures("town")
def test_places_are_located_and_renewed(tmp_path):
    file = tmp_path / "places.csv"
    file.write_text(
        "code,kind,name,lon,lat,number,parent_code,aliases\n"
        f"S1,street_lane,桥头路,{WEST + 0.002},{SOUTH + 0.0005},,,老桥路;Bridge Rd\n"
        f"D1,door_plate,桥头路12号,{WEST + 0.0005},{SOUTH + 0.0005},12,S1,\n"
    )

    assert "2 accepted" in run("places", file)
    run("places", file)

    plate = Place.objects.get(code="D1")
    assert plate.grid_code == "990101001001009"
    assert plate.parent.aliases == ["老桥路", "Bridge Rd"]
    assert Place.objects.count() == 2


@pytest.mark.usefixtures("town")
def test_places_without_a_point_or_parent_are_refused(tmp_path):
    file = tmp_path / "places.csv"
    file.write_text(
        "code,kind,name,lon,lat,parent_code\n"
        "A,poi,无处,,,\n"
        f"B,poi,孤儿,{WEST},{SOUTH},ZZ\n"
        f"C,dragon,怪物,{WEST},{SOUTH},\n"
        f"D,poi,颠倒,39.9,116.4,\n"
        f"E,poi,非数,nan,30,\n"
    )

    told = refused("places", file)

    assert [f"line {n}: rejected" in told for n in range(2, 7)] == [True] * 5
    assert not Place.objects.exists()
