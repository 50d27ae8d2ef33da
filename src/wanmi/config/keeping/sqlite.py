"""A consistent copy of an SQLite database while people write, and its way back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from wanmi.kernel.errors import Invalid

FILE = "wanmi.sqlite3"


class DamagedDatabase(Invalid):
    """The database in this backup is damaged: %(detail)s."""

    code = "damaged_database"


def dump(database: Path, into: Path) -> None:
    """Copy a live database; one pass over it inside one read transaction, others go on writing."""
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(into / FILE)) as copy,
    ):
        # All pages in one step: page by page would begin anew at each commit of others.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")


def check(folder: Path) -> None:
    """Refuse a damaged copy."""
    with closing(sqlite3.connect(folder / FILE)) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise DamagedDatabase(detail=str(found)[:200])


def load(folder: Path, database: Path) -> None:
    """Put a copy into the place of the database."""
    check(folder)
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    database.parent.mkdir(parents=True, exist_ok=True)
    (folder / FILE).replace(database)
