"""Taking a backup of the living city and bringing it back."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from wanmi.journal import queries as journal
from wanmi.journal.checks import verify
from wanmi.kernel.errors import Conflict, Invalid

from . import archive, postgresql, sqlite
from .archive import Manifest


class HomeIsNotEmpty(Conflict):
    """There is a city here already; --force replaces it by the one in the backup."""

    code = "home_is_not_empty"


class OtherEngine(Invalid):
    """This backup is of a %(theirs)s database and this city runs on %(ours)s."""

    code = "other_engine"


class NewerBackup(Invalid):
    """This backup was made by a newer Wanmi (%(version)s); install that one first."""

    code = "newer_backup"


class RestoreFailed(Invalid):
    """What came out of the backup does not verify: %(detail)s"""

    code = "restore_failed"


def back_up(target: Path) -> Manifest:
    """Write database, media and keys into one archive, while people go on working.

    The database is copied first, at one moment. Media are written before the
    rows that name them and never change, so copying them afterwards misses none.
    """
    with _workplace() as folder, archive.writing(target) as tar:
        database = folder / archive.DATABASE
        database.mkdir()
        manifest = _dump(database)
        archive.add_manifest(tar, manifest)
        archive.add_folder(tar, database, archive.DATABASE)
        archive.add_folder(tar, Path(settings.MEDIA_ROOT), archive.MEDIA, without="incoming")
        archive.add_folder(tar, _keys(), archive.KEYS)
    return manifest


def restore(source: Path, *, force: bool = False) -> Manifest:
    """Bring a city back; verify it. Raises HomeIsNotEmpty without `force`.

    Nothing is touched before the whole archive was read and found good.
    """
    if not force and not is_empty():
        raise HomeIsNotEmpty
    with _workplace() as folder:
        manifest = archive.unpack(source, folder)
        _refuse_misfits(manifest)
        _load(folder / archive.DATABASE, manifest)
        _bring_files(folder / archive.MEDIA, Path(settings.MEDIA_ROOT))
        _bring_files(folder / archive.KEYS, _keys())
    call_command("migrate", interactive=False, verbosity=0)
    _check(manifest)
    return manifest


def is_empty() -> bool:
    """Say whether nobody has lived here yet: no journal entry and no media."""
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(path.is_file() for path in media.rglob("*")):
        return False
    with connection.cursor() as cursor:
        if "journal_journalentry" not in connection.introspection.table_names(cursor):
            return True
    return journal.head_number() == 0


def _dump(into: Path) -> Manifest:
    if connection.vendor == "sqlite":
        sqlite.dump(Path(connection.settings_dict["NAME"]), into)
        head, migrations = _read_copy(into / sqlite.FILE)
    else:
        # Writers' own connections go on; this one sees a single moment.
        with transaction.atomic(), connection.cursor() as cursor:
            postgresql.begin_snapshot(cursor)
            head, migrations = _read_facts(cursor)
            postgresql.dump(cursor, into)
    return Manifest(
        engine=connection.vendor,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version("wanmi"),
        head=head,
        migrations=migrations,
        digests={path.name: archive.digest_of(path) for path in sorted(into.iterdir())},
    )


def _read_copy(path: Path) -> tuple[tuple[int, str], dict[str, list[str]]]:
    import sqlite3

    copy = sqlite3.connect(path)
    try:
        return _read_facts(copy.cursor())
    finally:
        copy.close()


def _read_facts(cursor: Any) -> tuple[tuple[int, str], dict[str, list[str]]]:
    """Return the journal's head and the applied migrations, as this copy has them."""
    cursor.execute("SELECT number, hash FROM journal_journalhead")
    number, digest = cursor.fetchone() or (0, b"")
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    migrations: dict[str, list[str]] = {}
    for app, name in cursor.fetchall():
        migrations.setdefault(app, []).append(name)
    return (number, bytes(digest).hex()), migrations


def _refuse_misfits(manifest: Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    if manifest.engine != connection.vendor:
        raise OtherEngine(theirs=manifest.engine, ours=connection.vendor)
    known = MigrationLoader(None).disk_migrations.keys()
    applied = {(app, name) for app, names in manifest.migrations.items() for name in names}
    if not applied <= known:
        raise NewerBackup(version=manifest.version)


def _load(folder: Path, manifest: Manifest) -> None:
    if connection.vendor == "sqlite":
        connections.close_all()
        sqlite.load(folder, Path(connection.settings_dict["NAME"]))
    else:
        postgresql.load(folder, manifest.migrations)


def _bring_files(source: Path, target: Path) -> None:
    """Move files to their place; one that is there already is replaced."""
    if not source.is_dir():
        return
    for path in source.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            shutil.move(path, place)


def _check(manifest: Manifest) -> None:
    """Refuse to call it restored unless its head is there and everything verifies."""
    number, digest = manifest.head
    # A newer release may have added something of its own by now.
    if number and journal.hash_at(number) != digest:
        raise RestoreFailed(detail=f"the journal has no such entry {number}")
    for finding in verify():
        if finding.faults:
            raise RestoreFailed(detail=f"{finding.name}: {finding.faults[0]}")


def _keys() -> Path:
    return Path(settings.HOME) / "keys"


@contextmanager
def _workplace() -> Iterator[Path]:
    """Give a folder beside the state, so that moving out of it costs nothing."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".keeping-") as folder:
        yield Path(folder)


__all__ = ["HomeIsNotEmpty", "NewerBackup", "OtherEngine", "RestoreFailed", "back_up", "restore"]
