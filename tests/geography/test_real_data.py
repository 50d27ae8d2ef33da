"""Real division codes and Beijing's real districts, with drafted grids in Haidian."""

import csv
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.core.management import call_command
from django.utils import translation

from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load(file: Path, **options) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("import", "areas", str(file), stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def beijing(shared_data: Path, tmp_path: Path) -> None:
    """Load Beijing's codes and the outlines of its districts."""
    for name in ("provinces", "cities", "areas", "streets"):
        file = tmp_path / f"{name}.csv"
        _copy_beijing(shared_data / f"data/admin_divisions/{name}.csv", file)
        assert "0 rejected" in load(file)
    outlines = shared_data / "data/boundaries/beijing_110000_districts.json"
    assert "16 accepted" in load(outlines, coordinates="gcj02")


def _copy_beijing(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as read, target.open("w", encoding="utf-8") as written:
        rows = csv.reader(read)
        csv.writer(written).writerows(
            row for place, row in enumerate(rows) if place == 0 or row[0].startswith("11")
        )


def test_every_street_and_town_of_the_country_is_loaded(shared_data):
    told = [
        load(shared_data / f"data/admin_divisions/{name}.csv")
        for name in ("provinces", "cities", "areas", "streets")
    ]

    assert "41352 accepted" in told[-1]
    assert Area.objects.filter(kind="street").count() == 41352
    assert not Area.objects.exclude(kind="province").filter(parent__isnull=True).exists()


@pytest.mark.usefixtures("beijing")
def test_beijings_districts_lie_where_they_are():
    square = queries.locate(116.3975, 39.9087)

    assert square.district.name_zh == "东城区"
    assert [name.code for name in square.names] == ["11", "1101", "110101"]


@pytest.mark.usefixtures("beijing")
def test_haidian_is_covered_by_drafted_grids_without_gap_or_overlap():
    district = queries.area("110108")

    made = geography.draft_unit_grids(district, size_m=500)

    grids = list(Area.objects.filter(kind="unit_grid").order_by("code"))
    shapes = np.array([shapely.from_wkb(bytes(grid.boundary)) for grid in grids])
    whole = shapely.from_wkb(bytes(district.boundary))
    assert made.grids == len(grids) > 1500
    assert sum(grid.area_m2 for grid in grids) == pytest.approx(district.area_m2, rel=1e-4)
    assert shapely.union_all(shapes).symmetric_difference(whole).area < whole.area * 1e-4
    assert all(len(grid.code) == 15 and grid.is_draft for grid in grids)
    rng = np.random.default_rng(7)
    west, south, east, north = whole.bounds
    lons, lats = rng.uniform(west, east, 3000), rng.uniform(south, north, 3000)
    found = queries.locate_many(lons, lats)
    inside = shapely.contains_xy(whole.buffer(-1e-5), lons, lats)
    assert all(code.startswith("110108") for code in found.codes[inside])


@pytest.mark.usefixtures("beijing")
def test_a_draft_is_withdrawn_and_its_codes_stay_taken():
    district = queries.area("110108")
    first = geography.draft_unit_grids(district, size_m=1000)
    old = set(Area.objects.filter(kind="unit_grid").values_list("code", flat=True))
    with pytest.raises(geography.AlreadyHasGrids):
        geography.draft_unit_grids(district, size_m=1000)

    geography.withdraw_draft(district)
    second = geography.draft_unit_grids(district, size_m=1000)

    new = set(
        Area.objects.filter(kind="unit_grid", valid_to__isnull=True).values_list("code", flat=True)
    )
    assert first.grids == second.grids == len(new)
    assert not old & new
