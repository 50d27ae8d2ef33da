"""One task in the drawer: its subject, the ways to finish it, taking it on, giving it away."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm

from .. import actions, advising, offers, presenting, queries
from ..models import Task
from ..presenting import either
from ..rows import holders_of, whose
from .desk import desk_context
from .reading import known_task

NO_ADVICE = SafeString()


@dataclass(frozen=True)
class Way:
    """One way to finish a task, with its form."""

    name: str
    label: str
    tone: str
    form: SchemaForm
    is_open: bool
    advice: SafeString = NO_ADVICE


@require_safe
@pages.with_duty(organisation.duties.WORK_TASKS)
def task(request: HttpRequest, key: int) -> HttpResponse:
    """Show a task: in the drawer when htmx asks, else beside the desk's list."""
    found, row = known_task(request, key)
    return _shown(request, found, row)


@require_POST
@pages.with_duty(organisation.duties.WORK_TASKS)
def act(request: HttpRequest, key: int, action: str) -> HttpResponse:
    """Finish a task in one of its ways; a refused form comes back with what to put right."""
    found, row = known_task(request, key)
    way = _way(found, row, action)
    given = way.form.read(request.POST)
    if given is None:
        return _shown(request, found, row, refused=way, status=422)
    try:
        done = _perform(request, found, row, action, given)
    except Invalid as refusal:
        _note(way.form, refusal)
        return _shown(request, found, row, refused=way, status=422)
    return _back_to_the_list(request, found, done, way.label)


@journal.deed()
def _perform(
    request: HttpRequest, found: Task, row: Any, action: str, given: dict[str, Any]
) -> Any:
    """Do it, and let advisers hear what was chosen of what they had suggested."""
    told = presenting.face_of(found.subject).told(row)
    _, done = actions.perform(found.pk, action, given, by=reader(request))
    advising.heard(told, given, request.POST.dict(), by=reader(request))
    return done


@require_POST
@pages.with_duty(organisation.duties.WORK_TASKS)
def claim(request: HttpRequest, key: int) -> HttpResponse:
    """Take a task on."""
    found, _ = known_task(request, key)
    actions.claim(found, by=reader(request))
    return again(request, key)


@require_POST
@pages.with_duty(organisation.duties.WORK_TASKS)
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Give a task back to its post."""
    found, _ = known_task(request, key)
    actions.release(found, by=reader(request))
    return again(request, key)


@require_POST
@pages.with_duty(organisation.duties.REASSIGN_TASKS)
def reassign(request: HttpRequest, key: int) -> HttpResponse:
    """Give a task to another person of its post."""
    found, _ = known_task(request, key)
    given = read_form(offers.reassigning_form(found), request)
    person = organisation.people({given["person"]})[given["person"]]
    actions.reassign(found, to=person, by=reader(request))
    return again(request, key)


def read_form(form: SchemaForm, request: HttpRequest) -> dict[str, Any]:
    """Return what a small form was filled with. Raises Invalid with all that is wrong."""
    given = form.read(request.POST)
    if given is None:
        wrong = [f"{field.label}: {field.error}" for field in form if field.errors]
        raise Invalid(" ".join(wrong).replace("%", "%%") or "Some fields are not valid.")
    return given


def _shown(
    request: HttpRequest,
    found: Task,
    row: Any,
    *,
    refused: Way | None = None,
    status: int = 200,
) -> HttpResponse:
    scope = scope_in(request)
    face = presenting.face_of(found.subject)
    detail = face.detail(row, found, scope)
    line = _line(found, row)
    lamp = queries.lamp_of(found.due_at, found.warn_at)
    context: dict[str, Any] = {
        "task": found,
        "lamp": lamp.value if lamp else "",
        "step": either(found.name_zh, found.name_en),
        "line": line,
        "ways": _ways(request, found, row, refused),
        "is_mine": found.holder_id == reader(request).pk,
        "acted_for": whose(found, scope, holders_of(scope)),
        "above": detail.above,
        "below": detail.below,
        "back": reverse("tasks:desk"),
        "full": line.link,
        **detail.context,
        "offers": [*offers.reassign(found, scope), *detail.context.get("offers", ())],
    }
    if pages.is_partial(request):
        return pages.render(request, "workflow/task.html", context, status=status)
    context |= desk_context(request) | {"detail": "workflow/task.html", "open_task": found.pk}
    return pages.render(request, "workflow/desk.html", context, status=status)


def _line(found: Task, row: Any) -> presenting.Line:
    (line,) = presenting.lines_of({found.subject: row}).values()
    return line


def _ways(request: HttpRequest, found: Task, row: Any, refused: Way | None) -> list[Way]:
    if not queries.may_take(scope_in(request), found):
        return []
    ways = [_way(found, row, each.name) for each in queries.actions_of(found)]
    if refused is not None:
        ways = [
            refused if way.name == refused.name else replace(way, is_open=False) for way in ways
        ]
    told = presenting.face_of(found.subject).told(row)
    return [replace(way, advice=advising.advise(request, told, way.form)) for way in ways]


def _way(found: Task, row: Any, name: str) -> Way:
    offered = queries.actions_of(found)
    action = next((each for each in offered if each.name == name), None)
    if action is None:
        raise NotFound
    face = presenting.face_of(found.subject)
    schema = presenting.filled_form(found, name, row)
    form = SchemaForm(
        schema, face.hints(schema, row), values=face.values(row), prefix=f"{found.pk}-{name}"
    )
    label = either(action.label_zh, action.label_en)
    return Way(name, label, action.tone, form, is_open=action is offered[0])


def _note(form: SchemaForm, refusal: Invalid) -> None:
    form.refuse(refusal)
    if not form.has_errors:
        form.errors.append(pages.sentence(refusal))


def _back_to_the_list(request: HttpRequest, found: Task, row: Any, label: str) -> HttpResponse:
    if not pages.is_partial(request):
        return HttpResponseRedirect(reverse("tasks:desk"))
    face, line = presenting.face_of(found.subject), _line(found, row)
    said = {
        "deed": label,
        "sort": either(face.name_zh, face.name_en),
        "number": line.number,
    }
    message = gettext("%(deed)s: %(sort)s %(number)s") % said
    response = pages.say(HttpResponse(""), message)
    response["HX-Push-Url"] = reverse("tasks:desk")
    return pages.announce(response, "wanmi:done", {"number": line.number})


def again(request: HttpRequest, key: int) -> HttpResponse:
    """Show the task as it stands now."""
    if not pages.is_partial(request):
        return HttpResponseRedirect(reverse("tasks:task", args=[key]))
    found, row = known_task(request, key)
    return pages.announce(
        _shown(request, found, row), "wanmi:done", {"number": _line(found, row).number}
    )
