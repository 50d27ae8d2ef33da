"""Many at once: a gapless chain, and one answer per key."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.journal.events import Seen
from wanmi.journal import actions as journal
from wanmi.journal import queries
from wanmi.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def _together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Do the same work in many threads that start at the same moment."""
    barrier = threading.Barrier(count)

    def one(number: int) -> Any:
        try:
            barrier.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_eight_writers_leave_no_gap() -> None:
    def write(writer: int) -> None:
        for number in range(25):
            with journal.deed():
                journal.publish(Seen(writer), by=None)
                journal.publish(Seen(number), by=None)

    _together(8, write)

    report = queries.verify_chain()
    assert (report.checked, report.head, report.broken_at) == (400, 400, None)


def test_failing_writers_leave_no_gap_either() -> None:
    class Stumble(Exception):
        pass

    def write(writer: int) -> None:
        for number in range(10):
            try:
                with journal.deed():
                    journal.publish(Seen(number), by=None)
                    if (writer + number) % 3 == 0:
                        raise Stumble
            except Stumble:
                pass

    _together(6, write)

    report = queries.verify_chain()
    assert report.broken_at is None
    assert report.checked == 40


def test_two_requests_with_one_key_do_one_deed() -> None:
    done: list[int] = []

    def ask(number: int) -> tuple[int, dict[str, Any]]:
        def do() -> tuple[int, dict[str, Any]]:
            done.append(number)
            journal.publish(Seen(1), by=None)
            return 201, {"done_by": number}

        return journal.answer_once("key", {"a": 1}, by="import", do=do)

    answers = _together(6, ask)

    assert len(done) == 1
    assert answers == [(201, {"done_by": done[0]})] * 6
    assert queries.head_number() == 1


def test_a_refused_request_may_be_tried_again_with_its_key() -> None:
    def refuse() -> tuple[int, dict[str, Any]]:
        raise Refused

    with pytest.raises(Refused):
        journal.answer_once("key", {}, by=None, do=refuse)

    assert journal.answer_once("key", {}, by=None, do=lambda: (201, {})) == (201, {})


def test_a_key_belongs_to_one_request_and_one_actor() -> None:
    journal.answer_once("key", {"a": 1}, by="one", do=lambda: (201, {"n": 1}))

    with pytest.raises(journal.KeyReused):
        journal.answer_once("key", {"a": 2}, by="one", do=lambda: (201, {"n": 2}))
    assert journal.answer_once("key", {"a": 2}, by="two", do=lambda: (201, {"n": 3}))[1]["n"] == 3


@pytest.mark.parametrize("key", ["x" * 121, "a\x00b", "a\nb"])
def test_an_unusable_key_is_refused(key: str) -> None:
    with pytest.raises(journal.UnusableKey):
        journal.answer_once(key, {}, by=None, do=lambda: (201, {}))
