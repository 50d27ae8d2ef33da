"""A contractor without an account answers through a link: one task, once, for some days."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cases.driving import act, later, to_dispatch, to_handling
from tests.evidence import files
from tests.town import Town
from wanmi.cases import actions as cases
from wanmi.cases import queries
from wanmi.cases.errands import outside
from wanmi.cases.models import Case, Errand
from wanmi.evidence import queries as evidence
from wanmi.journal import queries as journal
from wanmi.kernel.errors import NotAllowed


def invite(case: Case, by, minutes=30, **more) -> Errand:
    fields = {"addressee": "洁净保洁公司", "words": "请清理东侧绿化带", **more}
    return cases.give_errand(case, "outside", fields, by=by, at=later(minutes))


def address(errand: Errand) -> str:
    errand = Errand.objects.select_related("link").get(pk=errand.pk)
    return queries.link_path(errand.link)


def photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", files.picture(), "image/jpeg")


@pytest.fixture
def today(town: Town):
    """An invitation of the present, since the page knows only the clock on the wall."""
    case = to_handling(town)
    fields = {"addressee": "洁净保洁公司", "words": "请清理东侧绿化带"}
    return case, cases.give_errand(case, "outside", fields, by=town.department)


def test_the_page_shows_one_task_and_nothing_else_of_the_case(today) -> None:
    case, errand = today

    page = Client(headers={"Accept-Language": "zh-hans"}).get(address(errand))

    text = page.content.decode()
    assert page.status_code == 200
    assert "请清理东侧绿化带" in text
    assert "洁净保洁公司" in text
    for hidden in (case.number, case.tracking_code, case.description, case.grid_code):
        assert hidden not in text
    assert page["Cache-Control"].count("no-store") == 1
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_the_answer_comes_with_photographs_and_ends_the_link(today) -> None:
    case, errand = today
    client, link = Client(), address(errand)

    sent = {"words": "已清理完毕", "photographs": [photograph(), photograph()]}
    assert client.post(link, sent).status_code == 200

    errand.refresh_from_db()
    assert (errand.state, errand.reply) == ("answered", "已清理完毕")
    assert {each.purpose for each in evidence.of_subject(f"case:{case.pk}")} == {"after"}
    assert client.get(link).status_code == 409
    again = {"words": "再来一次", "photographs": [photograph()]}
    assert client.post(link, again).status_code == 409


def test_opening_and_answering_are_journalled_with_no_person(today) -> None:
    case, errand = today
    client, link = Client(), address(errand)
    client.get(link)
    client.get(link)
    client.post(link, {"words": "已清理完毕", "photographs": [photograph()]})

    rows = journal.of_subject(f"case:{case.pk}")
    told = [(row.kind, row.actor) for row in rows if row.actor == "link"]
    assert told == [("cases.LinkOpened", "link"), ("cases.ErrandAnswered", "link")]
    assert "洁净" not in str([row.data for row in rows])


@pytest.mark.parametrize("sent", [{}, {"words": "已清理"}, {"words": "", "photographs": 1}])
def test_an_answer_without_words_or_photograph_is_refused(today, sent) -> None:
    _, errand = today
    if "photographs" in sent:
        sent = sent | {"photographs": [photograph()]}

    answer = Client(headers={"Accept-Language": "zh-hans"}).post(address(errand), sent)

    assert answer.status_code == 422
    assert "至少一张照片" in answer.content.decode()
    assert Errand.objects.get().state == "waiting"


def test_no_file_but_evidence_is_taken(today) -> None:
    _, errand = today
    page = SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")

    answer = Client().post(address(errand), {"words": "已清理", "photographs": [page]})

    assert answer.status_code == 415
    assert Errand.objects.get().state == "waiting"


def test_a_recalled_an_expired_and_a_forged_link_say_the_same(today, town) -> None:
    _, errand = today
    link = address(errand)
    token = link.rpartition("/")[2]
    forged = link[:-2] + ("aa" if link[-2:] != "aa" else "bb")
    with pytest.raises(outside.LinkGone):
        outside.link_behind(token, now=errand.given_at + timedelta(days=3, seconds=1))
    assert Client().get(forged).status_code == 404

    cases.end_errand(errand, "改由本单位办理", by=town.department)

    assert Client().get(link).status_code == 404
    sent = {"words": "已清理完毕", "photographs": [photograph()]}
    assert Client().post(link, sent).status_code == 404


def test_one_address_answers_ten_times_an_hour_at_most(today) -> None:
    _, errand = today
    client, link = Client(), address(errand)

    answers = [client.post(link, {}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize("role", ["supervisor", "acceptor", "leader", "street", "handler"])
def test_only_the_lead_and_who_coordinates_send_links(town, role) -> None:
    case = to_handling(town)

    with pytest.raises(NotAllowed):
        invite(case, town.people[role])
    assert invite(case, town.dispatcher).state == "waiting"


def test_links_are_sent_while_the_lead_has_the_case(town) -> None:
    case = to_dispatch(town)

    with pytest.raises(cases.NotNow):
        invite(case, town.dispatcher)


def test_a_link_dies_with_its_case(town, today) -> None:
    case, errand = today
    act(case, "done", town.handler, 60, opinion="已清理")
    act(case, "confirm", town.dispatcher, 65)
    act(case, "pass", town.supervisor, 70)
    act(case, "close", town.duty_leader, 75)

    assert Client().get(address(errand)).status_code == 404
    errand.refresh_from_db()
    assert errand.state == "recalled"


def test_only_who_may_recall_it_is_shown_the_link(today, town) -> None:
    case, _ = today
    for role, sees in (("department", True), ("acceptor", False)):
        client = Client()
        client.force_login(town.people[role])
        page = client.get(f"/cases/{case.number}").content.decode()
        told = client.get(f"/api/v1/cases/{case.number}/errands").json()["items"][0]["link"]
        assert ("/o/" in page) is sees
        assert bool(told) is sees
