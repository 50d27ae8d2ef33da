"""`open311`: requests brought and listed by programs of others.

Posting: forms without media over HTTP against the bare endpoint that inserts
one row, as `intake` measures it; floor: ratio 0.25. Listing: 50 requests by
box, time and status in this process against the bare SQL for the same rows;
floors: p95 at most 5 times that p95 over 1,000,000 requests, and at most 1.5
times the p95 over a tenth of them.
"""

import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import intake
from benchmarks.cases_list import load
from benchmarks.clients import FORM, Answers, hammer
from benchmarks.harness import (
    Database,
    Figures,
    Options,
    databases,
    measure_in,
    percentile,
)
from benchmarks.placing import CELL, make_cells

POST_FLOOR, LIST_FLOOR, GROWTH_FLOOR = 0.25, 5.0, 1.5
TURNS = 10
BEGAN, STEP_S = 1_704_067_200, 90
PATH = "/open311/v2/requests.json"

_SETUP = """
import django
django.setup()
from benchmarks.bare import make_table
from tests import town
from wanmi.exchange import actions as exchange
make_table()
found = town.build()
print(exchange.issue_key("bench", by=found.admin)[1])
"""


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            with tempfile.TemporaryDirectory(prefix="wanmi-open311-") as folder:
                yield _posting(database, Path(folder), options)
        for database in found:
            both = measure_in(database, "open311", options)
            yield both["list"]
            yield both["growth"]


def _posting(database: Database, home: Path, options: Options) -> Figures:
    """Serve the town and post forms to it, in turns with the bare endpoint."""
    environ = {
        **intake.environ_of(database.url, home),
        "WANMI_OPEN311_PER_MINUTE": "100000000",  # measured is the work, not the limit
    }
    intake.python(environ, "-m", "django", "migrate", "-v0")
    key = intake.python(environ, "-c", _SETUP).splitlines()[-1]
    rounds, seconds = (1, 1.0) if options.small else (intake.ROUNDS, intake.ROUND_SECONDS)
    ours, bare = Answers(), Answers()
    with intake.serving(environ):
        for turn in range(rounds + 1):
            for total, taken in (
                (ours, _hammer(PATH, lambda n: _form(n, key), {FORM: "1"}, seconds)),
                (bare, _hammer("/bench/bare", intake.report_body, {}, seconds)),
            ):
                if turn:  # the first turn warms the caches
                    total.take_turn(taken)
    ratio = ours.per_second / bare.per_second
    errors = ours.errors + bare.errors
    return {
        "name": f"open311 post {database.engine}",
        "value": round(ours.per_second, 1),
        "peer": round(bare.per_second, 1),
        "unit": "posts/s",
        "ratio": round(ratio, 3),
        "floor": POST_FLOOR,
        "p50_ms": round(ours.percentile_ms(0.5), 1),
        "p99_ms": round(ours.percentile_ms(0.99), 1),
        "errors": errors,
        "passed": ratio >= POST_FLOOR and not errors,
    }


def _hammer(path: str, body: Any, headers: dict[str, str], seconds: float) -> Answers:
    return hammer(intake.PORT, path, body, headers, clients=intake.CLIENTS, seconds=seconds)


def _form(number: int, key: str) -> dict[str, Any]:
    """Return a service request as a program posts it, inside one of the town's grids."""
    given = intake.report_body(number)
    return {
        "api_key": key,
        "service_code": "event-06001",
        "lat": given["lat"],
        "long": given["lon"],
        "address_string": given["address"],
        "description": given["description"],
        "first_name": "Wei",
        "phone": "13812345678",
    }


def measure(options: Options) -> Figures:
    """Measure listing over a tenth of the requests, then over all."""
    from django.db import connection

    from tests import town as towns

    town = towns.build()
    tenth, whole = (2_000, 20_000) if options.small else (100_000, 1_000_000)
    make_cells(whole)
    began = time.perf_counter()
    _load(1, tenth, town.garbage.pk)
    small_ours, _, _ = _measure(tenth)
    _load(tenth + 1, whole, town.garbage.pk)
    loaded = time.perf_counter() - began
    ours, bare, found = _measure(whole)
    p95, bare_p95, small_p95 = (percentile(each, 0.95) for each in (ours, bare, small_ours))
    about = {"unit": "ms p95", "p50_ms": _ms(percentile(ours, 0.5)), "requests": whole}
    about |= {"bare_p50_ms": _ms(percentile(bare, 0.5)), "found_mean": round(found, 1)}
    about |= {"small_p50_ms": _ms(percentile(small_ours, 0.5)), "loading_s": round(loaded, 1)}
    return {
        "list": {
            "name": f"open311 list {connection.vendor}",
            "value": _ms(p95),
            "peer": _ms(bare_p95),
            "ratio": round(p95 / bare_p95, 2),
            "floor": LIST_FLOOR,
            "passed": p95 / bare_p95 <= LIST_FLOOR,
            **about,
        },
        "growth": {
            "name": f"open311 list growth {connection.vendor}",
            "value": _ms(p95),
            "peer": _ms(small_p95),
            "ratio": round(p95 / small_p95, 2),
            "floor": GROWTH_FLOOR,
            "passed": p95 / small_p95 <= GROWTH_FLOOR,
            **about,
        },
    }


def _load(first: int, last: int, category: int) -> None:
    """Enter cases, and for each the request it came by."""
    from django.db import connection

    load(first, last, category, cell=CELL)
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, [f"B{first}", f"B{last}"])
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


_CONTACTS = """
INSERT INTO intake_contact (number, tracking_code, door, outside_id, purpose, title, words, salt,
  state, language, case_id, joined, address, lon, lat, cell, area_path, said_class, may_publish,
  received_at, is_owed, answered_at, rating, rating_words, version)
SELECT 'L' || number, tracking_code, 'open311', '', 'report', '', description, '',
  CASE WHEN ended_at IS NULL THEN 'in_case' ELSE 'answered' END, 'zh-hans', id,
  is_suspended, address, lon, lat, cell, area_path, '', is_located, reported_at,
  ended_at IS NULL, ended_at, '', '', 1
FROM cases_case
WHERE id BETWEEN (SELECT id FROM cases_case WHERE number = %s)
  AND (SELECT id FROM cases_case WHERE number = %s)
ORDER BY id
"""

BOXES = (
    (120.10, 30.10, 120.40, 30.40),
    (120.20, 30.20, 120.25, 30.25),
    (120.30, 30.05, 120.31, 30.06),
)


def _asked(last: int) -> list[dict[str, Any]]:
    """Return the questions: boxes from a city to a block, newest and past months, by status."""
    end = datetime.fromtimestamp(BEGAN + last * STEP_S, UTC)
    past = end - timedelta(days=45)
    return [
        {"box": box, "status": status, "end": moment, "start": moment - timedelta(days=days)}
        for box in BOXES
        for status in ("open", "closed", "")
        for moment, days in ((end, 60), (past, 30))
    ]


def _measure(last: int) -> tuple[list[float], list[float], float]:
    """Return the seconds of our requests and of the bare statements, and how many were found."""
    from django.test import Client

    client = Client()
    asked = _asked(last)
    ours: list[float] = []
    bare: list[float] = []
    found = 0
    for turn in range(TURNS + 2):
        for each in asked:
            given = {
                "bbox": ",".join(str(degrees) for degrees in each["box"]),
                "start_date": each["start"].isoformat(),
                "end_date": each["end"].isoformat(),
                "page": "1",
                "page_size": "50",
                **({"status": each["status"]} if each["status"] else {}),
            }
            began = time.perf_counter()
            answer = client.get(PATH, given)
            between = time.perf_counter()
            rows = _bare(each)
            ended = time.perf_counter()
            codes = [row["service_request_id"] for row in answer.json()]
            assert codes == [row[0] for row in rows], each
            if turn >= 2:  # the first turns warm the caches
                ours.append(between - began)
                bare.append(ended - between)
                found += len(codes)
    return ours, bare, found / len(ours)


def _bare(asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Fetch the same rows as one would write it by hand."""
    from django.db import connection

    west, south, east, north = asked["box"]
    where = (
        "r.received_at BETWEEN %s AND %s AND r.lon BETWEEN %s AND %s AND r.lat BETWEEN %s AND %s"
    )
    given: list[Any] = [asked["start"], asked["end"], west, east, south, north]
    if asked["status"]:
        where += " AND r.is_owed = %s"
        given.append(asked["status"] == "open")
    published = "r.may_publish" if connection.vendor == "postgresql" else "r.may_publish = 1"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.tracking_code, r.words, r.address, r.lon, r.lat, r.is_owed, r.received_at,"
            " r.answered_at, c.state, c.kind, c.category_code, c.category_zh, c.category_en,"
            " c.due_at, c.filed_at, c.dispatched_at, c.handled_at, c.checked_at, c.department_id"
            " FROM intake_contact r LEFT JOIN cases_case c ON c.id = r.case_id"
            f" WHERE {published} AND {where} ORDER BY r.received_at DESC, r.id DESC LIMIT 50",
            given,
        )
        return list(cursor.fetchall())


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
