"""`tracks`: batches of positions over HTTP to durable rows, against a bare bulk insert.

Eight telephones send an hour of positions at a time (360, one in ten seconds) to two worker
processes. Peer: one process without HTTP enters the same positions, one transaction a batch,
as narrow rows with the key that makes a repetition harmless: `executemany` on SQLite, `COPY`
on PostgreSQL, the same pragmas and the same server. Floor: ratio 0.4 on either.
"""

import json
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from multiprocessing.queues import Queue
from typing import Any

from benchmarks.clients import Answers, Connection
from benchmarks.harness import Database, Figures, Options, databases, measure_in, percentile
from benchmarks.serving import ROOT, python, serving

FLOOR = 0.4
PHONES, BATCH = 8, 360
ROUNDS, SECONDS = 4, 3.0
PORT = 8694
BEGUN_MS = 1_790_000_000_000
"""A moment of 2026; the stints of the telephones began before it."""

_SETUP = """
import django, json
django.setup()
from datetime import datetime, timedelta, UTC
from tests import town
from wanmi.accounts import actions as accounts
from wanmi.organisation import actions as organisation
from wanmi.organisation.models import Post
from wanmi.dispatch.models import Stint
found = town.build()
post = Post.objects.get(role__code="supervisor")
tokens = []
for n in range(%d):
    user = accounts.open_account(f"phone{n}", password=town.PASSWORD, name_zh="采集员")
    organisation.appoint(user.pk, post)
    begun = datetime.fromtimestamp(%d / 1000, UTC) - timedelta(days=1)
    Stint.objects.create(person=user, area_path=town.STREET, day=begun.date(), signed_on_at=begun)
    tokens.append(accounts.give_token(user.username, town.PASSWORD))
print(json.dumps(tokens))
"""


def run(options: Options) -> Iterator[Figures]:
    """Measure SQLite, and PostgreSQL where one answers."""
    with databases() as found:
        for database in found:
            yield _compare(database, options)


def _compare(database: Database, options: Options) -> Figures:
    """Let telephones and the bare insert take turns in short rounds."""
    environ = {
        **os.environ,
        "WANMI_HOME": str(database.home),
        "WANMI_DATABASE_URL": database.url,
        "DJANGO_SETTINGS_MODULE": "wanmi.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    python(environ, "-m", "django", "migrate", "-v0")
    tokens = json.loads(python(environ, "-c", _SETUP % (PHONES, BEGUN_MS)).splitlines()[-1])
    rounds, seconds = (1, 0.5) if options.small else (ROUNDS, SECONDS)
    ours, bare, asked = Answers(), [], 0
    with serving(environ, port=PORT):
        _all_phones(tokens, 0, 0.5)
        for number in range(1, rounds + 1):
            before = _kept(environ)
            answers = _all_phones(tokens, number, seconds)
            asked += sum(answers.statuses.values())
            ours.wall, wall = ours.wall + answers.wall, ours.wall
            ours.add(answers)
            ours.wall = wall + answers.wall
            kept = _kept(environ) - before
            assert kept == BATCH * answers.statuses.get(201, 0), "an answered batch is not there"
            bare.append(measure_in(database, "tracks", options)["per_second"])
    value, peer = asked * BATCH / ours.wall, sum(bare) / len(bare)
    return {
        "name": f"tracks/{database.engine}",
        "value": round(value),
        "peer": round(peer),
        "unit": "positions/s",
        "ratio": round(value / peer, 3),
        "floor": FLOOR,
        "passed": value / peer >= FLOOR and not ours.errors,
        "batch": BATCH,
        "batches_per_second": round(asked / ours.wall, 1),
        "p50_ms": round(1000 * percentile(ours.seconds, 0.5), 1),
        "p99_ms": round(1000 * percentile(ours.seconds, 0.99), 1),
        "errors": ours.errors,
    }


def _kept(environ: dict[str, str]) -> int:
    script = (
        "import django; django.setup(); from django.db.models import Sum; "
        "from wanmi.dispatch.models import TrackPart; "
        "print(TrackPart.objects.aggregate(n=Sum('count'))['n'] or 0)"
    )
    return int(python(environ, "-c", script))


def _all_phones(tokens: list[str], number: int, seconds: float) -> Answers:
    """Let all telephones send for some seconds, half of them from a process each."""
    context = multiprocessing.get_context("fork")
    results: Queue[Answers] = context.Queue()
    halves = [list(enumerate(tokens))[place::2] for place in range(2)]
    processes = [
        context.Process(target=_some_phones, args=(results, half, number, seconds))
        for half in halves
    ]
    for process in processes:
        process.start()
    total = Answers()
    for _ in processes:
        total.add(results.get())
    for process in processes:
        process.join()
    return total


def _some_phones(
    results: "Queue[Answers]", phones: list[tuple[int, str]], number: int, seconds: float
) -> None:
    """Encode what will be sent first: telephones have processors of their own."""
    ready = [(token, _bodies(phone, number, int(400 * seconds))) for phone, token in phones]
    each = [Answers() for _ in ready]
    threads = [
        threading.Thread(target=_one_phone, args=(answers, token, bodies, seconds))
        for answers, (token, bodies) in zip(each, ready, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Answers()
    for answers in each:
        total.add(answers)
    results.put(total)


def _one_phone(answers: Answers, token: str, bodies: list[bytes], seconds: float) -> None:
    connection = Connection(PORT, {"Authorization": f"Bearer {token}"})
    begun = time.perf_counter()
    for body in bodies:
        sent = time.perf_counter()
        if sent - begun >= seconds:
            break
        status, _ = connection.send("/api/v1/tracks", body)
        answers.seconds.append(time.perf_counter() - sent)
        answers.statuses[status] = answers.statuses.get(status, 0) + 1
    answers.wall = time.perf_counter() - begun


def _bodies(phone: int, number: int, count: int) -> list[bytes]:
    return [_body(phone, number * 100_000 + place) for place in range(count)]


def _body(phone: int, place: int) -> bytes:
    columns = _columns(phone, place)
    names = ("sequence", "at", "lon", "lat", "accuracy_m", "speed_ms", "battery")
    said = {"device": f"phone{phone}", **dict(zip(names, columns, strict=True))}
    return json.dumps(said, separators=(",", ":")).encode()


def _columns(phone: int, place: int) -> list[list[Any]]:
    """Return an hour of positions as columns, as a browser gives them."""
    first = place * BATCH
    numbers = range(first, first + BATCH)
    return [
        list(numbers),
        [BEGUN_MS + 10_000 * (n % 300_000) for n in numbers],
        [round(120.0 + (n * 37 % 40_000) / 1e7, 7) for n in numbers],
        [round(30.0 + (n * 53 % 10_000) / 1e7, 7) for n in numbers],
        [4.0 + n % 17 for n in numbers],
        [round(n % 16 / 10, 1) for n in numbers],
        [100 - n % 90 for n in numbers],
    ]


def measure(options: Options) -> Figures:
    """Enter batches of the same positions in bulk, without HTTP; return positions per second."""
    from django.db import connection

    rows = [_rows(place) for place in range(20)]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_position")
        cursor.execute(
            "CREATE TABLE bench_position (device bigint, sequence bigint, at bigint,"
            " lon double precision, lat double precision, accuracy_m double precision,"
            " speed_ms double precision, battery smallint, PRIMARY KEY (device, sequence))"
        )
    seconds, spent, entered = (0.3 if options.small else 3.0), 0.0, 0
    while spent < seconds:
        batch = [(entered + place, *row[1:]) for place, row in enumerate(rows[entered % 20])]
        begun = time.perf_counter()
        _enter(batch)
        spent += time.perf_counter() - begun
        entered += BATCH
    return {"per_second": entered / spent}


def _rows(place: int) -> list[tuple[Any, ...]]:
    return list(zip(*_columns(0, place), strict=True))


def _enter(batch: list[tuple[Any, ...]]) -> None:
    from django.db import connection, transaction

    with transaction.atomic():
        if connection.vendor == "sqlite":
            connection.connection.executemany(
                "INSERT INTO bench_position VALUES (1, ?, ?, ?, ?, ?, ?, ?)", batch
            )
            return
        with (
            connection.connection.cursor() as cursor,
            cursor.copy("COPY bench_position FROM STDIN") as copy,
        ):
            for row in batch:
                copy.write_row((1, *row))


if __name__ == "__main__":
    for figures in run(Options()):
        print(figures)
