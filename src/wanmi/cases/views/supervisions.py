"""The supervision board: who was put under supervision, and who has not answered yet."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.shell import pages, tables
from wanmi.workflow import queries as workflow

from .. import showing
from ..models import Case
from .asking import scope_of

SHOWN = {"waiting": _("Waiting for a reply"), "answered": _("Answered"), "all": _("All")}


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def supervisions(request: HttpRequest) -> HttpResponse:
    """Show the supervisions of the reader's area, those nearest their deadline first."""
    shown = request.GET.get("shown", "waiting")
    shown = shown if shown in SHOWN else "waiting"
    page = tables.take(_rows(request, shown), tables.page_number(request))
    keys = {showing.case_key(row.subject) for row in page.rows}
    cases = Case.objects.select_related("category").in_bulk(keys)
    context = {
        "page": page,
        "lines": [(row, cases.get(showing.case_key(row.subject))) for row in page.rows],
        "shown": shown,
        "choices": list(SHOWN.items()),
    }
    return pages.render(request, "cases/supervisions.html", context, part="list")


def _rows(request: HttpRequest, shown: str) -> QuerySet[workflow.Urge]:
    rows = workflow.supervisions(scope_of(request))
    if shown == "waiting":
        return rows.filter(replied_at__isnull=True).order_by("reply_due_at", "pk")
    if shown == "answered":
        return rows.filter(replied_at__isnull=False).order_by("-replied_at", "-pk")
    return rows.order_by("-pk")
