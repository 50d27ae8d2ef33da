"""Verify, backup and restore: the same city again, even while people are writing."""

import io
import json
import os
import secrets
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wanmi.config.keeping import archive

_WRITER = """
import io, sys, threading, time
import django
django.setup()
from django.db import connection
from PIL import Image
from wanmi.accounts import actions as accounts
from wanmi.evidence import actions as evidence
from wanmi.notices import actions as notices

def live(writer):
    user = accounts.open_account(f"w{writer}", password="a long password 1", name_zh="写者")
    for number in range(100_000):
        out = io.BytesIO()
        Image.new("RGB", (8, 8), (writer, number % 256, number // 256)).save(out, "PNG")
        medium = evidence.store(io.BytesIO(out.getvalue()), by=user, name="a.png")
        evidence.attach([medium.pk], subject=f"case:{number}", purpose="near", by=user)
        notices.tell([user.pk], kind="t", message="%(a)s", params={"a": "中\\\\N\\t\\n"})
        if number == 5:
            print("going", flush=True)
        time.sleep(0.01)

for writer in range(2):
    threading.Thread(target=live, args=(writer,), daemon=True).start()
sys.stdin.read()
"""

_HEADS = """
import json, sys
import django
django.setup()
from wanmi.journal.models import JournalEntry
from wanmi.journal import queries
from wanmi.evidence.models import Media
from wanmi.notices.models import Notice
number = int(sys.argv[1]) if len(sys.argv) > 1 else queries.head_number()
row = JournalEntry.objects.get(number=number)
print(json.dumps([number, bytes(row.hash).hex(), Media.objects.count(), Notice.objects.count(),
    list(Notice.objects.values_list("params", flat=True)[:1])]))
"""


@dataclass
class Home:
    """A state folder with its database."""

    path: Path
    url: str
    leave: Callable[[], None] = lambda: None

    @property
    def environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "WANMI_HOME": str(self.path),
            "WANMI_DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "wanmi.config.settings",
            "LC_ALL": "C",
        }

    def wanmi(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wanmi.config.commandline", *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def ask(self, script: str, *words: str) -> list[object]:
        found = subprocess.run(
            [sys.executable, "-c", script, *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        answer: list[object] = json.loads(found.stdout.splitlines()[-1])
        return answer


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[list[Home]]:
    """Three empty homes on the engine of this run."""
    wanted = os.environ.get("WANMI_DATABASE_URL", "")
    if not wanted.startswith("postgres"):
        yield [Home(tmp_path / n, f"sqlite:///{tmp_path}/{n}/w.sqlite3") for n in "abc"]
        return
    import psycopg

    base = wanted.rsplit("/", 1)[0]
    names = [f"test_wanmi_keep_{secrets.token_hex(4)}" for _ in "abc"]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
        for name in names:
            server.execute(f'CREATE DATABASE "{name}"')
        yield [Home(tmp_path / n, f"{base}/{n}") for n in names]
        for name in names:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def lived_in(homes: list[Home]) -> Iterator[Home]:
    """A home in which two people are writing until its `leave` is called."""
    home = homes[0]
    home.path.mkdir(exist_ok=True)
    assert home.wanmi("migrate").returncode == 0
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER],
        env=home.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    for _ in range(2):
        assert writer.stdout.readline() == b"going\n"
    home.leave = writer.kill
    try:
        yield home
    finally:
        writer.kill()
        writer.wait()


def test_a_backup_taken_while_people_write_gives_back_the_same_city(
    lived_in: Home, homes: list[Home], tmp_path: Path
) -> None:
    file, other = tmp_path / "b.tar.gz", homes[1]

    first = lived_in.wanmi("backup", str(file))
    assert first.returncode == 0, first.stderr
    lived_in.wanmi("verify")  # they write on meanwhile
    lived_in.leave()
    restored = other.wanmi("restore", str(file))
    assert restored.returncode == 0, restored.stderr

    number, digest, media, _, params = other.ask(_HEADS)
    there = lived_in.ask(_HEADS, str(number))
    assert there[:2] == [number, digest]
    assert there[2] > media  # type: ignore[operator]  # numbers; people wrote on meanwhile
    assert params == [{"a": "中\\N\t\n"}]
    assert (other.path / "keys/django.key").read_text() == (
        lived_in.path / "keys/django.key"
    ).read_text()
    assert file.stat().st_mode & 0o077 == 0
    verified = other.wanmi("verify")
    assert verified.returncode == 0
    assert f"media: {media} checked, whole" in verified.stdout

    # And life goes on in the restored one: numbers are not given out twice.
    again = other.wanmi("restore", str(file))
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert other.wanmi("restore", str(file), "--force").returncode == 0
    assert other.ask(_LIVES_ON)[0] == number + 1  # type: ignore[operator]  # a number


_LIVES_ON = """
import django
django.setup()
from wanmi.accounts import actions as accounts
from wanmi.journal import queries
accounts.open_account("new", password="a long password 1", name_zh="新")
print([queries.head_number()])
"""


def test_verify_names_the_first_break(homes: list[Home]) -> None:
    home = homes[0]
    home.path.mkdir(exist_ok=True)
    home.wanmi("migrate")
    home.ask(_LIVES_ON)
    home.ask(_LIVES_ON.replace('"new"', '"newer"'))

    whole = home.wanmi("verify")
    home.ask(
        "import django; django.setup()\n"
        "from wanmi.journal.models import JournalEntry\n"
        "print([JournalEntry.objects.filter(number=1).update(actor='user:9')])"
    )
    broken = home.wanmi("verify")

    assert (whole.returncode, broken.returncode) == (0, 1)
    assert "journal: 2 checked, whole" in whole.stdout
    assert "journal: BROKEN at entry 1: its content was changed" in broken.stdout


def _archive(path: Path, **files: bytes) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    "files",
    [
        {"manifest.json": b"{}"},
        {"manifest.json": b'{"format": 2}'},
        {"media/../../evil": b"x"},
        {"/etc/evil": b"x"},
        {"elsewhere/a": b"x"},
        {"database/wanmi.sqlite3": b"x"},
    ],
)
def test_a_foreign_archive_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    into = tmp_path / "in"
    into.mkdir()

    with pytest.raises(archive.NotABackup):
        archive.unpack(_archive(tmp_path / "b.tar.gz", **files), into)

    assert not (tmp_path / "evil").exists()


def test_a_cut_or_changed_archive_is_refused(tmp_path: Path) -> None:
    manifest = archive.Manifest("sqlite", "", "1", (0, ""), {}, {"a": "0" * 64})
    into, path = tmp_path / "in", tmp_path / "b.tar.gz"
    into.mkdir()
    (tmp_path / "a").write_bytes(os.urandom(5000))
    with archive.writing(path) as tar:
        archive.add_manifest(tar, manifest)
        tar.add(tmp_path / "a", "database/a")

    with pytest.raises(archive.NotABackup):
        archive.unpack(path, into)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(archive.NotABackup):
        archive.unpack(path, into)


def test_no_backup_at_all_leaves_the_home_as_it_was(homes: list[Home], tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    file.write_text("hello")

    answer = homes[0].wanmi("restore", str(file))

    assert answer.returncode == 1
    assert "not a backup" in answer.stderr
    assert not list(homes[0].path.glob(".keeping*"))
