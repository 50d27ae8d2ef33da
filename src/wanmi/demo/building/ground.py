"""Enter the ground: divisions, unit grids, duty grids, places and the base map."""

from collections.abc import Iterator
from datetime import date, datetime

from wanmi.demo import basemap
from wanmi.demo.plan.model import CityPlan
from wanmi.geography import actions as geography
from wanmi.geography.queries import AreaKind, PlaceKind
from wanmi.journal import actions as journal

SOURCE = "demo plan"
PLACE_KINDS = {
    "street": PlaceKind.STREET_LANE,
    "quarter": PlaceKind.BLOCK,
    "building": PlaceKind.POI,
    "poi": PlaceKind.POI,
    "doorplate": PlaceKind.DOOR_PLATE,
}
MAP_ZOOM = {"tiny": 15.0, "small": 14.0, "medium": 13.0, "large": 12.4}


def enter_ground(plan: CityPlan, *, since: date, at: datetime) -> None:
    """Enter all areas of a plan, valid since a day, and its base map."""
    geography.enter_areas(_areas(plan), source=SOURCE, on=since)
    _enter_duty_grids(plan, since)
    geography.keep_basemap(
        basemap.features(plan), centre=plan.centre, zoom=MAP_ZOOM[plan.size], at=at
    )


def enter_places(plan: CityPlan, *, since: date) -> None:
    """Enter streets, quarters, buildings, points of interest and door plates."""
    geography.enter_places(_places(plan), source=SOURCE, on=since)


def _areas(plan: CityPlan) -> Iterator[geography.NewArea]:
    for area in plan.areas:
        yield geography.NewArea(
            kind=area.level,
            code=area.code,
            name_zh=area.name.zh,
            name_en=area.name.en,
            parent_code=area.parent,
            boundary=area.shape,
        )
    for grid in plan.grids:
        yield geography.NewArea(
            kind=AreaKind.UNIT_GRID,
            code=grid.code,
            name_zh=f"{grid.sequence:03d}号网格",
            name_en=f"Grid {grid.sequence:03d}",
            parent_code=grid.community,
            boundary=grid.shape,
            land_use=grid.land_use,
        )


@journal.deed()
def _enter_duty_grids(plan: CityPlan, since: date) -> None:
    news = [
        geography.NewArea(
            kind=AreaKind.DUTY_GRID,
            code=f"{duty.community}D{duty.sequence:02d}",
            name_zh=duty.name.zh,
            name_en=duty.name.en,
            parent_code=duty.community,
        )
        for duty in plan.duty_grids
    ]
    rows = geography.enter_areas(news, source=SOURCE, on=since)
    for row, duty in zip(rows, plan.duty_grids, strict=True):
        codes = [plan.grids[index].code for index in duty.grids]
        geography.assign_unit_grids(row, codes, from_day=since)


def _places(plan: CityPlan) -> Iterator[geography.NewPlace]:
    for number, place in enumerate(plan.places, start=1):
        code = street_code(place.road) if place.kind == "street" else f"P{number:06d}"
        yield geography.NewPlace(
            code=code,
            kind=PLACE_KINDS[place.kind],
            name_zh=place.name.zh,
            name_en=place.name.en,
            lon=place.point.x,
            lat=place.point.y,
            parent_code=street_code(place.road) if place.kind == "doorplate" else "",
            number=place.number,
            source=SOURCE,
        )


def street_code(road: int) -> str:
    """Return the place code of a street by its place in the plan."""
    return f"S{road:06d}"
