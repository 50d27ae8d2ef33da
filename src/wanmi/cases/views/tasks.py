"""One task in the drawer: the case, the ways to finish it, taking it on and giving it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.kernel.errors import Invalid, NotFound
from wanmi.organisation import queries as organisation
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm
from wanmi.workflow import actions as workflow_actions
from wanmi.workflow import queries as workflow

from .. import actions, offers, queries, showing
from ..forms import hints_for
from ..models import Case
from .asking import known_task, reader, scope_of
from .desk import desk_context


@dataclass(frozen=True)
class Way:
    """One way to finish a task, with its form."""

    name: str
    label: str
    tone: str
    form: SchemaForm
    is_open: bool


@require_safe
@pages.with_duty(organisation.duties.WORK_TASKS)
def task(request: HttpRequest, key: int) -> HttpResponse:
    """Show a task: in the drawer when htmx asks, else beside the desk's list."""
    found, case = known_task(request, key)
    return _shown(request, found, case)


@require_POST
@pages.with_duty(organisation.duties.WORK_TASKS)
def act(request: HttpRequest, key: int, action: str) -> HttpResponse:
    """Finish a task in one of its ways; a refused form comes back with what to put right."""
    found, case = known_task(request, key)
    way = _way(found, case, action)
    given = way.form.read(request.POST)
    if given is None:
        return _shown(request, found, case, refused=way, status=422)
    try:
        done = actions.perform_task(found, action, given, by=reader(request))
    except Invalid as refusal:
        _note(way.form, refusal)
        return _shown(request, found, case, refused=way, status=422)
    return _back_to_the_list(request, done, way.label)


@require_POST
@pages.with_duty(organisation.duties.WORK_TASKS)
def claim(request: HttpRequest, key: int) -> HttpResponse:
    """Take a task on."""
    found, _ = known_task(request, key)
    workflow_actions.claim(found, by=reader(request))
    return again(request, key)


@require_POST
@pages.with_duty(organisation.duties.WORK_TASKS)
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Give a task back to its post."""
    found, _ = known_task(request, key)
    workflow_actions.release(found, by=reader(request))
    return again(request, key)


def _shown(
    request: HttpRequest,
    found: workflow.Task,
    case: Case,
    *,
    refused: Way | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "task": found,
        "step": showing.either(found.name_zh, found.name_en),
        "known": showing.whole(case),
        "ways": _ways(request, found, case, refused),
        "is_mine": found.holder_id == reader(request).pk,
        "offers": offers.offers(case, scope_of(request), found),
        "requests": offers.requests(case, scope_of(request)),
        "back": reverse("cases:desk"),
        "full": reverse("cases:case", args=[case.number]),
    }
    if pages.is_partial(request):
        return pages.render(request, "cases/task.html", context, status=status)
    context |= desk_context(request) | {"detail": "cases/task.html", "open_task": found.pk}
    return pages.render(request, "cases/desk.html", context, status=status)


def _ways(request: HttpRequest, found: workflow.Task, case: Case, refused: Way | None) -> list[Way]:
    if not workflow.may_take(scope_of(request), found):
        return []
    ways = [_way(found, case, each.name) for each in workflow.actions_of(found)]
    if refused is None:
        return ways
    return [refused if way.name == refused.name else _closed(way) for way in ways]


def _way(found: workflow.Task, case: Case, name: str) -> Way:
    offered = workflow.actions_of(found)
    action = next((each for each in offered if each.name == name), None)
    if action is None:
        raise NotFound
    schema = queries.filled_form(found, name, case)
    form = SchemaForm(
        schema, hints_for(schema, case), values=_known_values(case), prefix=f"{found.pk}-{name}"
    )
    label = showing.either(action.label_zh, action.label_en)
    return Way(name, label, action.tone, form, is_open=action is offered[0])


def _closed(way: Way) -> Way:
    return Way(way.name, way.label, way.tone, way.form, is_open=False)


def _known_values(case: Case) -> Mapping[str, Any]:
    """Return what the case already says, so that nobody types it twice."""
    known = {"address": case.address, "is_urgent": case.is_urgent}
    if case.category_code:
        known["category"] = f"{case.kind}/{case.category_code}"
    if case.lon is not None and not case.is_located:
        known |= {"lon": case.lon, "lat": case.lat}
    return {name: value for name, value in known.items() if value not in ("", None)}


def _note(form: SchemaForm, refusal: Invalid) -> None:
    form.refuse(refusal)
    if not form.has_errors:
        form.errors.append(pages.sentence(refusal))


def _back_to_the_list(request: HttpRequest, case: Case, label: str) -> HttpResponse:
    message = gettext("%(deed)s: case %(number)s") % {"deed": label, "number": case.number}
    if not pages.is_partial(request):
        return HttpResponseRedirect(reverse("cases:desk"))
    response = pages.say(HttpResponse(""), message)
    response["HX-Push-Url"] = reverse("cases:desk")
    return pages.announce(response, "wanmi:done", {"number": case.number})


def again(request: HttpRequest, key: int) -> HttpResponse:
    """Show the task as it stands now."""
    if not pages.is_partial(request):
        return HttpResponseRedirect(reverse("cases:task", args=[key]))
    found, case = known_task(request, key)
    return pages.announce(_shown(request, found, case), "wanmi:done", {"number": case.number})
