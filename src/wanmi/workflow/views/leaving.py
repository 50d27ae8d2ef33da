"""Somebody leaves: who takes over, what moves where, and doing it in one deed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import User, reader
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.organisation import actions as organisation_deeds
from wanmi.organisation import queries as organisation
from wanmi.shell import menu, pages

from ..actions.leaving import Leaving, leave, plan_leaving
from ..models import Task

SHOWN_TASKS = 50


class NoSuchSuccessor(Invalid):
    """Nobody who can sign in has the name “%(name)s”."""

    code = "no_such_successor"


@require_http_methods(["GET", "POST"])
@pages.with_duty(organisation.duties.EDIT_PEOPLE)
def leaving(request: HttpRequest, username: str) -> HttpResponse:
    """Show what would move, whoever is chosen; on the button, move it and close the account."""
    scope = menu.scope_of(request)
    assert isinstance(scope, organisation.Scope)  # with_duty has seen to it
    person = organisation.person_of(scope, username)
    organisation_deeds.require_in_hand(person, scope)
    sent = request.POST if request.method == "POST" else request.GET
    context = {
        "person": person,
        "to": sent.get("to", "").strip()[:60],
        "take_posts": sent.get("take_posts") == "on",
        "answers": [("on", gettext("Yes"))],
        "taken": sent.get("take_posts", ""),
        "back": reverse("organisation:person", args=[username]),
    }
    try:
        to = _successor(str(context["to"]))
        if request.method == "POST":
            take_posts = bool(context["take_posts"])
            leave(person, to, take_posts=take_posts, scope=scope, by=reader(request))
            return HttpResponseRedirect(reverse("organisation:person", args=[username]))
        plan = plan_leaving(person, to, take_posts=bool(context["take_posts"]))
    except NotAllowed:
        raise
    except Refused as refused:
        context["error"] = pages.sentence(refused)
        template = "workflow/leaving.html"
        return pages.render(request, template, context, part="plan", status=refused.status)
    context |= {"plan": plan, "tasks": _shown(plan), "successor": to}
    return pages.render(request, "workflow/leaving.html", context, part="plan")


def _shown(plan: Leaving) -> list[tuple[Task, bool, bool]]:
    """Return the first tasks: whether each goes to the person, and whether it is stranded."""
    stranded = {task.pk for task in plan.stranded}
    rows = [(task, True, False) for task in plan.to_person]
    rows += [(task, False, task.pk in stranded) for task in plan.to_posts]
    return rows[:SHOWN_TASKS]


def _successor(name: str) -> User | None:
    if not name:
        return None
    found = accounts.by_username(name)
    if found is None:
        raise NoSuchSuccessor(name=name)
    return found
