"""The first set-up of a real city: what ships, its place on the map, its administrator."""

from wanmi.accounts import actions as accounts
from wanmi.accounts import queries as people
from wanmi.cases import actions as cases
from wanmi.catalogue import actions as catalogue
from wanmi.geography import actions as geography
from wanmi.geography import queries as places
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict
from wanmi.organisation import actions as organisation
from wanmi.triage import actions as triage
from wanmi.workflow import actions as workflow


class CityExists(Conflict):
    """This database already has accounts; a city is set up once."""

    code = "city_exists"


@journal.deed()
def found_city(
    *, code: str, name_zh: str, name_en: str, username: str, password: str, title: str
) -> None:
    """Set a city up in an empty database; all of it happens or nothing.

    Enters roles, catalogue editions, procedures and adjustment rules as they
    ship, the city as an area unless an import has brought it, its bureau, and
    the administrator. Raises CityExists, or Invalid for a weak password.
    """
    if people.anybody():
        raise CityExists
    organisation.enter_shipped_roles()
    catalogue.enter_shipped_editions()
    workflow.publish_shipped_procedures()
    cases.enter_shipped_rules()
    # From the starter sentences, as soon as a worker runs.
    triage.ask_training(by=None)
    bureau = organisation.found_body(
        f"{code}-BUREAU",
        kind="bureau",
        level="city",
        name_zh=f"{name_zh}城市管理局",
        name_en=f"{name_en} Urban Management Bureau" if name_en else "",
        area_path=_city_path(code, name_zh, name_en),
    )
    post = organisation.make_post(bureau, "admin")
    user = accounts.open_account(username, password=password, name_zh=title)
    organisation.appoint(user.pk, post)


def _city_path(code: str, name_zh: str, name_en: str) -> str:
    try:
        return places.area(code).path
    except places.NoSuchArea:
        city = geography.NewArea("city", code, name_zh, name_en)
        return geography.enter_areas([city], source="init")[0].path
