"""Inserting rows by a statement prepared once per table.

`Model.save()` builds its SQL anew for every row, which costs several times the
insert itself; the rows of a report are entered while everybody else waits for
the writers' gate. Same columns, same conversions; no signals, which nothing
in this house uses.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from wanmi.shell.sending import do, run


@dataclass(frozen=True)
class _Plan:
    """The statement of a table and how each value is taken and converted."""

    statement: str
    values: str
    returning: str
    fields: tuple[tuple[str, Callable[..., Any] | None], ...]


def insert(*rows: models.Model, needs_keys: bool = True) -> None:
    """Insert rows of one table in one statement and give them their keys.

    Rows that have theirs already (`draw_keys`) keep them; where nobody needs
    them, nothing is waited for. See `together`.
    """
    if not rows:
        return
    plan = _plan(type(rows[0]), connection.vendor, rows[0].pk is not None)
    values = [value for row in rows for value in _values(plan, row)]
    places = ", ".join([plan.values] * len(rows))
    statement = f"{plan.statement} {places}"
    if plan.returning and needs_keys:
        for row, key in zip(rows, run(statement + plan.returning, values), strict=True):
            row.pk = key[0]
    else:
        do(statement, values)
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def draw_keys(*models_: type[models.Model]) -> list[int]:
    """Return a new key for each of these tables, named as often as it needs keys.

    For rows that are entered together and name one another. Inside a
    transaction: SQLite keeps the last key where only one writer is.
    """
    tables = [model._meta.db_table for model in models_]
    if connection.vendor == "postgresql":
        (keys,) = run(
            _nextval(tuple((m._meta.db_table, str(m._meta.pk.column)) for m in models_)), []
        )
        return list(keys)
    places = ", ".join(["%s"] * len(tables))
    last = dict(run(f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({places})", tables))  # noqa: S608  # only places
    return [
        last.get(table, 0) + tables[: place + 1].count(table) for place, table in enumerate(tables)
    ]


@lru_cache(maxsize=50)
def _nextval(columns: tuple[tuple[str, str], ...]) -> str:
    drawn = (f"nextval(pg_get_serial_sequence('\"{table}\"', '{key}'))" for table, key in columns)
    return f"SELECT {', '.join(drawn)}"


def _values(plan: _Plan, row: models.Model) -> list[Any]:
    found = row.__dict__
    return [
        convert(found[name], connection) if convert is not None else found[name]
        for name, convert in plan.fields
    ]


@lru_cache(maxsize=200)
def _plan(model: type[models.Model], vendor: str, has_key: bool) -> _Plan:
    options, quote = model._meta, connection.ops.quote_name
    key = options.pk
    draws = _is_drawn(key) and not has_key
    fields = [f for f in options.concrete_fields if f is not key or not draws]
    columns = ", ".join(quote(str(f.column)) for f in fields)
    return _Plan(
        f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES",
        f"({', '.join(['%s'] * len(fields))})",
        f" RETURNING {quote(str(key.column))}" if draws else "",
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
