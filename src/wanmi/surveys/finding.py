"""What the search box finds of surveys: by number or title."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import finding, menu
from wanmi.shell.finding import Line
from wanmi.shell.pages import spoken

from . import queries

_SHORTEST = 2


def offer() -> None:
    """Offer what this room finds."""
    see = organisation.duties.SEE_CASES
    finding.offer_finder(
        finding.Finder("surveys", _("Special surveys"), _surveys, "chart", 70, see)
    )


def _surveys(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    if len(question) < _SHORTEST:
        return
    scope = menu.scope_of(request)
    fits = Q(number__istartswith=question) | Q(title__icontains=question)
    rows = queries.visible(scope.whole).filter(fits, number__isnull=False)  # type: ignore[union-attr]  # the organisation's own scope
    for row in rows[:most]:
        url = reverse("surveys:survey", args=[row.number])
        words = spoken(row.category_zh, row.category_en)
        yield Line(f"{row.number} {row.title}", url, words, row.get_state_display())
