"""Promises of prepared inserts: the same rows as the ORM, with their keys."""

import pytest
from django.db import IntegrityError, transaction

from wanmi.journal import actions as journal
from wanmi.organisation.models import Body, Role


def test_an_inserted_row_is_what_the_orm_reads(db):
    row = Role(code="x", name_zh="甲", name_en="A", duties=["cases.see"])

    journal.insert(row)

    read = Role.objects.get(pk=row.pk)
    assert (read.code, read.name_zh, read.duties) == ("x", "甲", ["cases.see"])
    assert not row._state.adding


def test_many_rows_are_inserted_at_once_each_with_its_key(db):
    rows = [Role(code=f"r{n}", name_zh="甲", name_en="A") for n in range(3)]

    journal.insert(*rows)

    assert {row.pk: row.code for row in rows} == dict(Role.objects.values_list("pk", "code"))


def test_rows_that_name_one_another_get_their_keys_before_they_are_entered(db):
    with transaction.atomic():
        first, body, second = journal.draw_keys(Role, Body, Role)
        rows = [Role(pk=key, code=f"r{key}", name_zh="甲", name_en="A") for key in (first, second)]
        with journal.together():
            journal.insert(*rows)

    later = Role(code="later", name_zh="甲", name_en="A")
    journal.insert(later)

    assert body
    assert first < second < later.pk
    assert {first, second, later.pk} == set(Role.objects.values_list("pk", flat=True))


def test_what_a_statement_broke_is_raised_before_its_transaction_ends(db):
    twice = [Role(code="same", name_zh="甲", name_en="A") for _ in range(2)]

    with pytest.raises(IntegrityError):
        _enter_together(twice)

    assert not Role.objects.exists()


@transaction.atomic
def _enter_together(rows: list[Role]) -> None:
    with journal.together():
        journal.insert(*rows, needs_keys=False)
        journal.do("UPDATE organisation_role SET name_en = %s", ["B"])
