"""Jobs: leased, retried, given up, periodic; at least once and never twice at a time."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from wanmi.journal import actions as journal
from wanmi.journal.actions import jobs
from wanmi.journal.models import Job

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """Work that fails."""


def _breaking(payload: dict[str, Any]) -> None:
    raise Broken("because\x00")


def test_work_is_done_once_when_due() -> None:
    done: list[Any] = []
    journal.offer_job("w", done.append)
    journal.schedule("w", {"n": 1}, due_at=NOW)

    early = journal.do_due_jobs(now=NOW - timedelta(seconds=1))
    first, second = journal.do_due_jobs(now=NOW), journal.do_due_jobs(now=NOW)

    assert (early, first, second) == (0, 1, 0)
    assert done == [{"n": 1}]


def test_a_key_that_waits_is_asked_for_once_and_may_come_again() -> None:
    done: list[Any] = []
    journal.offer_job("w", done.append)
    for _ in range(3):
        journal.schedule("w", key="k", due_at=NOW)
    journal.do_due_jobs(now=NOW)
    journal.schedule("w", key="k", due_at=NOW)
    journal.do_due_jobs(now=NOW)

    assert len(done) == 2


def test_work_asked_for_in_a_failed_deed_is_never_done() -> None:
    @journal.deed()
    def fail() -> None:
        journal.schedule("w", due_at=NOW)
        raise Broken

    with pytest.raises(Broken):
        fail()

    assert not Job.objects.exists()


def test_failed_work_is_undone_retried_later_and_given_up_at_last() -> None:
    def half(payload: dict[str, Any]) -> None:
        journal.schedule("other", due_at=NOW)
        raise Broken("because\x00")

    journal.offer_job("w", half)
    journal.schedule("w", due_at=NOW)
    moment, waits = NOW, []
    for _ in range(jobs.ATTEMPTS):
        journal.do_due_jobs(now=moment)
        job = Job.objects.get(name="w")
        waits.append((job.due_at - moment).total_seconds())
        moment = job.due_at

    assert not Job.objects.filter(name="other").exists()
    assert waits[:3] == [30, 60, 120]
    assert waits == sorted(waits)
    assert job.dead_at is not None
    assert job.error == "Broken: because"
    assert journal.do_due_jobs(now=moment + timedelta(days=1)) == 0


def test_a_killed_worker_s_job_comes_back_after_its_lease() -> None:
    done: list[Any] = []
    journal.offer_job("w", done.append)
    journal.schedule("w", due_at=NOW)
    assert jobs._claim(NOW) is not None  # and the worker is killed here

    assert journal.do_due_jobs(now=NOW + jobs.LEASE / 2) == 0
    assert journal.do_due_jobs(now=NOW + jobs.LEASE * 1.01) == 1
    assert len(done) == 1


def test_a_job_that_kills_its_worker_ends_as_a_dead_letter() -> None:
    journal.offer_job("w", lambda payload: None)
    journal.schedule("w", due_at=NOW)
    moment = NOW
    for _ in range(jobs.ATTEMPTS):
        assert jobs._claim(moment) is not None
        moment += jobs.LEASE * 1.01

    assert jobs._claim(moment) is None
    assert Job.objects.get().dead_at is not None


def test_a_lost_lease_does_nothing() -> None:
    done: list[Any] = []
    journal.offer_job("w", done.append)
    journal.schedule("w", due_at=NOW)
    slow = jobs._claim(NOW)
    assert slow is not None
    later = NOW + jobs.LEASE * 1.01
    journal.do_due_jobs(now=later)

    jobs._do(slow, later)

    assert len(done) == 1


def test_periodic_work_is_re_dated_even_after_failing() -> None:
    journal.offer_job("p", _breaking, every_seconds=60)
    journal.schedule_periodic()
    journal.schedule_periodic()
    job = Job.objects.get(name="p")
    for _ in range(jobs.ATTEMPTS + 3):
        journal.do_due_jobs(now=job.due_at)
        job.refresh_from_db()
    journal.offer_job("p", lambda payload: None)
    moment = job.due_at
    journal.do_due_jobs(now=moment)

    job.refresh_from_db()
    assert (job.due_at, job.attempts, job.error) == (moment + timedelta(seconds=60), 0, "")
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_workers_do_each_job_once() -> None:
    done: list[int] = []
    journal.offer_job("w", lambda payload: done.append(payload["n"]))
    for number in range(40):
        journal.schedule("w", {"n": number}, due_at=NOW)

    def work() -> None:
        try:
            while journal.do_due_jobs(now=NOW):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(done) == list(range(40))
