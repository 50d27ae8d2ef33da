"""Alerts: asked first, never a flood, only of what was released, stopped by one press."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.town import INSIDE, Town
from wanmi.intake import actions as intake
from wanmi.journal import actions as journal
from wanmi.journal import queries as entries
from wanmi.notices.models import Letter, PushWish
from wanmi.portal import actions as portal
from wanmi.portal.actions import alerting
from wanmi.portal.models import Alert, Release

AROUND = " ".join(
    f"{INSIDE[0] + east},{INSIDE[1] + north}"
    for east, north in ((-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01))
)
FAR = "10,10 10.1,10 10.1,10.1"


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account."""
    return Client(headers={"Accept-Language": "zh-hans"})


def make(visitor: Client, **more: str) -> Alert:
    answer = visitor.post("/public/alerts", {"email": "wang@example.com"} | more)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Alert.objects.latest("pk")


def release(town: Town, words: str = "路口有垃圾", at: datetime | None = None) -> Release:
    contact = intake.receive("portal", words, place=intake.Place(*INSIDE), may_publish=True)
    return portal.release(contact, words, "桥头路", by=town.acceptor, at=at)


def work(hours: float = 0) -> None:
    journal.do_due_jobs(now=datetime.now(UTC) + timedelta(hours=hours))


def confirmed(visitor: Client, **more: str) -> Alert:
    alert = make(visitor, **more)
    work()
    proof = re.search(r"confirm=(\S+)", str(mail.outbox[-1].body))
    assert proof
    answer = visitor.post(f"/public/alerts/{alert.token}", {"confirm": proof[1]})
    assert answer.status_code == 302
    mail.outbox.clear()
    alert.refresh_from_db()
    return alert


def tell() -> None:
    alerting.tell_alerts({})
    work()


def test_an_address_hears_nothing_until_it_agreed(town: Town, visitor: Client) -> None:
    alert = make(visitor)
    release(town)
    tell()

    (asked,) = mail.outbox
    assert f"/public/alerts/{alert.token}?confirm=" in str(asked.body)
    assert "垃圾" not in str(asked.body)
    page = visitor.get(f"/public/alerts/{alert.token}")
    assert "confirm" not in page.content.decode()
    refused = visitor.post(f"/public/alerts/{alert.token}", {"confirm": "guessed"})
    assert refused.status_code == 422


def test_looking_at_the_link_confirms_nothing(town: Town, visitor: Client) -> None:
    """Programs that look at links in letters must not agree for people."""
    alert = make(visitor)
    work()
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link
    assert visitor.get(link[1]).status_code == 200

    alert.refresh_from_db()
    assert alert.confirmed_at is None


def test_what_is_released_comes_as_one_letter_a_day(town: Town, visitor: Client) -> None:
    confirmed(visitor)
    rows = [release(town, f"第 {number} 处垃圾") for number in range(12)]
    tell()
    release(town, "又有一处")
    tell()

    (letter,) = mail.outbox
    assert letter.subject == "新公开 12 个问题"
    assert f"/public/matters/{rows[-1].code}" in str(letter.body)
    assert "另有 2 个" in str(letter.body)

    Alert.objects.update(due_at=datetime.now(UTC))
    tell()
    assert [each.subject for each in mail.outbox] == ["新公开 12 个问题", "新公开 1 个问题"]


def test_only_the_area_and_the_classes_asked_for_are_told(town: Town, visitor: Client) -> None:
    here = confirmed(visitor, corners=AROUND)
    elsewhere = confirmed(visitor, corners=FAR)
    street = confirmed(visitor, area="990101001", email="li@example.com")
    classes = confirmed(visitor, categories="event/06001", email="li@example.com")
    release(town)
    tell()

    told = {str(each.body).rpartition("/")[2] for each in mail.outbox}
    assert told == {here.token, street.token}
    assert elsewhere.token not in told
    assert classes.token not in told


def test_what_was_not_released_or_was_taken_back_is_not_told(town: Town, visitor: Client) -> None:
    confirmed(visitor)
    intake.receive("portal", "未公开", place=intake.Place(*INSIDE), may_publish=True)
    portal.withdraw(release(town), by=town.acceptor)
    tell()

    assert mail.outbox == []


def test_a_mail_program_stops_an_alert_by_one_press(town: Town, visitor: Client) -> None:
    alert = confirmed(visitor)
    release(town)
    tell()

    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(address).status_code == 302
    assert Alert.objects.exists()
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert not Alert.objects.exists()
    assert not Letter.objects.filter(about=f"alert:{alert.pk}").exists()
    told = str([row.data for row in entries.JournalEntry.objects.all()])
    assert "wang@example.com" not in told


def test_this_browser_lists_its_alerts_and_another_does_not(town: Town, visitor: Client) -> None:
    alert = make(visitor)

    assert alert.token in visitor.get("/public/alerts").content.decode()
    assert alert.token not in Client().get("/public/alerts").content.decode()


def test_the_links_of_an_address_go_to_that_address_alone(town: Town, visitor: Client) -> None:
    alert = confirmed(visitor)
    stranger = Client()
    answers = [
        stranger.post("/public/alerts/links", {"email": email}).content.decode()
        for email in ("wang@example.com", "nobody@example.com")
    ]
    work()

    assert alert.token not in answers[0]
    assert [each.to for each in mail.outbox] == [["wang@example.com"]]
    assert alert.token in str(mail.outbox[0].body)


def test_a_device_is_rung_and_its_alert_needs_no_address(town: Town, visitor: Client) -> None:
    alert = make(visitor, email="", corners=AROUND)
    Alert.objects.update(made_at=datetime.now(UTC) - timedelta(days=4))
    address = {"endpoint": "https://push.example.com/x"}
    PushWish.objects.create(
        address=PushWish._meta.get_field("address").related_model.objects.create(
            **address, digest="d", language="zh-hans", at=alert.made_at
        ),
        topic=f"alert:{alert.pk}",
        at=alert.made_at,
    )
    release(town)
    alerting.tell_alerts({})

    (letter,) = Letter.objects.filter(channel="push")
    assert (letter.title, letter.link) == (
        "您关注的区域有新公开的问题",
        f"/public/alerts/{alert.token}",
    )
    assert "垃圾" not in letter.words


def test_alerts_end_and_those_never_confirmed_are_deleted(town: Town, visitor: Client) -> None:
    old, unconfirmed = confirmed(visitor), make(visitor)
    now = datetime.now(UTC)
    Alert.objects.filter(pk=old.pk).update(ends_at=now)
    Alert.objects.filter(pk=unconfirmed.pk).update(made_at=now - timedelta(days=4))
    kept = make(visitor, email="li@example.com")
    alerting.tell_alerts({})

    assert list(Alert.objects.all()) == [kept]


def test_nobody_is_flooded_with_questions(town: Town, visitor: Client) -> None:
    answers = [
        visitor.post("/public/alerts", {"email": "wang@example.com"}).status_code for _ in range(4)
    ]

    assert answers == [302, 302, 302, 429]
    assert Letter.objects.count() == 3


def test_an_address_has_ten_alerts_at_most(town: Town) -> None:
    wish = portal.Wish(site="https://city.example", email="wang@example.com")
    for _ in range(alerting.MOST_PER_ADDRESS):
        portal.make_alert(wish)

    with pytest.raises(portal.TooManyAlerts):
        portal.make_alert(wish)


@pytest.mark.parametrize(
    "given",
    [
        {"email": "no address"},
        {"email": "a@b.c\nBcc: x@y.z"},
        {"corners": "1,1 2,2"},
        {"corners": "0,0 1,1 1,0 0,1"},
        {"corners": "0,0 nan,1 1,0"},
        {"corners": "0,0 500,1 1,0"},
        {"corners": "0,0 0,90 90,0"},
        {"corners": "30.1 120.2"},
        {"area": "99\x00"},
        {"area": "123456789"},
        {"categories": "x" * 90},
    ],
)
def test_bad_input_is_refused_and_keeps_nothing(
    town: Town, visitor: Client, given: dict[str, Any]
) -> None:
    answer = visitor.post("/public/alerts", given)

    assert answer.status_code in {404, 422}
    assert not Alert.objects.exists()


def test_an_alert_has_a_feed_of_its_own(town: Town, visitor: Client) -> None:
    alert, far = make(visitor, corners=AROUND), make(visitor, corners=FAR)
    row = release(town)

    assert row.code in visitor.get(f"/public/alerts/{alert.token}/feed.xml").content.decode()
    assert row.code not in visitor.get(f"/public/alerts/{far.token}/feed.xml").content.decode()


def test_a_token_that_is_not_there_is_not_found(town: Town, visitor: Client) -> None:
    for token in ("x" * 22, "short", "%00"):
        assert visitor.get(f"/public/alerts/{token}").status_code == 404
