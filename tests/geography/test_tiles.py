"""Tiles: who sees what, clusters, kept counts, bad addresses."""

from datetime import UTC, date, datetime

import mapbox_vector_tile
import pytest
from django.db.models import Case, IntegerField, Value, When
from django.test import Client

from wanmi.accounts import actions as accounts
from wanmi.geography import actions as geography
from wanmi.geography import layers, point_tiles
from wanmi.geography.actions import Layer, NewPlace, PointLayer
from wanmi.geography.models import Place, PointCount
from wanmi.kernel import cells
from wanmi.organisation import actions as organisation

from .conftest import SOUTH, STEP, WEST

pytestmark = pytest.mark.usefixtures("town")
STREET = "99/9901/990101/990101001/"
NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def sign_in(client: Client):
    """Return a client signed in over an area with a role."""

    def give(area_path: str, role: str = "supervisor") -> Client:
        organisation.enter_shipped_roles()
        user = accounts.open_account(
            "anna", password="a long pass phrase", name_zh="安娜", check_password=False
        )
        body = organisation.found_body(
            "B1", kind="bureau", level="city", name_zh="局", area_path=area_path
        )
        organisation.appoint(user.pk, organisation.make_post(body, role))
        client.force_login(user)
        return client

    return give


@pytest.fixture
def spots(town, request):
    """Offer a kept layer of points: one place in each grid, every fourth overdue."""
    rank = Case(When(number="4", then=Value(4)), default=Value(1), output_field=IntegerField())
    layer = PointLayer(
        "spots",
        "parts.see",
        rows=Place.objects.all,
        properties={"id": "code", "name": "name_zh"},
        rank=lambda at: rank,
        is_kept=True,
    )
    geography.offer_points(layer)
    geography.enter_places(_places(12))
    yield layer
    layers._layers.pop("spots")
    layers._point_layers.pop("spots")


def _places(count: int) -> list[NewPlace]:
    return [
        NewPlace(
            f"P{place}",
            "poi",
            f"地点{place}",
            lon=WEST + (place % 4 + 0.5) * STEP,
            lat=SOUTH + (place // 4 + 0.5) * STEP,
            number=str(place % 4 + 1),
        )
        for place in range(count)
    ]


def _address(layer: str, z: int, lon: float = WEST + 0.002, lat: float = SOUTH + 0.0015) -> str:
    z, x, y = cells.tile(cells.parent(cells.cell(lon, lat), z))
    return f"/tiles/{layer}/{z}/{x}/{y}.mvt"


def _features(response) -> list[dict]:
    assert response.status_code == 200, response.content
    (layer,) = mapbox_vector_tile.decode(response.content).values()
    return layer["features"]


def test_grids_are_drawn_with_code_and_name(sign_in):
    features = _features(sign_in("99/").get(_address("grids", 15)))

    assert {f["properties"]["code"] for f in features} == {
        f"990101001001{n:03}" for n in range(1, 13)
    }
    assert features[0]["properties"]["name"].startswith("网格")


def test_areas_go_down_a_level_as_the_zoom_goes_up(sign_in):
    client = sign_in("99/")

    far = {f["properties"]["kind"] for f in _features(client.get(_address("areas", 8)))}
    near = {f["properties"]["kind"] for f in _features(client.get(_address("areas", 15)))}

    assert far == {"district"}
    assert near == {"street"}


def test_a_post_elsewhere_sees_no_grids_here(sign_in):
    response = sign_in("99/9901/990102/").get(_address("grids", 15))

    assert (response.status_code, response.content) == (204, b"")


def test_duty_grids_are_the_union_of_their_unit_grids(sign_in):
    geography.make_duty_grid(
        "D1",
        name_zh="一号",
        parent_code="990101001",
        grid_codes=[f"990101001001{n:03}" for n in (1, 2)],
    )

    (feature,) = _features(sign_in("99/").get(_address("duty_grids", 15)))

    assert feature["properties"]["code"] == "D1"
    assert feature["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize(
    "address", ["grids/3/8/0", "grids/3/0/8", "grids/23/0/0", f"grids/5/{'9' * 30}/0"]
)
def test_a_tile_outside_the_world_is_refused(sign_in, address):
    response = sign_in("99/").get(f"/tiles/{address}.mvt")

    assert response.status_code == 400
    assert response.json()["code"] == "no_such_tile"


def test_an_unknown_layer_is_not_found(sign_in):
    assert sign_in("99/").get("/tiles/dragons/3/0/0.mvt").status_code == 404


def test_nobody_sees_tiles_without_signing_in(client):
    response = client.get(_address("grids", 15))

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


def test_a_person_without_the_duty_is_refused(sign_in, spots):
    assert sign_in("99/", role="citizen").get(_address("spots", 12)).status_code == 403


def test_a_bearer_token_opens_tiles_too(client, sign_in):
    sign_in("99/")
    client.logout()
    token = accounts.give_token("anna", "a long pass phrase")

    response = client.get(_address("grids", 15), headers={"Authorization": f"Bearer {token}"})

    assert response.status_code == 200


def test_an_unchanged_tile_is_not_sent_again(sign_in):
    client = sign_in("99/")
    first = client.get(_address("grids", 15))

    again = client.get(_address("grids", 15), headers={"If-None-Match": first["ETag"]})
    geography.end_areas(["990101001001001"], kind="unit_grid", last_day=date(2026, 2, 1))
    changed = client.get(_address("grids", 15), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert changed.status_code == 200
    assert "private" in first["Cache-Control"]


def test_single_points_show_their_properties_and_lamp(sign_in, spots):
    client = sign_in("99/")

    features = _features(client.get(_address("spots", 17, WEST + STEP / 2, SOUTH + STEP / 2)))

    found = next(f for f in features if f["properties"]["id"] == "P0")
    assert found["properties"] == {"id": "P0", "name": "地点0", "lamp": "in_time"}


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("z", [5, 9, 13, 15])
def test_clusters_count_every_point_and_show_the_worst_lamp(sign_in, spots, z, is_kept):
    if is_kept:
        assert geography.rebuild_points("spots", at=NOON) == 12

    features = _features(sign_in("99/").get(_address("spots", z)))

    assert sum(f["properties"]["count"] for f in features) == 12 or z == 15
    assert "overdue" in {f["properties"]["lamp"] for f in features}


def test_kept_counts_follow_a_point_that_moves_and_one_that_goes(spots):
    geography.rebuild_points("spots", at=NOON)
    gone, moved = Place.objects.get(code="P0"), Place.objects.get(code="P3")
    old = moved.cell
    gone.delete()
    moved.lon += 0.5
    moved.cell = cells.cell(moved.lon, moved.lat)
    moved.save()

    geography.recount_points("spots", [gone.cell, old, moved.cell], at=NOON)
    followed = _counts()
    geography.rebuild_points("spots", at=NOON)

    assert followed == _counts()
    assert sum(count for level, _, _, count, _ in followed if level == 9) == 11


def _counts() -> list[tuple]:
    columns = ["level", "cell", "area_path", "count", "worst"]
    return sorted(PointCount.objects.filter(layer="spots").values_list(*columns))


@pytest.mark.parametrize("is_kept", [False, True])
def test_clusters_hold_only_what_lies_in_ones_own_area(sign_in, spots, is_kept):
    if is_kept:
        geography.rebuild_points("spots", at=NOON)
    Place.objects.filter(code__in=["P0", "P1"]).update(area_path="99/9901/990102/")
    if is_kept:
        geography.recount_points("spots", Place.objects.values_list("cell", flat=True), at=NOON)

    features = _features(sign_in(STREET).get(_address("spots", 9)))

    assert sum(f["properties"]["count"] for f in features) == 10


def test_lamps_that_turn_with_time_are_recounted(spots):
    geography.keep_counts(at=NOON)
    asked = []

    def turned(since, until):
        asked.append((since, until))
        return [Place.objects.get(code="P0").cell]

    turning = PointLayer(**{**vars(spots), "turned": turned})
    geography.offer_points(turning)
    geography.keep_counts(at=NOON.replace(hour=5))

    assert asked == [(NOON, NOON.replace(hour=5))]


def test_a_public_layer_asks_nobody_who_they_are(client):
    geography.offer_layer(Layer("base", "", lambda asked: b"", is_public=True))

    assert client.get("/tiles/base/3/0/0.mvt").status_code == 204
    layers._layers.pop("base")


def test_a_crowd_is_drawn_as_its_kept_clusters(sign_in, spots, monkeypatch):
    monkeypatch.setattr(point_tiles, "CROWD", 0)
    client, address = sign_in("99/"), _address("spots", 17, WEST + STEP / 2, SOUTH + STEP / 2)
    assert "id" in _features(client.get(address))[0]["properties"]

    geography.rebuild_points("spots", at=NOON)

    assert all("count" in f["properties"] for f in _features(client.get(address)))
