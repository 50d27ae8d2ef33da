"""My area by the areas below it: what happens, how it stands, each number leading to its cases."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wanmi.geography import queries as geography
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import queries, showing
from ..areacounts import AreaCount, AreaCounts, counts_below

PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "365": _("One year")}


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def by_area(request: HttpRequest) -> HttpResponse:
    """Show the numbers of each area below the reader's own, or below one they chose."""
    path, days = _path(request), _days(request)
    counts = _counts(request, path, days)
    names = geography.names_of(path)
    own = scope_in(request).areas(organisation.duties.SEE_CASES)
    context = {
        "counts": counts.areas,
        "elsewhere": counts.elsewhere,
        "total": _total(counts),
        "path": path,
        "name": showing.either(names[-1].name_zh, names[-1].name_en) if names else "",
        "above": [
            (_joined(names[: place + 1]), showing.either(name.name_zh, name.name_en))
            for place, name in enumerate(names[:-1])
            if any(_joined(names[: place + 1]).startswith(held) for held in own)
        ],
        "days": days,
        "since": datetime.now(UTC) - timedelta(days=int(days)),
        "periods": list(PERIODS.items()),
        "can_export": scope_in(request).may(organisation.duties.EXPORT_CASES),
    }
    return pages.render(request, "cases/areas.html", context, part="list")


@require_safe
@pages.with_duty(organisation.duties.EXPORT_CASES)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer the same numbers as CSV or XLSX."""
    counts = _counts(request, _path(request), _days(request))
    rows = [*counts.areas, *([counts.elsewhere] if counts.elsewhere else [])]
    form = request.GET.get("format", "csv")
    return tables.export(rows, COLUMNS, name=tables.stamped("areas"), form=form)


def _counts(request: HttpRequest, path: str, days: str) -> AreaCounts:
    now = datetime.now(UTC)
    rows = queries.visible(scope_in(request))
    if path:
        rows = rows.filter(organisation.path_prefix(path))
    return counts_below(rows, path, since=now - timedelta(days=int(days)), now=now)


def _path(request: HttpRequest) -> str:
    """Return the area asked for, inside the reader's own; without one, the reader's first."""
    own = scope_in(request).areas(organisation.duties.SEE_CASES)
    wanted = request.GET.get("area", "")
    if wanted and not scope_in(request).may(organisation.duties.SEE_CASES, wanted):
        raise NotAllowed
    inside = any(wanted.startswith(held) for held in own)
    return wanted if wanted and inside else (own[0] if own else "")


def _days(request: HttpRequest) -> str:
    days = request.GET.get("days", "30")
    return days if days in PERIODS else "30"


def _joined(names: tuple[geography.AreaName, ...]) -> str:
    return "".join(f"{name.code}/" for name in names)


def _total(counts: AreaCounts) -> AreaCount:
    together = AreaCount("", "", "", "", has_below=False)
    for count in [*counts.areas, *([counts.elsewhere] if counts.elsewhere else [])]:
        for name in ("reported", "open", "soon", "overdue", "closed", "reworked"):
            setattr(together, name, getattr(together, name) + getattr(count, name))
    return together


def _rate(count: AreaCount) -> float | None:
    rate = count.closing_rate
    return round(100 * rate, 1) if rate is not None else None


COLUMNS = [
    tables.Column("编码 Code", lambda count: count.code),
    tables.Column("区域 Area", lambda count: showing.either(count.name_zh, count.name_en)),
    tables.Column("上报 Reported", lambda count: count.reported),
    tables.Column("在办 Open", lambda count: count.open),
    tables.Column("临期 Due soon", lambda count: count.soon),
    tables.Column("超期 Overdue", lambda count: count.overdue),
    tables.Column("结案 Closed", lambda count: count.closed),
    tables.Column("返工 Reworked", lambda count: count.reworked),
    tables.Column("结案率 Closing rate, %", _rate),
]
