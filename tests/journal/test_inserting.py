"""Promises of prepared inserts: the same rows as the ORM, with their keys."""

from wanmi.journal import actions as journal
from wanmi.organisation.models import Role


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
