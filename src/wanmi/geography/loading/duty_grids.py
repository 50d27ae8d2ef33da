"""Importing duty grids: code, name, the area they lie in, and their unit grids."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from wanmi.kernel.errors import Refused
from wanmi.kernel.imports import Options, Record, Report, Source, read

from ..actions.areas import revise_area
from ..actions.duty_grids import change_unit_grids, make_duty_grid
from ..models import Area, AreaKind
from ..queries import unit_grids_of
from .areas import CodeTwice

_BETWEEN = re.compile(r"[\s,，;；、]+")


@dataclass(frozen=True)
class Row:
    """A duty grid as a file gives it."""

    code: str
    name_zh: str
    name_en: str
    parent_code: str
    unit_grids: tuple[str, ...]
    from_day: date | None


def load(source: Source, options: Options) -> Report:
    """Load duty grids; a known code gets the name and exactly the unit grids of the file."""
    report = Report("duty-grids")
    seen: dict[str, int] = {}
    for record in read(source, options, report):
        try:
            row = _row(record)
            if row.code in seen:
                raise CodeTwice(code=row.code, line=seen[row.code])
            seen[row.code] = record.line
            if _keep(row, options):
                report.accepted += 1
            else:
                report.skip()
        except Refused as refused:
            report.reject(record.line, refused)
    return report


def _row(record: Record) -> Row:
    grids = record.text("unit_grids", max_length=200_000, multiline=True)
    return Row(
        code=record.text("code", required=True, max_length=20),
        name_zh=record.text("name_zh", max_length=80)
        or record.text("name", required=True, max_length=80),
        name_en=record.text("name_en", max_length=120),
        parent_code=record.text("parent_code", max_length=20),
        unit_grids=tuple(code for code in _BETWEEN.split(grids) if code),
        from_day=record.day("valid_from"),
    )


@transaction.atomic
def _keep(row: Row, options: Options) -> bool:
    """Enter or renew a duty grid; say whether anything changed."""
    known = Area.objects.filter(
        kind=AreaKind.DUTY_GRID, code=row.code, valid_to__isnull=True
    ).first()
    if known is None:
        make_duty_grid(
            row.code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            parent_code=row.parent_code,
            grid_codes=row.unit_grids,
            from_day=row.from_day,
            by=options.actor,
        )
        return True
    names = {"name_zh": row.name_zh, "name_en": row.name_en}
    changed = {name: said for name, said in names.items() if said and said != getattr(known, name)}
    if changed:
        revise_area(known, by=options.actor, **changed)
    held, wanted = {grid.code for grid in unit_grids_of(known)}, set(row.unit_grids)
    if held != wanted:
        change_unit_grids(
            known,
            joining=sorted(wanted - held),
            leaving=sorted(held - wanted),
            by=options.actor,
        )
    return bool(changed) or held != wanted
