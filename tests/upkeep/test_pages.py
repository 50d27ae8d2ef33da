"""The administration in the browser and over the API."""

import pytest
from django.utils import timezone

from wanmi.organisation import actions as organisation
from wanmi.organisation import queries
from wanmi.organisation.models import Role
from wanmi.upkeep.models import Change

BUDGET = 12


def test_the_start_page_gathers_everything_by_subject(town, sign_in, django_assert_max_num_queries):
    client = sign_in(town.admin)
    # The frame remembers areas and menus for some seconds; the page itself is counted.
    client.get("/organisation")
    with django_assert_max_num_queries(BUDGET):
        page = client.get("/administration").content.decode()

    for subject in ("Roles and rights", "Number patterns", "Adjustment rules", "Menus", "Journal"):
        assert subject in page


@pytest.mark.parametrize(
    ("words", "found", "not_found"),
    [
        ("number", "Number patterns", "Menus"),
        ("Handler", "/administration/roles/handler", "Journal"),
    ],
)
def test_it_is_searched(town, sign_in, words, found, not_found):
    answer = sign_in(town.admin).get(f"/administration?q={words}", headers={"HX-Request": "true"})

    assert found in answer.content.decode()
    assert not_found not in answer.content.decode()


def test_from_form_to_effect_to_applied_to_undone(town, sign_in):
    client = sign_in(town.admin)
    role = Role.objects.get(code="street")
    sent = {
        "name_zh": role.name_zh,
        "name_en": role.name_en,
        "duties": [d for d in role.duties if d != "cases.urge"],
        "note": "不再催办",
    }

    drafted = client.post("/administration/roles/street", sent)
    shown = client.get(drafted.url).content.decode()
    assert "Urge whoever holds a case" in shown
    assert "1 person holds this role" in shown
    assert "cases.urge" in Role.objects.get(code="street").duties

    client.post(f"{drafted.url}/apply", {"from_day": ""})
    assert "cases.urge" not in Role.objects.get(code="street").duties
    assert "不再催办" in client.get(drafted.url).content.decode()

    client.post(f"{drafted.url}/undo")
    assert "cases.urge" in Role.objects.get(code="street").duties


def test_what_cannot_be_used_is_said_beside_the_field(town, sign_in):
    answer = sign_in(town.admin).post("/administration/numbers/case", {"pattern": "{what}{seq:05}"})

    assert answer.status_code == 422
    assert "There is no token {what}" in answer.content.decode()


def test_a_date_that_is_none_is_refused_on_the_page(town, sign_in):
    client = sign_in(town.admin)
    drafted = client.post("/administration/numbers/case", {"pattern": "A{yyyy}{seq:05}"})

    answer = client.post(f"{drafted.url}/apply", {"from_day": "morgen"})

    assert answer.status_code == 422
    assert Change.objects.get().state == "draft"


def test_a_draft_is_given_up(town, sign_in):
    client = sign_in(town.admin)
    drafted = client.post("/administration/numbers/case", {"pattern": "A{yyyy}{seq:05}"})

    client.post(f"{drafted.url}/withdraw")

    assert Change.objects.get().state == "withdrawn"


def test_menus_are_shown_as_decided_for_a_role(town, sign_in):
    client = sign_in(town.admin)
    sent = {
        "shown": ["desk", "cases", "report", "parts"],
        "shown_desk_place": "2",
        "shown_cases_place": "1",
        "shown_report_place": "3",
        "shown_parts_place": "4",
        "headings_cases": "city_data",
        "headings_parts": "city_data",
    }
    drafted = client.post("/administration/menus/supervisor", sent)
    effect = client.get(drafted.url).content.decode()
    assert "Order of the menu" in effect
    assert "Heading: Cases" in effect
    client.post(f"{drafted.url}/apply")

    menu = sign_in(town.supervisor).get("/").context["menu"]
    assert [(entry.key, entry.group) for entry in menu] == [
        ("cases", "City data"),
        ("parts", "City data"),
        ("desk", ""),
        ("report", ""),
    ]

    sign_in(town.admin).post(f"{drafted.url}/undo")
    menu = sign_in(town.supervisor).get("/").context["menu"]
    assert next(entry.key for entry in menu) == "desk"
    assert next(entry.group for entry in menu if entry.key == "cases") == "Cases"


def test_a_heading_of_the_menu_is_renamed_and_one_of_the_city_is_offered(town, sign_in):
    client = sign_in(town.admin)
    for code, name in (("city_data", "Our city"), ("patrol", "On patrol")):
        value = {"name_zh": "名称", "name_en": name}
        drafted = client.post(f"/administration/dictionaries/menu_headings.{code}", value)
        client.post(f"{drafted.url}/apply")

    assert "Our city" in {entry.group for entry in client.get("/").context["menu"]}
    assert "On patrol" in client.get("/administration/menus/supervisor").content.decode()


def test_a_menu_decided_when_only_three_places_could_be_chosen_still_stands(town, sign_in):
    said = {"shown": ["desk", "report", "cases"], "first": "cases"}
    Change.objects.create(
        matter="menus",
        item="supervisor",
        content=said,
        state="applied",
        from_day=timezone.localdate(),
        made_at=timezone.now(),
    )

    menu = sign_in(town.supervisor).get("/").context["menu"]

    assert [entry.key for entry in menu] == ["cases", "desk", "report"]


def test_a_role_of_their_own_takes_nothing_from_others(town, sign_in):
    before = [e.key for e in sign_in(town.acceptor).get("/").context["menu"]]
    client = sign_in(town.admin)
    drafted = client.post("/administration/menus/supervisor", {"shown": ["desk"]})
    client.post(f"{drafted.url}/apply")

    assert [e.key for e in sign_in(town.acceptor).get("/").context["menu"]] == before


def test_programs_draft_look_apply_and_undo(town, client):
    client.force_login(town.admin)

    def send(path, body):
        return client.post(f"/api/v1/administration/{path}", body, content_type="application/json")

    drafted = send("numbers/case", {"content": {"pattern": "A{yyyy}{seq:05}"}})
    assert drafted.status_code == 201
    assert drafted.json()["differences"][0]["after"] == "A{yyyy}{seq:05}"
    key = drafted.json()["id"]
    assert send(f"changes/{key}/apply", {}).json()["state"] == "applied"
    thing = client.get("/api/v1/administration/numbers/case").json()
    assert thing["content"] == {"pattern": "A{yyyy}{seq:05}"}
    assert send(f"changes/{key}/undo", {}).json()["undoes"] == key
    assert send("numbers/case", {"content": {"pattern": 7}}).status_code == 422
    assert len(client.get("/api/v1/administration/changes").json()["items"]) == 2


def test_a_district_keeper_is_turned_away(town, sign_in, client):
    district = queries.body_by_code("COMMAND")
    post = organisation.make_post(district, "admin")
    organisation.appoint(town.citizen.pk, post)

    assert sign_in(town.citizen).get("/administration/roles").status_code == 403
    assert client.get("/api/v1/administration/roles/street").status_code == 403
