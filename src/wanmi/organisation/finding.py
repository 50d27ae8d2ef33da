"""What the search box finds of the organisation: people by name, with the post they hold."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.shell import finding, lists
from wanmi.shell.finding import Line

from . import browsing, duties
from .queries import scope_in

_SHORTEST = 2


def offer() -> None:
    """Offer what this room finds."""
    finding.offer_finder(finding.Finder("views", _("Saved views"), _views, "filter", 8))
    finding.offer_finder(
        finding.Finder("people", _("People"), _people, "people", 60, duties.SEE_CASES, _listed)
    )


def _views(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    """Return the reader's saved views whose name holds the question."""
    asked = question.casefold()
    for view in lists.views(request):
        if asked in view.name.casefold():
            yield Line(view.name, view.url, view.of_list)


def _people(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    """Return who holds a post in the reader's areas; each post of a person is a line."""
    if len(question) < _SHORTEST or question.isdigit():
        return
    scope = scope_in(request).whole
    for row in browsing.people(scope, q=question)[:most]:
        url = reverse("organisation:person", args=[row.user.username])
        yield Line(row.user.name, url, f"{row.post.name} · {row.post.body.name}", row.user.username)


def _listed(question: str) -> str:
    return f"{reverse('organisation:people')}?{urlencode({'q': question})}"
