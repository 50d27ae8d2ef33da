"""What the search box finds of messages: by their number or the code they are followed by."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.kernel.personal import mask
from wanmi.organisation import queries as organisation
from wanmi.shell import finding, menu
from wanmi.shell.finding import Line

from . import queries
from .words import STATES

_SHORTEST = 4


def offer() -> None:
    """Offer what this room finds."""
    see = organisation.duties.SEE_CONTACTS
    finding.offer_finder(finding.Finder("messages", _("Messages"), _messages, "inbox", 50, see))


def _messages(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    """Return messages by the beginning of their number or their whole tracking code."""
    asked = question.upper()
    if len(asked) < _SHORTEST or not asked.isascii():
        return
    scope = menu.scope_of(request)
    rows = queries.visible(scope.whole)  # type: ignore[union-attr]  # the organisation's own scope
    fits = Q(number__startswith=asked) | Q(tracking_code=asked)
    for row in rows.filter(fits).order_by("-pk")[:most]:
        words = mask(row.title or row.words)[:120]
        href = reverse("intake:contact", args=[row.number])
        yield Line(row.number, href, words, str(STATES[row.state]))
