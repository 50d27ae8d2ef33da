"""Addresses to points and back: exact, by number, between numbers, similar, in an area."""

import pytest
from django.utils import translation

from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.actions import NewPlace
from wanmi.geography.wording import take_apart

from .conftest import SOUTH, STEP, WEST


@pytest.fixture
def places(town) -> None:
    """Enter a street with odd and even plates, a market and a school."""
    lat = SOUTH + 1.5 * STEP
    street = NewPlace("S1", "street_lane", "桥头路", "Bridgehead Road", lon=WEST + STEP, lat=lat,
                      aliases=["老桥路"])  # fmt: skip
    plates = [
        NewPlace(
            f"D{number}",
            "door_plate",
            f"桥头路{number}号",
            f"{number} Bridgehead Road",
            lon=WEST + number * STEP / 10,
            lat=lat + (STEP / 10 if number % 2 else -STEP / 10),
            parent_code="S1",
            number=str(number),
        )
        for number in (1, 2, 5, 12, 21, 22)
    ]
    others = [
        NewPlace("P1", "poi", "东风农贸市场", "Dongfeng Market", lon=WEST + 3 * STEP, lat=lat),
        NewPlace("P2", "poi", "桥头小学", "Bridgehead School", lon=WEST + 2 * STEP, lat=lat),
    ]
    geography.enter_places([street, *plates, *others], source="test")


@pytest.mark.parametrize(
    ("text", "name", "number", "rest"),
    [
        ("桥头路12号", "桥头路", "12", ""),
        ("桥头路 12 号院3号楼", "桥头路", "12", "3号楼"),
        ("桥头路十二号", "桥头路", "12", ""),
        ("桥头路一百零五号", "桥头路", "105", ""),
        ("桥头路甲１２号", "桥头路", "甲12", ""),
        ("桥头路12-3号", "桥头路", "12-3", ""),
        ("12 Bridgehead Road", "bridgehead road", "12", ""),
        ("Bridgehead Road No. 12", "bridgehead road", "12", ""),
        ("东风农贸市场", "东风农贸市场", "", ""),
    ],
)
def test_an_address_is_taken_apart(text, name, number, rest):
    found = take_apart(text)

    assert (found.name, found.number, found.rest) == (name, number, rest)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("东风农贸市场", "P1", "exact"),
        ("dongfeng market", "P1", "exact"),
        ("老桥路", "S1", "exact"),
        ("桥头路12号", "D12", "exact"),
        ("桥头路十二号", "D12", "number"),
        ("老桥路12号", "D12", "number"),
        ("示范市江岸区桥头街道桥头路12号", "D12", "exact"),
        ("12 Bridgehead Road", "D12", "exact"),
        ("东风农贸市埸", "P1", "similar"),
        ("农贸市场", "P1", "similar"),
        ("桥头路12号院3号楼", "D12", "number"),
        ("桥头路99号", "D21", "nearest"),
    ],
)
def test_an_address_finds_its_place(text, code, how):
    first = queries.geocode(text)[0]

    assert (first.code, first.how) == (code, how)
    assert 0 < first.score <= 1
    assert first.grid_code


@pytest.mark.usefixtures("places")
def test_a_number_between_two_plates_lies_between_them_on_its_side():
    first = queries.geocode("桥头路17号")[0]

    # Three quarters of the way from 5 to 21, on the odd side.
    assert first.how == "between"
    assert first.lon == pytest.approx(WEST + (5 + 0.75 * 16) * STEP / 10)
    assert first.lat == pytest.approx(SOUTH + 1.6 * STEP)
    assert first.score < 1


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("text", ["", "？", "完全不同的地方", "%", "_", "'; DROP TABLE", "9" * 200])
def test_what_is_no_address_finds_nothing(text):
    assert queries.geocode(text) == []


@pytest.mark.usefixtures("places")
def test_places_outside_an_area_are_not_found_within_it():
    assert queries.geocode("东风农贸市场", within="99/9902/") == []


@pytest.mark.usefixtures("places")
def test_many_addresses_keep_their_order():
    found = queries.geocode_many(["桥头小学", "无此地方", "桥头路1号"])

    assert [match.code if match else None for match in found] == ["P2", None, "D1"]


@pytest.mark.usefixtures("places")
def test_a_point_is_told_by_what_stands_nearest():
    with translation.override("zh-hans"):
        there = queries.reverse(WEST + 2 * STEP, SOUTH + 1.5 * STEP)
        near = queries.reverse(WEST + 3.5 * STEP, SOUTH + 1.5 * STEP)
    with translation.override("en"):
        english = queries.reverse(WEST + 2 * STEP, SOUTH + 1.5 * STEP)

    assert there.text == "江岸区桥头街道桥头小学"
    assert english.text == "Bridgehead School, Bridgehead, Riverside"
    assert there.located.community.name_en == "East"
    assert there.plate.code == "D21"
    assert near.poi.code == "P1"
    assert near.distance_m == pytest.approx(48.2, abs=1)


@pytest.mark.usefixtures("places")
def test_a_point_far_from_everything_has_no_nearest_place():
    found = queries.reverse(10.0, 50.0)

    assert (found.located, found.nearest, found.text) == (None, None, "")


@pytest.mark.usefixtures("places")
def test_a_place_that_ended_is_found_no_more():
    from datetime import date

    geography.end_places(["P1"], last_day=date(2026, 1, 31))

    assert all(match.code != "P1" for match in queries.geocode("东风农贸市场"))
