"""The writers' gate of SQLite: one at a time, and always opened again."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from wanmi.journal.models import JournalHead
from wanmi.journal.sqlite.base import Gate, gate_of

only_sqlite = pytest.mark.skipif(
    "postgres" in os.environ.get("WANMI_DATABASE_URL", ""), reason="the gate belongs to SQLite"
)


def _is_open(gate: Gate) -> bool:
    """Say whether another thread can pass now."""
    passed = threading.Event()

    def try_it() -> None:
        gate.enter()
        passed.set()
        gate.leave()

    threading.Thread(target=try_it, daemon=True).start()
    return passed.wait(2)


def test_one_thread_at_a_time_is_inside(tmp_path: Path) -> None:
    gate, inside, most = Gate(str(tmp_path / "g")), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(20):
            gate.enter()
            inside += 1
            most = max(most, inside)
            time.sleep(0.0005)
            inside -= 1
            gate.leave()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 1


_HOLD = """
import sys, time
from wanmi.journal.sqlite.base import Gate
gate = Gate(sys.argv[1])
gate.enter()
print("in", flush=True)
time.sleep(60)
"""


def test_a_killed_process_leaves_the_gate_open(tmp_path: Path) -> None:
    path = str(tmp_path / "g")
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, path], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"in\n"
    mine = Gate(path)
    waiting = threading.Thread(target=mine.enter, daemon=True)
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    waiting.join(5)

    assert not waiting.is_alive()
    mine.leave()


@only_sqlite
@pytest.mark.django_db(transaction=True)
class TestOnTheDatabase:
    """The gate as the database backend uses it."""

    def gate(self) -> Gate:
        gate = gate_of(str(connection.settings_dict["NAME"]))
        assert gate is not None
        return gate

    def test_it_is_held_inside_a_transaction_and_open_after(self) -> None:
        with transaction.atomic():
            JournalHead.objects.count()
            assert self.gate()._lock.locked()

        assert _is_open(self.gate())

    def test_an_exception_opens_it(self) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError

        assert _is_open(self.gate())

    def test_a_closed_connection_opens_it(self) -> None:
        def leave_in_the_middle() -> None:
            atomic = transaction.atomic()
            atomic.__enter__()
            connection.close()

        thread = threading.Thread(target=leave_in_the_middle)
        thread.start()
        thread.join()

        assert _is_open(self.gate())

    def test_a_failed_statement_opens_it(self) -> None:
        with pytest.raises(Exception, match="no such table"), transaction.atomic():
            connection.cursor().execute("UPDATE nowhere SET a = 1")

        assert _is_open(self.gate())

    def test_a_nested_transaction_keeps_it(self) -> None:
        with transaction.atomic():
            with transaction.atomic():
                pass
            with pytest.raises(RuntimeError), transaction.atomic():
                raise RuntimeError
            assert self.gate()._lock.locked()

        assert _is_open(self.gate())

    def test_every_writer_gets_its_turn(self) -> None:
        turns: dict[int, int] = dict.fromkeys(range(6), 0)
        ends = time.monotonic() + 2

        def write(writer: int) -> Any:
            try:
                while time.monotonic() < ends:
                    with transaction.atomic():
                        JournalHead.objects.filter(pk=1).update(number=0)
                    turns[writer] += 1
            finally:
                connection.close()

        threads = [threading.Thread(target=write, args=(writer,)) for writer in turns]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert min(turns.values()) > 0
