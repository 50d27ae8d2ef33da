"""Real servers for tests: the production server on the test database, and a demo city."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

START_SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A running server: its address, its state folder and its log."""

    url: str
    home: Path
    log: Path

    def __str__(self) -> str:
        return self.url


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_database_url() -> str:
    """Return the address of pytest-django's test database, for a process of its own."""
    from django.db import connection

    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    place = f"{found['HOST'] or '127.0.0.1'}:{found['PORT'] or 5432}"
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@{place}/{found['NAME']}"


test_database_url.__test__ = False  # type: ignore[attr-defined]  # a helper, whatever its name


@contextmanager
def running(words: list[str], home: Path, ready: str, **environ: str) -> Iterator[Server]:
    """Run a `wanmi` command until it answers at `ready`; stop it and all its workers after."""
    port = free_port()
    url, log = f"http://127.0.0.1:{port}", home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "wanmi.config.commandline", *words, "--port", str(port)],
            env=os.environ | {"WANMI_HOME": str(home)} | environ,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, url + ready, log)
            yield Server(url, home, log)
        finally:
            _stop(process)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not answer at {url}:\n{log.read_text()[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    """The production server on the test database: rows made by the test are what it serves."""
    from django.conf import settings

    with running(
        ["serve", "--workers", "1"],
        tmp_path,
        "/healthz",
        WANMI_DATABASE_URL=test_database_url(),
        WANMI_MEDIA_ROOT=str(settings.MEDIA_ROOT),
        WANMI_SECRET_KEY=settings.SECRET_KEY,
    ) as found:
        yield found


@pytest.fixture(scope="session")
def demo_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A small demo city of this session, served without simulated people."""
    home = tmp_path_factory.mktemp("city")
    with (
        _city_database(home) as url,
        running(
            ["demo", "--size", "tiny", "--still"], home, "/readyz", WANMI_DATABASE_URL=url
        ) as found,
    ):
        yield found


@contextmanager
def _city_database(home: Path) -> Iterator[str]:
    """Give the city a database of its own on whichever engine this run tests."""
    wanted = os.environ.get("WANMI_DATABASE_URL", "")
    if not wanted.startswith("postgres"):
        yield f"sqlite:///{home}/wanmi.sqlite3"
        return
    import psycopg

    name = f"test_wanmi_city_{secrets.token_hex(4)}"
    with psycopg.connect(wanted, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield wanted.rsplit("/", 1)[0] + "/" + name
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
