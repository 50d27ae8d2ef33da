"""Divisions and distances, without a database."""

from wanmi.registers import rules


def test_the_division_is_the_county_on_the_path():
    assert rules.division_of("99/9901/990101/990101001/") == "990101"
    assert rules.division_of("99/9901/") == ""
    assert rules.division_of("") == ""


def test_distances_are_metres():
    one_arc_minute = rules.distance_m(120, 30, 120, 30 + 1 / 60)

    assert 1850 < one_arc_minute < 1856
    assert rules.distance_m(120, 30, 120, 30) == 0
