"""Drawing the next version: the editor, checking and simulating while drawing, publishing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Refused
from wanmi.organisation import queries as organisation
from wanmi.shell import pages

from .. import actions, checking, queries, simulation
from ..drawing import Drawing, Step, UnusableDrawing, read
from ..findings import Finding
from . import words
from .asking import either, forms_of, newest_or_refuse, now_of, said, text_of
from .procedures import DUTY, told


@require_safe
@pages.with_duty(DUTY)
def editor(request: HttpRequest, code: str) -> HttpResponse:
    """Open the drawing for editing: the draft, else the newest version."""
    newest, now, draft = newest_or_refuse(code), now_of(code), queries.draft(code)
    data = {
        "drawing": now.drawing,
        "seen": draft.version if draft else 0,
        "roles": [[row.code, either(row.name_zh, row.name_en)] for row in organisation.roles()],
        "forms": sorted(now.forms),
        "limits": words.limits(),
        "tones": words.tones(),
        "words": words.editor_words(),
        "drawn": words.drawn_words(),
        "urls": {
            name: reverse(f"procedures:{name}", args=[code])
            for name in ("check", "save", "simulate", "publish")
        },
    }
    context = {
        "procedure": newest,
        "name": either(newest.name_zh, newest.name_en),
        "draft": draft,
        "data": data,
    }
    return pages.render(request, "workflow/editor.html", context)


@require_POST
@pages.with_duty(DUTY)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what is wrong with the drawing as it stands in the editor."""
    given = said(request)
    forms = forms_of(given, now_of(code).forms)
    return JsonResponse({"findings": _findings(text_of(given, "drawing"), forms)})


@require_POST
@pages.with_duty(DUTY)
def save(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the drawing as the draft; answers its version and what is still wrong."""
    given = said(request)
    drawing, forms = text_of(given, "drawing"), forms_of(given, now_of(code).forms)
    seen = given.get("seen")
    try:
        draft = actions.save_draft(
            code, drawing, forms, seen=seen if isinstance(seen, int) else -1, by=reader(request)
        )
    except actions.DraftChanged as refused:
        return JsonResponse({"message": pages.sentence(refused)}, status=refused.status)
    return JsonResponse({"seen": draft.version, "findings": _findings(drawing, forms)})


@require_POST
@pages.with_duty(DUTY)
def simulate(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a path through the drawing in the editor and say what can come next."""
    newest_or_refuse(code)
    given = said(request)
    xml = text_of(given, "drawing")
    path, data = _path(given.get("path")), given.get("data")
    try:
        drawing, asked = read(xml), simulation.questions(xml)
        known = data if isinstance(data, dict) else {}
        data = {name: known.get(name, (values or [True])[0]) for name, values in asked.items()}
        taken = simulation.walk(xml, data, path)
    except Refused as refused:
        return JsonResponse({"message": pages.sentence(refused)}, status=refused.status)
    return JsonResponse(_walk(drawing, taken) | {"questions": asked, "data": data})


@pages.with_duty(DUTY)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show what publishing the draft changes; on the button, publish it."""
    newest, draft = newest_or_refuse(code), queries.draft(code)
    if draft is None:
        return HttpResponseRedirect(reverse("procedures:version", args=[code, newest.version]))
    if request.method == "POST":
        published = actions.publish_draft(code, by=reader(request))
        return HttpResponseRedirect(reverse("procedures:version", args=[code, published.version]))
    findings = _findings(draft.drawing, draft.forms)
    context: dict[str, Any] = {
        "procedure": newest,
        "name": either(newest.name_zh, newest.name_en),
        "findings": findings,
        "is_sound": not any(each["severity"] == "error" for each in findings),
        "running": sum(row.running for row in queries.versions(code)),  # type: ignore[attr-defined]  # annotated
    }
    try:
        context["changes"] = told(newest, draft)
    except UnusableDrawing:
        context["changes"] = []
    return pages.render(request, "workflow/publish.html", context)


@require_POST
@pages.with_duty(DUTY)
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Give the draft up."""
    newest = newest_or_refuse(code)
    actions.discard_draft(code, by=reader(request))
    return HttpResponseRedirect(reverse("procedures:version", args=[code, newest.version]))


def _path(given: Any) -> list[tuple[str, str]]:
    """Return the path a script sent, as far as it is one."""
    rows = given if isinstance(given, list) else []
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2]
    return [(str(step), str(outcome)) for step, outcome in pairs]


def _findings(drawing: str, forms: dict[str, Any]) -> list[dict[str, str]]:
    return [_finding(each) for each in checking.check(drawing, forms, organisation.role_codes())]


def _finding(each: Finding) -> dict[str, str]:
    sentence = each.sentence(gettext)
    return {"element": each.element, "severity": each.severity, "sentence": sentence}


def _walk(drawing: Drawing, taken: simulation.Walk) -> dict[str, Any]:
    return {
        "waiting": [_waiting(drawing.steps[key]) for key in taken.waiting],
        "path": [_passed(drawing, *passed) for passed in taken.path],
        "end": taken.end,
    }


def _waiting(step: Step) -> dict[str, Any]:
    outcomes = [[each.name, either(each.name_zh, each.name_en)] for each in step.outcomes]
    return {"step": step.id, "name": either(step.name_zh, step.name_en), "outcomes": outcomes}


def _passed(drawing: Drawing, step: str, outcome: str) -> list[str]:
    known = drawing.steps[step]
    chosen = known.outcome(outcome)
    label = either(chosen.name_zh, chosen.name_en) if chosen else outcome
    return [step, outcome, either(known.name_zh, known.name_en), label]
