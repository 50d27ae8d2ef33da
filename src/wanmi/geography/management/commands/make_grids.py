"""`./wanmi make-grids --within AREA --size 100`: draft unit grids where there is no survey."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wanmi.geography import actions, queries
from wanmi.geography.shapes import Shape
from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid


class Command(BaseCommand):
    help = "Draft unit grids inside an area's boundary, along roads and waters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--within", required=True, metavar="CODE", help="code of the area")
        parser.add_argument("--size", type=float, default=100.0, help="side of a grid in metres")
        parser.add_argument(
            "--lines", type=Path, action="append", default=[], help="roads or waters to follow"
        )
        parser.add_argument(
            "--coordinates", "--system", default="", help="coordinate system of the lines"
        )
        parser.add_argument(
            "--replace", action="store_true", help="withdraw an earlier draft of the area first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draft and say how many."""
        began = monotonic()
        area = queries.area(options["within"])
        lines = [line for file in options["lines"] for line in _lines(file, options["coordinates"])]
        if options["replace"]:
            actions.withdraw_draft(area, by="make-grids")
        made = actions.draft_unit_grids(area, size_m=options["size"], lines=lines, by="make-grids")
        told = _("%(area)s: %(grids)d unit grids, %(drafted)d drafted communities, %(took)d s.")
        facts = {
            "area": area,
            "grids": made.grids,
            "drafted": made.communities,
            "took": monotonic() - began,
        }
        self.stdout.write(told % facts)


class NotLines(Invalid):
    """%(file)s holds a broken feature in line %(line)s; correct it and try again."""

    code = "not_lines"


def _lines(file: Path, coordinates: str) -> list[Shape]:
    """Return the lines of a file in degrees; of polygons (waters) their edges."""
    report = imports.Report("lines")
    records = imports.read(imports.Source(file, coordinates), imports.Options(), report)
    shapes = [record.shape for record in records if record.shape is not None]
    if report.rejected:
        raise NotLines(file=file.name, line=report.rejected[0].line)
    edges = [shape.boundary if "Polygon" in shape.geom_type else shape for shape in shapes]
    parts = [part for edge in edges for part in getattr(edge, "geoms", [edge])]
    return [part for part in parts if part.geom_type == "LineString"]
