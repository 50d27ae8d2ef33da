"""Identifiers fall into their components and come together again; others are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanmi.kernel import identifiers
from wanmi.kernel.identifiers import (
    Edition,
    GridCode,
    MatterCode,
    MonitoringIdentifier,
    NumberPattern,
    PartIdentifier,
)


def digits(width: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=width, max_size=width)


@given(digits(15))
def test_a_grid_code_comes_together_again(text: str) -> None:
    grid = GridCode.read(text)

    assert str(grid) == text
    assert (grid.community_code, grid.street_code) == (text[:12], text[:9])


def test_grid_codes_of_2005_have_two_digits_of_sequence() -> None:
    grid = GridCode.read("11010100100107")

    assert (grid.sequence, str(grid)) == ("07", "11010100100107")


def test_grids_are_numbered_inside_their_community() -> None:
    assert str(GridCode.numbered("110108001001", 7)) == "110108001001007"
    with pytest.raises(identifiers.UnusableIdentifier):
        GridCode.numbered("110108001001", 1000)
    with pytest.raises(identifiers.UnusableIdentifier):
        GridCode.numbered("110108001", 1)


@given(st.sampled_from(Edition), digits(6), digits(2), digits(3), st.integers(1, 999_999))
def test_a_part_identifier_has_the_length_of_its_edition(
    edition: Edition, division: str, major: str, minor: str, number: int
) -> None:
    part = PartIdentifier.numbered(division, major, minor[: edition.minor_width], number)

    assert len(str(part)) == 14 + edition.minor_width
    assert PartIdentifier.read(str(part), edition) == part
    assert int(part.sequence) == number


def test_identifiers_are_read_by_edition() -> None:
    part = PartIdentifier.read("3205080101000001", Edition.GBT_30428_2013)
    matter = MatterCode.read("11010806001", Edition.GBT_47678_2026)
    monitored = MonitoringIdentifier.read("110108010203000042")

    assert (part.division, part.major, part.minor, part.sequence) == (
        "320508",
        "01",
        "01",
        "000001",
    )
    assert (matter.major, matter.minor) == ("06", "001")
    assert (monitored.middle, monitored.minor, monitored.sequence) == ("02", "03", "000042")
    assert str(MatterCode("110108", "01", "01")) == "1101080101"


@pytest.mark.parametrize(
    "text",
    ["", "110101", "1101010010010011", "AB0101001001001", "11010100100100-", "１10101001001001"],
)
def test_texts_that_are_no_grid_codes_are_refused(text: str) -> None:
    with pytest.raises(identifiers.UnusableIdentifier, match="unit grid code"):
        GridCode.read(text)


@pytest.mark.parametrize("edition", [Edition.CJT_214_2007, Edition.GBT_30428_2013])
def test_an_identifier_of_another_edition_is_refused(edition: Edition) -> None:
    with pytest.raises(identifiers.UnusableIdentifier):
        PartIdentifier.read("11010801001000001", edition)
    with pytest.raises(identifiers.UnusableIdentifier):
        PartIdentifier("110108", "1", "01", "000001")


@pytest.mark.parametrize(
    "text",
    ["91350100M000100Y43", "91110108551385082Q", "91110000802100433B", " 91350100m000100y43"],
)
def test_social_credit_codes_are_checked(text: str) -> None:
    assert identifiers.credit_code(text) == text.strip().upper()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "91350100M000100Y44",
        "91350100M000100Y4",
        "9135010OM000100Y43",
        "91350100I000100Y43",
        None,
    ],
)
def test_wrong_social_credit_codes_are_refused(text: str | None) -> None:
    with pytest.raises(identifiers.WrongCreditCode):
        identifiers.credit_code(text)


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(place: int, digit: str) -> None:
    right = "91110108551385082Q"
    wrong = right[:place] + digit + right[place + 1 :]

    if wrong != right:
        with pytest.raises(identifiers.WrongCreditCode):
            identifiers.credit_code(wrong)


@pytest.mark.parametrize(
    ("pattern", "number", "scope", "resets"),
    [
        ("{area}{yyyy}{mm}{dd}{seq:04}", "110108202409010042", "110108/2024/09/01", "daily"),
        ("案{yyyy}-{seq:06}", "案2024-000042", "/2024", "yearly"),
        ("{yy}{mm}{seq:05}", "240900042", "/2024/09", "monthly"),
        ("C{seq:08}", "C00000042", "", "never"),
        ("城管〔{yyyy}〕{seq:03}号", "城管〔2024〕042号", "/2024", "yearly"),
    ],
)
def test_case_numbers_follow_the_pattern(
    pattern: str, number: str, scope: str, resets: str
) -> None:
    numbers = NumberPattern(pattern)
    day = date(2024, 9, 1)

    assert numbers.render(area="110108", day=day, seq=42) == number
    assert numbers.scope("110108", day) == scope
    assert numbers.resets == resets


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{yyyy}",
        "{seq:04}{seq:04}",
        "{seq:04}{yyyy}",
        "{seq:04}-2",
        "{seq}",
        "{seq:04x}",
        "{seq:{area}}",
        "{seq!r:04}",
        "{area:99999}{seq:04}",
        "{area.__class__}{seq:04}",
        "{day}{seq:04}",
        "{dd}{yyyy}{seq:04}",
        "{mm}{seq:04}",
        "{0}{seq:04}",
        "{",
        "a/b{seq:04}",
        "a b{seq:04}",
    ],
)
def test_a_pattern_that_could_repeat_itself_is_refused(pattern: str) -> None:
    with pytest.raises(identifiers.UnusablePattern):
        NumberPattern(pattern)
