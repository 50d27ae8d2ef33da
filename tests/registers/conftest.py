"""A small town with a catalogue, and people who may look after its parts."""

from datetime import date

import pytest
from shapely.geometry import box

from wanmi.accounts import actions as accounts
from wanmi.catalogue import actions as catalogue
from wanmi.catalogue import queries as classes
from wanmi.geography import actions as geography
from wanmi.geography.actions import NewArea
from wanmi.organisation import actions as organisation

TODAY = date(2026, 11, 21)
WEST, SOUTH, STEP = 120.0, 30.0, 0.001


@pytest.fixture
def town(db):
    """Enter two districts side by side, the eastern one with two unit grids."""
    areas = [
        NewArea("province", "99", "示范省", "Demo Province"),
        NewArea("city", "9901", "示范市", "Demo City", "99"),
        _square("district", "990101", "江岸区", "Riverside", "9901", WEST, 0.01),
        _square("district", "990102", "山前区", "Hillfoot", "9901", WEST - 0.01, 0.01),
        _square("street", "990101001", "桥头街道", "Bridgehead", "990101", WEST, 0.005),
        NewArea("community", "990101001001", "东社区", "East", "990101001"),
        _square("unit_grid", "990101001001001", "一", "One", "990101001001", WEST, STEP),
        _square("unit_grid", "990101001001002", "二", "Two", "990101001001", WEST + STEP, STEP),
    ]
    geography.enter_areas(areas, on=date(2026, 1, 1), source="test")
    catalogue.enter_shipped_editions()
    organisation.enter_shipped_roles()


def _square(kind, code, name_zh, name_en, parent, west, side):
    outline = box(west, SOUTH, west + side, SOUTH + side)
    return NewArea(kind, code, name_zh, name_en, parent, boundary=outline)


@pytest.fixture
def lamp(town):
    return classes.require_category("part", "01037", TODAY)


@pytest.fixture
def cover(town):
    return classes.require_category("part", "01001", TODAY)


@pytest.fixture
def make_person(town):
    """Return a function that appoints somebody to a role over an area."""

    def make(role, area_path="99/9901/", name=""):
        user = accounts.open_account(
            name or f"{role}-{len(area_path)}",
            password="",
            name_zh=role,
            check_password=False,
        )
        body = organisation.found_body(
            f"B-{user.pk}",
            kind="bureau",
            level="city",
            name_zh=f"单位{user.pk}",
            area_path=area_path,
        )
        organisation.appoint(user.pk, organisation.make_post(body, role), from_date=TODAY)
        return user

    return make
