"""Bring the tables up to date; on request empty a demo database, and only a demo database."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from wanmi.demo.building.city import NotADemoDatabase, existing
from wanmi.geography import queries as geography


def take_tables(*, fresh: bool) -> None:
    """Migrate; empty the database first when asked, or when a build was broken off."""
    call_command("migrate", interactive=False, verbosity=0)
    found = existing()
    if found is None and fresh and geography.Area.objects.exists():
        raise NotADemoDatabase
    if found is not None and (fresh or found.built_at is None):
        _empty()
        call_command("migrate", interactive=False, verbosity=0)
        geography.forget()


def _empty() -> None:
    """Drop every table, since the journal's rows can never be deleted one by one."""
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
    else:
        # Not the schema: before PostgreSQL 15 it belongs to the server's own administrator.
        with transaction.atomic(), connection.cursor() as cursor:
            for name in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
