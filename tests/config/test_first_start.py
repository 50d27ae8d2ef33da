"""The first start on an empty database of either engine, as an operator types it."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PASSWORD = "a-long-first-password"
_COUNT = "import django; django.setup(); from wanmi.{} import {} as M; print(M.objects.count())"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """An empty database on the engine of this run."""
    wanted = os.environ.get("WANMI_DATABASE_URL", "")
    if not wanted.startswith("postgres"):
        yield f"sqlite:///{tmp_path}/city.sqlite3"
        return
    import psycopg

    base, name = wanted.rsplit("/", 1)[0], f"test_wanmi_first_{secrets.token_hex(4)}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"{base}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(words: list[str], url: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env={
            **os.environ,
            "WANMI_HOME": str(home),
            "WANMI_DATABASE_URL": url,
            "WANMI_ADMIN_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "wanmi.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wanmi(words: str, url: str, home: Path) -> str:
    return run(["-m", "wanmi.config.commandline", *words.split()], url, home)


def count(room: str, model: str, url: str, home: Path) -> int:
    return int(run(["-c", _COUNT.format(f"{room}.models", model)], url, home))


def test_init_sets_an_empty_database_up(url: str, tmp_path: Path) -> None:
    wanmi("init --city-code 1101 --city-name 北京市", url, tmp_path)

    assert count("accounts", "User", url, tmp_path) == 1
    assert "whole" in wanmi("verify", url, tmp_path)


_EMPTY = """
import django
django.setup()
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import User
from wanmi.demo.building.clearing import take_tables
from wanmi.demo.models import DemoCity
from django.utils import timezone
take_tables(fresh=False)
accounts.open_account("somebody", password="a-long-first-password", name_zh="某人")
DemoCity.objects.create(seed=1, size="tiny", begun_at=timezone.now())
take_tables(fresh=True)
print(User.objects.count(), DemoCity.objects.count())
"""


def test_a_fresh_demo_empties_the_demo_that_is_there(url: str, tmp_path: Path) -> None:
    assert run(["-c", _EMPTY], url, tmp_path).split() == ["0", "0"]
    assert "whole" in wanmi("verify", url, tmp_path)
