"""Whoever waits for the journal is woken by what others append, and by nothing else."""

import threading
import time

import pytest
from django.db import connection

from tests.journal.events import Seen
from wanmi.journal import actions as journal
from wanmi.journal import queries

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_append_wakes_who_waits_and_silence_does_not() -> None:
    ear, heard = queries.Ear(), []
    try:
        assert ear.wait(0)  # the first call, so that nothing before it is missed
        assert not ear.wait(0.05)
        writer = threading.Timer(0.3, _append)
        writer.start()
        began = time.monotonic()
        heard = [ear.wait(10), time.monotonic() - began]
        writer.join()
        assert not ear.wait(0.05)
    finally:
        ear.close()

    assert heard[0]
    assert 0.2 < heard[1] < 5


def test_what_is_rolled_back_wakes_nobody() -> None:
    ear = queries.Ear()
    try:
        ear.wait(0)

        def fail() -> None:
            try:
                with journal.deed():
                    journal.publish(Seen(1), by=None)
                    raise RuntimeError
            except RuntimeError:
                pass
            finally:
                connection.close()

        writer = threading.Thread(target=fail)
        writer.start()
        writer.join()

        assert not ear.wait(0.2)
    finally:
        ear.close()


def _append() -> None:
    journal.publish(Seen(1), by=None)
    connection.close()
