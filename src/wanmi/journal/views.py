"""The journal as a page: filters, newest first, and whether its end is what it should be."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wanmi.kernel.errors import Invalid
from wanmi.shell import pages

from . import queries
from .reading import DUTY, Wanted, entries

_PAGE = 50
_FILTERS = ("subject", "kind", "actor", "since", "until")


@require_safe
@pages.with_duty(DUTY)
def journal(request: HttpRequest) -> HttpResponse:
    """Show what happened in the reader's area."""
    given = {name: _clean(request.GET.get(name, "")) for name in _FILTERS}
    refused = ""
    try:
        rows = _page(request, Wanted(**given))
    except Invalid as refusal:
        rows, refused = [], pages.sentence(refusal)
    context = {
        "entries": rows[:_PAGE],
        "older": rows[_PAGE - 1].number if len(rows) > _PAGE else None,
        "wanted": given,
        "refused": refused,
        "end": queries.check_end(),
    }
    return pages.render(request, "journal/journal.html", context, part="rows")


def _page(request: HttpRequest, wanted: Wanted) -> list[Any]:
    before = request.GET.get("before", "")
    rows = entries(pages.scope_in(request), wanted).order_by("-number")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(number__lt=int(before))
    return list(rows[: _PAGE + 1])


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:80].strip()
