"""One case whole: in the drawer of a list, or as a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.workflow import queries as workflow

from .. import errandforms, offers, reporters, showing
from ..panels import panels
from .asking import visible_case


@require_safe
@pages.with_duty()
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case the reader may see."""
    return shown(request, number)


def shown(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the case as it stands now, as a page or for the drawer."""
    found = visible_case(request, number)
    scope = scope_in(request)
    known = showing.whole(found)
    staff = scope.may(organisation.duties.SEE_CASES)
    context = {
        "known": known,
        "mine": [task for task in known.waiting if workflow.may_take(scope, task)],
        "is_staff": staff,
        "panels": panels.drawn(request, found),
        "offers": [
            *offers.offers(found, scope),
            *errandforms.errand_offers(found, scope, known.steps),
        ],
        "requests": offers.requests(found, scope) if staff else [],
        "errands": errandforms.errand_lines(found, scope) if staff else [],
        **(reporters.masked(found, scope) if staff else {}),
        "back": reverse("cases:list") if staff else reverse("tasks:desk"),
        "full": reverse("cases:case", args=[number]),
    }
    template = "cases/drawer.html" if pages.is_partial(request) else "cases/case.html"
    return pages.render(request, template, context)


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def drawing(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the drawing the case runs by, as BPMN 2.0."""
    found = visible_case(request, number)
    instance = workflow.instance_of(f"case:{found.pk}")
    if instance is None:
        raise NotFound
    return HttpResponse(instance.procedure.drawing, content_type="application/xml")
