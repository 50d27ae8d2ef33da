"""A person's own record: the numbers, and the cases behind one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wanmi.accounts.queries import reader
from wanmi.shell import pages, tables

from ..record import PERIODS, SHOWN, cases_of, record_of

CHOICES = [("today", _("Today")), ("month", _("This month"))]


def label(key: str) -> str:
    """Return what a number of the record is called."""
    return {
        "report": gettext("Reported"),
        "valid": gettext("Of these filed"),
        "verify": gettext("Verified"),
        "verify_in_time": gettext("Verified in time"),
        "check": gettext("Checked after handling"),
        "check_in_time": gettext("Checked in time"),
    }[key]


@require_safe
@pages.with_duty()
def record(request: HttpRequest) -> HttpResponse:
    """Show the reader's own record and the cases behind the number chosen."""
    person = reader(request)
    period, shown = request.GET.get("period", ""), request.GET.get("shown", "")
    period = period if period in PERIODS else "month"
    shown = shown if shown in SHOWN else "report"
    rows = cases_of(person.pk, period, shown)
    figures = record_of(person.pk, period)
    context: dict[str, Any] = {
        "period": period,
        "choices": CHOICES,
        "shown": shown,
        "shown_word": label(shown),
        "figures": [{"figure": each, "label": label(each.key)} for each in figures],
        "page": tables.take(rows, tables.page_number(request)),
    }
    return pages.render(request, "cases/record.html", context)
