"""Listeners: each entry once, in order, whoever fails and however many workers there are."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.journal.events import Seen
from wanmi.journal import actions as journal
from wanmi.journal.events import Entry, listen
from wanmi.journal.models import Job

pytestmark = pytest.mark.django_db


def _hear_all() -> None:
    while journal.hear_news():
        pass


def _publish(count: int) -> None:
    for number in range(count):
        journal.publish(Seen(number), by=None)


def test_a_listener_hears_its_kinds_in_order_and_once() -> None:
    heard: list[int] = []
    listen(Seen, name="t")(lambda entry: heard.append(entry.data["id"]))
    _publish(5)

    _hear_all()
    _hear_all()

    assert heard == [0, 1, 2, 3, 4]


def test_other_kinds_are_passed_by() -> None:
    heard: list[Entry] = []
    listen(name="t")(heard.append)
    _publish(3)

    _hear_all()

    assert heard == []
    assert journal.hear_news() == 0


def test_one_bad_entry_is_left_to_a_job_and_holds_nothing_up() -> None:
    heard: list[int] = []
    bad = {2}

    @listen(Seen, name="t")
    def hear(entry: Entry) -> None:
        journal.schedule("trace", {"id": entry.data["id"]})
        if entry.data["id"] in bad:
            raise RuntimeError("not today")
        heard.append(entry.data["id"])

    _publish(4)
    _hear_all()
    traced = [job.payload["id"] for job in Job.objects.filter(name="trace").order_by("id")]
    bad.clear()
    journal.do_due_jobs(now=datetime.now(UTC) + timedelta(minutes=1))

    assert traced == [0, 1, 3]
    assert heard == [0, 1, 3, 2]


def test_a_listener_that_fails_does_not_stop_another() -> None:
    heard: list[int] = []

    @listen(Seen, name="bad")
    def fail(entry: Entry) -> None:
        raise RuntimeError

    listen(Seen, name="good")(lambda entry: heard.append(entry.number))
    _publish(2)

    _hear_all()

    assert len(heard) == 2


def test_a_dropped_listener_s_retry_ends_quietly() -> None:
    journal.schedule("journal.hear_again", {"listener": "gone", "number": 1})

    journal.do_due_jobs()

    assert Job.objects.get().done_at is not None


def test_an_idle_round_costs_two_queries(django_assert_num_queries: object) -> None:
    listen(Seen, name="t")(lambda entry: None)
    listen(Seen, name="u")(lambda entry: None)
    _publish(1)
    _hear_all()

    with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture
        journal.hear_news()


@pytest.mark.django_db(transaction=True)
def test_three_workers_never_double_an_effect() -> None:
    @listen(Seen, name="t")
    def hear(entry: Entry) -> None:
        journal.schedule("trace", {"number": entry.number})

    _publish(120)

    def work() -> None:
        try:
            for _ in range(30):
                journal.hear_news()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    _hear_all()

    numbers = [job.payload["number"] for job in Job.objects.filter(name="trace").order_by("id")]
    assert numbers == list(range(1, 121))
