"""The inbox: told once, in the reader's language, to those it concerns."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import translation

from tests.town import INSIDE, MONDAY_MORNING, Town
from wanmi.cases import actions as cases
from wanmi.journal import actions as journal
from wanmi.journal import queries as entries
from wanmi.notices import actions as notices
from wanmi.notices import queries

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def _client(user: object) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(user)  # type: ignore[arg-type]  # an account
    return client


def _tell(*people: int, at: datetime = NOON) -> int:
    return notices.tell(
        people,
        kind="test",
        message="%(step)s: case %(number)s waits for you.",
        params={"step": {"zh": "立案", "en": "File"}, "number": "N1"},
        link="/cases/N1",
        subject="task:1",
        at=at,
    )


def test_a_notice_is_shown_in_the_reader_s_language(town: Town) -> None:
    _tell(town.acceptor.pk)
    notice = queries.inbox(town.acceptor.pk)[0]

    with translation.override("zh-hans"):
        assert notice.sentence == "立案：案件 N1 等您办理。"
    with translation.override("en"):
        assert notice.sentence == "File: case N1 waits for you."


def test_the_same_is_told_once_and_told_is_journalled_without_names(town: Town) -> None:
    told = [_tell(town.acceptor.pk, town.handler.pk) for _ in range(2)]

    assert told == [2, 0]
    entry = entries.after(entries.head_number() - 1)[0]
    assert entry.kind == "notices.NoticeTold"
    assert entry.data["users"] == sorted([town.acceptor.pk, town.handler.pk])
    assert "N1" not in str(entry.data)


def test_the_bell_counts_what_is_unread(town: Town) -> None:
    _tell(town.acceptor.pk)
    client = _client(town.acceptor)

    assert "count--waiting" in client.get("/notices/bell").content.decode()
    notices.mark_all_read(by=town.acceptor)
    assert "count--waiting" not in client.get("/notices/bell").content.decode()


def test_programs_read_it_too(town: Town) -> None:
    for minute in range(3):
        _tell(town.acceptor.pk, at=NOON + timedelta(minutes=minute))
    client = _client(town.acceptor)

    first = client.get("/api/v1/notices?limit=2").json()
    rest = client.get(f"/api/v1/notices?limit=2&cursor={first['next']}").json()

    assert (first["unread"], len(first["items"]), len(rest["items"])) == (3, 2, 1)


def test_who_may_take_an_opened_task_is_told(town: Town) -> None:
    case = cases.report("垃圾", lon=INSIDE[0], lat=INSIDE[1], by=town.supervisor, at=MONDAY_MORNING)

    while journal.hear_news():
        pass

    told = queries.inbox(town.acceptor.pk)
    assert [notice.link for notice in told] == [f"/cases/{case.number}"]
    assert queries.inbox(town.supervisor.pk) == []
