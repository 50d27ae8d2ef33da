"""Following a matter by its code: how it goes, saying more, rating, bringing it back."""

from collections.abc import Callable

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wanmi.evidence import actions as evidence
from wanmi.evidence import queries as media
from wanmi.intake import actions as intake
from wanmi.intake import queries as matters
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound, Refused
from wanmi.shell import addresses, pages

from .. import actions, gate, queries, showing
from ..reporting import MOST_PICTURES
from .answering import page, private


class NoSuchCode(NotFound):
    """There is no report with this code; check the letters and digits."""

    code = "no_such_code"


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and lead to its page."""
    code = request.GET.get("code", "").strip().upper()
    plain = "".join(c for c in code if c.isascii() and (c.isalnum() or c in "-_"))[:16]
    if plain:
        return HttpResponseRedirect(reverse("portal:follow", args=[plain]))
    return page(request, "portal/find.html", {"here": "find"})


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show how a matter goes to whoever has its code."""
    try:
        gate.look(request)
        return _shown(request, _matter(request, code))
    except Refused as refusal:
        return _refused(request, refusal)


@require_safe
def picture(request: HttpRequest, code: str, key: int) -> HttpResponseBase:
    """Send a photograph of a matter to whoever has its code and so may have handed it in."""
    gate.look(request)
    matter = _matter(request, code)
    found = media.media(key) if key in matter.pictures else None
    path = media.path_of(found, "display") if found else None
    if path is None or not path.is_file():
        raise NotFound
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Take words and photographs that belong to a matter."""

    def do(contact: matters.Contact, words: str) -> matters.Contact:
        if not words.strip():
            raise Invalid("Say what it is about.")
        received = _pictures(request)
        with journal.deed():
            return intake.note_message(contact, words, media=_record(received))

    return _do(request, code, do)


@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Keep how it went."""

    def do(contact: matters.Contact, words: str) -> matters.Contact:
        return intake.rate(contact, request.POST.get("rating", ""), words)

    return _do(request, code, do)


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Bring a matter back that is not solved."""

    def do(contact: matters.Contact, words: str) -> matters.Contact:
        received = _pictures(request)
        with journal.deed():
            return intake.reopen(contact, words, media=_record(received))

    return _do(request, code, do)


def _do(
    request: HttpRequest, code: str, deed: Callable[[matters.Contact, str], matters.Contact]
) -> HttpResponse:
    try:
        matter = _matter(request, code)
    except Refused as refusal:
        return _refused(request, refusal)
    try:
        gate.WORDS.take(addresses.client_group(request))
        after = deed(matter.contact, request.POST.get("words", ""))
    except Refused as refusal:
        return _shown(request, matter, error=pages.sentence(refusal), status=refusal.status)
    url = reverse("portal:follow", args=[after.tracking_code])
    is_another = after.pk != matter.contact.pk
    return HttpResponseRedirect(f"{url}?new=1" if is_another else f"{url}?kept=1")


def _pictures(request: HttpRequest) -> list[evidence.Received]:
    files = request.FILES.getlist("photographs")[: MOST_PICTURES + 1]
    return actions.receive_pictures(files)


def _record(received: list[evidence.Received]) -> list[int]:
    return [evidence.record(each, by=None).pk for each in received]


def _matter(request: HttpRequest, code: str) -> queries.Matter:
    """Return the matter of a code; each wrong guess of an address is counted."""
    found = queries.followed(code)
    if found is None:
        gate.WRONG_CODES.take(addresses.client_group(request))
        raise NoSuchCode
    return found


def _shown(
    request: HttpRequest, matter: queries.Matter, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **showing.matter(matter),
        "error": error,
        "is_new": "new" in request.GET,
        "is_kept": "kept" in request.GET,
        "said": request.POST.get("words", ""),
        "most": MOST_PICTURES,
        "here": "find",
    }
    return private(request, "portal/follow.html", context, status=status)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    context = {"error": pages.sentence(refusal), "here": "find"}
    return private(request, "portal/find.html", context, status=refusal.status)
