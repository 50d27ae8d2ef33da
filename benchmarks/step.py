"""`step`: one workflow step of a case with its database work and journal.

The engine's share and the rest are measured apart. Peer of the rest: the very
statements it sent, replayed through the same cursors in one transaction on a
twin of the database; floor: 4 times that. The processor's own time of both is
told beside it, as other work on the machine does not stretch that. Peer of the
engine: SpiffWorkflow alone, restored from its saved state, doing the step and
saving again; floor: 1.3.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.harness import Figures, Options, databases, measure_in, percentile, twin_of

DATABASE_FLOOR, ENGINE_FLOOR = 4.0, 1.3
CASES, SMALL = 150, 15
TWIN = "twin"

Statement = tuple[str, Any, str]
"""SQL, parameters, how it was sent: one, many, or plain (past Django's cursor)."""


@dataclass
class Taken:
    """Seconds of each step: everything, inside the engine, the bare engine, the bare SQL."""

    whole: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    bare_engine: list[float] = field(default_factory=list)
    bare_sql: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    processor: list[tuple[float, float]] = field(default_factory=list)
    """Seconds of processor of this thread: all but the engine, and the replay."""


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            both = measure_in(database, "step", options)
            yield both["database"]
            yield both["engine"]


def measure(options: Options) -> Figures:
    """Report cases, copy the database, then take every case through every step."""
    from django.db import connection

    from tests import town as towns

    town = towns.build()
    count = SMALL if options.small else CASES
    cases = [_report(town) for _ in range(count)]
    with twin_of(connection.settings_dict, TWIN):
        _drive(town, cases[: count // 5], Taken())  # warms caches, not counted
        taken = Taken()
        _drive(town, cases[count // 5 :], taken)
    return {
        "database": _database_figures(connection.vendor, taken),
        "engine": _engine_figures(connection.vendor, taken),
    }


def _report(town: Any) -> Any:
    from tests.town import INSIDE, MONDAY_MORNING
    from wanmi.cases import actions

    return actions.report(
        "路口有垃圾",
        lon=INSIDE[0],
        lat=INSIDE[1],
        kind="event",
        category="06001",
        by=town.supervisor,
        at=MONDAY_MORNING,
    )


def _steps(town: Any) -> list[tuple[str, Any, dict[str, Any]]]:
    return [
        ("submit", town.acceptor, {"opinion": "属实"}),
        ("file", town.duty_leader, {"standard": town.condition.pk}),
        ("dispatch", town.dispatcher, {"department": "CLEAN"}),
        ("assign", town.department, {"handler": town.handler.pk}),
        ("done", town.handler, {"opinion": "已清理"}),
        ("confirm", town.dispatcher, {}),
        ("pass", town.supervisor, {}),
    ]


def _drive(town: Any, cases: list[Any], taken: Taken) -> None:
    from wanmi.workflow import queries as workflow

    for number, (action, by, fields) in enumerate(_steps(town)):
        at = datetime(2026, 11, 16, 1, 0, tzinfo=UTC) + timedelta(minutes=10 * (number + 1))
        for case in cases:
            key = workflow.open_tasks(f"case:{case.pk}")[0].pk
            _step(key, action, fields, by, at, taken)


def _step(
    key: int, action: str, fields: dict[str, Any], by: Any, at: datetime, taken: Taken
) -> None:
    from wanmi.cases import actions
    from wanmi.workflow import engine, queries

    sent: list[Statement] = []
    inside: list[float] = []
    worked_inside: list[float] = []
    asked: list[Any] = []
    finish = engine.finish

    def timed(*given: Any, **named: Any) -> Any:
        asked.append(given)
        began, worked = time.perf_counter(), time.thread_time()
        try:
            return finish(*given, **named)
        finally:
            inside.append(time.perf_counter() - began)
            worked_inside.append(time.thread_time() - worked)

    with patch.object(engine, "finish", timed), _listening(sent):
        began, worked = time.perf_counter(), time.thread_time()
        task = queries.task(key)
        assert task is not None
        actions.perform_task(task, action, fields, by=by, at=at)
        taken.whole.append(time.perf_counter() - began)
        worked = time.thread_time() - worked - sum(worked_inside)
    taken.engine.append(sum(inside))
    taken.statements.append(len(sent))
    replaying = time.thread_time()
    taken.bare_sql.append(_replay(sent))
    taken.processor.append((worked, time.thread_time() - replaying))
    taken.bare_engine.append(_alone(*asked[0]))


@contextmanager
def _listening(sent: list[Statement]) -> Iterator[None]:
    """Note what is sent through Django's cursor and, on PostgreSQL, through plain ones."""
    import psycopg
    from django.db import connection

    send = psycopg.Cursor.execute

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append((sql, params, "many" if many else "one"))
        return execute(sql, params, many, context)

    def note_plain(cursor: Any, sql: Any, params: Any = None, **more: Any) -> Any:
        if type(cursor) is psycopg.Cursor:
            sent.append((sql, params, "plain"))
        return send(cursor, sql, params, **more)

    with connection.execute_wrapper(note), patch.object(psycopg.Cursor, "execute", note_plain):
        yield


def _replay(sent: list[Statement]) -> float:
    """Send the statements again, on the twin, in one transaction; return the seconds."""
    from django.db import connections, transaction

    twin = connections[TWIN]
    began = time.perf_counter()
    with transaction.atomic(using=TWIN), twin.cursor() as cursor:
        for sql, params, how in sent:
            if how == "many":
                cursor.executemany(sql, params)
                continue
            with _plain_cursor(twin) if how == "plain" else nullcontext(cursor) as ours:
                ours.execute(sql, params, **({"prepare": True} if how == "plain" else {}))
                if ours.description:
                    ours.fetchall()
    return time.perf_counter() - began


def _plain_cursor(twin: Any) -> Any:
    import psycopg

    return psycopg.Cursor(twin.connection)


def _alone(specs: Any, state: bytes, engine_id: str, data: dict[str, Any], **more: Any) -> float:
    """Do the same step with SpiffWorkflow and nothing of ours around it; return the seconds."""
    import zlib

    from wanmi.workflow import engine

    saved = zlib.decompress(state).decode()
    began = time.perf_counter()
    workflow = engine._serializer.deserialize_json(saved)
    workflow.script_engine = engine._scripts
    task = next(each for each in workflow.get_tasks(manual=True) if str(each.id) == engine_id)
    task.data.update(data)
    task.run()
    workflow.do_engine_steps()
    engine._serializer.serialize_json(workflow)
    return time.perf_counter() - began


def _database_figures(vendor: str, taken: Taken) -> Figures:
    rest = [whole - inside for whole, inside in zip(taken.whole, taken.engine, strict=True)]
    ratio = median(rest) / median(taken.bare_sql)
    ours, replay = (median(each) for each in zip(*taken.processor, strict=True))
    return {
        "name": f"step database {vendor}",
        "value": _ms(median(rest)),
        "peer": _ms(median(taken.bare_sql)),
        "unit": "ms",
        "ratio": round(ratio, 2),
        "floor": DATABASE_FLOOR,
        "passed": ratio <= DATABASE_FLOOR,
        "steps": len(taken.whole),
        "steps_per_second": round(len(taken.whole) / sum(taken.whole), 1),
        "p95_ms": _ms(percentile(taken.whole, 0.95)),
        "processor_ms": [_ms(ours), _ms(replay), round(ours / replay, 2)],
        "statements": f"{min(taken.statements)}–{max(taken.statements)}",
    }


def _engine_figures(vendor: str, taken: Taken) -> Figures:
    ratio = median(taken.engine) / median(taken.bare_engine)
    return {
        "name": f"step engine {vendor}",
        "value": _ms(median(taken.engine)),
        "peer": _ms(median(taken.bare_engine)),
        "unit": "ms",
        "ratio": round(ratio, 2),
        "floor": ENGINE_FLOOR,
        "passed": ratio <= ENGINE_FLOOR,
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
