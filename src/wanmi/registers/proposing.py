"""Proposing a change of the register in the browser: what, with photographs, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts.queries import reader
from wanmi.catalogue import queries as catalogue
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import duties
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm

from . import actions, queries
from .adding import classes
from .models import Part, PartState, RequestKind

FACTS: dict[str, tuple[str, int]] = {
    "name_zh": (gettext_noop("Name (Chinese)"), 60),
    "name_en": (gettext_noop("Name (English)"), 100),
    "department_name": (gettext_noop("Supervising department"), 100),
    "owner_name": (gettext_noop("Owner"), 100),
    "maintainer_name": (gettext_noop("Maintainer"), 100),
    "note": (gettext_noop("Note"), 1000),
}
PHOTOGRAPHS = {
    "type": "array",
    "title": gettext_noop("Photographs"),
    "items": {"type": "integer"},
    "maxItems": 12,
    "x-ui": "media",
}
REASON = {
    "type": "string",
    "title": gettext_noop("Reason"),
    "minLength": 2,
    "maxLength": 380,
    "x-ui": "textarea",
}


def form_of(kind: RequestKind, part: Part | None) -> SchemaForm:
    """Return the form of a kind of proposal, holding what the register says now."""
    properties: dict[str, Any] = {}
    required = ["reason"]
    hints: dict[str, Any] = {}
    values: dict[str, Any] = {}
    if kind == RequestKind.ADD:
        properties["category"] = {
            "type": "string",
            "title": gettext_noop("Class"),
            "x-ui": "select",
        }
        hints["category"] = {"widget": "select", "groups": classes()}
        required.append("category")
    if kind in (RequestKind.ADD, RequestKind.MOVE):
        properties |= _place()
        required += ["lon", "lat"]
        hints["lon"] = {"layers": "areas grids parts", "label": gettext_noop("Where it stands")}
        if part is not None:
            hints["lon"] |= {"center": f"{part.lon:.6f},{part.lat:.6f}", "zoom": 18}
    if kind in (RequestKind.ADD, RequestKind.STATE):
        properties["state"] = _state()
        hints["state"] = {"options": dict(_STATES), "widget": "select"}
        required += ["state"]
        values["state"] = part.state if part else PartState.INTACT.value
    if kind in (RequestKind.ADD, RequestKind.CORRECT):
        for name, (label, length) in FACTS.items():
            properties[name] = {
                "type": "string",
                "title": label,
                "maxLength": length,
                "x-ui": "text",
            }
            values[name] = getattr(part, name, "")
    if kind in actions.PHOTOGRAPHED:
        required.append("media")
    properties |= {"media": {**PHOTOGRAPHS, "minItems": 1}, "reason": REASON}
    schema = {"type": "object", "required": required, "properties": properties}
    return SchemaForm(schema, hints, values=values, prefix="proposal")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.PROPOSE_PARTS)
def propose(request: HttpRequest) -> HttpResponse:
    """Show the form of a kind of proposal, or propose with it; the same form sent twice once."""
    part, kind = _part(request), _kind(request)
    if (kind == RequestKind.ADD) is not (part is None):
        raise NotFound
    form = form_of(kind, part)
    if request.method != "POST":
        return _page(request, form, kind, part)
    given = form.read(request.POST)
    if given is None:
        return _page(request, form, kind, part, status=422)

    def do() -> tuple[int, dict[str, Any]]:
        return 201, {"number": _propose(request, kind, part, given).number}

    try:
        key, said = request.POST.get("idempotency_key", ""), {**given, "kind": kind.value}
        _status, answer = journal.answer_once(key, said, by=reader(request), do=do)
    except Refused as refusal:
        form.errors.append(pages.sentence(refusal))
        return _page(request, form, kind, part, status=refusal.status)
    return HttpResponseRedirect(reverse("registers:request", args=[answer["number"]]))


@require_POST
@pages.with_duty()
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take one's own proposal back."""
    row = queries.request_of(number, organisation.scope_in(request))
    if row is None:
        raise NotFound
    actions.withdraw(row, by=reader(request))
    return HttpResponseRedirect(reverse("registers:request", args=[number]))


def _propose(
    request: HttpRequest, kind: RequestKind, part: Part | None, given: dict[str, Any]
) -> Any:
    category = given.get("category")
    version = request.POST.get("version", "")
    # An emptied field is not sent along by the form, and still is a correction.
    facts = {name: given.get(name, "") for name in FACTS} if kind == RequestKind.CORRECT else {}
    if kind == RequestKind.ADD:
        facts = {name: given[name] for name in FACTS if given.get(name)}
    return actions.propose(
        kind,
        part=part,
        category=catalogue.require_category("part", category) if category else None,
        point=(given["lon"], given["lat"]) if "lon" in given else None,
        state=given.get("state", ""),
        facts={name: value for name, value in facts.items() if _differs(part, name, value)},
        media=given.get("media", ()),
        reason=given["reason"],
        version=int(version)
        if version.isascii() and version.isdigit() and len(version) < 9
        else None,
        by=reader(request),
    )


def _differs(part: Part | None, name: str, value: str) -> bool:
    return part is None or getattr(part, name) != value


def _page(
    request: HttpRequest,
    form: SchemaForm,
    kind: RequestKind,
    part: Part | None,
    *,
    status: int = 200,
) -> HttpResponse:
    offered = [each for each in RequestKind if (each == RequestKind.ADD) is (part is None)]
    back = (
        reverse("registers:part", args=[part.identifier]) if part else reverse("registers:requests")
    )
    context = {
        "form": form,
        "kind": kind,
        "kinds": [(each.value, each.label) for each in offered],
        "part": part,
        "back": back,
    }
    return pages.render(request, "registers/requests/propose.html", context, status=status)


def _part(request: HttpRequest) -> Part | None:
    identifier = request.GET.get("part", "")
    if not identifier:
        return None
    row = queries.require_part(identifier, organisation.scope_in(request))
    organisation.require(organisation.scope_in(request), duties.PROPOSE_PARTS, row.area_path)
    return row


def _kind(request: HttpRequest) -> RequestKind:
    asked = request.GET.get("kind", "")
    if asked in RequestKind.values:
        return RequestKind(asked)
    return RequestKind.STATE if request.GET.get("part") else RequestKind.ADD


def _place() -> dict[str, Any]:
    halves = {"lon": (gettext_noop("Longitude"), 180), "lat": (gettext_noop("Latitude"), 90)}
    return {
        name: {"type": "number", "title": label, "minimum": -most, "maximum": most, "x-ui": "place"}
        for name, (label, most) in halves.items()
    }


def _state() -> dict[str, Any]:
    values = [value for value, _ in _STATES]
    return {"type": "string", "title": gettext_noop("State"), "enum": values}


_STATES = [pair for pair in PartState.choices if pair[0] != PartState.REMOVED]
