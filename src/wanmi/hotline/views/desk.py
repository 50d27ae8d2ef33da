"""The agent's desk: who calls, one form, what is known, what may be said."""

import json
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.cases import queries as cases
from wanmi.geography import queries as geography
from wanmi.intake import actions as intake
from wanmi.intake import queries as matters
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, Refused
from wanmi.kernel.personal import mask
from wanmi.kernel.text import clean_line, clean_text
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.shell.pages import spoken
from wanmi.triage import actions as suggestions
from wanmi.triage import queries as triage

from .. import actions, forms, queries, showing, words
from .asking import visible_call

duties = organisation.duties
MOST_PLACES = 6


@require_safe
@pages.with_duty(duties.TAKE_CALLS)
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk; `done` names the matter that was just taken in."""
    return _shown(request, forms.said_form(), done=request.GET.get("done", ""))


@require_safe
@pages.with_duty(duties.TAKE_CALLS)
def now(request: HttpRequest) -> HttpResponse:
    """Answer who calls and who waits: asked again whenever something happens."""
    return pages.render(
        request, "hotline/parts/now.html", showing.now(scope_in(request), reader(request))
    )


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def file(request: HttpRequest) -> HttpResponse:
    """Take in what somebody said; the desk is empty again, with the number to tell them."""
    form = forms.said_form()
    given = form.read(request.POST)
    if given is None:
        return _shown(request, form, status=422)

    def do() -> tuple[int, dict[str, str]]:
        return 201, {"number": _file(request, given).number}

    key = request.POST.get("idempotency_key", "")
    more = {name: request.POST.get(name, "") for name in ("call", "joins")}
    try:
        _, answer = journal.answer_once(key, {**given, **more}, by=reader(request), do=do)
    except Refused as refusal:
        if isinstance(refusal, Invalid):
            form.refuse(refusal)
        form.errors.append(pages.sentence(refusal))
        return _shown(request, form, status=refusal.status)
    return HttpResponseRedirect(reverse("hotline:desk") + f"?done={answer['number']}")


@journal.deed()
def _file(request: HttpRequest, given: dict[str, Any]) -> matters.Contact:
    scope, key = scope_in(request), request.POST.get("call", "")
    call = visible_call(request, int(key)) if key.isascii() and key.isdigit() else None
    number = request.POST.get("joins", "")
    joined = cases.by_number(scope, number) if number else None
    if number and (joined is None or joined.ended_at is not None):
        raise intake.NoSuchCase(number=number)
    said = actions.Said(
        given["words"],
        purpose=given["purpose"],
        name=given.get("name", ""),
        phone=given.get("phone", ""),
        place=intake.Place(given.get("lon"), given.get("lat"), address=given.get("address", "")),
        category=given.get("category", ""),
        joins=joined,
        answer=given.get("answer", ""),
    )
    contact = actions.file(said, call=call, by=reader(request))
    if seen := triage.model_seen(request.POST):
        # Told as it was filed: the point is the form's, the moment that of receipt.
        told = (said.words, contact.lon, contact.lat, contact.received_at, contact.area_path)
        chosen = {"category": said.category}
        suggestions.note(triage.Report(*told), chosen, model=seen, by=reader(request))
    return contact


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def places(request: HttpRequest) -> HttpResponse:
    """Answer the places an address may mean, each with its grid, for the form to take over."""
    address = _said(request, "address")
    found = geography.geocode(address, limit=MOST_PLACES) if len(address) > 1 else []
    names = geography.spoken_of_many(match.area_path for match in found)
    rows = [
        {
            "name": spoken(match.name_zh, match.name_en),
            "where": names.get(match.area_path, ""),
            "grid": match.grid_code,
            "fill": json.dumps(
                {
                    "address": address if match.how in ("number", "between") else match.name_zh,
                    "lon": f"{match.lon:.6f}",
                    "lat": f"{match.lat:.6f}",
                }
            ),
        }
        for match in found
    ]
    return pages.render(request, "hotline/parts/places.html", {"rows": rows, "address": address})


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def classes(request: HttpRequest) -> HttpResponse:
    """Answer the classes the words may mean, with their percentages."""
    lon, lat = (_degrees(request, name) for name in ("lon", "lat"))
    report = triage.Report(_said(request, "words"), lon, lat, datetime.now(UTC))
    scope = scope_in(request)
    return HttpResponse(triage.advice_html(scope, report, ("category",), near=False))


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def near(request: HttpRequest) -> HttpResponse:
    """Answer the grid of the point and the open cases near it, to join one of them."""
    lon, lat = (_degrees(request, name) for name in ("lon", "lat"))
    context: dict[str, Any] = {"rows": [], "grid": "", "where": ""}
    if lon is not None and lat is not None:
        located = geography.locate(lon, lat)
        if located is not None:
            names = geography.spoken_of_many([located.path])
            context |= {"grid": located.grid_code, "where": names[located.path]}
        found = cases.near(lon, lat, datetime.now(UTC), words=_said(request, "words"))
        scope = scope_in(request)
        context["rows"] = [
            (each, mask(each.case.description)) for each in found if cases.may_see(scope, each.case)
        ]
        context["is_placed"] = True
    return pages.render(request, "hotline/parts/near.html", context)


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def answers(request: HttpRequest) -> HttpResponse:
    """Answer what may be said on the spot about some words."""
    rows = [showing.article(row) for row in queries.articles(_said(request, "q"))]
    return pages.render(request, "hotline/parts/answers.html", _known(rows))


def _shown(
    request: HttpRequest, form: forms.SchemaForm, *, done: str = "", status: int = 200
) -> HttpResponse:
    scope, user = scope_in(request), reader(request)
    others = [row for row in queries.agents(scope) if row.user_id != user.pk]
    context = {
        **showing.now(scope, user),
        **_known([showing.article(row) for row in queries.articles()]),
        "form": form,
        "joins": request.POST.get("joins", ""),
        "others": [
            (row.user_id, f"{row.user.name} · {words.AGENT_STATES[row.state]}") for row in others
        ],
        "waits": [
            (15, gettext("in 15 minutes")),
            (30, gettext("in 30 minutes")),
            (60, gettext("in an hour")),
            (240, gettext("in 4 hours")),
        ],
        "done": matters.by_number(scope, done) if done else None,
        "page_keys": words.KEYS,
    }
    return pages.render(request, "hotline/desk.html", context, status=status)


def _known(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "articles": [{**row, "fill": json.dumps({"answer": row["words"]})} for row in rows],
    }


def _said(request: HttpRequest, name: str) -> str:
    try:
        return clean_line(clean_text(request.POST.get(name, "")[:300]), max_length=300)
    except Refused:
        return ""


def _degrees(request: HttpRequest, name: str) -> float | None:
    try:
        value = float(request.POST.get(name, ""))
    except ValueError:
        return None
    return value if abs(value) <= 180 else None
