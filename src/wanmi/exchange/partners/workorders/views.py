"""Work orders: the list with its limits, bringing them in, what is done with one."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid, NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from ...models import WorkOrder
from . import importing, orders

duties = organisation.duties
LARGEST = 5_000_000
"""Bytes of a table."""
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.ANSWER_CONTACTS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the orders, the most urgent first; bring in a table, uploaded or pasted."""
    if request.method != "POST":
        return _shown(request)
    try:
        report = _bring(request)
    except Refused as refusal:
        return _shown(request, error=pages.sentence(refusal), status=refusal.status)
    return _shown(request, report=report.as_text(gettext), status=422 if report.rejected else 200)


@require_POST
@pages.with_duty(duties.ANSWER_CONTACTS)
def act(request: HttpRequest, order: int, action: str) -> HttpResponse:
    """Sign for an order, note that its citizen was contacted, or return it."""
    row = orders.visible(scope_in(request)).filter(pk=order).first()
    if row is None:
        raise NotFound
    organisation.require(scope_in(request), duties.ANSWER_CONTACTS, row.contact.area_path)
    by = reader(request)
    try:
        if action == "return":
            orders.give_back(row, request.POST.get("reason", ""), by=by)
        else:
            {"sign": orders.sign, "contact": orders.note_contact}[action](row, by=by)
    except Refused as refusal:
        return _shown(request, error=pages.sentence(refusal), status=refusal.status)
    return HttpResponseRedirect(reverse("exchange:orders"))


def _bring(request: HttpRequest) -> imports.Report:
    """Read a table; good rows are taken beside bad ones, which are named."""
    file = request.FILES.get("file")
    pasted = request.POST.get("pasted", "").strip()
    if file is None and not pasted:
        raise Invalid("Choose a file or paste rows with their heading.")
    suffix = Path(str(file.name)).suffix.lower() if file else ".tsv"
    if suffix not in SUFFIXES or (file and (file.size or 0) > LARGEST):
        raise Invalid("Only CSV and XLSX tables of at most 5 MB can be brought in.")
    content = file.read() if file else pasted.encode()
    with TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / f"orders{suffix}"
        path.write_bytes(content)
        options = imports.Options(keep_good=True, actor=request.user)
        return importing.load(imports.Source(path), options)


def _shown(
    request: HttpRequest, *, error: str = "", report: str = "", status: int = 200
) -> HttpResponse:
    page = tables.take(orders.visible(scope_in(request)), tables.page_number(request))
    now = datetime.now(UTC)
    rows = [(row, _steps(row, now)) for row in page.rows]
    context = {"page": page, "orders": rows, "error": error, "report": report}
    return pages.render(request, "exchange/orders.html", context, status=status)


Step = tuple[str, datetime | None, datetime, str]
"""What it is called, when it was done, by when it is due, its lamp."""


def _steps(row: WorkOrder, now: datetime) -> list[Step]:
    given = [
        (gettext("Signed for"), row.signed_at, row.sign_by),
        (gettext("Citizen contacted"), row.contacted_at, row.contact_by),
        (gettext("Replied"), row.contact.answered_at, row.reply_by),
    ]
    return [
        (name, at, due, "overdue" if (at or now) > due else "in_time") for name, at, due in given
    ]
