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
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.base import ModelState

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
    # Looked up once: the proxy `connection` looks it up for every attribute.
    database = connections[DEFAULT_DB_ALIAS]
    plan = _plan(type(rows[0]), database.vendor, rows[0].pk is not None)
    values = [value for row in rows for value in _values(plan, row, database)]
    places = ", ".join([plan.values] * len(rows))
    statement = f"{plan.statement} {places}"
    if plan.returning and needs_keys:
        for row, key in zip(rows, run(statement + plan.returning, values), strict=True):
            row.pk = key[0]
    else:
        do(statement, values)
    for row in rows:
        row._state.adding = False
        row._state.db = DEFAULT_DB_ALIAS


Row = TypeVar("Row", bound=models.Model)


def new_row(model: type[Row], **columns: Any) -> Row:
    """Return a row to be inserted: what is given, the rest by default.

    What `Model(...)` returns, without its walk over all fields and their
    descriptors: about a tenth of a report's processor time.
    """
    plain, made, related = _defaults(model)
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__ |= plain
    for name, make in made:
        row.__dict__[name] = make()
    for name, value in columns.items():
        if name in related:
            setattr(row, name, value)
        elif name in row.__dict__:
            row.__dict__[name] = value
        else:
            raise TypeError(f"{model.__name__} has no {name}")
    return row


@lru_cache(maxsize=200)
def _defaults(
    model: type[models.Model],
) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], frozenset[str]]:
    """Return the default of each column, those made anew for a row, and the relations."""
    fields = model._meta.concrete_fields
    plain = {f.attname: None if callable(f.default) else f.get_default() for f in fields}
    made = [(f.attname, f.get_default) for f in fields if callable(f.default)]
    return plain, made, frozenset(f.name for f in fields if f.is_relation)


def draw_keys(*models_: type[models.Model]) -> list[int]:
    """Return a new key for each of these tables, named as often as it needs keys.

    For rows that are entered together and name one another. Inside a
    transaction: SQLite keeps the last key where only one writer is.
    """
    tables = [model._meta.db_table for model in models_]
    if connection.vendor == "postgresql":
        (keys,) = run(_nextval(models_), [])
        return list(keys)
    places = ", ".join(["%s"] * len(tables))
    last = dict(run(f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({places})", tables))  # noqa: S608  # only places
    return [
        last.get(table, 0) + tables[: place + 1].count(table) for place, table in enumerate(tables)
    ]


@lru_cache(maxsize=50)
def _nextval(models_: tuple[type[models.Model], ...]) -> str:
    drawn = (f"nextval('{_sequence(model)}')" for model in models_)
    return f"SELECT {', '.join(drawn)}"


def _sequence(model: type[models.Model]) -> str:
    """Return the sequence that gives a table its keys, asked for once."""
    table, key = model._meta.db_table, str(model._meta.pk.column)
    return str(run("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key])[0][0])


def _values(plan: _Plan, row: models.Model, database: Any) -> list[Any]:
    found = row.__dict__
    return [
        convert(found[name], database) if convert is not None else found[name]
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
