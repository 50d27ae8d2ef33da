"""The case over HTTP, as other programs use it."""

import pytest
from django.test import Client

from tests.cases import driving
from tests.town import INSIDE, PASSWORD
from wanmi.cases import schemas
from wanmi.cases.models import Case
from wanmi.workflow import schemas as task_schemas


@pytest.fixture
def api(client):
    """Call the API as a role: api("acceptor", "get", path, body)."""
    tokens = {}

    def call(role, method, path, body=None, **headers):
        if role and role not in tokens:
            answer = client.post(
                "/api/v1/auth/token",
                {"username": role, "password": PASSWORD},
                content_type="application/json",
            )
            tokens[role] = answer.json()["token"]
        if role:
            headers["Authorization"] = f"Bearer {tokens[role]}"
        return getattr(Client(), method)(
            f"/api/v1{path}", body, content_type="application/json", headers=headers
        )

    return call


REPORT = {
    "description": "路口有垃圾",
    "lon": INSIDE[0],
    "lat": INSIDE[1],
    "kind": "event",
    "category": "06001",
}


def test_a_case_is_driven_through_all_phases_over_http(town, api):
    made = api("supervisor", "post", "/reports", REPORT)
    assert made.status_code == 201, made.content
    number = made.json()["number"]
    steps = [
        ("acceptor", "submit", {}),
        ("duty_leader", "file", {"standard": town.condition.pk}),
        ("dispatcher", "dispatch", {"department": "CLEAN"}),
        ("department", "assign", {"handler": town.handler.pk}),
        ("handler", "done", {"opinion": "已清理"}),
        ("dispatcher", "confirm", {}),
        ("supervisor", "pass", {}),
        ("duty_leader", "close", {}),
    ]
    driving.show_before_and_after(Case.objects.get(number=number))
    for role, action, fields in steps:
        tasks = api(role, "get", "/tasks").json()["items"]
        mine = [task for task in tasks if task["case"] == number]
        answer = api(role, "post", f"/tasks/{mine[0]['id']}/actions/{action}", fields)
        assert answer.status_code == 200, answer.content

    case = api("leader", "get", f"/cases/{number}").json()
    assert (case["phase"], case["state"]) == ("evaluation", "closed")
    assert [line["step"] for line in case["timeline"]][-1] == "close"
    assert case["area"]["district"] == "江岸区"


def test_choices_and_suggestions_stand_in_the_form(town, api):
    number = api("supervisor", "post", "/reports", REPORT).json()["number"]
    first = api("acceptor", "get", "/tasks").json()["items"][0]
    api("acceptor", "post", f"/tasks/{first['id']}/actions/submit", {})

    task = api("duty_leader", "get", f"/tasks?case={number}").json()["items"][0]
    fields = next(a for a in task["actions"] if a["name"] == "file")["fields"]

    assert fields["properties"]["standard"]["default"] == town.condition.pk


def test_a_repeated_key_answers_the_same_case(town, api):
    headers = {"Idempotency-Key": "one"}
    first = api("supervisor", "post", "/reports", REPORT, **headers).json()
    second = api("supervisor", "post", "/reports", REPORT, **headers).json()
    other = api("supervisor", "post", "/reports", REPORT | {"description": "别的"}, **headers)

    assert first == second
    assert other.status_code == 409
    assert other.json()["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lon": 200}, 422, "invalid"),
        ({"lon": "Infinity"}, 422, "invalid"),
        ({"description": "a\x00b"}, 422, "invalid"),
        ({"description": ""}, 422, "invalid"),
        ({"description": "长" * 6000}, 422, "invalid"),
        ({"category": "99999"}, 422, "unknown_category"),
        ({"part": "nowhere"}, 422, "unknown_part"),
        ({"lon": INSIDE[1], "lat": INSIDE[0] - 40}, 422, "swapped_axes"),
    ],
)
def test_bad_reports_are_refused_with_a_stable_code(town, api, change, status, code):
    answer = api("supervisor", "post", "/reports", REPORT | change)

    assert answer.status_code == status, answer.content
    if code:
        assert answer.json()["code"] == code


def test_who_is_not_signed_in_is_told_so(town, api):
    answer = api("", "get", "/cases")

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"


def test_a_stale_task_and_a_foreign_task_are_told_apart(town, api):
    api("supervisor", "post", "/reports", REPORT)
    task = api("acceptor", "get", "/tasks").json()["items"][0]
    path = f"/tasks/{task['id']}/actions/submit"

    assert api("dispatcher", "post", path, {}).status_code == 403
    assert api("acceptor", "post", path, {}).status_code == 200
    assert api("acceptor", "post", path, {}).status_code == 409


def test_fields_that_do_not_fit_are_named(town, api):
    api("supervisor", "post", "/reports", REPORT)
    task = api("acceptor", "get", "/tasks").json()["items"][0]

    answer = api("acceptor", "post", f"/tasks/{task['id']}/actions/not_accept", {})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["opinion"]


def test_a_citizen_sees_only_the_own_reports(town, api):
    api("supervisor", "post", "/reports", REPORT)
    mine = api("citizen", "post", "/reports", REPORT | {"source": "supervisor"}).json()

    listed = api("citizen", "get", "/cases").json()["items"]

    assert [case["number"] for case in listed] == [mine["number"]]
    assert listed[0]["source"] == "web"


def test_answers_are_what_the_document_says(town, api):
    number = api("supervisor", "post", "/reports", REPORT).json()["number"]

    schemas.CasePage.model_validate(api("acceptor", "get", "/cases").json())
    schemas.CaseWhole.model_validate(api("acceptor", "get", f"/cases/{number}").json())
    tasks = task_schemas.TaskPage.model_validate(api("acceptor", "get", "/tasks").json())
    assert tasks.items[0].actions


def test_the_document_shows_examples_and_every_refusal(client):
    document = client.get("/api/v1/openapi.json").json()

    report = document["paths"]["/api/v1/reports"]["post"]
    assert {"201", "401", "403", "409", "422"} <= set(report["responses"])
    fields = document["components"]["schemas"]["ReportIn"]["properties"]
    assert fields["description"]["examples"]


def test_requests_and_urging_over_http(town, api):
    number = api("supervisor", "post", "/reports", REPORT).json()["number"]
    path = f"/cases/{number}"

    urged = api("leader", "post", f"{path}/urges", {"kind": "supervise", "words": "请尽快"})
    asked = api(
        "duty_leader", "post", f"{path}/adjustments", {"kind": "force_close", "reason": "领导决定"}
    )
    listed = api("duty_leader", "get", f"{path}/adjustments").json()

    assert (urged.status_code, asked.status_code) == (201, 201)
    assert api("leader", "get", f"{path}/urges").json()["items"][0]["words"] == "请尽快"
    assert listed["items"][0]["waiting_for"] == "leader"
    withdrawn = f"{path}/adjustments/{asked.json()['id']}/withdraw"
    assert api("duty_leader", "post", withdrawn, {}).json()["state"] == "withdrawn"
