"""A consistent copy of a PostgreSQL database in plain Python, and its way back.

Every table is copied out in one REPEATABLE READ transaction, so all of them
show the same moment while others go on writing. No `pg_dump` is needed, and
its version need not fit the server's. Loading first lays the tables as the
migrations of that time did.
"""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

_LEFT_OUT = "django_migrations"
_PIECE = 1 << 20


def tables() -> list[str]:
    """Return the tables that hold something of ours."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return sorted(name for name in names if name != _LEFT_OUT)


def begin_snapshot(cursor: Any) -> None:
    """Let the open transaction see one moment only."""
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def dump(cursor: Any, into: Path) -> None:
    """Copy every table into a file, inside the transaction of the cursor."""
    for name in tables():
        columns = _columns(cursor, name)
        copy = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(name), columns)
        with (into / name).open("wb") as file, cursor.copy(copy) as rows:
            first = columns.as_string(None).encode()
            file.write(first + b"\n")
            for piece in rows:
                file.write(bytes(piece))


def _columns(cursor: Any, table: str) -> sql.Composed:
    """Return the stored columns; generated ones are worked out again."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return sql.SQL(", ").join(sql.Identifier(row[0]) for row in cursor.fetchall())


def load(folder: Path, migrations: dict[str, list[str]]) -> None:
    """Lay the tables as they were and fill them, all in one transaction."""
    drop_everything()
    _migrate_to(migrations)
    with transaction.atomic(), connection.cursor() as cursor:
        _empty(cursor)
        for path in sorted(folder.iterdir()):
            _fill(cursor, path)
        for statement in _sequences():
            cursor.execute(statement)


def drop_everything() -> None:
    """Take all tables of the database out."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(name)))


def _migrate_to(migrations: dict[str, list[str]]) -> None:
    """Apply the migrations that were applied then, and no later ones."""
    executor = MigrationExecutor(connection)
    known = {(app, name) for app, names in migrations.items() for name in names}
    nodes = executor.loader.graph.node_map
    # An earlier one named as a target would ask to go back from what others need.
    targets = [
        key
        for key in sorted(known)
        if not any(child.key in known and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(targets)


def _empty(cursor: Any) -> None:
    """Take out what migrations put in; it comes back with the copy."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in tables())
    cursor.execute(sql.SQL("TRUNCATE {}").format(names))


def _fill(cursor: Any, path: Path) -> None:
    # Foreign keys are checked at the end of the transaction, so any order will do.
    with path.open("rb") as file:
        columns = sql.SQL(file.readline().decode().strip())
        copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(path.name), columns)
        with cursor.copy(copy) as rows:
            while piece := file.read(_PIECE):
                rows.write(piece)


def _sequences() -> list[str]:
    return connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True))
