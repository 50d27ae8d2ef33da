"""Messages and call-outs from the centre, what people answered, and groups."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables
from wanmi.shell.schemaforms import SchemaForm

from .. import actions, forms, queries

duties = organisation.duties


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.LEAD_PATROLS)
def callouts(request: HttpRequest) -> HttpResponse:
    """List what was sent, or send something; the address may name people, a case or a place."""
    scope = scope_in(request)
    form = forms.callout_form(scope, _given(request))
    if request.method == "POST":
        said = _taken(request, form, lambda given: _send(given, request))
        if said is not None:
            return HttpResponseRedirect(reverse("dispatch:callout", args=[said["id"]]))
    page = tables.take(queries.callouts(scope), tables.page_number(request))
    context = {"form": form, "page": page, "rows": page.rows, "is_open": _is_open(request, form)}
    return pages.render(request, "dispatch/callouts.html", context, status=journal.status_of(form))


@require_safe
@pages.with_duty(duties.LEAD_PATROLS)
def callout(request: HttpRequest, key: int) -> HttpResponse:
    """Show what people answered."""
    row = queries.callouts(scope_in(request)).filter(pk=key).first()
    if row is None:
        raise NotFound
    context = {
        "callout": row,
        "rows": [
            {"row": each, "word": queries.Answer(each.answer).label if each.answer else ""}
            for each in queries.sent_receipts(row)
        ],
    }
    return pages.render(request, "dispatch/callout.html", context, part="answers")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.LEAD_PATROLS)
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups of the reader's areas, or make one."""
    scope = scope_in(request)
    form = forms.group_form(scope)
    if request.method == "POST":
        said = _taken(request, form, lambda given: _keep_group(given, request))
        if said is not None:
            return HttpResponseRedirect(reverse("dispatch:groups"))
    context = {"form": form, "rows": queries.groups(scope).prefetch_related("members__person")}
    return pages.render(request, "dispatch/groups.html", context, status=journal.status_of(form))


def _taken(request: HttpRequest, form: SchemaForm, do: Any) -> dict[str, Any] | None:
    try:
        return journal.take_form(request, form, do, by=reader(request))
    except Refused as refusal:
        form.errors.append(pages.sentence(refusal))
        return None


def _send(given: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    group = given.get("group", "")
    called = actions.Called(
        tuple(given.get("people") or ()),
        int(group) if group else None,
        given.get("area", ""),
        given.get("nearest") or 0,
        given.get("lon"),
        given.get("lat"),
    )
    kind = given.get("kind") or "message"
    said = actions.Said(given["words"], kind, given.get("case", ""), called)
    return {"id": actions.call_out(said, by=reader(request)).pk}


def _keep_group(given: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    return {"id": actions.keep_group(given["name"], given["people"], by=reader(request)).pk}


def _given(request: HttpRequest) -> dict[str, Any]:
    """Return what the address fills the form with: who goes to a case, for example."""
    names = [name for name in request.GET.getlist("person") if name.isprintable()]
    given: dict[str, Any] = {"people": names[:50], "case": request.GET.get("case", "")[:60]}
    if names:
        given["kind"] = "callout"
    return {name: value for name, value in given.items() if value}


def _is_open(request: HttpRequest, form: SchemaForm) -> bool:
    return bool(form.has_errors or _given(request))
