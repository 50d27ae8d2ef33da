"""Patrol coverage: what of each duty grid was visited, what was missed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import queries
from .asking import period_of

duties = organisation.duties


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def board(request: HttpRequest) -> HttpResponse:
    """Show duty grids and streets with the share of their unit grids that was visited."""
    first, last = period_of(request, days=1)
    rows = queries.coverage_of_grids(scope_in(request), first, last)
    grids, visited = sum(row.grids for row in rows), sum(row.visited for row in rows)
    context = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "rows": rows,
        "streets": _by_street(rows),
        "grids": grids,
        "visited": visited,
        "percent": round(100 * visited / grids, 1) if grids else None,
    }
    return pages.render(request, "dispatch/coverage.html", context, part="board")


@require_safe
@pages.with_duty(duties.SEE_PATROLS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the coverage of duty grids as CSV or XLSX."""
    first, last = period_of(request, days=1)
    rows = queries.coverage_of_grids(scope_in(request), first, last)
    form = request.GET.get("format", "csv")
    return tables.export(rows, COLUMNS, name=tables.stamped("coverage"), form=form)


def _by_street(rows: list[queries.GridCoverage]) -> list[dict[str, Any]]:
    """Return the same by the street the duty grids lie in, or what stands for one there."""
    summed: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    known = geography.names_of_many(row.grid.path for row in rows)
    for row in rows:
        above = _street(known[row.grid.path])
        for place, number in enumerate((row.grids, row.visited, row.seconds)):
            summed[above][place] += number
    names = geography.spoken_of_many(summed)
    return [
        {
            "name": names.get(path, path),
            "grids": grids,
            "visited": visited,
            "seconds": seconds,
            "percent": round(100 * visited / grids, 1) if grids else None,
        }
        for path, (grids, visited, seconds) in sorted(summed.items())
    ]


def _street(names: Sequence[geography.AreaName]) -> str:
    """Return the path down to the street, without one to what holds the duty grid."""
    kinds = [name.kind for name in names]
    street = geography.AreaKind.STREET
    count = kinds.index(street) + 1 if street in kinds else len(names) - 1
    return "".join(f"{name.code}/" for name in names[:count])


COLUMNS = [
    tables.Column("编码 Code", lambda row: row.grid.code),
    tables.Column("责任网格 Duty grid", lambda row: row.grid.name),
    tables.Column("单元网格 Unit grids", lambda row: row.grids),
    tables.Column("已巡查 Visited", lambda row: row.visited),
    tables.Column("覆盖率 Percent", lambda row: row.percent),
    tables.Column("巡查秒 Seconds", lambda row: row.seconds),
    tables.Column("最近一次 Latest", lambda row: row.latest_at),
    tables.Column("未巡查 Missed", lambda row: " ".join(row.missed)),
]
