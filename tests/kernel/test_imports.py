"""Every row of an import is taken or reported with its line and reason."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely

from wanmi.kernel import imports
from wanmi.kernel.coordinates import convert_geometry
from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports import Mapping, Options, Report, Source, mapping

SQUARE = shapely.box(116.30, 39.90, 116.31, 39.91)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


Write = Callable[[str, str | bytes], Path]


def read(path: Path, options: Options = Options(), **declared: str) -> tuple[list[Any], Report]:  # noqa: B008 - frozen
    report = Report("places")
    return list(imports.read(Source(path, **declared), options, report)), report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_offices_save(
    write: Write, encoding: str, delimiter: str
) -> None:
    text = delimiter.join(("编号", "名称")) + "\n" + delimiter.join(("001", "东华门街道")) + "\n"

    records, _ = read(write("a.csv", text.encode(encoding)))

    assert records[0].values == {"编号": "001", "名称": "东华门街道"}


def test_rows_keep_the_line_they_begin_on(write: Write) -> None:
    path = write("a.csv", 'code,note\n1,"two\nlines"\n\n2,x\n3,y,surplus\n4\n')

    records, report = read(path)

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
        read(write(name, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(imports.UnreadableFile, match="There is no file"):
        read(tmp_path / "nothing.csv")


def test_xlsx_is_read_with_its_own_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["code", "from", "count"])
    sheet.append([110101.0, datetime(2024, 9, 1), 3])  # noqa: DTZ001 - workbooks know no zones
    path = tmp_path / "a.xlsx"
    book.save(path)

    (record,), _ = read(path)

    assert record.line == 3
    assert record.text("code") == "110101"
    assert record.day("from") == date(2024, 9, 1)
    assert record.whole("count") == 3


def test_an_unknown_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)

    with pytest.raises(imports.UnreadableFile, match="no sheet"):
        read(path, layer="Nowhere")


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

    records, report = read(path)

    assert [record.line for record in records] == [1, 3]
    assert records[0].shape.equals(SQUARE)
    assert records[1].point() is None
    assert [row.line for row in report.rejected] == [2, 4, 5]
    assert "swapped" in report.as_text()


def test_a_declared_system_is_carried_to_degrees(write: Write) -> None:
    point = {"type": "Point", "coordinates": [116.41024449916938, 39.91640428150164]}
    path = write("a.geojson", collection(feature(point)))

    (declared,), _ = read(path, coordinates="gcj02")
    (mapped,), _ = read(path, Options(mapping=Mapping(coordinates="gcj02")))

    assert declared.point() == pytest.approx((116.404, 39.915), abs=1e-7)
    assert mapped.point() == declared.point()


def test_an_old_crs_member_is_respected(write: Write) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4548"}}
    point = {"type": "Point", "coordinates": [448481.5056, 4419567.8787]}
    path = write("a.json", collection(feature(point), crs=crs))

    (record,), _ = read(path)

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

    (record, nowhere), _ = read(path)

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
        read(path)
    (record,), _ = read(path, coordinates="wgs84")
    assert record.shape.equals(SQUARE)


MAPPING = """
kind = "places"
time_zone = "America/New_York"
time_formats = ["%m/%d/%Y %H:%M"]
coordinates = "wgs84"
separator = " / "

[columns]
code = "Unique Key"
category = ["Complaint Type", "Descriptor"]
seen_at = "Created Date"
lon = "Longitude"
lat = "Latitude"

[constants]
source = "nyc"

[values.category]
"Animal-Abuse / Neglected" = { kind = "event", minor = "01" }
"*" = { kind = "event", minor = "99" }
"""


def test_a_mapping_names_joins_fills_and_translates(write: Write) -> None:
    mapped = imports.load_mapping(write("m.toml", MAPPING))
    path = write(
        "a.csv",
        "Unique Key,Complaint Type,Descriptor,Created Date,Latitude,Longitude,Other\n"
        "1,Animal-Abuse,Neglected,3/14/2025 1:20,40.65,-73.88,x\n"
        "2,Animal-Abuse,Tortured,3/14/2025 0:44,,,x\n",
    )

    (first, second), report = read(path, Options(mapping=mapped))

    assert first.values["category"] == {"kind": "event", "minor": "01"}
    assert first.text("source") == "nyc"
    assert first.moment("seen_at") == datetime(2025, 3, 14, 5, 20, tzinfo=UTC)
    assert first.point() == (-73.88, 40.65)
    assert first.raw["Other"] == "x"
    assert not first.has("Other")
    assert second.values["category"]["minor"] == "99"
    assert second.point() is None
    assert not report.rejected


def test_a_value_outside_its_map_rejects_the_row(write: Write) -> None:
    mapped = mapping.mapping_from({"values": {"state": {"Open": "open"}}})

    records, report = read(write("a.csv", "state\nOpen\nClosed\n"), Options(mapping=mapped))

    assert [record.text("state") for record in records] == ["open"]
    assert report.rejected[0].sentence() == "“Closed” is not in the mapping of state."


def test_a_mapped_column_must_exist(write: Write) -> None:
    mapped = mapping.mapping_from({"columns": {"code": "Key"}})

    with pytest.raises(mapping.ColumnMissing, match="Key"):
        read(write("a.csv", "code\n1\n"), Options(mapping=mapped))


def test_a_mapping_of_another_kind_is_refused(write: Write) -> None:
    with pytest.raises(Invalid, match="cases"):
        read(write("a.csv", "code\n1\n"), Options(mapping=Mapping(kind="cases")))


@pytest.mark.parametrize(
    "content",
    [
        "kind = ",
        "kind = 3",
        "colums = {}",
        'columns = "code"',
        "[columns]\ncode = 3",
        "[columns]\ncode = []",
        '[values]\nstate = "open"',
        'time_zone = "Mars/Crater"',
        'time_zone = "../../etc/passwd"',
        "time_formats = [1]",
        'coordinates = "mars"',
    ],
)
def test_a_wrong_mapping_is_refused(write: Write, content: str) -> None:
    with pytest.raises(Invalid):
        imports.load_mapping(write("m.toml", content))


def record(**values: object) -> imports.Record:
    return imports.Record(1, dict(values))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-09-01T08:00:00+08:00", datetime(2024, 9, 1, 0, tzinfo=UTC)),
        ("2024-09-01 08:00", datetime(2024, 9, 1, 0, tzinfo=UTC)),
        ("2024/9/1 8:00", datetime(2024, 9, 1, 0, tzinfo=UTC)),
        ("2024年9月1日 8时30分", datetime(2024, 9, 1, 0, 30, tzinfo=UTC)),
        ("20240901", datetime(2024, 8, 31, 16, tzinfo=UTC)),
    ],
)
def test_moments_are_read_as_written_in_china(text: str, moment: datetime) -> None:
    assert record(at=text).moment("at") == moment


@pytest.mark.parametrize(
    "ask",
    [
        lambda: record(n="many").number("n"),
        lambda: record(n="nan").number("n"),
        lambda: record(n="1e999").number("n"),
        lambda: record(n=float("inf")).whole("n"),
        lambda: record(n="1.5").whole("n"),
        lambda: record(n="5").number("n", high=4),
        lambda: record(n="perhaps").flag("n"),
        lambda: record(n="yesterday").moment("n"),
        lambda: record(n="0001-01-01").moment("n"),
        lambda: record(n="a\x00b").text("n"),
        lambda: record(n="abc").text("n", max_length=2),
        lambda: record().text("n", required=True),
        lambda: record(n="  ").number("n", required=True),
        lambda: record(lon="116.4").point(),
        lambda: record(lon="39.9", lat="116.4").point(),
        lambda: record(lon="nan", lat="39.9").point(),
    ],
)
def test_unusable_fields_are_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(Invalid):
        ask()


def test_fields_are_read_in_the_usual_spellings() -> None:
    assert record(n="1,048,718").whole("n") == 1048718
    assert record(n="１２.５").number("n") == 12.5
    assert record(n="是").flag("n") is True
    assert record(n="否").flag("n") is False
    assert record(lon="0", lat="0").point() is None
    assert record().number("n") is None


def test_the_report_counts_and_tells(write: Write) -> None:
    report = Report("places")
    records, _ = read(write("a.csv", "code\nnew\nsame\nbad\n"))

    for each in records:
        with report.row(each):
            if each.text("code") == "bad":
                raise Invalid("The code %(code)s is taken.", code="bad")
            if each.text("code") == "same":
                report.skip()
    report.leave_unlocated(2)
    report.note_repair(2, "The boundary crossed itself.")

    assert (report.accepted, report.unchanged, report.total) == (1, 1, 3)
    assert report.as_text().splitlines() == [
        "places: 1 accepted, 1 unchanged, 1 unlocated, 1 repaired, 1 rejected.",
        "line 4: rejected: The code bad is taken.",
        "line 2: unlocated: The row has no place.",
        "line 2: repaired: The boundary crossed itself.",
    ]


def test_a_bug_in_a_row_stays_loud() -> None:
    report = Report("places")

    with pytest.raises(ZeroDivisionError), report.row(record()):
        raise ZeroDivisionError
    assert report.total == 0


@pytest.mark.parametrize(
    ("rejected", "dry_run", "keep_good", "undo"),
    [
        (0, False, False, False),
        (1, False, False, True),
        (1, False, True, False),
        (0, True, True, True),
    ],
)
def test_all_or_nothing_unless_good_rows_are_kept(
    rejected: int, dry_run: bool, keep_good: bool, undo: bool
) -> None:
    report = Report("places")
    for line in range(rejected):
        report.reject(line, Invalid())

    assert report.must_undo(Options(dry_run=dry_run, keep_good=keep_good)) is undo


def test_kinds_are_offered_and_found() -> None:
    def load(source: Source, options: Options) -> Report:
        return Report("test-things")

    imports.offer("test-things", load, summary="Things of a test")

    assert imports.loader("test-things") is load
    assert "test-things" in [kind.name for kind in imports.kinds()]
    with pytest.raises(imports.UnknownKind, match="test-things"):
        imports.loader("nothing")


def test_real_complaints_are_read(shared_data: Path, write: Write) -> None:
    path = shared_data / "data" / "sample_311" / "nyc_311_animals_2025.csv"
    mapped = imports.load_mapping(write("m.toml", MAPPING))
    with path.open(encoding="utf-8", newline="") as file:
        expected = len(list(csv.DictReader(file)))

    records, report = read(path, Options(mapping=mapped))

    assert len(records) + len(report.rejected) == expected == 4969
    assert not report.rejected
    assert all(record.moment("seen_at") for record in records)
    assert sum(record.point() is not None for record in records) > 4900


def test_real_districts_are_read(shared_data: Path) -> None:
    path = shared_data / "data" / "boundaries" / "beijing_110000_districts.json"

    records, report = read(path, coordinates="gcj02")

    assert len(records) == 16
    assert not report.rejected
    assert records[0].text("name") == "东城区"
