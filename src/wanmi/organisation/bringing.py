"""Importing bodies, posts and people in the browser: tried first, errors by line, then for good."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from wanmi.journal import actions as journal
from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.shell import pages

from . import duties, importing, queries
from .queries import scope_in

MOST_BYTES = 5_000_000
SHOWN_ROWS = 200
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
COLUMNS = (
    "body",
    "name_zh",
    "name_en",
    "kind",
    "level",
    "area",
    "credit_code",
    "parent",
    "role",
    "post_zh",
    "post_en",
    "post_area",
    "username",
    "person_zh",
    "person_en",
    "from_date",
)

EXAMPLE = (
    *("CLEAN-01", "示例环卫所", "Example sanitation", "department", "district", "110108", "", ""),
    *("handler", "保洁员", "Cleaner", "", "zhangsan", "张三", "", "2026-01-01"),
)


class NoUsableFile(Invalid):
    """Choose a CSV or XLSX file of at most 5 MB."""

    code = "no_usable_file"


@require_http_methods(["GET", "POST"])
@pages.with_duty(duties.EDIT_PEOPLE)
def bring(request: HttpRequest) -> HttpResponseBase:
    """Show the form; try a file and tell what would happen; import it for good."""
    if not queries.may_everywhere(scope_in(request), duties.EDIT_PEOPLE):
        raise NotAllowed
    context: dict[str, Any] = {"columns": COLUMNS}
    if request.method == "GET":
        return pages.render(request, "organisation/import.html", context)
    for_good = request.POST.get("do") == "import"
    try:
        report = _run(request, dry_run=not for_good)
    except Refused as refused:
        context["error"] = pages.sentence(refused)
        status = refused.status
        return pages.render(
            request, "organisation/import.html", context, part="report", status=status
        )
    context |= {
        "report": report,
        "rejected": [(row.line, row.sentence(gettext)) for row in report.rejected[:SHOWN_ROWS]],
        "is_done": for_good and not report.rejected,
        "may_import": not for_good and not report.rejected and report.accepted > 0,
    }
    return pages.render(request, "organisation/import.html", context, part="report")


@require_safe
@pages.with_duty(duties.EDIT_PEOPLE)
def example(request: HttpRequest) -> HttpResponse:
    """Answer a file with the columns and one line to write over."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    writer.writerow(EXAMPLE)
    answer = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="organisation.csv"'
    return answer


def _run(request: HttpRequest, *, dry_run: bool) -> imports.Report:
    return run_file(request.FILES.get("file"), by=request.user, dry_run=dry_run)


def run_file(sent: object, *, by: object, dry_run: bool) -> imports.Report:
    """Import an uploaded file of bodies, posts and people, or only try it. Raises NoUsableFile.

    All of it or nothing: with rejected lines nothing stays.
    """
    if not isinstance(sent, UploadedFile) or (sent.size or 0) > MOST_BYTES:
        raise NoUsableFile
    suffix = Path(sent.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        raise NoUsableFile
    options = imports.Options(dry_run=dry_run, actor=by)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"organisation{suffix}"
        path.write_bytes(sent.read())
        with transaction.atomic():
            with journal.deed():
                report = importing.load(imports.Source(path), options)
            transaction.set_rollback(report.must_undo(options))
    return report
