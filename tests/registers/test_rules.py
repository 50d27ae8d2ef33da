"""Identifiers, divisions and distances, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanmi.registers import rules
from wanmi.registers.rules import PartKey


def test_identifiers_have_sixteen_characters_before_2026_and_seventeen_since():
    assert rules.identifier(PartKey("320508", "01", "01", 1)) == "3205080101000001"
    assert rules.identifier(PartKey("320508", "01", "001", 1)) == "32050801001000001"


@given(
    division=st.from_regex(r"[0-9]{6}", fullmatch=True),
    major=st.from_regex(r"[0-9]{2}", fullmatch=True),
    minor=st.from_regex(r"[0-9]{2,3}", fullmatch=True),
    sequence=st.integers(1, rules.LAST_NUMBER),
)
def test_an_identifier_is_read_back_into_its_components(division, major, minor, sequence):
    key = PartKey(division, major, minor, sequence)

    assert rules.read_identifier(rules.identifier(key), len(minor)) == key


@pytest.mark.parametrize(
    "text", ["", "32050801", "3205080101A00001", "３２０５０８０１０１００００１０"]
)
def test_what_is_no_identifier_is_not_read(text):
    assert rules.read_identifier(text, 2) is None


def test_the_division_is_the_county_on_the_path():
    assert rules.division_of("99/9901/990101/990101001/") == "990101"
    assert rules.division_of("99/9901/") == ""
    assert rules.division_of("") == ""


def test_distances_are_metres():
    one_arc_minute = rules.distance_m(120, 30, 120, 30 + 1 / 60)

    assert 1850 < one_arc_minute < 1856
    assert rules.distance_m(120, 30, 120, 30) == 0
