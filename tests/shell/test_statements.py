"""Promises of prepared statements: the same rows as the ORM, and conditions that hold."""

from datetime import UTC, datetime

import pytest

from wanmi.demo.models import DemoCity
from wanmi.shell.statements import Statements

NOON = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
CITIES = Statements(DemoCity)


@pytest.fixture
def city(db) -> DemoCity:
    return DemoCity.objects.create(id=1, seed=3, size="tiny", begun_at=NOON)


def test_rows_are_found_by_value_and_by_null(city):
    assert [row.begun_at for row in CITIES.find(seed=3, built_at=None)] == [NOON]
    assert CITIES.find(seed=4) == []


def test_a_change_happens_only_while_its_condition_holds(city):
    first = CITIES.change(1, {"built_at": NOON}, only_if={"built_at": None})
    second = CITIES.change(1, {"built_at": None, "size": "x"}, only_if={"built_at": None})

    assert (first, second) == (1, 0)
    assert DemoCity.objects.get().built_at == NOON
    assert DemoCity.objects.get().size == "tiny"


def test_a_column_is_counted_up_in_the_database(city):
    CITIES.change(1, {}, count_up=("seed",))

    assert DemoCity.objects.get().seed == 4


def test_a_locked_read_gives_the_row(city, django_assert_num_queries):
    from django.db import transaction

    with transaction.atomic(), django_assert_num_queries(1):
        (row,) = CITIES.find(lock=True, id=1)

    assert row == city
