"""The supervision board: who was put under supervision, who has answered, and how fast."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import lists, pages, tables
from wanmi.workflow import queries as workflow

from .. import showing, words
from ..models import Case

SHOWN = {
    "waiting": _("Waiting for a reply"),
    "late": _("Waiting, the reply is overdue"),
    "answered": _("Answered"),
    "answered_late": _("Answered late"),
    "all": _("All"),
}


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def supervisions(request: HttpRequest) -> HttpResponse:
    """Show the supervisions of the reader's area, those nearest their deadline first."""
    if (first := lists.opening(request, "supervisions")) is not None:
        return first
    wanted, scope = _wanted(request), scope_in(request)
    every = _narrowed(workflow.supervisions(scope), wanted)
    page = tables.take(_shown(every, wanted["shown"]), tables.page_number(request))
    context = {
        "page": page,
        "lines": _lines(page.rows),
        "wanted": wanted,
        "choices": list(SHOWN.items()),
        "grounds": list(words.GROUNDS.items()),
        "bodies": _bodies(scope),
        "counts": _counts(every),
        "can_export": scope.may(organisation.duties.EXPORT_CASES),
    }
    return pages.render(request, "cases/supervisions.html", context, part="list")


@require_safe
@pages.with_duty(organisation.duties.EXPORT_CASES)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer the same rows as CSV or XLSX."""
    wanted = _wanted(request)
    rows = _narrowed(workflow.supervisions(scope_in(request)), wanted)
    lines = _lines(list(_shown(rows, wanted["shown"])[: tables.MOST_EXPORTED]))
    form = request.GET.get("format", "csv")
    return tables.export(lines, COLUMNS, name=tables.stamped("supervisions"), form=form)


def _wanted(request: HttpRequest) -> dict[str, str]:
    """Return the filters asked for; what cannot be kept is no filter."""
    shown, ground = request.GET.get("shown", ""), request.GET.get("ground", "")
    return {
        "shown": shown if shown in SHOWN else "waiting",
        "ground": ground if ground in words.GROUNDS else "",
        "body": pages.line_of(request.GET, "body", 60),
        "q": pages.line_of(request.GET, "q", 60),
    }


def _narrowed(rows: QuerySet[workflow.Urge], wanted: dict[str, str]) -> QuerySet[workflow.Urge]:
    if wanted["ground"]:
        rows = rows.filter(ground=wanted["ground"])
    if wanted["body"]:
        rows = rows.filter(body__code=wanted["body"])
    if wanted["q"]:
        rows = rows.filter(words__icontains=wanted["q"])
    return rows


def _shown(rows: QuerySet[workflow.Urge], shown: str) -> QuerySet[workflow.Urge]:
    waiting = rows.filter(replied_at__isnull=True).order_by("reply_due_at", "pk")
    answered = rows.filter(replied_at__isnull=False).order_by("-replied_at", "-pk")
    return {
        "waiting": waiting,
        "late": waiting.filter(reply_due_at__lt=datetime.now(UTC)),
        "answered": answered,
        "answered_late": answered.filter(replied_at__gt=F("reply_due_at")),
    }.get(shown, rows.order_by("-pk"))


def _counts(rows: QuerySet[workflow.Urge]) -> dict[str, int]:
    """Return how many wait, wait too long, were answered, were answered late: one query."""
    waiting, answered = Q(replied_at__isnull=True), Q(replied_at__isnull=False)
    counts: dict[str, int] = rows.order_by().aggregate(
        waiting=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(reply_due_at__lt=datetime.now(UTC))),
        answered=Count("pk", filter=answered),
        answered_late=Count("pk", filter=answered & Q(replied_at__gt=F("reply_due_at"))),
    )
    return counts


def _lines(rows: Any) -> list[tuple[workflow.Urge, Case | None]]:
    """Return each supervision with its case: one query."""
    keys = {showing.case_key(row.subject) for row in rows}
    cases = Case.objects.select_related("category").in_bulk(keys)
    return [(row, cases.get(showing.case_key(row.subject))) for row in rows]


def _bodies(scope: organisation.Scope) -> list[tuple[str, str]]:
    """Return the bodies that were supervised in the reader's area."""
    rows = workflow.supervisions(scope).order_by("body__code")
    named = rows.values_list("body__code", "body__name_zh", "body__name_en").distinct()
    return [(code, showing.either(zh, en)) for code, zh, en in named if code]


def _state(row: workflow.Urge) -> str:
    if row.replied_at is None:
        late = row.reply_due_at is not None and row.reply_due_at < datetime.now(UTC)
        return str(SHOWN["late" if late else "waiting"])
    late = row.reply_due_at is not None and row.replied_at > row.reply_due_at
    return str(SHOWN["answered_late" if late else "answered"])


COLUMNS = [
    tables.Column("案件号 Number", lambda line: line[1].number if line[1] else ""),
    tables.Column("督办类型 Ground", lambda line: words.word(words.GROUNDS, line[0].ground)),
    tables.Column("督办内容 Words", lambda line: line[0].words),
    tables.Column(
        "被督办单位 To",
        lambda line: (
            showing.either(line[0].body.name_zh, line[0].body.name_en) if line[0].body else ""
        ),
    ),
    tables.Column("督办人 By", lambda line: line[0].urged_by.name),
    tables.Column("督办时间 At", lambda line: line[0].urged_at),
    tables.Column("回复期限 Reply due", lambda line: line[0].reply_due_at),
    tables.Column("回复状态 State", lambda line: _state(line[0])),
    tables.Column("回复内容 Reply", lambda line: line[0].reply),
    tables.Column("回复时间 Replied", lambda line: line[0].replied_at),
]
