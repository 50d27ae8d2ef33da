"""`sweep`: 200,000 open clocks, 1 % of them due: one sweep against the bare SQL that selects them.

Ours marks each clock and tells of it in the journal; the peer only reads the
same rows. Floor: the bare statement takes at least 0.3 of the sweep. Memory is
flat when ten times as many due clocks take at most 1.5 times the memory.
"""

import gc
import tracemalloc
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.harness import Figures, Options, databases, in_turns, measure_in

FLOOR, MEMORY_FLOOR = 0.3, 1.5
ROUNDS = 9
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
"""When the sweep happens: Wednesday, ten o'clock in the city."""


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            both = measure_in(database, "sweep", options)
            yield both["sweep"]
            yield both["memory"]


def measure(options: Options) -> Figures:
    """Measure a sweep of 1 % due, then the memory of one of 10 %."""
    from django.db import connection

    clocks = 20_000 if options.small else 200_000
    _load(clocks)
    due = clocks // 100
    found: list[int] = []
    _in_turns(due, found, rounds=2)  # the first turns warm the caches
    ours, bare = _in_turns(due, found, rounds=ROUNDS)
    assert set(found) == {due}
    peak, larger = (min(_peak(n) for _ in range(3)) for n in (due, due * 10))
    common = {"clocks": clocks, "due": due}
    return {
        "sweep": {
            "name": f"sweep {connection.vendor}",
            "value": round(ours * 1000, 2),
            "peer": round(bare * 1000, 2),
            "unit": "ms",
            "ratio": round(bare / ours, 2),
            "floor": FLOOR,
            "passed": bare / ours >= FLOOR,
            **common,
        },
        "memory": {
            "name": f"sweep memory {connection.vendor}",
            "value": round(larger / 1024),
            "peer": round(peak / 1024),
            "unit": "KiB at 10 % and at 1 % due",
            "ratio": round(larger / peak, 2),
            "floor": MEMORY_FLOOR,
            "passed": larger / peak <= MEMORY_FLOOR,
            **common,
        },
    }


def _in_turns(due: int, found: list[int], *, rounds: int) -> tuple[float, float]:
    """Return the median seconds of a sweep and of the bare statement, taking turns."""
    seconds: list[tuple[float, float]] = []
    for _ in range(rounds):
        _make_due(due)
        bare = in_turns(lambda: found.append(len(_bare())), rounds=1)[0]
        ours = in_turns(lambda: _sweep(due), rounds=1)[0]
        seconds.append((ours, bare))
    middle = len(seconds) // 2
    return sorted(s[0] for s in seconds)[middle], sorted(s[1] for s in seconds)[middle]


def _sweep(due: int) -> None:
    from wanmi.workflow import actions as workflow

    turned = workflow.sweep(NOW)
    assert turned == due, turned


def _bare() -> list[tuple[Any, ...]]:
    """Fetch what a sweep needs to know of the due clocks, as one would write it by hand."""
    from django.db import connection

    moment = connection.ops.adapt_datetimefield_value(NOW)
    sql = (
        "SELECT c.id, i.subject, c.due_at, c.escalated_at FROM workflow_clock c"
        " JOIN workflow_instance i ON i.id = c.instance_id"
        " WHERE c.turn_at <= %s AND c.stopped_at IS NULL AND c.paused_at IS NULL"
        " ORDER BY c.turn_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [moment])
        return list(cursor.fetchall())


def _peak(due: int) -> int:
    """Return the most bytes of Python's memory that one sweep takes."""
    _make_due(due)
    gc.collect()
    tracemalloc.start()
    _sweep(due)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _load(clocks: int) -> None:
    """Enter instances with one running clock each, none due yet."""
    from django.db import connection

    from tests import town as towns
    from wanmi.workflow.models import Clock, Instance, Procedure

    towns.build()
    procedure = Procedure.objects.filter(code="standard_case").latest("version")
    started = NOW - timedelta(hours=3)
    for first in range(0, clocks, 2000):
        instances = [
            Instance(
                procedure=procedure,
                subject=f"case:{key}",
                area_path=towns.STREET,
                data={"handling_limit": {"value": "4", "type": "work_hour"}},
                state=b"x" * 1200,
                started_at=started,
            )
            for key in range(first, min(first + 2000, clocks))
        ]
        rows = Instance.objects.bulk_create(instances)
        Clock.objects.bulk_create(_clock(row, started) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _clock(instance: Any, started: datetime) -> Any:
    from wanmi.workflow.models import Clock

    due_at = NOW + timedelta(minutes=20 + instance.pk % 5000)
    return Clock(
        instance=instance,
        stage="handling",
        limit_value="4",
        limit_type="work_hour",
        started_at=started,
        warn_at=due_at - timedelta(minutes=10),
        due_at=due_at,
        turn_at=due_at - timedelta(minutes=10),
    )


def _make_due(count: int) -> None:
    """Let so many clocks be due again, half of them yellow, half of them red.

    Clocks with the same limit that are due together began together: of each of
    five limits, every fifth clock of some stretch is due.
    """
    from django.db.models import Case, F, Q, Value, When

    from wanmi.workflow.models import Clock

    first, last = Clock.objects.earliest("id").pk, Clock.objects.latest("id").pk
    due = Q(pk__in=[])
    for limit in range(5):
        begins = first + limit * (last - first) // 5
        due |= Q(pk__gte=begins, pk__lt=begins + count, left=limit)
    overdue = Case(
        When(half=0, then=Value(NOW - timedelta(minutes=1))),
        default=Value(NOW + timedelta(minutes=30)),
    )
    Clock.objects.annotate(left=F("id") % 5, half=F("id") / 5 % 2).filter(due).update(
        turn_at=NOW - timedelta(minutes=1), due_at=overdue, warned_at=None, escalated_at=None
    )
