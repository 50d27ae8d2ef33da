"""What the search box finds of the register: parts by either end of their identifier."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import finding
from wanmi.shell.finding import Line

from . import queries

_SHORTEST = 4


def offer() -> None:
    """Offer what this room finds."""
    finding.offer_finder(
        finding.Finder("parts", _("Parts"), _parts, "part", 30, duties.SEE_PARTS, _listed)
    )


def _parts(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    """Words are left to the register's own page: they would look through every part."""
    if len(question) < _SHORTEST or not (question.isascii() and question.isdigit()):
        return
    scope = scope_in(request).whole
    rows = list(queries.search(question, scope=scope)[:most])
    for row in rows or queries.ending_with(question, scope)[:most]:
        url = reverse("registers:part", args=[row.identifier])
        yield Line(f"{row.identifier} {row.name}", url, row.category.name, row.get_state_display())


def _listed(question: str) -> str:
    return f"{reverse('registers:parts')}?{urlencode({'q': question})}"
