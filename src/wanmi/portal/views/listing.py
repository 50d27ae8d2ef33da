"""What everybody may see: map and list, one matter, its photographs, a feed."""

from collections.abc import Iterable
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.evidence import queries as media
from wanmi.kernel.errors import NotFound, Refused
from wanmi.shell import addresses, pages, tables

from .. import actions, gate, public
from ..models import Release, ReleasedPicture
from .answering import page

PAGE = 20
FEED = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what was released on a map and as a list, and what can be done here."""
    wanted = _wanted(request)
    rows = tables.take(_rows(wanted), tables.page_number(request), size=PAGE)
    lines = [public.shown(row) for row in rows.rows]
    context = {
        "page": rows,
        "rows": lines,
        "wanted": wanted,
        "is_filtered": any((wanted.area, wanted.category, wanted.state)),
        "areas": public.areas(),
        "categories": public.categories(),
        "states": public.STATES.items(),
        "query": request.GET.urlencode(),
        "here": "home",
    }
    return page(request, "portal/home.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one released matter."""
    row = _release(code)
    context = {"row": public.shown(row), "here": "home", "is_kept": "kept" in request.GET}
    return page(request, "portal/one.html", context)


@require_POST
def complain(request: HttpRequest, code: str) -> HttpResponse:
    """Take a complaint about what is shown."""
    row = _release(code)
    gate.WORDS.take(addresses.client_group(request))
    actions.complain(row, request.POST.get("words", ""))
    return HttpResponseRedirect(reverse("portal:one", args=[row.code]) + "?kept=1")


@require_safe
def picture(request: HttpRequest, key: int) -> HttpResponseBase:
    """Send a redacted photograph; never anything else of the evidence."""
    row = ReleasedPicture.objects.filter(pk=key, release__withdrawn_at=None)
    found = row.select_related("copy").first()
    path = media.path_of(found.copy, "display") if found else None
    if path is None or not path.is_file():
        raise NotFound
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer the newest released matters of an area and class as RSS 2.0."""
    return rss(request, _rows(_wanted(request))[:FEED])


def rss(request: HttpRequest, rows: Iterable[Release]) -> HttpResponse:
    """Answer released matters as RSS 2.0."""
    whole = Rss201rev2Feed(
        title=gettext("City reports"),
        link=request.build_absolute_uri(reverse("portal:home")),
        description=gettext("What people reported and the city released"),
        language=get_language() or "zh-hans",
        feed_url=request.build_absolute_uri(),
    )
    for row in rows:
        line = public.shown(row)
        whole.add_item(
            title=f"{line.category or gettext('A report')} · {line.state_words}",
            link=request.build_absolute_uri(reverse("portal:one", args=[line.code])),
            description=line.words,
            pubdate=row.released_at,
            unique_id=line.code,
            unique_id_is_permalink=False,
        )
    return HttpResponse(whole.writeString("utf-8"), content_type=whole.content_type)


def _rows(wanted: public.Wanted) -> Any:
    try:
        return public.released(wanted)
    except Refused:
        return Release.objects.none()


def _release(code: str) -> Release:
    row = public.by_code(code)
    if row is None:
        raise NotFound
    return row


def _wanted(request: HttpRequest) -> public.Wanted:
    """Return the filters asked for; text that cannot be kept is no filter."""
    names = ("area", "category", "state")
    given = {name: pages.line_of(request.GET, name, 40) for name in names}
    if given["state"] not in public.STATES:
        given["state"] = ""
    return public.Wanted(**given)
