"""Parts come in from tables and layers; every row that cannot be taken is named with its reason."""

import json

import pytest
from django.db import transaction

from wanmi.kernel.imports import Options, Source, loader
from wanmi.kernel.imports.mapping import mapping_from
from wanmi.registers import actions as registers
from wanmi.registers import queries

from .conftest import SOUTH, STEP, WEST

LON, LAT = WEST + STEP / 2, SOUTH + STEP / 2


@pytest.fixture
def bring(tmp_path, town):
    """Return a function that imports the text of a file and answers with the report."""

    def bring(text, name="parts.csv", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        chosen = Options(**options)
        with transaction.atomic():
            report = loader("parts")(Source(path), chosen)
            if report.must_undo(chosen):
                transaction.set_rollback(True)
        return report

    return bring


def reasons(report):
    return {row.line: row.sentence() for row in report.rejected}


def test_a_table_with_our_names_is_taken(bring):
    report = bring(
        f"category,lon,lat,owner_name\n01037,{LON},{LAT},城市照明中心\n01001,{LON},{LAT},\n"
    )

    assert report.counts()["accepted"] == 2
    assert {row.identifier for row in queries.search()} == {
        "99010101037000001",
        "99010101001000001",
    }
    assert queries.part("99010101037000001").owner_name == "城市照明中心"


def test_a_table_with_the_names_of_the_standard_is_taken(bring):
    report = bring(
        "GLBJBSM,GLBJMC,ZGBMMC,GLBJZT,CSRQ,SJLY,lon,lat\n"
        f"99010101037000007,路灯7号,市政局,破损,20240305,实测,{LON},{LAT}\n"
    )

    part = queries.part("99010101037000007")
    assert report.rejected == []
    assert (part.name_zh, part.department_name, part.state) == ("路灯7号", "市政局", "damaged")
    assert (part.initial_date.isoformat(), part.data_source) == ("2024-03-05", "surveyed")


def test_old_identifiers_belong_to_the_edition_of_2013(bring):
    bring(f"ObjID,lon,lat\n9901010137000007,{LON},{LAT}\n")

    assert queries.part("9901010137000007").category.edition.code == "2013"


def test_foreign_columns_are_mapped(bring):
    mapping = mapping_from(
        {
            "kind": "parts",
            "columns": {"category": "type", "lon": "x", "lat": "y"},
            "values": {"category": {"lamp": "01037"}},
        }
    )

    assert bring(f"type,x,y\nlamp,{LON},{LAT}\n", mapping=mapping).accepted == 1


def test_a_layer_with_lines_keeps_their_shape(bring):
    fence = {"type": "LineString", "coordinates": [[LON, LAT], [LON + 1e-4, LAT]]}
    feature = {"type": "Feature", "geometry": fence, "properties": {"category": "02017"}}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})

    assert bring(text, "fence.geojson").accepted == 1
    part = queries.search().get()
    assert part.shape is not None
    assert LON <= part.lon <= LON + 1e-4


def test_every_row_that_cannot_be_taken_is_named_and_nothing_stays(bring):
    report = bring(
        "category,identifier,state,owner_code,lon,lat\n"
        f"01037,,,,{LON},{LAT}\n"
        f"99999,,,,{LON},{LAT}\n"
        f"01037,,,,,\n"
        f"01037,,,,nan,{LAT}\n"
        f"01037,,,,{LAT},{LON}\n"
        f"01037,,melted,,{LON},{LAT}\n"
        f"01037,,,123,{LON},{LAT}\n"
        f"01037,99010101001000001,,,{LON},{LAT}\n"
        f"01037,,,,10,50\n"
        f",,,,{LON},{LAT}\n"
        f"01037,99010101037000009,,,{LON},{LAT}\n"
        f"01037,99010101037000009,,,{LON},{LAT}\n"
    )

    told = reasons(report)
    assert sorted(told) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 13]
    assert "99999" in told[3]
    assert "no coordinates" in told[4]
    assert "melted" in told[7]
    assert "social-credit" in told[8]
    assert "no identifier of class 01037" in told[9]
    assert "outside every district" in told[10]
    assert "category" in told[11]
    assert "line 12" in told[13]
    assert queries.search().count() == 0


def test_good_rows_stay_when_asked(bring):
    report = bring(f"category,lon,lat\n01037,{LON},{LAT}\n01037,,\n", keep_good=True)

    assert (report.accepted, len(report.rejected)) == (1, 1)
    assert queries.search().count() == 1


def test_a_trial_leaves_nothing(bring):
    assert bring(f"category,lon,lat\n01037,{LON},{LAT}\n", dry_run=True).accepted == 1
    assert queries.search().count() == 0


@pytest.mark.parametrize("identifier", ["", "99010101037000009"])
def test_importing_again_changes_nothing(bring, identifier):
    text = f"category,identifier,note,lon,lat\n01037,{identifier},old,{LON},{LAT}\n"
    bring(text)

    again = bring(text)

    assert (again.accepted, again.unchanged) == (0, 1)
    assert queries.search().count() == 1
    assert queries.history(queries.search().get()) == []


def test_a_newer_file_changes_what_differs_and_says_why(bring):
    bring(f"category,identifier,note,lon,lat\n01037,99010101037000009,old,{LON},{LAT}\n")

    report = bring(
        "category,identifier,note,state,lon,lat\n"
        f"01037,99010101037000009,new,破损,{LON + STEP},{LAT}\n"
    )

    part = queries.part("99010101037000009")
    assert (report.accepted, report.unchanged) == (1, 0)
    assert (part.note, part.state, part.grid_code) == ("new", "damaged", "990101001001002")
    changes = queries.history(part)
    assert [row.operation for row in changes] == ["state", "move", "import"]
    assert "line 2" in changes[0].reason


def test_a_retired_part_is_not_brought_back_by_a_file(bring):
    bring(f"category,identifier,lon,lat\n01037,99010101037000009,{LON},{LAT}\n")
    registers.retire(queries.part("99010101037000009"), reason="gone")

    report = bring(f"category,identifier,lon,lat\n01037,99010101037000009,{LON},{LAT}\n")

    assert "taken out" in reasons(report)[2]


def test_an_empty_table_is_no_failure(bring):
    assert bring("category,lon,lat\n").counts()["accepted"] == 0
