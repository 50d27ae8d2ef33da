"""`live`: from the commit of a deed until it is heard on an open stream.

A real server with one web process; the deeds are done one by one in this
process. Peer: the quarter of a second between two looks that a page would wait
at most if the journal were asked from time to time; floor: p95 below it.
"""

import http.client
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from benchmarks.harness import Figures, Options, databases, measure_in, percentile

PEER_SECONDS = 0.25
EVENTS, SMALL = 200, 20
_SERVE = "serve --workers 1 --no-worker --port"


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            yield measure_in(database, "live", options)


def measure(options: Options) -> Figures:
    """Serve this database, listen, and take the time of each deed to its line."""
    from django.conf import settings
    from django.db import connection

    from tests import town as towns
    from tests.servers import free_port
    from wanmi.accounts import actions as accounts

    town = towns.build()
    token = accounts.give_token("admin", towns.PASSWORD)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "wanmi.config.commandline", *_SERVE.split(), str(port)],
        env=os.environ | {"WANMI_SECRET_KEY": settings.SECRET_KEY},
        stdout=subprocess.DEVNULL,
    )
    try:
        stream = _listen(f"http://127.0.0.1:{port}", token)
        taken = [_heard_after(stream, town.admin) for _ in range(_count(options))]
    finally:
        server.terminate()
        server.wait(20)
    p95 = percentile(taken, 0.95)
    return {
        "name": f"live-{connection.vendor}",
        "value": round(p95 * 1000, 1),
        "peer": PEER_SECONDS * 1000,
        "unit": "ms p95",
        "ratio": round(p95 / PEER_SECONDS, 3),
        "floor": 1.0,
        "passed": p95 <= PEER_SECONDS,
        "p50_ms": round(percentile(taken, 0.5) * 1000, 1),
        "p99_ms": round(percentile(taken, 0.99) * 1000, 1),
        "events": len(taken),
    }


def _count(options: Options) -> int:
    return SMALL if options.small else EVENTS


def _listen(url: str, token: str) -> http.client.HTTPResponse:
    deadline = time.monotonic() + 60
    while True:
        try:
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
            connection.request("GET", "/events", headers={"Authorization": f"Bearer {token}"})
            stream = connection.getresponse()
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    # The hub's first look is over once the welcome and a moment have passed.
    stream.readline()
    time.sleep(0.5)
    return stream


def _heard_after(stream: http.client.HTTPResponse, user: object) -> float:
    from wanmi.accounts import actions as accounts

    # Apart from each other by an odd time, so that no rhythm of looking helps.
    time.sleep(0.01 + secrets.randbelow(100) / 1000)
    accounts.note_sign_in(user)  # type: ignore[arg-type]  # an account
    began = time.perf_counter()
    while b"accounts.SignedIn" not in stream.readline():
        pass
    return time.perf_counter() - began
