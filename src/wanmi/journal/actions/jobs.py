"""Jobs: leased rows, done at least once, retried with back-off, re-dated if periodic."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from ..models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 8

Work = Callable[[dict[str, Any]], None]
_works: dict[str, Work] = {}


def offer_job(name: str, work: Work) -> None:
    """Say which function does the jobs of a name."""
    _works[name] = work


def schedule(
    name: str,
    payload: dict[str, Any] | None = None,
    *,
    due_at: datetime | None = None,
    key: str | None = None,
    every_seconds: int | None = None,
) -> None:
    """Ask for work in the current transaction; a key already waiting is asked for once.

    `every_seconds` re-dates the job each time it is done.
    """
    values = {
        "name": name,
        "payload": payload or {},
        "due_at": due_at or datetime.now(UTC),
        "every_seconds": every_seconds,
    }
    Job.objects.bulk_create([Job(key=key, **values)], ignore_conflicts=key is not None)


def do_due_jobs(*, limit: int = 20, now: datetime | None = None) -> int:
    """Take due jobs under a lease and do them; return how many were taken."""
    now = now or datetime.now(UTC)
    jobs = _claim(limit, now)
    for job in jobs:
        _do(job, now)
    return len(jobs)


def _claim(limit: int, now: datetime) -> list[Job]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    with transaction.atomic():
        waiting = Job.objects.filter(
            free, due_at__lte=now, done_at__isnull=True, dead_at__isnull=True, name__in=_works
        ).order_by("due_at")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        jobs = list(waiting[:limit])
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(lease_until=now + LEASE)
    return jobs


def _do(job: Job, now: datetime) -> None:
    try:
        with transaction.atomic():
            _works[job.name](job.payload)
            _finish(job, now)
    except Exception as error:
        log.exception("job %s %s failed", job.pk, job.name)
        _postpone(job, error, now)


def _finish(job: Job, now: datetime) -> None:
    mine = Job.objects.filter(pk=job.pk)
    if job.every_seconds:
        due_at = now + timedelta(seconds=job.every_seconds)
        mine.update(due_at=due_at, lease_until=None, attempts=0, error="")
    else:
        mine.update(done_at=now, lease_until=None, key=None)


def _postpone(job: Job, error: Exception, now: datetime) -> None:
    attempts = job.attempts + 1
    wait = timedelta(seconds=min(15 * 2**attempts, 3600))
    dead = now if attempts >= ATTEMPTS and not job.every_seconds else None
    Job.objects.filter(pk=job.pk).update(
        attempts=min(attempts, 30_000),
        error=f"{type(error).__name__}: {error}"[:2000],
        due_at=now + wait,
        lease_until=None,
        dead_at=dead,
    )
