"""Entering areas: all or none, parents first, codes never used twice."""

from datetime import date, timedelta

import pytest

from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.actions import NewArea
from wanmi.geography.models import Area
from wanmi.journal import queries as journal

from .conftest import START, board, upper_areas


@pytest.mark.usefixtures("town")
def test_a_batch_is_entered_with_paths_components_and_true_area():
    grid = queries.area("990101001001001")

    assert grid.path == "99/9901/990101/990101001/990101001001/990101001001001/"
    assert (grid.division_code, grid.street_code, grid.community_code, grid.sequence) == (
        "990101",
        "001",
        "001",
        "001",
    )
    assert grid.area_m2 == pytest.approx(111.3 * 96.5 * (0.001 / 0.001), rel=0.01)
    assert grid.west < grid.lon < grid.east
    assert grid.south < grid.lat < grid.north


@pytest.mark.usefixtures("town")
def test_a_batch_is_one_event_with_its_counts():
    entry = journal.after(0)[-1]

    assert entry.kind == "geography.AreasEntered"
    assert entry.data["counts"]["unit_grid"] == 12
    assert entry.area_path == "99/"


def test_the_order_in_a_batch_does_not_matter(db):
    geography.enter_areas(list(reversed([*upper_areas(), *board()])), on=START)

    assert Area.objects.filter(kind="unit_grid").count() == 12


@pytest.mark.usefixtures("town")
def test_a_code_is_never_used_again_even_after_its_area_ended():
    geography.end_areas(["990101001001001"], kind="unit_grid", last_day=date(2026, 5, 1))

    with pytest.raises(geography.CodeInUse):
        geography.enter_areas(board()[:1])


def test_a_code_twice_in_one_batch_is_refused(db):
    with pytest.raises(geography.CodeInUse):
        geography.enter_areas([*upper_areas(), upper_areas()[0]])

    assert not Area.objects.exists()


def test_parents_in_a_circle_are_refused(db):
    circle = [NewArea("city", "1", "甲", "", "2"), NewArea("district", "2", "乙", "", "1")]

    with pytest.raises(geography.CyclicParents):
        geography.enter_areas(circle)


def test_an_area_that_is_its_own_parent_is_refused(db):
    with pytest.raises(geography.CyclicParents):
        geography.enter_areas([NewArea("city", "1", "甲", "", "1")])


def test_a_missing_parent_is_named(db):
    with pytest.raises(geography.MissingParent, match="77"):
        geography.enter_areas([NewArea("city", "1", "甲", "", "77")])


def test_a_street_cannot_hold_a_district(db):
    wrong = [NewArea("street", "1", "甲"), NewArea("district", "2", "乙", "", "1")]

    with pytest.raises(geography.WrongParent):
        geography.enter_areas(wrong)

    assert not Area.objects.exists()


@pytest.mark.usefixtures("town")
def test_an_area_with_valid_areas_below_is_not_ended():
    with pytest.raises(geography.HasAreasBelow):
        geography.end_areas(["990101001001"], kind="community", last_day=date(2026, 5, 1))


@pytest.mark.usefixtures("town")
def test_unit_grids_change_their_duty_grid_on_a_date():
    codes = [f"990101001001{n:03}" for n in (1, 2)]
    old = geography.make_duty_grid(
        "D1", name_zh="一号", parent_code="990101001", grid_codes=codes, from_day=START
    )
    change = date(2026, 6, 1)
    new = geography.make_duty_grid("D2", name_zh="二号", parent_code="990101001", from_day=change)
    geography.assign_unit_grids(new, codes[:1], from_day=change)

    before = queries.locate(120.0005, 30.0025, on=change - timedelta(days=1))
    after = queries.locate(120.0005, 30.0025, on=change)

    assert before.duty_grid.code == old.code
    assert after.duty_grid.code == new.code


@pytest.mark.usefixtures("town")
def test_a_duty_grid_takes_no_grid_of_another_street():
    other = [
        NewArea("street", "990101002", "别处", "", "990101"),
        NewArea("community", "990101002001", "别处", "", "990101002"),
    ]
    geography.enter_areas(other)

    with pytest.raises(geography.GridsElsewhere):
        geography.make_duty_grid(
            "D9", name_zh="九号", parent_code="990101002", grid_codes=["990101001001001"]
        )
