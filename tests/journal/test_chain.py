"""The chain: whole after any events, and the first break is named whatever was changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from tests.journal.events import Seen
from wanmi.journal import actions as journal
from wanmi.journal import queries
from wanmi.journal.models import JournalEntry, JournalHead

_TEXT = some.text(
    some.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=20
)
_DATA = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**53), 2**53)
    | some.floats(allow_nan=False, allow_infinity=False, width=32)
    | _TEXT,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)


def _publish(notes: list[Any]) -> None:
    for number, note in enumerate(notes):
        journal.publish(Seen(number, note), by=None, area_path="99/")


class AnyJournal(TestCase):
    """Each example starts with an empty journal (rolled back after it)."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(notes=some.lists(_DATA, min_size=1, max_size=5))
    def test_whatever_is_published_verifies(self, notes: list[Any]) -> None:
        _publish(notes)

        report = queries.verify_chain()

        assert (report.checked, report.broken_at) == (len(notes), None)

    @settings(max_examples=40, deadline=None)
    @given(
        length=some.integers(2, 6),
        place=some.data(),
        change=some.sampled_from(
            ["data", "at", "kind", "subject", "actor", "area_path", "hash", "previous_hash", "gone"]
        ),
    )
    def test_any_change_is_found_where_it_was_made(
        self, length: int, place: Any, change: str
    ) -> None:
        _publish(["note"] * length)
        number = place.draw(some.integers(1, length))

        _tamper(number, change)

        assert queries.verify_chain().broken_at == number


def _tamper(number: int, change: str) -> None:
    row = JournalEntry.objects.filter(number=number)
    if change == "gone":
        row.delete()
        return
    values = {
        "data": {"id": 99},
        "at": datetime.now(UTC) + timedelta(days=1),
        "hash": b"x" * 32,
        "previous_hash": b"y" * 32,
    }
    row.update(**{change: values.get(change, "other")})


@pytest.mark.django_db
def test_a_head_that_names_another_end_is_found() -> None:
    _publish(["a", "b"])
    JournalHead.objects.update(number=3)

    report = queries.verify_chain()

    assert (report.broken_at, report.reason) == (3, "the head does not match")


@pytest.mark.django_db
def test_an_end_cut_off_with_its_head_set_back_is_found_by_its_hash() -> None:
    _publish(["a", "b", "c"])
    JournalEntry.objects.filter(number=3).delete()
    JournalHead.objects.update(number=2)

    assert queries.verify_chain().broken_at == 3
