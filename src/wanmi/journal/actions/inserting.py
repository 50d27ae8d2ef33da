"""Inserting rows by a statement prepared once per table.

`Model.save()` builds its SQL anew for every row, which costs several times the
insert itself; the rows of a report are entered while everybody else waits for
the writers' gate. Same columns, same conversions; no signals, which nothing
in this house uses.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models


@dataclass(frozen=True)
class _Plan:
    """The statement of a table and how each value is taken and converted."""

    statement: str
    values: str
    returning: str
    fields: tuple[tuple[str, Callable[..., Any] | None], ...]


def insert(*rows: models.Model) -> None:
    """Insert rows of one table in one statement and give them their keys."""
    if not rows:
        return
    plan = _plan(type(rows[0]), connection.vendor)
    values = [value for row in rows for value in _values(plan, row)]
    places = ", ".join([plan.values] * len(rows))
    keys = run(f"{plan.statement} {places}{plan.returning}", values)
    _settle(rows, keys)


def run(statement: str, values: Sequence[Any]) -> list[Any]:
    """Run a statement inside a transaction and return its rows.

    On PostgreSQL it is prepared and its values travel apart from it: Django's
    own cursor writes them into the text, which costs more than the insert.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    import psycopg

    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as plain:
        plain.execute(statement, values, prepare=True)
        return plain.fetchall() if plain.description else []


def _values(plan: _Plan, row: models.Model) -> list[Any]:
    found = row.__dict__
    return [
        convert(found[name], connection) if convert is not None else found[name]
        for name, convert in plan.fields
    ]


def _settle(rows: Sequence[models.Model], keys: list[Any]) -> None:
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias
    for row, key in zip(rows, keys, strict=False):
        row.pk = key[0]


@lru_cache(maxsize=200)
def _plan(model: type[models.Model], vendor: str) -> _Plan:
    options, quote = model._meta, connection.ops.quote_name
    key = options.pk
    fields = [f for f in options.concrete_fields if f is not key or not _is_drawn(f)]
    columns = ", ".join(quote(str(f.column)) for f in fields)
    return _Plan(
        f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES",
        f"({', '.join(['%s'] * len(fields))})",
        f" RETURNING {quote(str(key.column))}" if _is_drawn(key) else "",
        tuple((f.attname, _converter(f)) for f in fields),
    )


def _is_drawn(field: Any) -> bool:
    """Say whether the database draws this key itself."""
    return isinstance(field, models.AutoField | models.BigAutoField | models.SmallAutoField)


def _converter(field: Any) -> Callable[..., Any] | None:
    """Return what makes a value fit the database, None where Python's own fits."""
    if isinstance(field, models.ForeignKey):
        return _converter(field.target_field)
    plain = (models.CharField, models.TextField, models.BooleanField)
    numbers = (models.IntegerField, models.FloatField)
    if isinstance(field, plain + numbers):
        return None
    if isinstance(field, models.DateTimeField) and not field.auto_now_add:
        return _moment if connection.vendor == "sqlite" else None
    if isinstance(field, models.JSONField) and connection.vendor == "sqlite":
        return _json
    convert: Callable[..., Any] = field.get_db_prep_save
    return convert


def _moment(value: datetime | None, connection: Any) -> str | None:
    """Return a moment as Django's SQLite backend stores it: naive, in UTC."""
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


_encode = json.JSONEncoder().encode


def _json(value: Any, connection: Any) -> str:
    return _encode(value)
