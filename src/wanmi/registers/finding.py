"""What the search box finds of the register: parts by the beginning of their identifier."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.organisation.queries import duties
from wanmi.shell import finding, menu
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
    scope = menu.scope_of(request)
    rows = queries.search(question, scope=scope.whole)  # type: ignore[union-attr]  # the organisation's own scope
    for row in rows[:most]:
        url = reverse("registers:part", args=[row.identifier])
        yield Line(f"{row.identifier} {row.name}", url, row.category.name, row.get_state_display())


def _listed(question: str) -> str:
    return f"{reverse('registers:parts')}?{urlencode({'q': question})}"
