"""The API of areas and addresses: answers, scope, clear refusals."""

import pytest
from django.test import Client

from wanmi.accounts import actions as accounts
from wanmi.geography import actions as geography
from wanmi.geography.actions import NewArea, NewPlace
from wanmi.organisation import actions as organisation

from .conftest import SOUTH, STEP, WEST

pytestmark = pytest.mark.usefixtures("town")
HEADERS = {"Accept-Language": "en"}


@pytest.fixture
def sign_in(client: Client):
    """Return a client signed in over an area."""

    def give(area_path: str = "99/") -> Client:
        organisation.enter_shipped_roles()
        user = accounts.open_account(
            "anna", password="a long pass phrase", name_zh="安娜", check_password=False
        )
        body = organisation.found_body(
            "B1", kind="bureau", level="city", name_zh="局", area_path=area_path
        )
        organisation.appoint(user.pk, organisation.make_post(body, "supervisor"))
        client.force_login(user)
        return client

    return give


def test_a_point_is_answered_with_every_level(sign_in):
    geography.enter_places([NewPlace("P", "poi", "码头", "Wharf", lon=WEST, lat=SOUTH)])

    answer = sign_in().get("/api/v1/locate", {"lon": WEST + 1e-5, "lat": SOUTH + 1e-5}).json()

    assert answer["is_located"]
    assert answer["located"]["grid_code"] == "990101001001009"
    assert answer["located"]["district"]["name_en"] == "Riverside"
    assert answer["nearest"]["code"] == "P"


def test_a_point_outside_every_grid_is_unlocated_and_no_error(sign_in):
    answer = sign_in().get("/api/v1/locate?lon=0&lat=0").json()

    assert (answer["is_located"], answer["located"]) == (False, None)


def test_a_point_in_gcj02_is_carried_over(sign_in):
    answer = sign_in().get("/api/v1/locate?lon=116.403742575&lat=39.9101255&system=gcj02").json()

    assert answer["lon"] == pytest.approx(116.397499, abs=1e-6)
    assert answer["lat"] == pytest.approx(39.908722, abs=1e-6)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("lon=39.9&lat=116.4", "swapped_axes"),
        ("lon=31&lat=84.5", "swapped_axes"),
        ("lon=nan&lat=30", "invalid"),
        ("lon=1e999&lat=30", "invalid"),
        ("lon=120", "invalid"),
        ("lon=120&lat=30&system=mars", "unknown_coordinate_system"),
        ("lon=500&lat=30", "outside_coordinate_system"),
    ],
)
def test_a_wrong_point_is_refused_with_its_reason(sign_in, query, code):
    response = sign_in().get(f"/api/v1/locate?{query}", headers=HEADERS)

    assert response.status_code == 422
    assert response.json()["code"] == code


def test_many_points_are_answered_in_order(sign_in):
    points = [[WEST + STEP / 2, SOUTH + STEP / 2], [0, 0]]

    response = sign_in().post("/api/v1/locate", {"points": points}, content_type="application/json")

    assert [item["grid_code"] for item in response.json()["items"]] == ["990101001001009", ""]


@pytest.mark.parametrize("points", [[[1]], [[None, 2]], "x", [[200, 0]], [[0, 0]] * 10_001])
def test_points_that_are_none_are_refused(sign_in, points):
    response = sign_in().post("/api/v1/locate", {"points": points}, content_type="application/json")

    assert response.status_code == 422


def test_addresses_are_found_one_or_many(sign_in):
    geography.enter_places([NewPlace("P", "poi", "东码头", "East Wharf", lon=WEST, lat=SOUTH)])
    client = sign_in()

    one = client.get("/api/v1/geocode", {"q": "东码头"}).json()
    many = client.post(
        "/api/v1/geocode", {"addresses": ["东码头", "没有"]}, content_type="application/json"
    ).json()

    assert one["items"][0]["score"] == 1
    assert [item and item["code"] for item in many["items"]] == ["P", None]


@pytest.mark.parametrize("text", ["%00", "%ED%A0%80"])
def test_text_no_database_can_store_is_refused_or_found_nowhere(sign_in, text):
    assert sign_in().get(f"/api/v1/geocode?q={text}").status_code in {200, 422}


def test_areas_are_listed_page_by_page(sign_in):
    client = sign_in()

    first = client.get("/api/v1/areas?kind=unit_grid&limit=5").json()
    second = client.get("/api/v1/areas", {"kind": "unit_grid", "cursor": first["next"]}).json()

    codes = [item["code"] for item in first["items"] + second["items"]]
    assert len(set(codes)) == 12
    assert second["next"] is None


def test_children_are_listed_below_their_parent(sign_in):
    answer = sign_in().get("/api/v1/areas?parent=990101001").json()

    assert {item["code"] for item in answer["items"]} == {"990101001001", "990101001002"}


def test_a_post_sees_its_own_area_and_below(sign_in):
    geography.enter_areas([NewArea("street", "990101002", "别处", "", "990101")])
    client = sign_in("99/9901/990101/990101002/")

    listed = client.get("/api/v1/areas").json()["items"]

    assert [item["code"] for item in listed] == ["990101002"]
    assert client.get("/api/v1/areas/990101001").status_code == 404
    assert client.get("/api/v1/areas/990101").json()["boundary"]["type"] == "Polygon"


def test_an_area_that_is_not_there_is_not_found(sign_in):
    response = sign_in().get("/api/v1/areas/4711")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_who_holds_no_post_is_refused(client):
    user = accounts.open_account(
        "bert", password="a long pass phrase", name_zh="伯特", check_password=False
    )
    client.force_login(user)

    assert client.get("/api/v1/locate?lon=1&lat=1").status_code == 403
    client.logout()
    assert client.get("/api/v1/areas").status_code == 401
