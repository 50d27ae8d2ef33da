"""`board`: the desk of a district leader over 1,000,000 cases, 50,000 of them open.

Floors: at most 12 SQL statements; the page takes at most 3 times as long as its
statements alone; and at most 1.5 times as long as over a tenth of the cases.
"""

import time
from collections.abc import Iterable
from typing import Any

from benchmarks.cases_list import load
from benchmarks.harness import Figures, Options, databases, measure_in, percentile

STATEMENTS_FLOOR, FLOOR, GROWTH_FLOOR = 12, 3.0, 1.5
ROUNDS, WARM_UP = 15, 4
DISTRICT = "99/9901/990101/"


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            figures = measure_in(database, "board", options)
            yield from (figures[name] for name in ("statements", "board", "growth"))


def measure(options: Options) -> Figures:
    """Measure over a tenth of the cases, then over all."""
    from tests import town as towns

    town = towns.build()
    client = _leader(town)
    tenth, whole = (10_000, 100_000) if options.small else (100_000, 1_000_000)
    load(1, tenth, town.garbage.pk)
    small, _, _ = _measure(client)
    load(tenth + 1, whole, town.garbage.pk)
    page, alone, statements = _measure(client)
    return {
        "statements": _figure(
            "statements", len(statements), STATEMENTS_FLOOR, "statements", STATEMENTS_FLOOR
        ),
        "board": _figure("", _ms(page), _ms(alone), "ms", FLOOR),
        "growth": _figure("growth", _ms(page), _ms(small), "ms", GROWTH_FLOOR),
    }


def _figure(name: str, value: float, peer: float, unit: str, floor: float) -> Figures:
    from django.db import connection

    ratio = value / peer
    reached = value <= floor if unit == "statements" else ratio <= floor
    return {
        "name": f"board {name} {connection.vendor}".replace("  ", " "),
        "value": value,
        "peer": peer,
        "unit": unit,
        "ratio": round(ratio, 2),
        "floor": floor,
        "passed": reached,
    }


def _leader(town: Any) -> Any:
    """Give the first district a leader, signed in."""
    from datetime import date

    from django.test import Client

    from wanmi.accounts import actions as accounts
    from wanmi.organisation import actions as organisation

    body = organisation.found_body(
        "DISTRICT", kind="bureau", level="district", name_zh="区城管局", area_path=DISTRICT
    )
    post = organisation.make_post(body, "leader")
    person = accounts.open_account(
        "district_leader", password="a-long-bench-password", name_zh="区领导"
    )
    organisation.appoint(person.pk, post, from_date=date(2026, 1, 1))
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(person)
    return client


def _measure(client: Any) -> tuple[float, float, list[tuple[str, Any]]]:
    """Return the median seconds of the page and of its statements alone, and these."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    statements: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    for _ in range(WARM_UP):
        client.get("/")
    with connection.execute_wrapper(keep), CaptureQueriesContext(connection):
        assert client.get("/").status_code == 200
    pages, alone = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get("/")
        between = time.perf_counter()
        _run(statements)
        pages.append(between - began)
        alone.append(time.perf_counter() - between)
    return percentile(pages, 0.5), percentile(alone, 0.5), statements


def _run(statements: list[tuple[str, Any]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
