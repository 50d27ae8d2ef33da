"""What every benchmark shares: its options, its figures, a database of its own, fair turns.

A benchmark is a module beside this one with `run(options)`, which gives one
dictionary of figures for each thing measured: `name`, `value`, `peer`, `unit`,
`ratio`, `floor` and `passed` at least. What is measured inside Django runs in a
process of its own, since settings are read once in a process.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Any: figures are plain data of every kind, printed as they are.
Figures = dict[str, Any]


@dataclass(frozen=True)
class Options:
    """How to measure: `small` is a quick try that proves the benchmark works, nothing more."""

    small: bool = False


@dataclass(frozen=True)
class Database:
    """A database that belongs to one benchmark run."""

    engine: str
    url: str
    home: Path


@contextmanager
def databases() -> Iterator[list[Database]]:
    """Give an empty SQLite file, and a PostgreSQL database where a server answers."""
    with tempfile.TemporaryDirectory(prefix="wanmi-bench-") as folder, _postgresql() as url:
        home = Path(folder)
        found = [Database("sqlite", f"sqlite:///{home}/bench.sqlite3", home)]
        if url:
            found.append(Database("postgresql", url, home))
        yield found


def measure_in(database: Database, module: str, options: Options) -> Figures:
    """Run `measure(options)` of a benchmark in a process with this database, tables made."""
    environ = {
        **os.environ,
        "WANMI_HOME": str(database.home),
        "WANMI_DATABASE_URL": database.url,
        "DJANGO_SETTINGS_MODULE": "wanmi.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    script = (
        "import django, json, sys; django.setup(); "
        "from django.core.management import call_command; call_command('migrate', verbosity=0); "
        "from benchmarks.harness import Options; "
        f"from benchmarks.{module} import measure; "
        f"print(json.dumps(measure(Options(small={options.small}))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} failed on {database.engine}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def twin_of(settings: dict[str, Any], alias: str) -> Iterator[None]:
    """Copy the database of a Django connection and connect the copy under an alias."""
    from django.db import connections

    connections.close_all()
    name = _copied(settings)
    connections.databases[alias] = connections.settings[alias] = {**settings, "NAME": name}
    try:
        yield
    finally:
        connections[alias].close()
        if "sqlite" not in settings["ENGINE"]:
            connections["default"].close()
            with _nodb() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copied(settings: dict[str, Any]) -> str:
    name = f"{settings['NAME']}_twin"
    if "sqlite" in settings["ENGINE"]:
        shutil.copy(settings["NAME"], name)
        return name
    with _nodb() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    return name


@contextmanager
def _nodb() -> Iterator[Any]:
    from django.db import connection

    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # as Django's tests do
        yield cursor


def in_turns(*works: Callable[[], object], rounds: int) -> list[float]:
    """Return the median seconds of each work; they take turns, so that noise meets them all."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for place, work in enumerate(works):
            began = time.perf_counter()
            work()
            seconds[place].append(time.perf_counter() - began)
    return [median(each) for each in seconds]


def percentile(values: list[float], part: float) -> float:
    """Return the value below which a part (0–1) of the values lies."""
    ranked = sorted(values)
    return ranked[min(int(part * len(ranked)), len(ranked) - 1)]


@contextmanager
def _postgresql() -> Iterator[str]:
    """Give the address of a new database on the server, "" where none answers."""
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
