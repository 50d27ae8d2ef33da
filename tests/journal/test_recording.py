"""Deeds and events: one transaction, one chain, nothing half-written."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tests.journal.events import Seen
from wanmi.journal import actions as journal
from wanmi.journal import queries

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


class Stumble(Exception):
    """A deed that fails half-way."""


@journal.deed()
def _stumble() -> None:
    journal.publish(Seen(1), by=None)
    raise Stumble


def test_a_published_event_is_read_back_whole() -> None:
    journal.publish(Seen(7, "a"), by="import", area_path="99/9901/", at=NOON)

    entry = queries.of_subject("thing:7")[0]

    assert (entry.at, entry.actor, entry.area_path) == (NOON, "import", "99/9901/")
    assert entry.data == {"id": 7, "note": "a"}


def test_the_events_of_nested_deeds_stand_in_order() -> None:
    @journal.deed()
    def inner() -> None:
        journal.publish(Seen(2), by=None)

    with journal.deed():
        journal.publish(Seen(1), by=None)
        inner()
        journal.publish(Seen(3), by=None)

    assert [entry.data["id"] for entry in queries.after(0)] == [1, 2, 3]
    assert queries.verify_chain().broken_at is None


def test_a_failed_deed_leaves_no_event() -> None:
    with pytest.raises(Stumble):
        _stumble()

    assert queries.head_number() == 0


def test_a_failed_inner_deed_undoes_the_whole() -> None:
    @journal.deed()
    def outer() -> None:
        journal.publish(Seen(2), by=None)
        _stumble()

    with pytest.raises(Stumble):
        outer()

    assert queries.head_number() == 0


def test_an_inner_failure_cannot_be_swallowed() -> None:
    @journal.deed()
    def outer() -> None:
        journal.publish(Seen(2), by=None)
        with suppress(Stumble):
            _stumble()

    with pytest.raises(transaction.TransactionManagementError):
        outer()

    assert queries.head_number() == 0


def test_the_next_deed_begins_clean_after_a_failed_one() -> None:
    with pytest.raises(Stumble):
        _stumble()

    with journal.deed():
        journal.publish(Seen(2), by=None)

    assert [entry.data["id"] for entry in queries.after(0)] == [2]


def test_an_emptied_journal_begins_anew() -> None:
    from wanmi.journal.models import JournalHead

    JournalHead.objects.all().delete()

    journal.publish(Seen(1), by=None)

    assert queries.verify_chain() == queries.ChainReport(checked=1, head=1)


def test_not_a_number_cannot_be_published() -> None:
    with pytest.raises(ValueError, match="JSON"):
        journal.publish(Seen(1, float("nan")), by=None)

    assert queries.head_number() == 0
