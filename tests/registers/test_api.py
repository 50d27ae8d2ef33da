"""The register for programs, and the layer of the map."""

import mapbox_vector_tile
import pytest

from wanmi.kernel import cells
from wanmi.registers import actions as registers
from wanmi.registers import queries
from wanmi.registers.actions import NewPart

from .conftest import SOUTH, STEP, WEST

POINT = (WEST + STEP / 2, SOUTH + STEP / 2)


@pytest.fixture
def post(lamp):
    return registers.enter_part(NewPart(lamp, *POINT))


@pytest.fixture
def program(client, make_person):
    """Return a function that speaks to the API as somebody with a role."""

    def speak(role="admin", area_path="99/9901/"):
        client.force_login(make_person(role, area_path))
        client.cookies["django_language"] = "en"
        return client

    return speak


def patch(client, part, **sent):
    values = {"version": part.version, "reason": "checked"} | sent
    address = f"/api/v1/parts/{part.identifier}"
    return client.patch(address, values, content_type="application/json")


def test_parts_are_listed_page_by_page(post, lamp, program):
    registers.enter_parts([NewPart(lamp, *POINT)] * 4)
    client = program()

    first = client.get("/api/v1/parts?limit=3&code=01037").json()
    second = client.get(f"/api/v1/parts?limit=3&cursor={first['next']}").json()

    assert len({item["identifier"] for item in first["items"] + second["items"]}) == 5
    assert second["next"] is None


def test_a_part_comes_with_its_history(post, program):
    registers.change_state(post, "damaged", reason="bent")

    answer = program().get(f"/api/v1/parts/{post.identifier}").json()

    assert (answer["category"], answer["edition"], answer["symbol"]) == ("01037", "2026", "lamp")
    assert answer["history"][0]["after"] == {"state": "damaged"}


def test_nearby_parts_have_a_distance(post, program):
    found = program().get(f"/api/v1/parts/nearby?lon={POINT[0]}&lat={POINT[1]}&metres=5").json()

    assert [(item["identifier"], item["distance_m"]) for item in found] == [(post.identifier, 0.0)]
    elsewhere = program("street", "99/9901/990102/")
    address = f"/api/v1/parts/nearby?lon={POINT[0]}&lat={POINT[1]}"
    assert elsewhere.get(address).json() == []


def test_a_part_is_patched_once_per_version(post, program):
    client = program()

    answer = patch(client, post, state="damaged", note="bent")

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["note"]) == ("damaged", "bent")
    assert patch(client, post, state="lost").status_code == 409
    assert queries.part(post.identifier).state == "damaged"


@pytest.mark.parametrize(
    "sent",
    [
        {"reason": ""},
        {"reason": "x\x00"},
        {"state": "melted"},
        {"lon": 120.0},
        {"lon": 999, "lat": 1},
        {"position_class": "Z"},
        {"note": "x" * 1001},
        {"version": 0},
        {},
    ],
)
def test_an_unusable_patch_is_refused(post, program, sent):
    answer = patch(program(), post, **sent)

    assert answer.status_code == 422
    assert queries.part(post.identifier).version == 1


def test_who_may_not_is_refused(post, client, program):
    assert client.get("/api/v1/parts").status_code == 401
    assert patch(program("officer"), post, state="lost").status_code == 403
    assert program("citizen").get("/api/v1/parts").status_code == 403
    assert (
        program("street", "99/9901/990102/").get(f"/api/v1/parts/{post.identifier}").status_code
        == 404
    )


def test_a_part_is_entered_once_per_key(lamp, program):
    client = program()
    sent = {"category": "01037", "lon": POINT[0], "lat": POINT[1], "owner_name": "照明中心"}

    def enter(**more):
        return client.post(
            "/api/v1/parts",
            sent | more,
            content_type="application/json",
            headers={"Idempotency-Key": "k1"},
        )

    first, again = enter(), enter()
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert queries.search().count() == 1
    assert enter(note="other").status_code == 409


def test_a_part_is_entered_in_the_keepers_area_only(lamp, program):
    client = program("admin", "99/9901/990102/")
    sent = {"category": "01037", "lon": POINT[0], "lat": POINT[1]}

    answer = client.post("/api/v1/parts", sent, content_type="application/json")

    assert answer.status_code == 403
    assert queries.search().count() == 0


def test_the_layer_shows_single_parts_and_hides_what_is_gone(post, lamp, program):
    gone = registers.enter_part(NewPart(lamp, *POINT))
    registers.retire(gone, reason="gone")
    tile = cells.tile(cells.parent(post.cell, 17))

    answer = program().get(f"/tiles/parts/{tile.z}/{tile.x}/{tile.y}.mvt")

    (feature,) = mapbox_vector_tile.decode(answer.content)["parts"]["features"]
    assert feature["properties"]["id"] == post.identifier
    assert feature["properties"]["name"] == "Street light"
    assert feature["properties"]["symbol"] == "lamp"
