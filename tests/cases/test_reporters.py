"""Who reported a case: masked on its page, shown to who may, and the looking is recorded."""

import pytest
from django.test import Client

from tests.town import INSIDE, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.journal.models import JournalEntry
from wanmi.organisation.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    lon, lat = INSIDE
    reporter = cases.Reporter(name="欧阳小丽", phone="13812345678", email="li@example.cn")
    return cases.report("路口有垃圾", lon=lon, lat=lat, reporter=reporter, by=town.supervisor)


def browser(town: Town, role: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.people[role])
    return client


def looked() -> list[tuple[str, str]]:
    rows = JournalEntry.objects.filter(kind="cases.ReporterRead")
    return list(rows.values_list("subject", "actor"))


def test_the_page_shows_the_reporter_masked(town: Town, case: Case) -> None:
    page = browser(town, "leader").get(f"/cases/{case.number}").content.decode()

    assert "138****5678" in page
    assert "13812345678" not in page
    assert "欧阳小丽" not in page
    assert f"/cases/{case.number}/reporter" not in page


def test_who_may_look_sees_the_reporter_and_the_journal_knows(town: Town, case: Case) -> None:
    client = browser(town, "acceptor")
    assert f"/cases/{case.number}/reporter" in client.get(f"/cases/{case.number}").content.decode()

    page = client.post(f"/cases/{case.number}/reporter").content.decode()

    assert "欧阳小丽" in page
    assert "tel:13812345678" in page
    assert looked() == [(f"case:{case.pk}", f"user:{town.acceptor.pk}")]


@pytest.mark.parametrize("role", ["leader", "handler", "inspector", "citizen"])
def test_who_may_not_look_is_refused_and_nothing_is_recorded(
    town: Town, case: Case, role: str
) -> None:
    answer = browser(town, role).post(f"/cases/{case.number}/reporter")

    assert answer.status_code in {403, 404}
    assert "13812345678" not in answer.content.decode()
    assert looked() == []


def test_the_duty_elsewhere_shows_nobody_here(town: Town, case: Case) -> None:
    Post.objects.filter(role__code="acceptor").update(area_path="99/9901/990101/990101002/")

    answer = browser(town, "acceptor").post(f"/cases/{case.number}/reporter")

    assert answer.status_code in {403, 404}
    assert looked() == []


def test_a_case_nobody_put_a_name_to_has_no_such_panel(town: Town) -> None:
    lon, lat = INSIDE
    bare = cases.report("路口有垃圾", lon=lon, lat=lat, by=town.supervisor)

    assert (
        'id="reporter"'
        not in browser(town, "acceptor").get(f"/cases/{bare.number}").content.decode()
    )


def test_the_drawer_of_a_task_names_whom_to_ask(town: Town, case: Case) -> None:
    from wanmi.workflow.models import Task

    task = Task.objects.filter(subject=f"case:{case.pk}", state="open").get()

    page = browser(town, "acceptor").get(f"/tasks/{task.pk}").content.decode()

    assert "138****5678" in page
    assert f"/cases/{case.number}/reporter" in page
