"""`./wanmi import KIND FILE`: bring a file in, row by row, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext

from wanmi.kernel import imports


class Command(BaseCommand):
    help = "Import areas, grids, places, parts or cases from a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = ", ".join(kind.name for kind in imports.kinds())
        parser.add_argument("kind", help=f"what to import: {known}")
        parser.add_argument("file", type=Path, help="GeoJSON, GeoPackage, Shapefile, CSV or XLSX")
        parser.add_argument("--mapping", type=Path, help="how columns become fields (TOML)")
        parser.add_argument(
            "--coordinates", "--system", default="", help="coordinate system, such as gcj02"
        )
        parser.add_argument("--encoding", default="", help="of text; found out when left out")
        parser.add_argument("--layer", default="", help="layer or sheet of the file")
        parser.add_argument("--dry-run", action="store_true", help="tell, and change nothing")
        parser.add_argument("--keep-good", action="store_true", help="take good rows beside bad")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the loader in one transaction; leave with 1 when nothing could stay."""
        load = imports.loader(options["kind"])
        source = imports.Source(
            options["file"], options["coordinates"], options["encoding"], options["layer"]
        )
        mapping = options["mapping"]
        choices = imports.Options(
            mapping=imports.load_mapping(mapping) if mapping else imports.Mapping(),
            dry_run=options["dry_run"],
            keep_good=options["keep_good"],
            actor="import",
        )
        with transaction.atomic():
            report = load(source, choices)
            undone = report.must_undo(choices)
            transaction.set_rollback(undone)
        self._tell(report, undone=undone, dry_run=choices.dry_run)

    def _tell(self, report: imports.Report, *, undone: bool, dry_run: bool) -> None:
        self.stdout.write(report.as_text(gettext))
        if dry_run:
            self.stdout.write(gettext("This was a trial; nothing has been changed."))
        elif undone:
            self.stderr.write(
                gettext("Nothing has been changed; correct the rows, or use --keep-good.")
            )
            raise SystemExit(1)
