"""Pages of surveys, and the desk that holds tasks of every kind at a constant price."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cases import driving as cases
from tests.consultations import driving as consultations
from tests.surveys import driving
from wanmi.surveys.models import Survey, SurveyFinding

HTMX = {"HX-Request": "true"}
BUDGET = 12


@pytest.fixture
def as_role(town, client):
    def sign_in(role: str):
        client.force_login(town.people[role])
        return client

    return sign_in


def test_a_survey_is_ordered_on_its_page(town, as_role):
    day = timezone.localdate() + timedelta(days=5)
    sent = {"title": "垃圾普查", "category": "event/06001", "area": "990101", "ends_on": f"{day}"}

    answer = as_role("duty_leader").post("/surveys/new", sent)

    survey = Survey.objects.get()
    assert answer["Location"] == f"/surveys/{survey.number}"
    assert survey.ordered_by == town.duty_leader


def test_a_wrong_period_comes_back_with_its_reason(as_role):
    sent = {"title": "垃圾普查", "category": "event/06001", "area": "990101"}

    answer = as_role("duty_leader").post("/surveys/new", {**sent, "ends_on": "2001-01-01"})

    assert answer.status_code == 422
    assert "截止日" in answer.content.decode()


def test_the_page_tells_figures_report_and_shares(town, as_role):
    row = driving.closed(town)

    page = as_role("leader").get(f"/surveys/{row.number}").content.decode()

    for words in ("两街道共24处", "加强保洁", "桥头街道", "码头街道", "100"):
        assert words in page


def test_what_is_found_is_reported_from_the_share(town, as_role):
    row, (share, _) = driving.issued(town)
    client = as_role("supervisor")

    answer = client.post(f"/surveys/{row.number}/shares/{share.pk}", {"description": "有垃圾"})

    assert answer.status_code == 302
    case = SurveyFinding.objects.get().case
    assert case.number in client.get(answer["Location"]).content.decode()


def test_the_shares_are_exported(town, as_role):
    row = driving.closed(town)

    answer = as_role("leader").get(f"/surveys/{row.number}/export?format=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "桥头街道" in text
    assert text.count("\n") == 3


def test_a_task_is_worked_in_the_drawer(town, as_role):
    driving.order(town)
    client = as_role("duty_leader")
    desk = client.get("/").content.decode()
    key = desk.split('href="/tasks/')[1].split('"')[0]

    drawer = client.get(f"/tasks/{key}", headers=HTMX).content.decode()
    sent = client.post(f"/tasks/{key}/actions/issue", {"split_by": "street"}, headers=HTMX)

    assert "专项普查" in desk
    assert "街道 (2)" in drawer
    assert sent.status_code == 200
    assert Survey.objects.get().state == "running"


@pytest.mark.parametrize("many", [1, 6])
def test_a_desk_of_mixed_tasks_keeps_its_budget(town, as_role, django_assert_max_num_queries, many):
    for _ in range(many):
        cases.to_dispatch(town)
        consultations.opened(town)
        driving.issued(town)
    client = as_role("dispatcher")
    client.get("/")

    with django_assert_max_num_queries(BUDGET):
        page = client.get("/").content.decode()

    assert page.count('class="rowcard"') == 2 * many


def test_the_inbox_of_the_api_tells_what_each_task_is_about(town, as_role):
    cases.to_dispatch(town)
    row = consultations.opened(town)
    client = as_role("dispatcher")
    token = {"username": "dispatcher", "password": "a-long-test-password"}
    key = client.post("/api/v1/auth/token", token, content_type="application/json").json()["token"]
    headers = {"Authorization": f"Bearer {key}"}

    items = client.get("/api/v1/tasks", headers=headers).json()["items"]
    only = client.get("/api/v1/tasks?kind=consultation", headers=headers).json()["items"]

    assert {item["subject"]["kind"] for item in items} == {"case", "consultation"}
    assert [item["subject"]["number"] for item in only] == [row.number]
