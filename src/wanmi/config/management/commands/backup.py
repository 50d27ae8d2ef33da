"""`wanmi backup FILE`: database, media and keys in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from wanmi.config.keeping.moments import back_up


class Command(BaseCommand):
    help = "Write a consistent backup of database, media and keys; people may go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to write (.tar.gz)")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Back up and say up to where."""
        manifest = back_up(file.resolve())
        number, digest = manifest.head
        size = file.stat().st_size / 1e6
        self.stdout.write(f"{file}: {size:.1f} MB, journal up to {number} ({digest[:16]}…)")
