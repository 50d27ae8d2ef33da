"""Errands beside the drawing: giving one, ending one."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.shell import pages

from .. import actions, errandforms, queries
from .asking import visible_case
from .requests import again, read_form


@require_POST
@pages.with_duty(organisation.duties.SEE_CASES)
def give(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask somebody for something beside the drawing."""
    case = visible_case(request, number)
    form = errandforms.giving_form(case, kind)
    given = read_form(form, request) if form is not None else {}
    actions.give_errand(case, kind, given, by=reader(request))
    return again(request, number, gettext("It is on its way."))


@require_POST
@pages.with_duty(organisation.duties.SEE_CASES)
def end(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """Waive or recall an errand."""
    case = visible_case(request, number)
    found = next((row for row in queries.errands_of(case) if row.pk == key), None)
    if found is None:
        raise NotFound
    given = read_form(errandforms.ending_form(key), request)
    actions.end_errand(found, given["reason"], by=reader(request))
    return again(request, number, gettext("It is ended."))
