"""A fleet of terminals against one node: `python -m benchmarks.fleet [--terminals N --seconds S]`.

Each sends its positions (one in ten seconds) in batches, now and then reports a problem with a
photograph, and is on duty. Afterwards everything that was acknowledged is looked for in the
database; how long answers took, how far the house lags behind and what it cost are told.
"""

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.clients import Connection
from benchmarks.harness import percentile
from benchmarks.serving import ROOT, python, serving

PORT = 8698
EVERY_S, BATCH_S = 10, 30
REPORT_SHARE = 0.02
"""How likely a terminal reports something with a batch."""
THREADS = 16

_SETUP = """
import django, json, sys
django.setup()
from datetime import datetime, timedelta, UTC
from tests import town
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import User
from wanmi.dispatch.models import Stint
from wanmi.organisation.models import Appointment, Post
found = town.build()
post = Post.objects.get(role__code="supervisor")
now = datetime.now(UTC)
count = int(sys.argv[1])
users = User.objects.bulk_create(
    User(username=f"t{n}", name_zh="采集员", password=found.supervisor.password)
    for n in range(count)
)
Appointment.objects.bulk_create(
    Appointment(user=user, post=post, valid_from=now.date() - timedelta(days=1)) for user in users
)
Stint.objects.bulk_create(
    Stint(person=user, area_path=town.STREET, day=now.date(), signed_on_at=now - timedelta(hours=1))
    for user in users
)
print(json.dumps([accounts.make_token(user, label="fleet") for user in users]))
"""

_COUNT = """
import django, json
django.setup()
from django.db.models import Sum
from wanmi.cases.models import Case
from wanmi.dispatch.models import Stint, TrackPart, Visit
from wanmi.evidence.models import Media
from wanmi.journal.models import JournalEntry, JournalHead
positions = TrackPart.objects.aggregate(n=Sum("count"))["n"] or 0
print(json.dumps({
    "positions": positions,
    "cases": Case.objects.count(),
    "media": Media.objects.count(),
    "unfolded": Stint.objects.filter(unfolded_since__isnull=False).count(),
    "visits": Visit.objects.count(),
    "journal": JournalEntry.objects.count(),
}))
"""


@dataclass
class Seen:
    """What the terminals were told."""

    positions: int = 0
    reports: int = 0
    media: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    late_s: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, **more: int) -> None:
        """Take in one answer."""
        with self.lock:
            self.seconds.append(seconds)
            for name, count in more.items():
                setattr(self, name, getattr(self, name) + count)

    def fail(self, words: str) -> None:
        """Take in an answer that was none."""
        with self.lock:
            self.errors.append(words)


class Terminal:
    """One telephone; knows what it has sent and when its next batch is due."""

    def __init__(self, number: int, token: str, begun: float) -> None:
        self.number, self.token = number, token
        self.random = random.Random(number)  # no secret
        self.sequence = 0
        self.due = begun + self.random.random() * BATCH_S
        self.west = 120.0 + 0.0035 * self.random.random()

    def beat(self, connection: Connection, seen: Seen) -> None:
        """Send the positions since the last batch, and sometimes a report."""
        begun = time.perf_counter()
        body = self._positions()
        status, content = connection.post("/api/v1/tracks", body)
        if status == 201:
            seen.note(time.perf_counter() - begun, positions=json.loads(content)["accepted"])
        else:
            seen.fail(f"tracks {status} {content[:200]!r}")
        if self.random.random() < REPORT_SHARE:
            self._report(connection, seen)

    def _positions(self) -> dict[str, Any]:
        count, now = BATCH_S // EVERY_S, round(time.time() * 1000)
        numbers = range(self.sequence, self.sequence + count)
        self.sequence += count
        return {
            "device": f"t{self.number}",
            "sequence": list(numbers),
            "at": [now - 1000 * EVERY_S * (count - 1 - n) for n in range(count)],
            "lon": [round(self.west + 1e-6 * (n % 400), 7) for n in numbers],
            "lat": [30.0005] * count,
            "accuracy_m": [8.0] * count,
            "speed_ms": [1.2] * count,
            "battery": [80] * count,
        }

    def _report(self, connection: Connection, seen: Seen) -> None:
        medium = _upload(self.token, self.random)
        if medium is None:
            seen.fail("photograph not taken")
            return
        begun = time.perf_counter()
        said = {
            "description": f"路边有垃圾 {self.number}/{self.sequence}",
            "lon": self.west,
            "lat": 30.0005,
            "kind": "event",
            "category": "06001",
            "media": [medium],
        }
        status, content = connection.post("/api/v1/reports", said)
        if status == 201:
            seen.note(time.perf_counter() - begun, reports=1, media=1)
        else:
            seen.fail(f"reports {status} {content[:200]!r}")


def _upload(token: str, chance: random.Random) -> int | None:
    from PIL import Image

    picture, file = (
        Image.new("RGB", (320, 240), tuple(chance.choices(range(256), k=3))),
        io.BytesIO(),
    )
    picture.save(file, "JPEG")
    mark = f"wanmi{chance.getrandbits(64):x}"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
    body = head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + file.getvalue()
    request = urllib.request.Request(  # our own server
        f"http://127.0.0.1:{PORT}/api/v1/media",
        body + f"\r\n--{mark}--\r\n".encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={mark}",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # as above
            return int(json.load(answer)["id"])
    except (urllib.error.URLError, OSError):
        return None


def drive(tokens: list[str], seconds: float) -> Seen:
    """Let the terminals send for some seconds, each batch at its time."""
    seen, begun = Seen(), time.monotonic()
    terminals = [Terminal(number, token, begun) for number, token in enumerate(tokens)]
    shares = [terminals[place::THREADS] for place in range(THREADS)]
    threads = [
        threading.Thread(target=_some, args=(share, seen, begun + seconds)) for share in shares
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _some(terminals: list[Terminal], seen: Seen, until: float) -> None:
    connections = {
        each.number: Connection(PORT, {"Authorization": f"Bearer {each.token}"})
        for each in terminals
    }
    while terminals and (terminal := min(terminals, key=lambda each: each.due)).due < until:
        wait = terminal.due - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        seen.late_s.append(max(0.0, -wait))
        terminal.due += BATCH_S
        try:
            terminal.beat(connections[terminal.number], seen)
        except (OSError, ValueError, IndexError) as error:
            seen.fail(f"{type(error).__name__}: {error}")
            connections[terminal.number] = Connection(
                PORT, {"Authorization": f"Bearer {terminal.token}"}
            )


@contextmanager
def _working(environ: dict[str, str]) -> Iterator[int]:
    """Run the background worker, as a node does; gives its process id."""
    words = [sys.executable, "-m", "wanmi.config.commandline", "worker"]
    worker = subprocess.Popen(words, env=environ, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait(30)


def _cpu_s(pid: int) -> float:
    """Return the processor seconds of a process and its children, from Linux's own books."""
    total, tick = 0.0, os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(words[1]) == pid:
            total += (int(words[11]) + int(words[12])) / tick
    return total


def main(words: list[str]) -> int:
    """Run the fleet; 1 when something acknowledged is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description=__doc__)
    parser.add_argument("--terminals", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--database", default="", help="WANMI_DATABASE_URL; a SQLite file without")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="wanmi-fleet-") as folder:
        environ = {
            **os.environ,
            "WANMI_HOME": folder,
            "WANMI_DATABASE_URL": given.database or f"sqlite:///{folder}/fleet.sqlite3",
            "DJANGO_SETTINGS_MODULE": "wanmi.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        python(environ, "-m", "django", "migrate", "-v0")
        made = python(environ, "-c", _SETUP, str(given.terminals))
        tokens = json.loads(made.splitlines()[-1])
        before = json.loads(python(environ, "-c", _COUNT))
        with serving(environ, port=PORT) as pid, _working(environ) as worker:
            cpu, begun = _cpu_s(pid) + _cpu_s(worker), time.monotonic()
            seen = drive(tokens, given.seconds)
            spent = _cpu_s(pid) + _cpu_s(worker) - cpu
            lasted = time.monotonic() - begun
        after = json.loads(python(environ, "-c", _COUNT))
    missing = {
        "positions": seen.positions - (after["positions"] - before["positions"]),
        "reports": seen.reports - (after["cases"] - before["cases"]),
        "photographs": seen.media - (after["media"] - before["media"]),
    }
    print(
        json.dumps(
            {
                "terminals": given.terminals,
                "seconds": round(lasted, 1),
                "positions": seen.positions,
                "reports": seen.reports,
                "photographs": seen.media,
                "acknowledged_but_missing": missing,
                "errors": len(seen.errors),
                "first_errors": seen.errors[:3],
                "answer_p50_ms": round(1000 * percentile(seen.seconds, 0.5), 1),
                "answer_p99_ms": round(1000 * percentile(seen.seconds, 0.99), 1),
                "lag_p99_s": round(percentile(seen.late_s, 0.99), 2),
                "server_cpu_s": round(spent, 1),
                "server_cpu_share": round(spent / lasted, 2),
                "stints_not_folded_yet": after["unfolded"],
                "visits": after["visits"],
                "journal_entries": after["journal"] - before["journal"],
            },
            ensure_ascii=False,
            indent=1,
        )
    )
    return 1 if any(missing.values()) or seen.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
