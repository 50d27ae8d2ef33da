"""Controls: the list, making one, ending one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from ..control import actions, queries
from ..controlforms import control_form, described


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(organisation.duties.EDIT_CONTROLS)
def controls(request: HttpRequest) -> HttpResponse:
    """Show the controls of the reader's areas, or make one."""
    form, status = control_form(scope_in(request)), 200
    if request.method == "POST":
        given = form.read(request.POST)
        if given is not None:
            try:
                actions.make_control(given, by=reader(request))
            except Refused as refusal:
                form.errors.append(pages.sentence(refusal))
            else:
                return HttpResponseRedirect(reverse("cases:controls"))
        status = 422
    page = tables.take(queries.controls(scope_in(request)), tables.page_number(request))
    context = {"form": form, "page": page, "lines": [described(row) for row in page.rows]}
    return pages.render(request, "cases/controls.html", context, part="list", status=status)


@require_POST
@pages.with_duty(organisation.duties.EDIT_CONTROLS)
def end(request: HttpRequest, key: int) -> HttpResponse:
    """End a control."""
    found = queries.controls(scope_in(request)).filter(pk=key).first()
    if found is None:
        raise NotFound
    actions.end_control(found, by=reader(request))
    return HttpResponseRedirect(reverse("cases:controls"))
