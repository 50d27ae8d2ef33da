"""The pages of cases: each role finds its work, finishes it in place, and sees nothing else."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.evidence import files
from tests.town import INSIDE, OUTSIDE, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.workflow.models import Task

HTMX = {"HX-Request": "true"}
MOST_STATEMENTS = 12


def browser(town: Town, role: str, **more: Any) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans", **more})
    client.force_login(town.people[role])
    return client


def reported(town: Town, **more: Any) -> Case:
    lon, lat = more.pop("at_point", INSIDE)
    return cases.report(
        "路口有垃圾", lon=lon, lat=lat, kind="event", category="06001", by=town.supervisor, **more
    )


def waiting(case: Case) -> Task:
    return Task.objects.get(subject=f"case:{case.pk}", state="open")


@pytest.mark.django_db
class TestDesk:
    def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(self) -> None:
        answer = Client().get("/")

        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in?next=")

    def test_the_acceptor_finds_the_report_on_the_desk(self, town: Town) -> None:
        case = reported(town)

        page = browser(town, "acceptor").get("/").content.decode()

        assert f'href="/tasks/{waiting(case).pk}"' in page
        assert "路口有垃圾" in page

    def test_a_task_of_another_post_is_not_on_the_desk(self, town: Town) -> None:
        case = reported(town)

        page = browser(town, "dispatcher").get("/").content.decode()

        assert f"/tasks/{waiting(case).pk}" not in page

    def test_the_leader_lands_on_the_overview(self, town: Town) -> None:
        reported(town)

        assert "在办案件所处阶段" in browser(town, "leader").get("/").content.decode()

    def test_a_citizen_lands_on_their_own_reports(self, town: Town) -> None:
        reported(town)

        page = browser(town, "citizen").get("/").content.decode()

        assert "路口有垃圾" not in page
        assert "您还没有上报过" in page

    def test_htmx_gets_only_the_list(self, town: Town) -> None:
        reported(town)

        answer = browser(town, "acceptor").get("/", headers=HTMX)

        assert b"<html" not in answer.content
        assert b'id="list"' in answer.content

    def test_more_rows_cost_no_more_statements(self, town: Town) -> None:
        client = browser(town, "acceptor")
        client.get("/")
        reported(town)
        few = statements(client, "/")
        for _ in range(20):
            reported(town)

        many = statements(client, "/")

        assert many <= few
        assert many <= MOST_STATEMENTS


@pytest.mark.django_db
class TestTask:
    def test_a_task_is_finished_in_the_drawer(self, town: Town) -> None:
        case = reported(town)
        task = waiting(case)

        answer = browser(town, "acceptor").post(f"/tasks/{task.pk}/actions/submit", headers=HTMX)

        assert answer.status_code == 200
        assert answer["HX-Push-Url"] == "/"
        assert "wanmi:done" in answer["HX-Trigger"]
        assert waiting(case).step == "file"

    def test_a_refused_form_comes_back_with_what_to_put_right(self, town: Town) -> None:
        case = reported(town)
        url = f"/tasks/{waiting(case).pk}/actions/not_accept"

        answer = browser(town, "acceptor").post(url, {"opinion": ""}, headers=HTMX)

        assert answer.status_code == 422
        assert "请填写此项。" in answer.content.decode()
        assert waiting(case).step == "accept"

    def test_what_the_action_refuses_is_said_in_the_form(self, town: Town) -> None:
        case = reported(town, at_point=OUTSIDE)
        url = f"/tasks/{waiting(case).pk}/actions/submit"

        answer = browser(town, "acceptor").post(url, headers=HTMX)

        assert answer.status_code == 422
        assert "请先定位" in answer.content.decode()

    def test_the_acceptor_places_an_unlocated_case_on_the_map(self, town: Town) -> None:
        case = reported(town, at_point=OUTSIDE)
        place = {"lon": str(INSIDE[0]), "lat": str(INSIDE[1])}

        browser(town, "acceptor").post(f"/tasks/{waiting(case).pk}/actions/submit", place)

        case.refresh_from_db()
        assert case.is_located

    def test_the_second_of_two_people_is_told(self, town: Town) -> None:
        case = reported(town)
        task = waiting(case)
        first = browser(town, "acceptor")
        first.post(f"/tasks/{task.pk}/actions/submit")

        answer = first.post(f"/tasks/{task.pk}/actions/submit", headers=HTMX)

        assert answer.status_code == 409
        assert answer["HX-Retarget"] == "#toasts"
        assert "toast--error" in answer.content.decode()

    def test_claiming_shows_who_has_it(self, town: Town) -> None:
        case = reported(town)
        task = waiting(case)

        answer = browser(town, "acceptor").post(f"/tasks/{task.pk}/claim", headers=HTMX)

        assert "您已认领。" in answer.content.decode()

    def test_an_unknown_way_is_not_there(self, town: Town) -> None:
        case = reported(town)

        answer = browser(town, "acceptor").post(f"/tasks/{waiting(case).pk}/actions/dance")

        assert answer.status_code == 404

    def test_a_photograph_sent_by_the_browser_goes_with_the_case(self, town: Town) -> None:
        client = browser(town, "supervisor")
        photograph = SimpleUploadedFile("a.jpg", files.picture(), "image/jpeg")
        key = client.post("/api/v1/media", {"file": photograph}).json()["id"]

        client.post("/report", report_form(media=str(key)))

        case = Case.objects.get()
        page = browser(town, "acceptor").get(f"/cases/{case.number}").content.decode()
        assert f"/media/{key}/" in page


@pytest.mark.django_db
class TestReport:
    def test_a_report_opens_a_case(self, town: Town) -> None:
        answer = browser(town, "supervisor").post("/report", report_form())

        case = Case.objects.get()
        assert answer["Location"] == f"/cases/{case.number}?reported=1"
        assert case.is_located
        assert case.category_code == "06001"

    def test_the_same_form_sent_twice_opens_one_case(self, town: Town) -> None:
        client = browser(town, "supervisor")
        for _ in range(2):
            client.post("/report", report_form(idempotency_key="one-wish"))

        assert Case.objects.count() == 1

    def test_a_report_without_words_is_refused_and_kept(self, town: Town) -> None:
        answer = browser(town, "supervisor").post("/report", report_form(description=""))

        assert answer.status_code == 422
        assert "请填写此项。" in answer.content.decode()
        assert f'value="{INSIDE[0]}"' in answer.content.decode()
        assert not Case.objects.exists()


@pytest.mark.django_db
class TestList:
    def test_filters_narrow_the_list(self, town: Town) -> None:
        case = reported(town)
        client = browser(town, "dispatcher")

        assert case.number in client.get("/cases?phase=filing").content.decode()
        assert case.number not in client.get("/cases?phase=handling").content.decode()

    @pytest.mark.parametrize(
        ("fits", "does_not"),
        [
            ("lamp=green", "lamp=red"),
            ("category=06001", "category=06002"),
            ("located=yes", "located=no"),
            ("urgent=no", "urgent=yes"),
            ("state=reported", "state=closed"),
            ("reported_from=2026-01-01", "reported_to=2026-01-01"),
            ("kind=event", "department=CLEAN"),
            ("source=supervisor", "mine=yes"),
        ],
    )
    def test_each_filter_of_the_api_narrows_the_page_too(
        self, town: Town, fits: str, does_not: str
    ) -> None:
        case = reported(town)
        client = browser(town, "dispatcher")

        assert case.number in client.get(f"/cases?{fits}").content.decode()
        assert case.number not in client.get(f"/cases?{does_not}").content.decode()

    def test_a_chip_leads_to_the_list_without_its_filter(self, town: Town) -> None:
        reported(town)

        page = browser(town, "dispatcher").get("/cases?lamp=green&category=06001&page=1")

        text = page.content.decode()
        assert 'class="chip" href="?category=06001"' in text
        assert 'class="chip" href="?lamp=green"' in text
        assert "06001 暴露垃圾" in text

    def test_a_filter_that_fits_nothing_says_so(self, town: Town) -> None:
        reported(town)

        page = browser(town, "dispatcher").get("/cases?department=CLEAN").content.decode()

        assert "没有符合" in page
        assert "环境卫生管理所" in page

    @pytest.mark.parametrize(
        "bad",
        [
            "?page=-1",
            "?page=9999999",
            "?sort=%00",
            "?q=%00",
            "?phase=x",
            "?reported_from=2026-13-01",
            "?lamp=blue",
        ],
    )
    def test_unusable_filters_are_no_error(self, town: Town, bad: str) -> None:
        assert browser(town, "dispatcher").get(f"/cases{bad}").status_code == 200

    def test_the_file_holds_the_same_cases(self, town: Town) -> None:
        case = reported(town)
        client = browser(town, "dispatcher")

        lines = b"".join(client.get("/cases/export?format=csv")).decode("utf-8-sig")
        sheet = openpyxl.load_workbook(
            io.BytesIO(client.get("/cases/export?format=xlsx").content)
        ).active

        assert [row[0] for row in csv.reader(io.StringIO(lines))][1:] == [case.number]
        assert sheet is not None
        assert sheet["A2"].value == case.number

    def test_an_unknown_format_is_refused_in_words(self, town: Town) -> None:
        answer = browser(town, "dispatcher").get("/cases/export?format=exe")

        assert answer.status_code == 422
        assert "没有这种文件格式" in answer.content.decode()

    @pytest.mark.parametrize("url", ["/cases", "/board"])
    def test_more_rows_cost_no_more_statements(self, town: Town, url: str) -> None:
        client = browser(town, "duty_leader")
        client.get(url)
        reported(town)
        few = statements(client, url)
        for _ in range(20):
            reported(town)

        many = statements(client, url)

        assert many <= few
        assert many <= MOST_STATEMENTS


@pytest.mark.django_db
class TestCase:
    def test_a_case_of_another_area_is_not_there(self, town: Town) -> None:
        case = reported(town, at_point=(INSIDE[0] + 0.01, INSIDE[1]))

        assert browser(town, "street").get(f"/cases/{case.number}").status_code == 404

    def test_the_page_shows_clocks_drawing_and_what_happened(self, town: Town) -> None:
        case = reported(town)

        page = browser(town, "duty_leader").get(f"/cases/{case.number}").content.decode()

        assert 'current="accept"' in page
        assert "问题上报" in page
        assert "计时" in page

    def test_a_post_that_may_not_ask_is_told(self, town: Town) -> None:
        case = reported(town)

        answer = browser(town, "acceptor").post(
            f"/cases/{case.number}/requests/extension", {"reason": "备件未到"}, headers=HTMX
        )

        assert answer.status_code in {403, 409}
        assert "toast--error" in answer.content.decode()

    def test_a_leader_reminds_whoever_holds_the_case(self, town: Town) -> None:
        case = reported(town)

        answer = browser(town, "leader").post(
            f"/cases/{case.number}/urges", {"kind": "remind", "words": "请尽快"}, headers=HTMX
        )

        assert answer.status_code == 200
        assert "wanmi:toast" in answer["HX-Trigger"]


def report_form(**changes: str) -> dict[str, str]:
    form = {
        "description": "路口有垃圾",
        "lon": str(INSIDE[0]),
        "lat": str(INSIDE[1]),
        "category": "event/06001",
    }
    return form | changes


def statements(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(url)
    return len(captured)
