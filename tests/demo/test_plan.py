"""Promises of the drawn city: deterministic, seamless, named and furnished."""

import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

from wanmi.demo.plan.drawing import draw
from wanmi.demo.plan.furniture import ALONG, ALONG_BANK, AT_CROSSING, AT_MAIN_CROSSING, IN_BLOCK
from wanmi.demo.plan.model import CityPlan


@pytest.fixture(scope="module")
def city() -> CityPlan:
    return draw(seed=1, size="small")


def outlines(rows) -> np.ndarray:
    return np.array([row.shape for row in rows], dtype=object)


def test_the_small_city_is_large_enough_for_a_tour(city):
    assert len(city.grids) >= 800
    assert len(city.parts) >= 15_000
    assert Counter(area.level for area in city.areas)["district"] == 1


@pytest.mark.slow
def test_the_medium_city_has_three_districts():
    city = draw(seed=1, size="medium")

    assert Counter(area.level for area in city.areas)["district"] == 3
    assert len(city.grids) >= 3_000
    assert len(city.parts) >= 60_000


def test_the_same_seed_draws_the_same_city(city):
    again = draw(seed=1, size="small")

    assert again == city


def test_another_seed_draws_another_city(city):
    other = draw(seed=2, size="small")

    assert other.grids != city.grids
    assert len(other.grids) >= 800


def test_no_code_can_be_mistaken_for_a_real_one(city):
    codes = [area.code for area in city.areas] + [grid.code for grid in city.grids]

    assert all(code.startswith("99") for code in codes)
    assert len(set(codes)) == len(codes)


def test_unit_grids_are_seamless_and_near_ten_thousand_square_metres(city):
    shapes = outlines(city.grids)
    areas = np.array([grid.area_m2 for grid in city.grids])

    assert shapely.coverage_is_valid(shapes)
    assert 8_500 <= np.median(areas) <= 11_500
    assert areas.min() >= 4_000


def test_grid_codes_are_fifteen_characters_within_their_community(city):
    communities = {area.code for area in city.areas if area.level == "community"}

    for grid in city.grids:
        assert re.fullmatch(r"99\d{13}", grid.code)
        assert grid.community in communities
        assert grid.code == f"{grid.community}{grid.sequence:03d}"


def test_every_division_is_exactly_the_sum_of_the_level_below(city):
    by_code = {area.code: area for area in city.areas}
    for level in ("community", "street", "district", "city"):
        for area in city.areas:
            if area.level == level and area.parent:
                assert by_code[area.parent].shape.buffer(1e-7).contains(area.shape)
    whole = by_code["9901"].shape
    assert shapely.area(outlines(city.grids)).sum() == pytest.approx(whole.area, rel=1e-9)


def test_duty_grids_share_out_every_unit_grid_once(city):
    shared = [index for duty in city.duty_grids for index in duty.grids]

    assert sorted(shared) == list(range(len(city.grids)))


def test_parts_stand_in_the_grid_they_name(city):
    points = shapely.points([(part.lon, part.lat) for part in city.parts])
    grids = outlines(city.grids)[[part.grid for part in city.parts]]

    assert shapely.intersects(grids, points).all()


def test_names_are_complete_in_both_languages(city):
    named = [*city.areas, *city.roads, *city.places, *city.duty_grids]

    assert all(row.name.zh and row.name.en.isascii() for row in named)
    streets = [road.name.zh for road in city.roads]
    assert len(set(streets)) == len(streets)


def test_wide_roads_cross_the_river_on_bridges(city):
    assert sum(len(road.bridges) for road in city.roads) >= 4
    assert not any(road.bridges for road in city.roads if road.kind == "local")


def test_buildings_keep_off_the_water_and_the_arterials(city):
    water = next(ground.shape for ground in city.grounds if ground.kind == "water")
    wide = [road.line for road in city.roads if road.kind == "arterial"]
    houses = outlines(city.buildings)

    assert not shapely.intersects(houses, water).any()
    assert not shapely.intersects(houses, shapely.union_all(wide)).any()


def test_every_class_of_part_is_in_the_national_catalogue(shared_data):
    with Path(shared_data, "domain", "parts_events.csv").open(encoding="utf-8") as rows:
        known = {
            (row["major_code"], row["minor_code"])
            for row in csv.DictReader(rows)
            if row["kind"] == "part" and row["standard"] == "GB/T 47678.5-2026"
        }

    used = {(rule.major, rule.minor) for rule in ALONG} | set(AT_CROSSING + AT_MAIN_CROSSING)
    used |= {(major, minor) for major, minor, _ in ALONG_BANK}
    used |= {(major, minor) for rules in IN_BLOCK.values() for major, minor, _ in rules}
    assert used <= known
