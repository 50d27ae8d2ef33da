"""`kill -9` of the whole server during 1,000 concurrent reports: what got a 201 is there, whole."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import town as towns
from tests.evidence import files
from tests.servers import Server, running, test_database_url
from wanmi.accounts import actions as accounts
from wanmi.cases.models import Case
from wanmi.evidence import queries as evidence
from wanmi.journal import queries as journal
from wanmi.workflow.models import Task

REPORTS = 1000
CLIENTS = 24
KILL_AFTER = 300
"""Accepted reports after which the server is killed."""


@dataclass
class Ledger:
    """What the server said yes to, as its clients remember it."""

    accepted: dict[int, dict[str, Any]] = field(default_factory=dict)
    again: dict[int, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    lost: int = 0
    enough: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def place(transactional_db: None, tmp_path: Path) -> Path:
    towns.build()
    return tmp_path


@pytest.mark.slow
def test_every_accepted_report_survives_a_kill(place: Path) -> None:
    bearer = {"Authorization": f"Bearer {accounts.give_token('supervisor', towns.PASSWORD)}"}
    photograph = files.picture(size=(64, 48))
    ledger = Ledger()
    reports = iter(range(REPORTS))

    with _server(place) as server:
        crowd = _crowd(server.url, bearer, photograph, reports, ledger)
        assert ledger.enough.wait(120), ledger.refused[:3]
        _kill_all(os.getpid(), server)
        _wait(crowd)
    before = dict(ledger.accepted)
    with _server(place) as server:
        _wait(_crowd(server.url, bearer, photograph, reports, ledger))
        _repeat(server.url, bearer, photograph, before, ledger)

    assert not ledger.refused, ledger.refused[:3]
    assert len(before) >= KILL_AFTER
    assert ledger.lost >= 1, "the kill came when nobody was being served"
    _all_there(ledger)
    assert ledger.again == {n: answer["number"] for n, answer in list(before.items())[:20]}
    assert journal.verify_chain().broken_at is None
    assert not [fault for fault in evidence.media_faults() if fault]


def _all_there(ledger: Ledger) -> None:
    """Check each accepted report: its case, its task, its photograph, its journal rows."""
    cases = {case.number: case.pk for case in Case.objects.all()}
    media = {}
    for subject, found in evidence.many([f"case:{key}" for key in cases.values()]).items():
        media[subject] = len(found)
    for number in (answer["number"] for answer in ledger.accepted.values()):
        subject = f"case:{cases[number]}"
        assert media.get(subject) == 1, number
        assert Task.objects.filter(subject=subject, state="open").count() == 1, number
        kinds = [entry.kind for entry in journal.of_subject(subject)]
        assert any(kind.endswith("CaseReported") for kind in kinds), (number, kinds)


def _server(place: Path) -> Any:
    from django.conf import settings

    return running(
        ["serve", "--workers", "2"],
        place,
        "/readyz",
        WANMI_DATABASE_URL=test_database_url(),
        WANMI_MEDIA_ROOT=str(settings.MEDIA_ROOT),
        WANMI_SECRET_KEY=settings.SECRET_KEY,
    )


def _crowd(
    url: str, bearer: dict[str, str], photograph: bytes, reports: Iterator[int], ledger: Ledger
) -> list[threading.Thread]:
    """Let people report at once, each until the reports run out or the server is gone."""
    lock = threading.Lock()

    def person() -> None:
        with httpx.Client(base_url=url, headers=bearer, timeout=60) as client:
            while True:
                with lock:
                    n = next(reports, None)
                if n is None or not _report(client, n, photograph, ledger):
                    return

    crowd = [threading.Thread(target=person, daemon=True) for _ in range(CLIENTS)]
    for each in crowd:
        each.start()
    return crowd


def _report(client: httpx.Client, n: int, photograph: bytes, ledger: Ledger) -> bool:
    """Send one report with its photograph; remember the answer. False: the server is gone."""
    try:
        answer = _send(client, n, photograph)
    except httpx.TransportError:
        ledger.lost += 1
        return False
    if answer.status_code != 201:
        ledger.refused.append(f"{answer.status_code} {answer.text[:200]}")
        return len(ledger.refused) < 5
    ledger.accepted[n] = answer.json()
    if len(ledger.accepted) >= KILL_AFTER:
        ledger.enough.set()
    return True


def _send(client: httpx.Client, n: int, photograph: bytes) -> httpx.Response:
    # What follows a picture's end is no part of it, but makes each file another one.
    file = {"file": (f"{n}.jpg", photograph + str(n).encode(), "image/jpeg")}
    stored = client.post("/api/v1/media", files=file, headers={"Idempotency-Key": f"photo-{n}"})
    if stored.status_code != 201:
        return stored
    report = {
        "description": f"路口有垃圾 {n}",
        "lon": towns.INSIDE[0],
        "lat": towns.INSIDE[1],
        "kind": "event",
        "category": "06001",
        "media": [stored.json()["id"]],
    }
    return client.post("/api/v1/reports", json=report, headers={"Idempotency-Key": f"report-{n}"})


def _repeat(
    url: str,
    bearer: dict[str, str],
    photograph: bytes,
    before: dict[int, dict[str, Any]],
    ledger: Ledger,
) -> None:
    """Send some accepted reports once more: a careful client cannot know they arrived."""
    with httpx.Client(base_url=url, headers=bearer, timeout=60) as client:
        for n in list(before)[:20]:
            ledger.again[n] = _send(client, n, photograph).json()["number"]


def _wait(crowd: list[threading.Thread]) -> None:
    for each in crowd:
        each.join(120)
    assert not any(each.is_alive() for each in crowd), "somebody still waits for an answer"


def _kill_all(root: int, server: Server) -> None:
    """Kill the supervisor, its web processes and its worker at once, giving none a word."""
    port = server.url.rpartition(":")[2]
    below = _descendants(root)
    family = [pid for pid in below if _is_of(pid, port) or _is_of(_parent(pid), port)]
    assert len(family) >= 3, "supervisor and web processes were not found"
    for pid in family:
        os.kill(pid, signal.SIGKILL)


def _is_of(pid: int, port: str) -> bool:
    try:
        return port in Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return False


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _descendants(root: int) -> list[int]:
    """Return every process below one, found through /proc."""
    parents = {
        int(p.name): _parent(int(p.name)) for p in Path("/proc").iterdir() if p.name.isdigit()
    }
    found, fresh = [], {root}
    while fresh := {pid for pid, parent in parents.items() if parent in fresh}:
        found += sorted(fresh)
    return found
