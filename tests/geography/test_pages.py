"""The pages of areas: the tree, a search, changing, ending; inside one's own area only."""

import pytest
from django.test import Client

from wanmi.accounts import actions as accounts
from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.models import Area
from wanmi.organisation import actions as organisation

pytestmark = pytest.mark.usefixtures("town")
BUDGET = 12


@pytest.fixture
def sign_in(client: Client):
    """Return a client signed in over an area with a role, reading English."""

    def give(role: str = "admin", area_path: str = "99/") -> Client:
        organisation.enter_shipped_roles()
        user = accounts.open_account(
            "anna", password="a long pass phrase", name_zh="安娜", check_password=False
        )
        body = organisation.found_body(
            "B1", kind="bureau", level="city", name_zh="局", area_path=area_path
        )
        organisation.appoint(user.pk, organisation.make_post(body, role))
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return give


def test_the_tree_begins_with_the_readers_own_area(sign_in):
    page = sign_in(area_path="99/9901/").get("/areas").content.decode()

    assert page.count("data-row=") == 1
    assert 'data-row="9901"' in page


def test_the_tree_goes_down_and_shows_the_way_back(sign_in):
    page = sign_in().get("/areas?parent=990101001").content.decode()

    assert 'data-row="990101001001"' in page
    assert 'href="/areas?parent=990101">Riverside</a>' in page
    assert '<span aria-current="page">Bridgehead</span>' in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=Grid+1", 4), ("q=9901010010010", 12), ("kind=community", 2), ("q=East", 1), ("q=%00", 1)],
)
def test_areas_are_found_by_name_code_and_kind(sign_in, query, count):
    answer = sign_in().get(f"/areas?{query}")

    assert len(answer.context["page"].rows) == count


def test_a_page_costs_no_more_with_more_rows(sign_in, django_assert_max_num_queries):
    client = sign_in()
    client.get("/areas")  # the process has seen the menu and the areas of this town

    with django_assert_max_num_queries(BUDGET):
        client.get("/areas?kind=unit_grid")
    with django_assert_max_num_queries(BUDGET):
        client.get("/areas/990101001001001")


def test_an_area_shows_its_attributes_as_page_and_in_the_drawer(sign_in):
    client = sign_in()

    page = client.get("/areas/990101001001001").content.decode()
    drawer = client.get("/areas/990101001001001", headers={"HX-Request": "true"}).content.decode()

    assert "Grid 1" in page
    assert "<html" in page
    assert 'data-subject="990101001001001"' in drawer
    assert "<html" not in drawer


def test_an_area_is_changed_and_the_map_follows(sign_in):
    answer = sign_in().post(
        "/areas/990101001001001/change",
        {"name_zh": "新名", "name_en": "New", "land_use": "park", "region_class": "1"},
    )

    assert answer.status_code == 200
    assert queries.area("990101001001001").land_use == "park"
    assert queries.locate(120.0005, 30.0025).grid.name_en == "New"


def test_an_area_keeps_a_name(sign_in):
    answer = sign_in().post("/areas/990101001001001/change", {"name_zh": " "})

    assert answer.status_code == 422
    assert "needs a name" in answer.content.decode()


def test_an_area_is_ended_on_a_day(sign_in):
    answer = sign_in().post("/areas/990101001001001/end", {"last_day": "2026-05-01"})

    assert answer.status_code == 200
    assert "2026-05-01" in answer.content.decode()
    assert queries.locate(120.0005, 30.0025).grid_code == ""


@pytest.mark.parametrize(
    ("code", "day", "status"),
    [
        ("990101001001001", "soon", 422),
        ("990101001001001", "2020-01-01", 422),
        ("990101001001", "2026-05-01", 409),
    ],
)
def test_an_end_that_cannot_be_is_refused(sign_in, code, day, status):
    answer = sign_in().post(f"/areas/{code}/end", {"last_day": day})

    assert answer.status_code == status
    assert queries.area(code).valid_to is None


def test_areas_of_others_are_not_there(sign_in):
    client = sign_in(area_path="99/9901/990102/")

    assert client.get("/areas/990101001").status_code == 404
    assert client.post("/areas/990101001/change", {"name_zh": "x"}).status_code == 404


def test_who_looks_after_no_areas_is_refused(sign_in):
    assert sign_in(role="supervisor").get("/areas").status_code == 403


def test_a_duty_grid_names_its_unit_grids(sign_in):
    grids = list(Area.objects.filter(kind="unit_grid").order_by("code")[:2])
    home = Area.objects.get(pk=grids[0].parent_id)
    codes = [grid.code for grid in grids if grid.parent_id == home.pk]
    geography.make_duty_grid("DG1", name_zh="一号", parent_code=home.code, grid_codes=codes)

    client = sign_in()
    page = client.get("/areas/DG1").content.decode()

    assert all(f'href="/areas/{code}"' in page for code in codes)
    assert "DG1" in client.get("/areas?kind=duty_grid").content.decode()
