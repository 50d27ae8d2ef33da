"""Turn the drawn city into features of its own vector base map."""

from collections.abc import Iterator

import shapely

from wanmi.demo.plan.model import CityPlan, Name
from wanmi.geography.queries import BaseFeature

ALWAYS = 20
FIRST_ZOOM = {
    "water": 6, "wood": 9, "field": 9, "town": 8, "park": 10, "green": 13, "square": 12,
    "trunk": 6, "arterial": 8, "secondary": 11, "local": 13,
    "city": 4, "district": 8, "street": 11, "community": 13,
    "quarter": 15, "poi": 15, "building": 15,
}  # fmt: skip
BORDERS = ("district", "street", "community")
BUILDINGS_FROM = 14


def features(plan: CityPlan) -> Iterator[BaseFeature]:
    """Yield surfaces, roads, bridges, buildings, borders and labels, each from its zoom on."""
    yield from _surfaces(plan)
    yield from _roads(plan)
    for building in plan.buildings:
        facts = {"kind": building.kind}
        yield BaseFeature("building", BUILDINGS_FROM, ALWAYS, facts, building.shape)
    yield from _divisions(plan)
    yield from _points(plan)


def _surfaces(plan: CityPlan) -> Iterator[BaseFeature]:
    city = next(area for area in plan.areas if area.level == "city")
    yield BaseFeature("ground", FIRST_ZOOM["town"], ALWAYS, {"kind": "town"}, city.shape)
    for ground in plan.grounds:
        if ground.kind in FIRST_ZOOM:
            facts = _facts(ground.kind, ground.name)
            yield BaseFeature("ground", FIRST_ZOOM[ground.kind], ALWAYS, facts, ground.shape)


def _roads(plan: CityPlan) -> Iterator[BaseFeature]:
    for road in plan.roads:
        first = FIRST_ZOOM[road.kind]
        yield BaseFeature("road", first, ALWAYS, _facts(road.kind, road.name), road.line)
        for span in road.bridges:
            yield BaseFeature("bridge", max(first, 12), ALWAYS, {"kind": road.kind}, span)


def _divisions(plan: CityPlan) -> Iterator[BaseFeature]:
    for area in plan.areas:
        if area.level in BORDERS:
            first = FIRST_ZOOM[area.level]
            yield BaseFeature("border", first, ALWAYS, {"kind": area.level}, area.shape.boundary)
        if area.level in FIRST_ZOOM:
            middle = shapely.point_on_surface(area.shape)
            facts = _facts(area.level, area.name)
            yield BaseFeature("place", FIRST_ZOOM[area.level], ALWAYS, facts, middle)


def _points(plan: CityPlan) -> Iterator[BaseFeature]:
    for place in plan.places:
        if place.kind in ("quarter", "poi", "building") and place.use != "park":
            facts = _facts("poi", place.name)
            yield BaseFeature("place", FIRST_ZOOM[place.kind], ALWAYS, facts, place.point)


def _facts(kind: str, name: Name | None) -> dict[str, str]:
    named = {"name_zh": name.zh, "name_en": name.en} if name else {}
    return {"kind": kind, **named}
