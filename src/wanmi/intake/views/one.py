"""One matter: its words, who brought it, what was said; entering one by hand."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.workflow import queries as workflow

from .. import actions, events, forms, queries, showing, templating
from ..models import Contact

duties = organisation.duties


@require_safe
@pages.with_duty(duties.SEE_CONTACTS)
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show a matter of the reader's area."""
    return _shown(request, _visible(request, number))


@require_POST
@pages.with_duty(duties.ANSWER_CONTACTS)
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Tell whoever brought a matter something before it is answered."""
    row = _visible(request, number)
    organisation.require(scope_in(request), duties.ANSWER_CONTACTS, row.area_path)
    form = forms.say_form()
    given = form.read(request.POST)
    if given is None:
        return _shown(request, row, form=form, status=422)
    actions.answer(row, given["words"], is_final=False, by=reader(request))
    return HttpResponseRedirect(reverse("intake:contact", args=[number]))


@require_POST
@pages.with_duty(duties.SEE_REPORTER)
def sender(request: HttpRequest, number: str) -> HttpResponse:
    """Show who brought a matter; that somebody looked is kept in the journal."""
    row = _visible(request, number)
    organisation.require(scope_in(request), duties.SEE_REPORTER, row.area_path)
    event = events.SenderRead(row.pk, row.number)
    journal.publish(event, by=reader(request), area_path=row.area_path)
    person = showing.person(row.said_by, is_masked=False)
    return pages.render(request, "intake/sender.html", {"person": person, "contact": row})


@require_POST
@pages.with_duty(duties.ANSWER_CONTACTS)
def block(request: HttpRequest, number: str) -> HttpResponse:
    """Take nothing more from whoever brought this matter."""
    row = _visible(request, number)
    organisation.require(scope_in(request), duties.ANSWER_CONTACTS, row.area_path)
    if row.said_by is None:
        raise NotFound
    actions.block(row.said_by, request.POST.get("reason", ""), by=reader(request))
    response = _shown(request, row)
    return pages.say(response, gettext("Their messages are no longer taken."), kind="good")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.ANSWER_CONTACTS)
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a matter that came by letter, by a leader or by the media; take it."""
    form = forms.new_form()

    def do(given: dict[str, Any]) -> dict[str, Any]:
        said = actions.Sender(*(given.get(name, "") for name in ("name", "phone", "email")))
        place = actions.Place(given.get("lon"), given.get("lat"), address=given.get("address", ""))
        row = actions.receive(
            given["door"],
            given["words"],
            purpose=given["purpose"],
            title=given.get("title", ""),
            sender=said,
            place=place,
            media=given.get("media", ()),
            by=reader(request),
        )
        return {"number": row.number}

    answer = journal.take_form(request, form, do, by=reader(request))
    if answer is None:
        status = journal.status_of(form)
        return pages.render(request, "intake/new.html", _new(form), status=status)
    return HttpResponseRedirect(reverse("intake:contact", args=[answer["number"]]))


def _new(form: forms.SchemaForm) -> dict[str, Any]:
    return {"form": form, "advice_path": workflow.typed_path()}


def _shown(
    request: HttpRequest, row: Contact, *, form: forms.SchemaForm | None = None, status: int = 200
) -> HttpResponse:
    scope = scope_in(request)
    waiting = workflow.open_tasks(f"contact:{row.pk}")
    context = {
        **showing.whole(row, scope),
        "mine": [task for task in waiting if workflow.may_take(scope, task)],
        "waiting": waiting,
        "say_form": form or forms.say_form(),
        "may_say": row.is_owed and scope.may(duties.ANSWER_CONTACTS, row.area_path),
        "templates": templating.templates_for(row),
        "back": reverse("intake:contacts"),
    }
    return pages.render(request, "intake/contact.html", context, status=status)


def _visible(request: HttpRequest, number: str) -> Contact:
    row = queries.by_number(scope_in(request), number)
    if row is None:
        raise NotFound
    return row
