"""Figures of the journal, its listeners and jobs, and of the database as a whole."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, Min, Q

from wanmi.shell.metrics import Figure

from .events import listeners
from .models import Job, ListenerPosition
from .queries import head_number


def figures() -> Iterator[Figure]:
    """Tell how long the journal is, who is behind, and what work waits."""
    head = head_number()
    yield Figure("wanmi_journal_entries", "Entries of the journal", head)
    heard = dict(ListenerPosition.objects.values_list("name", "number"))
    for listener in listeners():
        behind = head - heard.get(listener.name, 0)
        words = "Entries a listener has not heard yet"
        yield Figure("wanmi_listener_behind", words, behind, {"listener": listener.name})
    yield from _jobs(datetime.now(UTC))
    yield Figure("wanmi_database_bytes", "Size of the database", _database_bytes())


def _jobs(now: datetime) -> Iterator[Figure]:
    unfinished = Q(done_at__isnull=True, dead_at__isnull=True)
    due = unfinished & Q(due_at__lte=now)
    found = Job.objects.filter(done_at__isnull=True).aggregate(
        due=Count("pk", filter=due),
        later=Count("pk", filter=unfinished & Q(due_at__gt=now)),
        dead=Count("pk", filter=Q(dead_at__isnull=False)),
        failing=Count("pk", filter=unfinished & ~Q(error="")),
        since=Min("due_at", filter=due),
    )
    for state in ("due", "later", "dead", "failing"):
        words = "Jobs in the outbox: due, due later, given up, tried in vain so far"
        yield Figure("wanmi_jobs", words, found[state], {"state": state})
    waited = (now - found["since"]).total_seconds() if found["since"] else 0.0
    yield Figure("wanmi_job_wait_seconds", "How long the oldest due job has waited", waited)


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])
