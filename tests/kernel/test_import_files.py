"""Every row of a file is read, or reported with its line and reason."""

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely

from tests.kernel.reading import Write, read_file
from wanmi.kernel import imports
from wanmi.kernel.coordinates import convert_geometry
from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports import Mapping, Options

SQUARE = shapely.box(116.30, 39.90, 116.31, 39.91)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_offices_save(
    write: Write, encoding: str, delimiter: str
) -> None:
    text = delimiter.join(("编号", "名称")) + "\n" + delimiter.join(("001", "东华门街道")) + "\n"

    records, _ = read_file(write("a.csv", text.encode(encoding)))

    assert records[0].values == {"编号": "001", "名称": "东华门街道"}


def test_rows_keep_the_line_they_begin_on(write: Write) -> None:
    path = write("a.csv", 'code,note\n1,"two\nlines"\n\n2,x\n3,y,surplus\n4\n')

    records, report = read_file(path)

    assert [(record.line, record.text("code")) for record in records] == [
        (2, "1"),
        (5, "2"),
        (7, "4"),
    ]
    assert [row.line for row in report.rejected] == [6]
    assert records[2].text("note") == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", ""),
        ("a.csv", b"\xff\xff\xff\xff\n"),
        ("a.csv", "code,code\n1,2\n"),
        ("a.xlsx", "not a workbook"),
        ("a.geojson", "{"),
        ("a.geojson", "[1]"),
        ("a.geojson", '{"type": "FeatureCollection"}'),
        ("a.geojson", '{"features": [{"geometry": {"type": "Point", "coordinates": [NaN, 1]}}]}'),
        ("a.geojson", b"\xff\xfe{}"),
        ("a.geojson", "[" * 100_000),
        ("a.gpkg", "not a database"),
        ("a.shp", "not a shape"),
        ("a.zip", "not an archive"),
        ("a.doc", "something else"),
    ],
)
def test_files_that_cannot_be_read_are_refused(
    write: Write, name: str, content: str | bytes
) -> None:
    with pytest.raises(Invalid):
        read_file(write(name, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(imports.UnreadableFile, match="There is no file"):
        read_file(tmp_path / "nothing.csv")


def test_xlsx_is_read_with_its_own_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["code", "from", "count"])
    sheet.append([110101.0, datetime(2024, 9, 1), 3])  # noqa: DTZ001 - workbooks know no zones
    path = tmp_path / "a.xlsx"
    book.save(path)

    (record,), _ = read_file(path)

    assert record.line == 3
    assert record.text("code") == "110101"
    assert record.day("from") == date(2024, 9, 1)
    assert record.whole("count") == 3


def test_an_unknown_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)

    with pytest.raises(imports.UnreadableFile, match="no sheet"):
        read_file(path, layer="Nowhere")


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_geojson_features_are_read_one_by_one(write: Write) -> None:
    good = json.loads(shapely.to_geojson(SQUARE))
    path = write(
        "a.geojson",
        collection(
            feature(good, name="海淀"),
            feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}),
            feature(None, name="somewhere"),
            "nothing",
            feature({"type": "Point", "coordinates": [39.9, 116.4]}),
        ),
    )

    records, report = read_file(path)

    assert [record.line for record in records] == [1, 3]
    assert records[0].shape.equals(SQUARE)
    assert records[1].point() is None
    assert [row.line for row in report.rejected] == [2, 4, 5]
    assert "swapped" in report.as_text()


def test_a_declared_system_is_carried_to_degrees(write: Write) -> None:
    point = {"type": "Point", "coordinates": [116.41024449916938, 39.91640428150164]}
    path = write("a.geojson", collection(feature(point)))

    (declared,), _ = read_file(path, coordinates="gcj02")
    (mapped,), _ = read_file(path, Options(mapping=Mapping(coordinates="gcj02")))

    assert declared.point() == pytest.approx((116.404, 39.915), abs=1e-7)
    assert mapped.point() == declared.point()


def test_an_old_crs_member_is_respected(write: Write) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4548"}}
    point = {"type": "Point", "coordinates": [448481.5056, 4419567.8787]}
    path = write("a.json", collection(feature(point), crs=crs))

    (record,), _ = read_file(path)

    assert record.point() == pytest.approx((116.397499, 39.908722), abs=1e-7)


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp"])
@pytest.mark.parametrize("system", ["EPSG:4490", "EPSG:4548"])
def test_layers_are_read_in_their_own_system(tmp_path: Path, name: str, system: str) -> None:

    shape = convert_geometry(SQUARE, "wgs84", system)
    path = tmp_path / name
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(shape), None], dtype=object),
        field_data=[np.array(["海淀区", "无处"], dtype=object), np.array([7, 8])],
        fields=["名称", "数"],
        geometry_type="Polygon",
        crs=system,
    )

    (record, nowhere), _ = read_file(path)

    assert record.text("名称") == "海淀区"
    assert record.whole("数") == 7
    assert shapely.hausdorff_distance(record.shape, SQUARE) < 1e-7
    assert nowhere.point() is None


def test_a_layer_without_system_must_be_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.shp"
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(SQUARE)], dtype=object),
        field_data=[np.array([1])],
        fields=["n"],
        geometry_type="Polygon",
        crs="EPSG:4326",
    )
    path.with_suffix(".prj").unlink()

    with pytest.raises(imports.UnreadableFile, match="declare it"):
        read_file(path)
    (record,), _ = read_file(path, coordinates="wgs84")
    assert record.shape.equals(SQUARE)
