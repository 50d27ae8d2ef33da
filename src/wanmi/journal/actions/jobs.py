"""Jobs: leased rows, done at least once, retried with back-off, re-dated if periodic."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ..models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 8

Work = Callable[[dict[str, Any]], None]
_works: dict[str, Work] = {}


_periods: dict[str, int] = {}


_abroad: set[str] = set()


def offer_job(
    name: str, work: Work, *, every_seconds: int | None = None, abroad: bool = False
) -> None:
    """Say which function does the jobs of a name; with a period it is done again and again.

    The work and the job's end are one transaction, so its rows are written
    exactly once; what it does outside the database may happen twice. Work
    `abroad` waits for other machines: it runs outside any transaction, lest
    writers wait with it, and must bear being done twice.
    """
    _works[name] = work
    if abroad:
        _abroad.add(name)
    if every_seconds is not None:
        _periods[name] = every_seconds


def schedule_periodic() -> None:
    """Enter a row for each periodic job that has none; several workers never double it."""
    waiting = set(Job.objects.filter(key__in=_periods).values_list("key", flat=True))
    for name in _periods.keys() - waiting:
        schedule(name, key=name, every_seconds=_periods[name])


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
    """Take due jobs one by one, each under its own lease; return how many were taken."""
    taken = 0
    while taken < limit and (job := _claim(now or datetime.now(UTC))) is not None:
        _do(job, now or datetime.now(UTC))
        taken += 1
    return taken


def _claim(now: datetime) -> Job | None:
    """Lease the job that has waited longest.

    The attempt is counted here, not at its end: a job that kills its worker
    must not come back for ever.
    """
    if not _open_jobs(now).exists():
        # Asked without a transaction, so that an idle worker never queues up with writers.
        return None
    with transaction.atomic():
        waiting = _open_jobs(now)
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.order_by("due_at", "id").first()
        if job is None:
            return None
        job.attempts, job.lease_until = min(job.attempts + 1, 30_000), now + LEASE
        if job.attempts > ATTEMPTS and not job.every_seconds:
            Job.objects.filter(pk=job.pk).update(dead_at=now, error=job.error or "never came back")
            return None
        Job.objects.filter(pk=job.pk).update(attempts=job.attempts, lease_until=job.lease_until)
    return job


def _open_jobs(now: datetime) -> QuerySet[Job]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Job.objects.filter(
        free, due_at__lte=now, done_at__isnull=True, dead_at__isnull=True, name__in=list(_works)
    )


def _do(job: Job, now: datetime) -> None:
    try:
        if job.name in _abroad:
            _works[job.name](job.payload)
        with transaction.atomic():
            if not _still_mine(job):
                return
            if job.name not in _abroad:
                _works[job.name](job.payload)
            _finish(job, now)
    except Exception as error:
        log.exception("job %s %s failed", job.pk, job.name)
        _postpone(job, error, now)


def _still_mine(job: Job) -> bool:
    """Lock the row and say whether the lease is still this worker's."""
    rows = Job.objects.select_for_update().filter(
        pk=job.pk, lease_until=job.lease_until, done_at__isnull=True
    )
    return rows.first() is not None


def _finish(job: Job, now: datetime) -> None:
    mine = Job.objects.filter(pk=job.pk)
    if job.every_seconds:
        due_at = now + timedelta(seconds=job.every_seconds)
        mine.update(due_at=due_at, lease_until=None, attempts=0, error="")
    else:
        mine.update(done_at=now, lease_until=None, key=None)


def _postpone(job: Job, error: Exception, now: datetime) -> None:
    wait = timedelta(seconds=min(15 * 2**job.attempts, 3600))
    dead = now if job.attempts >= ATTEMPTS and not job.every_seconds else None
    Job.objects.filter(pk=job.pk, lease_until=job.lease_until).update(
        error=_printable(f"{type(error).__name__}: {error}"),
        due_at=now + wait,
        lease_until=None,
        dead_at=dead,
    )


def _printable(text: str) -> str:
    # An error may quote what could not be stored in the first place.
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:2000]
