"""The page behind a link: one piece of work, for somebody without an account, on a phone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanmi.evidence import actions as evidence
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused
from wanmi.shell import addresses, pages

from .. import showing
from ..errands import outside
from ..models import OutsideLink

LOOKS = journal.RateLimit("outside.look", 60, 600)
"""Pages one address may open within ten minutes."""
ANSWERS = journal.RateLimit("outside.answer", 10, 3600)
"""Answers one address may send within an hour; each may carry large files."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_task(request: HttpRequest, token: str) -> HttpResponse:
    """Show the work behind a link, or take its one answer."""
    limit = ANSWERS if request.method == "POST" else LOOKS
    try:
        limit.take(addresses.client_group(request))
        link = outside.link_behind(token)
    except Refused as refusal:
        return _page(request, {"message": pages.sentence(refusal)}, refusal.status)
    if request.method == "POST":
        return _answer(request, link)
    outside.note_opening(link)
    return _shown(request, link)


def _answer(request: HttpRequest, link: OutsideLink) -> HttpResponse:
    words = request.POST.get("words", "")
    try:
        files = request.FILES.getlist("photographs")[: outside.MOST_FILES + 1]
        received = [evidence.receive(file) for file in files]
        outside.answer_link(link, words, received)
    except Refused as refusal:
        return _shown(request, link, words, pages.sentence(refusal), refusal.status)
    done = gettext("Thank you. Your answer has arrived; this page can be closed.")
    return _page(request, {"message": done, "is_done": True})


def _shown(
    request: HttpRequest, link: OutsideLink, words: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    case = link.errand.case
    department = case.department
    context = {
        "asked": link.errand.words,
        "addressee": link.addressee,
        "category": showing.either(case.category_zh, case.category_en),
        "place": case.address,
        "body": showing.either(department.name_zh, department.name_en) if department else "",
        "expires_at": link.expires_at,
        "most": outside.MOST_FILES,
        "said": words,
        "error": error,
    }
    return _page(request, context, status)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = pages.render(request, "cases/outside.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
