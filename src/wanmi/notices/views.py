"""The inbox: what I was told, newest first, and where it leads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound
from wanmi.shell import menu, pages

from . import actions, queries

MOST = 100


@require_safe
@pages.with_duty()
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the reader's notices."""
    rows = queries.inbox(reader(request).pk, limit=MOST)
    unread = sum(row.read_at is None for row in rows)
    return pages.render(request, "notices/inbox.html", {"rows": rows, "unread": unread})


@require_POST
@pages.with_duty()
def open_notice(request: HttpRequest, key: int) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    notice = actions.mark_read(key, by=reader(request))
    if notice is None:
        raise NotFound
    ours = url_has_allowed_host_and_scheme(notice.link, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(notice.link if notice.link and ours else reverse("notices:inbox"))


@require_POST
@pages.with_duty()
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_all_read(by=reader(request))
    return HttpResponseRedirect(reverse("notices:inbox"))


@require_safe
@pages.with_duty()
def bell_again(request: HttpRequest) -> HttpResponse:
    """Show the bell with what is unread now, when the page hears of a notice."""
    return pages.render(request, "shell/bell.html", {"bell": bell(request)})


def bell(request: HttpRequest) -> menu.Bell:
    """Return how many notices the reader has not read, for the top bar."""
    unread = queries.unread_count(reader(request).pk)
    return menu.Bell(reverse("notices:inbox"), unread, reverse("notices:bell"))
