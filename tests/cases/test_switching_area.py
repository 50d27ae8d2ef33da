"""The area switcher: a leader looks at one street; lists, boards and maps follow, rights stay."""

import pytest
from django.test import Client

from tests.town import CITY, DISTRICT, INSIDE, STREET, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.kernel import cells
from wanmi.organisation import queries as organisation

WHARF = "99/9901/990101/990101002/"
WEST = (INSIDE[0] + 0.01, INSIDE[1])
BROWSER = {"Accept-Language": "zh-hans"}


def browser(town: Town, role: str) -> Client:
    client = Client(headers=BROWSER)
    client.force_login(town.people[role])
    return client


def look_at(client: Client, path: str, came_from: str = "/cases") -> str:
    answer = client.post("/preferences/area", {"area": path}, headers={"Referer": came_from})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.fixture
def east_and_west(town: Town) -> tuple[Case, Case]:
    east, west = (
        cases.report("路口有垃圾", lon=lon, lat=lat, by=town.supervisor)
        for lon, lat in (INSIDE, WEST)
    )
    return east, west


@pytest.mark.django_db
class TestLookingAtOneStreet:
    def test_the_list_shows_its_cases_only(
        self, town: Town, east_and_west: tuple[Case, Case]
    ) -> None:
        east, west = east_and_west
        client = browser(town, "leader")

        look_at(client, STREET)

        page = client.get("/cases").content.decode()
        assert east.number in page
        assert west.number not in page
        assert "桥头街道" in page

    def test_board_and_areas_count_its_cases_only(
        self, town: Town, east_and_west: tuple[Case, Case]
    ) -> None:
        client = browser(town, "leader")
        before = client.get("/board").context["open"]

        look_at(client, WHARF)

        assert before == 2
        assert client.get("/board").context["open"] == 1
        assert client.get("/board/areas").context["total"].open == 1

    def test_the_inbox_shows_its_tasks_only(
        self, town: Town, east_and_west: tuple[Case, Case]
    ) -> None:
        client = browser(town, "acceptor")

        look_at(client, WHARF)

        assert len(client.get("/").context["rows"]) == 1

    def test_the_map_is_drawn_for_it(self, town: Town, east_and_west: tuple[Case, Case]) -> None:
        client = browser(town, "leader")
        z, x, y = cells.tile(cells.parent(cells.cell(*WEST), 17))
        whole = client.get(f"/tiles/cases/{z}/{x}/{y}.mvt")

        look_at(client, STREET)

        assert whole.status_code == 200
        assert client.get(f"/tiles/cases/{z}/{x}/{y}.mvt").status_code == 204

    def test_a_case_elsewhere_still_opens_by_its_address(
        self, town: Town, east_and_west: tuple[Case, Case]
    ) -> None:
        client = browser(town, "leader")

        look_at(client, STREET)

        assert client.get(f"/cases/{east_and_west[1].number}").status_code == 200

    def test_looking_at_all_again_shows_both(
        self, town: Town, east_and_west: tuple[Case, Case]
    ) -> None:
        client = browser(town, "leader")
        look_at(client, STREET)

        look_at(client, "")

        assert len(client.get("/cases").context["rows"]) == 2


@pytest.mark.django_db
class TestRights:
    @pytest.mark.parametrize("path", [CITY, WHARF, "99/", "nowhere/", "\0"])
    def test_nobody_looks_beyond_their_own_area(self, town: Town, path: str) -> None:
        client = browser(town, "street")

        assert client.post("/preferences/area", {"area": path}).status_code == 403

    def test_a_unit_grid_is_no_choice(self, town: Town) -> None:
        grid = f"{STREET}990101001001/990101001001001/"

        assert browser(town, "leader").post("/preferences/area", {"area": grid}).status_code == 403

    def test_what_was_kept_never_widens_a_scope(self, town: Town) -> None:
        scope = organisation.scope_of(town.people["street"])
        see = organisation.duties.SEE_CASES

        assert scope.looking_at(CITY).areas(see) == scope.areas(see)
        assert scope.looking_at(WHARF).areas(see) == scope.areas(see)
        assert not scope.looking_at(CITY).may(see, WHARF)

    def test_who_is_not_signed_in_is_led_to_the_sign_in_page(self) -> None:
        answer = Client().post("/preferences/area", {"area": ""})

        assert answer["Location"].startswith("/sign-in")


@pytest.mark.django_db
class TestSwitcher:
    def test_it_offers_what_lies_just_below(self, town: Town) -> None:
        areas = browser(town, "leader").get("/cases").context["areas"]

        assert areas[0].path == ""
        assert areas[0].current
        assert {area.path for area in areas} & {DISTRICT, STREET}

    def test_the_way_back_drops_a_filter_of_the_area_before(self, town: Town) -> None:
        url = "http://testserver/cases?area=99%2F&open=yes&page=3"

        assert look_at(browser(town, "leader"), STREET, url) == "http://testserver/cases?open=yes"

    def test_it_never_leads_to_another_site(self, town: Town) -> None:
        assert look_at(browser(town, "leader"), STREET, "https://elsewhere.example/") == "/"
