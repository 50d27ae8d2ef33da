"""The organisation in the browser and over the API; forms only for who looks after people."""

import pytest

from wanmi.accounts import actions as accounts
from wanmi.accounts import queries as people
from wanmi.organisation import actions as organisation
from wanmi.organisation.models import Appointment, Body, Post

from .conftest import CITY, PASSWORD

BUDGET = 12
NEW_PASSWORD = "another-long-password"


@pytest.fixture
def sign_in(client):
    """Return a function that signs somebody in, reading English."""

    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def post_of(code, role):
    return Post.objects.get(body__code=code, role__code=role)


def test_bodies_stand_as_a_tree_with_posts_and_people(sign_in, keeper, clerk):
    answer = sign_in(keeper).get("/organisation")

    branches = answer.context["branches"]
    assert [(b.body.code, b.depth) for b in branches] == [
        ("CITY", 0),
        ("EAST", 1),
        ("EAST-LIGHT", 2),
        ("WEST", 1),
    ]
    assert [(b.posts, b.people) for b in branches] == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_a_reader_sees_their_own_bodies_and_those_above(sign_in, clerk):
    codes = {b.body.code for b in sign_in(clerk).get("/organisation").context["branches"]}

    assert codes == {"CITY", "EAST", "EAST-LIGHT"}
    assert sign_in(clerk).get("/organisation/bodies/WEST").status_code == 404


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=lights", ["EAST-LIGHT"]),
        ("q=城管", ["CITY", "EAST", "WEST"]),
        ("kind=department", ["EAST-LIGHT"]),
        ("kind=nonsense&q=west", ["WEST"]),
        ("q=%00", ["CITY", "EAST", "EAST-LIGHT", "WEST"]),
        ("q=nothing", []),
    ],
)
def test_bodies_are_looked_for(sign_in, keeper, query, codes):
    found = sign_in(keeper).get(f"/organisation?{query}").context["branches"]

    assert [branch.body.code for branch in found] == codes


@pytest.mark.parametrize("bodies", [1, 40])
@pytest.mark.parametrize("address", ["/organisation", "/organisation/roles"])
def test_a_longer_list_costs_no_more_statements(
    sign_in, keeper, django_assert_max_num_queries, bodies, address
):
    for number in range(bodies):
        body = organisation.found_body(
            f"N{number}", kind="company", level="city", name_zh="公司", area_path=CITY
        )
        organisation.make_post(body, "handler")

    client = sign_in(keeper)
    with django_assert_max_num_queries(BUDGET):
        client.get(address)


def test_a_body_with_many_people_costs_no_more_statements(
    sign_in, keeper, employ, django_assert_max_num_queries
):
    for number in range(15):
        employ(f"handler{number}", "handler", "EAST")

    client = sign_in(keeper)
    # The frame remembers areas and menus for some seconds; the page itself is counted.
    client.get("/organisation")
    with django_assert_max_num_queries(BUDGET):
        page = client.get("/organisation/bodies/EAST").content.decode()
    assert page.count("handler1") >= 6


def test_a_person_sees_why_they_may_see_something(sign_in, clerk):
    page = sign_in(clerk).get("/organisation/me").content.decode()

    assert "See who reported and how to reach them" in page
    assert "Riverside" in page
    assert "nothing else" in page
    assert "Lock the account" not in page


def test_roles_are_explained(sign_in, clerk):
    page = sign_in(clerk).get("/organisation/roles").content.decode()

    assert "Look after people, posts and accounts of the area" in page
    assert "Duty leader" in page


def test_a_keeper_hires_appoints_and_dismisses(sign_in, keeper, town):
    client = sign_in(keeper)
    client.post("/organisation/bodies/EAST/posts", {"role": "handler", "name_zh": "路灯工"})
    post = post_of("EAST", "handler")
    hired = {"username": "wang", "name_zh": "王五", "password": PASSWORD, "post": post.pk}

    answer = client.post("/organisation/bodies/EAST/people", hired)

    assert answer.status_code == 302
    row = Appointment.objects.get(user__username="wang")
    assert (row.post, post.name_zh) == (post, "路灯工")
    assert "王五" in client.get("/organisation/bodies/EAST").content.decode()

    client.post(f"/organisation/appointments/{row.pk}/end", {"on": "2026-12-31"})
    row.refresh_from_db()
    assert row.valid_to.isoformat() == "2026-12-31"

    again = {"username": "wang", "post": post.pk, "from_date": "2027-01-01"}
    client.post("/organisation/bodies/EAST/appointments", again)
    assert Appointment.objects.filter(user__username="wang").count() == 2


def test_a_keeper_locks_unlocks_and_gives_passwords(sign_in, keeper, clerk):
    client = sign_in(keeper)

    client.post("/organisation/people/clerk/lock")
    assert not people.account("clerk").is_active
    assert "This account is locked." in client.get("/organisation/people/clerk").content.decode()
    client.post("/organisation/people/clerk/unlock")
    client.post("/organisation/people/clerk/password", {"password": NEW_PASSWORD})

    assert accounts.check_credentials("clerk", NEW_PASSWORD) == clerk


@pytest.mark.parametrize(
    ("address", "sent", "status", "told"),
    [
        ("bodies/EAST/posts", {"role": "emperor"}, 422, "emperor"),
        ("bodies/EAST/posts", {"role": "acceptor"}, 409, "such a post already"),
        ("bodies/EAST/people", {"username": "x", "password": PASSWORD}, 422, "Choose a post"),
        ("bodies/EAST/people", {"post": "9" * 30, "username": "x"}, 422, "Choose a post"),
        ("bodies/EAST/people", {"username": "clerk", "password": PASSWORD}, 409, "signs in"),
        ("bodies/EAST/people", {"username": "x", "password": "short"}, 422, "too short"),
        ("bodies/EAST/people", {"username": "a\x00b", "password": PASSWORD}, 422, "stored"),
        ("bodies/EAST/appointments", {"username": "nobody"}, 422, "Nobody signs in"),
        ("bodies/EAST/appointments", {"username": "clerk"}, 409, "already holds"),
        ("bodies/EAST/appointments", {"username": "keeper", "from_date": "x"}, 422, "not a date"),
        ("people/keeper/lock", {}, 409, "Ask somebody else"),
        ("people/clerk/unlock", {}, 409, "not locked"),
        ("people/clerk/password", {"password": "short"}, 422, "too short"),
    ],
)
def test_a_refused_form_says_why_and_changes_nothing(
    sign_in, keeper, clerk, address, sent, status, told
):
    if "people" in address.split("/")[-1] or "appointments" in address:
        sent = {"post": post_of("EAST", "acceptor").pk, "name_zh": "王"} | sent
        if told == "Choose a post":
            sent["post"] = sent["post"] if len(str(sent["post"])) > 20 else ""
    before = (Post.objects.count(), Appointment.objects.count())

    answer = sign_in(keeper).post(f"/organisation/{address}", sent)

    assert answer.status_code == status
    assert told in answer.content.decode()
    assert (Post.objects.count(), Appointment.objects.count()) == before
    assert accounts.check_credentials("clerk", PASSWORD) == clerk


@pytest.mark.parametrize(
    "address",
    [
        "bodies/EAST/posts",
        "bodies/EAST/people",
        "bodies/EAST/appointments",
        "people/clerk/lock",
        "people/clerk/unlock",
        "people/clerk/password",
    ],
)
def test_forms_are_only_for_who_looks_after_people_there(sign_in, employ, clerk, address):
    employ("keeper", "admin")
    assert sign_in(clerk).post(f"/organisation/{address}").status_code == 403
    western = employ("western", "admin", "WEST")
    assert sign_in(western).post(f"/organisation/{address}").status_code == 404
    assert people.account("clerk").is_active


def test_a_district_keeper_sees_but_does_not_touch_the_city(sign_in, employ, keeper):
    client = sign_in(employ("eastern", "admin", "EAST"))
    row = Appointment.objects.get(user=keeper)

    assert client.get("/organisation/bodies/CITY").status_code == 200
    assert client.post("/organisation/bodies/CITY/posts", {"role": "admin"}).status_code == 403
    assert client.post(f"/organisation/appointments/{row.pk}/end").status_code == 403
    assert client.post("/organisation/people/keeper/lock").status_code == 403
    assert client.post("/organisation/people/keeper/password").status_code == 403
    assert "New post" not in client.get("/organisation/bodies/CITY").content.decode()


@pytest.mark.parametrize("address", ["/organisation", "/organisation/bodies/CITY"])
def test_the_organisation_is_for_staff(client, sign_in, employ, address):
    assert client.get(address).status_code == 302
    assert sign_in(employ("citizen", "citizen")).get(address).status_code == 403
    assert client.get("/organisation/me").status_code == 200
    assert client.get("/organisation/people/citizen").status_code == 200
    employ("clerk", "acceptor", "EAST")
    assert client.get("/organisation/people/clerk").status_code == 404


def test_a_stranger_is_not_found(sign_in, clerk):
    assert sign_in(clerk).get("/organisation/people/nobody").status_code == 404
    assert sign_in(clerk).post("/organisation/appointments/999999/end").status_code == 403


def test_bodies_over_the_api(sign_in, keeper, clerk):
    client = sign_in(clerk)

    listed = client.get("/api/v1/bodies").json()
    one = client.get("/api/v1/bodies/EAST").json()

    assert {item["code"] for item in listed["items"]} == {"CITY", "EAST", "EAST-LIGHT"}
    assert one["parent"] == "CITY"
    assert [post["role"] for post in one["posts"]] == ["acceptor"]
    assert "username" not in str(one)
    assert client.get("/api/v1/bodies?kind=department&q=light").json()["items"][0]["code"]
    assert client.get("/api/v1/bodies/WEST").status_code == 404
    assert client.get("/api/v1/bodies?kind=club").status_code == 422
    assert Body.objects.count() == 4
