"""The inbox page: my notices and nobody else's."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests import town as towns
from wanmi.notices import actions as notices
from wanmi.notices import queries

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def told() -> towns.Town:
    """A town whose acceptor was told something."""
    town = towns.build()
    notices.tell([town.acceptor.pk], kind="test", message="Sign in first.", link="/cases", at=NOON)
    return town


def browser(town: towns.Town, role: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.people[role])
    return client


def test_a_notice_stands_in_the_inbox_of_whom_it_concerns(told: towns.Town) -> None:
    assert "请先登录。" in browser(told, "acceptor").get("/notices").content.decode()
    assert "请先登录。" not in browser(told, "dispatcher").get("/notices").content.decode()


def test_opening_a_notice_marks_it_as_read_and_leads_on(told: towns.Town) -> None:
    key = queries.inbox(told.acceptor.pk)[0].pk

    answer = browser(told, "acceptor").post(f"/notices/{key}/open")

    assert answer["Location"] == "/cases"
    assert queries.unread_count(told.acceptor.pk) == 0


def test_nobody_opens_the_notice_of_another(told: towns.Town) -> None:
    key = queries.inbox(told.acceptor.pk)[0].pk

    assert browser(told, "dispatcher").post(f"/notices/{key}/open").status_code == 404
    assert queries.unread_count(told.acceptor.pk) == 1


def test_the_bell_counts_what_is_unread(told: towns.Town) -> None:
    page = browser(told, "acceptor").get("/notices").content.decode()

    assert "通知，1 条未读" in page
