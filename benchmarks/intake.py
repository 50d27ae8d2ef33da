"""`intake`: reports per second against a bare endpoint of the same server that inserts one row.

Two worker processes, eight clients, SQLite and PostgreSQL. Floor: ratio 0.3.
Both endpoints take turns in short rounds, so that a busy machine slows both.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.clients import Answers, hammer

ROOT = Path(__file__).resolve().parents[1]
FLOOR = 0.3
WORKERS, CLIENTS = 2, 8
ROUNDS, ROUND_SECONDS, WARM_SECONDS = 4, 3.0, 2.0
PORT = 8690

_SETUP = """
import django
django.setup()
from benchmarks.bare import make_table
from tests import town
from wanmi.accounts import actions as accounts
make_table()
found = town.build()
print(accounts.give_token("supervisor", town.PASSWORD))
"""


@dataclass(frozen=True)
class Intake:
    """What one engine showed; rates in posts per second, times in milliseconds."""

    engine: str
    reports: Answers
    bare: Answers

    @property
    def ratio(self) -> float:
        """Return the rate of reports by the rate of bare inserts."""
        return self.reports.per_second / self.bare.per_second

    def figures(self) -> dict[str, Any]:
        """Return the figures as they are printed."""
        return {
            "name": f"intake/{self.engine}",
            "value": round(self.reports.per_second, 1),
            "peer": round(self.bare.per_second, 1),
            "unit": "posts/s",
            "ratio": round(self.ratio, 3),
            "floor": FLOOR,
            "p50_ms": round(self.reports.percentile_ms(0.5), 1),
            "p99_ms": round(self.reports.percentile_ms(0.99), 1),
            "peer_p99_ms": round(self.bare.percentile_ms(0.99), 1),
            "errors": self.reports.errors + self.bare.errors,
            "passed": self.ratio >= FLOOR and not self.reports.errors and not self.bare.errors,
        }


def run() -> list[dict[str, Any]]:
    """Measure SQLite, and PostgreSQL where one answers."""
    with tempfile.TemporaryDirectory(prefix="wanmi-intake-") as folder:
        found = [measure("sqlite", f"sqlite:///{folder}/intake.sqlite3", Path(folder))]
        with _postgresql() as url:
            if url:
                found.append(measure("postgresql", url, Path(folder)))
    return [each.figures() for each in found]


def measure(engine: str, url: str, home: Path) -> Intake:
    """Serve an empty town on a database and post to it."""
    environ = environ_of(url, home)
    python(environ, "-m", "django", "migrate", "-v0")
    token = python(environ, "-c", _SETUP).splitlines()[-1]
    with serving(environ):
        return _take_turns(engine, {"Authorization": f"Bearer {token}"})


def environ_of(url: str, home: Path) -> dict[str, str]:
    """Return the environment of a server with the bare endpoint beside the product's."""
    return {
        **os.environ,
        "WANMI_HOME": str(home),
        "WANMI_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings",
        "PYTHONPATH": str(ROOT),
    }


def _take_turns(engine: str, headers: dict[str, str]) -> Intake:
    reports, bare = Answers(), Answers()
    _post("/api/v1/reports", report_body, headers, WARM_SECONDS)
    _post("/bench/bare", report_body, headers, WARM_SECONDS)
    for _ in range(ROUNDS):
        for total, path in ((reports, "/api/v1/reports"), (bare, "/bench/bare")):
            total.take_turn(_post(path, report_body, headers, ROUND_SECONDS))
    return Intake(engine, reports, bare)


def _post(path: str, body: Any, headers: dict[str, str], seconds: float) -> Answers:
    return hammer(PORT, path, body, headers, clients=CLIENTS, seconds=seconds)


def report_body(number: int) -> dict[str, Any]:
    """Return a report inside one of the town's grids, with its class."""
    place = random.Random(number)  # no secret
    west = 120.0 + 0.01 * place.randrange(2)
    return {
        "description": f"路边有垃圾 {number}",
        "lon": west + 0.004 * place.random(),
        "lat": 30.0 + 0.001 * place.random(),
        "kind": "event",
        "category": "06001",
        "address": "桥头路 12 号",
    }


@contextmanager
def serving(environ: dict[str, str]) -> Iterator[None]:
    """Serve the product with the bare endpoint on PORT."""
    flags = f"--interface asgi --port {PORT} --workers {WORKERS} --no-ws --blocking-threads 1"
    flags += " --workers-kill-timeout 5 --http 1 --log-level warning"
    words = [sys.executable, "-m", "granian", *flags.split(), "wanmi.config.asgi:application"]
    server = subprocess.Popen(words, env=environ, cwd=ROOT)
    try:
        _wait(server)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wait(server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def python(environ: dict[str, str], *words: str) -> str:
    """Run Python in an environment and return what it printed."""
    done = subprocess.run(
        [sys.executable, *words], env=environ, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    return done.stdout


@contextmanager
def _postgresql() -> Iterator[str]:
    """Give a database of our own on the local PostgreSQL, "" where there is none."""
    import psycopg

    base = os.environ.get("WANMI_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
    name = f"wanmi_bench_{os.getpid()}"
    try:
        server = psycopg.connect(f"{base}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield ""
        return
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{base}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    for figures in run():
        print(figures)
