"""Clerks decide what the public sees: words without names, photographs without faces."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.accounts.queries import User, reader
from wanmi.evidence import queries as media
from wanmi.geography import queries as geography
from wanmi.intake import queries as matters
from wanmi.kernel.errors import NotFound, Refused
from wanmi.kernel.personal import mask
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables
from wanmi.shell.pages import spoken

from .. import actions, desk, spotting
from ..models import Complaint, Release, ReleasedPicture
from ..redacting import read_boxes
from .answering import refused

DUTY = organisation.duties.ANSWER_CONTACTS


@require_safe
@pages.with_duty(DUTY)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what may be published and is not, what is, and what was complained about."""
    scope = scope_in(request)
    tab = "shown" if request.GET.get("tab") == "shown" else "waiting"
    rows = desk.shown(scope) if tab == "shown" else desk.waiting(scope)
    context = {
        "tab": tab,
        "page": tables.take(rows, tables.page_number(request), size=30),
        "complaints": desk.complaints(scope)[:30],
    }
    return pages.render(request, "portal/publishing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(DUTY)
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show a matter as it would be published; let it out in these words."""
    contact = _matter(request, number)
    if request.method != "POST":
        return _shown(request, contact)
    words, place = request.POST.get("words", ""), request.POST.get("place", "")
    try:
        actions.release(contact, words, place, by=_clerk(request))
    except Refused as refusal:
        return _shown(request, contact, words, place, pages.sentence(refusal), refusal.status)
    return _back(contact)


@require_POST
@pages.with_duty(DUTY)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a matter back from the public."""
    contact = _matter(request, number)
    actions.withdraw(_release(contact), by=_clerk(request))
    return _back(contact)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(DUTY)
def picture(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Show a photograph to draw over; let out the copy with these parts hidden."""
    contact = _matter(request, number)
    row = _release(contact)
    found = [each for each in _pictures(contact) if each.id == key]
    if not found:
        raise NotFound
    error, status = "", 200
    if request.method == "POST":
        try:
            boxes = read_boxes(request.POST.get("boxes", ""))
            actions.release_picture(row, key, boxes, by=_clerk(request))
            return _back(contact)
        except Refused as refusal:
            error, status = pages.sentence(refusal), refusal.status
    context = {
        "contact": contact,
        "piece": found[0],
        "can_spot": spotting.is_ready(),
        "error": error,
    }
    return pages.render(request, "portal/picture.html", context, status=status)


@require_safe
@pages.with_duty(DUTY)
def spotted(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Suggest what may have to be hidden in a photograph; the clerk decides."""
    contact = _matter(request, number)
    wanted = any(each.id == key for each in _pictures(contact))
    medium = media.media(key) if wanted else None
    path = media.path_of(medium, "display") if medium else None
    if path is None:
        raise NotFound
    try:
        return JsonResponse({"boxes": spotting.spotted(path)})
    except Refused as refusal:
        return refused(refusal)


@require_POST
@pages.with_duty(DUTY)
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """Close a complaint that was looked at."""
    complaint = Complaint.objects.select_related("release__contact").filter(pk=key).first()
    if complaint is None or not scope_in(request).may(DUTY, complaint.release.area_path):
        raise NotFound
    actions.settle(complaint, by=_clerk(request))
    return HttpResponseRedirect(reverse("portal:publishing"))


def _shown(
    request: HttpRequest,
    contact: matters.Contact,
    words: str = "",
    place: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    row = Release.objects.filter(contact=contact).first()
    is_shown = row is not None and row.withdrawn_at is None
    released = {
        each.original_id: each for each in ReleasedPicture.objects.filter(release=row) if row
    }
    context = {
        "contact": contact,
        "release": row if is_shown else None,
        "words": words or (row.words if row else mask(contact.words)),
        "place": place or (row.place if row else _place(contact)),
        "error": error,
        "pictures": [(each, released.get(each.id)) for each in _pictures(contact)],
    }
    return pages.render(request, "portal/publish.html", context, status=status)


def _place(contact: matters.Contact) -> str:
    """Return district and street of a matter: what the public may know without a clerk."""
    names = geography.names_of(contact.area_path)
    return " ".join(spoken(each.name_zh, each.name_en) for each in names[2:4])


def _pictures(contact: matters.Contact) -> list[media.Evidence]:
    return [each for each in media.of_subject(f"contact:{contact.pk}") if each.is_picture]


def _matter(request: HttpRequest, number: str) -> matters.Contact:
    scope = scope_in(request)
    contact = matters.by_number(scope, number)
    if contact is None or not contact.may_publish:
        raise NotFound
    organisation.require(scope, DUTY, contact.area_path)
    return contact


def _release(contact: matters.Contact) -> Release:
    row = Release.objects.filter(contact=contact, withdrawn_at=None).first()
    if row is None:
        raise NotFound
    return row


def _back(contact: matters.Contact) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:publish", args=[contact.number]))


def _clerk(request: HttpRequest) -> User:
    return reader(request)
