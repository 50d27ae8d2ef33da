"""Reporting without an account, on the map, with photographs."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.geography import queries as geography
from wanmi.kernel.errors import Invalid, Refused
from wanmi.kernel.text import clean_line, clean_text
from wanmi.shell import pages

from .. import actions, gate, queries
from ..anonymity import purposes_with_contact
from ..reporting import MOST_PICTURES, report_form, sections
from .answering import is_script, page, refused


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a report; the same form sent twice is one report."""
    if request.method != "POST":
        return _form(request, report_form())
    form = report_form()
    given = form.read(request.POST)
    if given is None:
        return _wrong(request, form)
    try:
        code = _take(request, given)
    except gate.ProofNeeded as refusal:
        return _refuse(request, form, refusal, challenge=gate.new_challenge(request))
    except Refused as refusal:
        return _refuse(request, form, refusal)
    url = reverse("portal:follow", args=[code])
    if is_script(request):
        return JsonResponse({"code": code, "url": url}, status=201)
    return HttpResponseRedirect(f"{url}?new=1")


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Return the places an address may mean."""
    try:
        gate.look(request)
        text = clean_line(request.GET.get("q", "")[:100])
    except Refused as refusal:
        return refused(refusal)
    found = queries.places(text) if text else []
    items = [
        {"name": pages.spoken(each.name_zh, each.name_en), "lon": each.lon, "lat": each.lat}
        for each in found
    ]
    return JsonResponse({"items": items})


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Return what a point is called and what has been reported near it."""
    try:
        gate.look(request)
        lon, lat = _degrees(request, "lon", 180), _degrees(request, "lat", 90)
    except Refused as refusal:
        return refused(refusal)
    items = [
        {
            "token": each.token,
            "category": each.category,
            "metres": each.distance_m,
            "at": each.reported_at,
            "in_hand": each.is_in_hand,
        }
        for each in queries.near(lon, lat)
    ]
    return JsonResponse({"address": geography.reverse(lon, lat).text, "items": items})


@require_POST
def classes(request: HttpRequest) -> HttpResponse:
    """Return what words that are being typed may be about; nobody keeps them."""
    try:
        gate.look_at_words(request)
        words = clean_line(clean_text(request.POST.get("words", "")[:2000]), max_length=2000)
    except Refused as refusal:
        return refused(refusal)
    return JsonResponse({"items": queries.classes(words)})


def _take(request: HttpRequest, given: dict[str, Any]) -> str:
    gate.admit(request, request.POST.get("challenge", ""), request.POST.get("proof", ""))
    joins = None
    if token := request.POST.get("joins", ""):
        joins = queries.joined(token)
        if joins is None:
            raise Invalid("What you wanted to join is over; send it as a report of its own.")
    handed = actions.Handed(**given, language=get_language() or "zh-hans")
    files = request.FILES.getlist("photographs")[: MOST_PICTURES + 1]
    key = request.POST.get("idempotency_key", "")
    return actions.hand_in(handed, files, joins=joins, key=key)


def _degrees(request: HttpRequest, name: str, most: int) -> float:
    try:
        value = float(request.GET.get(name, ""))
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise Invalid("This is no place: %(name)s is missing or out of range.", name=name)
    return value


def _wrong(request: HttpRequest, form: Any) -> HttpResponse:
    if not is_script(request):
        return _form(request, form, status=422)
    said = [f"{field.label}: {field.error}" for field in form if field.error]
    return refused(Invalid(), errors=[*form.errors, *said])


def _refuse(request: HttpRequest, form: Any, refusal: Refused, **more: str) -> HttpResponse:
    if is_script(request):
        return refused(refusal, **more)
    form.errors.append(pages.sentence(refusal))
    return _form(request, form, status=refusal.status)


def _form(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    address, category = (
        next(field for field in form if field.name == name) for name in ("address", "category")
    )
    context = {
        "form": form,
        "parts": sections(form),
        "address": address,
        "category": category,
        "most": MOST_PICTURES,
        "named": purposes_with_contact(),
        "here": "report",
    }
    return page(request, "portal/report.html", context, status=status)
