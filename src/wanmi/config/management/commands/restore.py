"""`wanmi restore FILE`: the same city again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from wanmi.config.keeping.moments import restore


class Command(BaseCommand):
    help = "Bring a city back from a backup and verify it; stop the server first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an archive written by `wanmi backup`")
        parser.add_argument("--force", action="store_true", help="replace the city that is here")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        """Restore and say up to where."""
        manifest = restore(file.resolve(), force=force)
        number, digest = manifest.head
        self.stdout.write(f"restored and verified: journal up to {number} ({digest[:16]}…)")
