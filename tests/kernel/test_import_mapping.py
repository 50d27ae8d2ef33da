"""A mapping turns their columns into our fields."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.kernel.reading import Write, read_file
from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports import Mapping, Options, mapping

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

    (first, second), report = read_file(path, Options(mapping=mapped))

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

    records, report = read_file(write("a.csv", "state\nOpen\nClosed\n"), Options(mapping=mapped))

    assert [record.text("state") for record in records] == ["open"]
    assert report.rejected[0].sentence() == "“Closed” is not in the mapping of state."


def test_a_mapped_column_must_exist(write: Write) -> None:
    mapped = mapping.mapping_from({"columns": {"code": "Key"}})

    with pytest.raises(mapping.ColumnMissing, match="Key"):
        read_file(write("a.csv", "code\n1\n"), Options(mapping=mapped))


def test_a_mapping_of_another_kind_is_refused(write: Write) -> None:
    with pytest.raises(Invalid, match="cases"):
        read_file(write("a.csv", "code\n1\n"), Options(mapping=Mapping(kind="cases")))


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


def test_real_complaints_are_read(shared_data: Path, write: Write) -> None:
    path = shared_data / "data" / "sample_311" / "nyc_311_animals_2025.csv"
    mapped = imports.load_mapping(write("m.toml", MAPPING))
    with path.open(encoding="utf-8", newline="") as file:
        expected = len(list(csv.DictReader(file)))

    records, report = read_file(path, Options(mapping=mapped))

    assert len(records) + len(report.rejected) == expected == 4969
    assert not report.rejected
    assert all(record.moment("seen_at") for record in records)
    assert sum(record.point() is not None for record in records) > 4900


def test_real_districts_are_read(shared_data: Path) -> None:
    path = shared_data / "data" / "boundaries" / "beijing_110000_districts.json"

    records, report = read_file(path, coordinates="gcj02")

    assert len(records) == 16
    assert not report.rejected
    assert records[0].text("name") == "东城区"
