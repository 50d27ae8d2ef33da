"""Sending a statement that is written out, past Django's cursors.

Django's cursor looks at every statement several times before the database sees it, and on
PostgreSQL writes the values into its text; both cost more than a prepared insert. Where
somebody listens to the statements (tests, benchmarks), they go the ordinary way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def run(statement: str, values: Sequence[Any], alias: str = "default") -> list[Any]:
    """Run a statement that gives rows and return them."""
    rows: list[Any] = _send(statement, values, alias, _rows)
    return rows


def do(statement: str, values: Sequence[Any], alias: str = "default") -> None:
    """Run a statement whose answer nobody needs; inside `together` it is not waited for."""
    _send(statement, values, alias, _nothing)


def count(statement: str, values: Sequence[Any], alias: str = "default") -> int:
    """Run a statement and return how many rows it changed; never inside `together`."""
    return int(_send(statement, values, alias, _row_count))


@contextmanager
def together(alias: str = "default") -> Iterator[None]:
    """Send the statements inside without waiting for the answer of each.

    PostgreSQL takes them in one go (libpq's pipeline) and is waited for where rows
    are asked for and at the end; what a statement broke is raised there. Inside,
    only `run` and `do`: a cursor does not know how many rows a waiting update met.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql" or _is_heard(connection):
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _send(statement: str, values: Sequence[Any], alias: str, take: Callable[[Any], Any]) -> Any:
    """Send a statement and return what `take` reads from its cursor."""
    connection = connections[alias]
    connection.validate_no_broken_transaction()
    if connection.vendor not in ("postgresql", "sqlite") or _is_heard(connection):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return take(cursor)
    connection.ensure_connection()
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            return take(connection.connection.execute(_of_sqlite(statement), values))
        import psycopg

        with psycopg.Cursor(connection.connection) as plain:
            plain.execute(statement, values, prepare=True)
            return take(plain)


def _rows(cursor: Any) -> Any:
    return cursor.fetchall()


def _nothing(cursor: Any) -> None:
    return None


def _row_count(cursor: Any) -> Any:
    return cursor.rowcount


def _is_heard(connection: BaseDatabaseWrapper) -> bool:
    return bool(connection.execute_wrappers) or connection.queries_logged


@lru_cache(maxsize=500)
def _of_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")
