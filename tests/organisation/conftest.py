"""A city bureau, a district with two departments, and people in them."""

from datetime import date

import pytest

from wanmi.accounts import actions as accounts
from wanmi.geography import actions as geography
from wanmi.geography.actions import NewArea
from wanmi.organisation import actions as organisation

LONG_AGO = date(2026, 1, 1)
CITY, EAST, WEST = "99/9901/", "99/9901/990101/", "99/9901/990102/"
PASSWORD = "a-long-test-password"


@pytest.fixture
def town(db, settings):
    """Enter the areas, the roles and the bodies of a small city."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    areas = [
        NewArea("province", "99", "示范省", "Demo Province"),
        NewArea("city", "9901", "示范市", "Demo City", "99"),
        NewArea("district", "990101", "江岸区", "Riverside", "9901"),
        NewArea("district", "990102", "山前区", "Hillfoot", "9901"),
    ]
    geography.enter_areas(areas, on=LONG_AGO, source="test")
    organisation.enter_shipped_roles()
    bureau = _body("CITY", "bureau", "city", "城管局", "City bureau", CITY)
    east = _body("EAST", "bureau", "district", "江岸城管局", "Riverside bureau", EAST, bureau)
    _body("EAST-LIGHT", "department", "district", "江岸照明所", "Riverside lights", EAST, east)
    _body("WEST", "bureau", "district", "山前城管局", "Hillfoot bureau", WEST, bureau)


def _body(code, kind, level, name_zh, name_en, area_path, parent=None):
    return organisation.found_body(
        code,
        kind=kind,
        level=level,
        name_zh=name_zh,
        name_en=name_en,
        area_path=area_path,
        parent=parent,
    )


@pytest.fixture
def employ(town):
    """Return a function that puts a new person with a role into a body."""
    from wanmi.organisation.models import Body, Post

    def employ(username, role, code="CITY"):
        body = Body.objects.get(code=code)
        post = Post.objects.filter(body=body, role__code=role).first()
        user = accounts.open_account(
            username, password=PASSWORD, name_zh=username, check_password=False
        )
        post = post or organisation.make_post(body, role)
        organisation.appoint(user.pk, post, from_date=LONG_AGO)
        return user

    return employ


@pytest.fixture
def keeper(employ):
    """Return the administrator of the whole city."""
    return employ("keeper", "admin")


@pytest.fixture
def clerk(employ):
    """Return the acceptor of the eastern district."""
    return employ("clerk", "acceptor", "EAST")
