"""The town's other levels: dispatchers of the city and of a street, a department of the city."""

from datetime import date

from tests.town import CITY, PASSWORD, STREET
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import User
from wanmi.organisation import actions as organisation
from wanmi.organisation.models import Body


def found(code: str, kind: str, level: str, zh: str, area_path: str, **more) -> Body:
    return organisation.found_body(
        code, kind=kind, level=level, name_zh=zh, area_path=area_path, **more
    )


def seat(body: Body, role: str, username: str, name_zh: str) -> User:
    """Open an account and appoint it to a post of a body."""
    post = organisation.make_post(body, role)
    person = accounts.open_account(username, password=PASSWORD, name_zh=name_zh)
    organisation.appoint(person.pk, post, from_date=date(2026, 1, 1))
    return person


def add_city() -> dict[str, User]:
    """Add the city's command centre and its road works, each with people."""
    command = found("CITYCMD", "command_centre", "city", "市指挥中心", CITY)
    roads = found("CITYROAD", "department", "city", "市道路养护处", CITY)
    return {
        "dispatcher": seat(command, "dispatcher", "city_dispatcher", "市派遣员"),
        "department": seat(roads, "department", "city_roads", "市养护处"),
        "handler": seat(roads, "handler", "city_crew", "市养护队"),
    }


def add_street() -> User:
    """Add a dispatcher of the first street; cases there are dispatched by it from now on."""
    office = found("STREETCMD", "command_centre", "street", "桥头街道指挥室", STREET)
    return seat(office, "dispatcher", "street_dispatcher", "街道派遣员")
