"""Reading who reported a case; that somebody looked is kept in the journal."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages

from .. import events, reporters
from .asking import visible_case


@require_POST
@pages.with_duty(organisation.duties.SEE_REPORTER)
def reporter(request: HttpRequest, number: str) -> HttpResponse:
    """Show who reported a case of the reader's area."""
    case = visible_case(request, number)
    organisation.require(scope_in(request), organisation.duties.SEE_REPORTER, case.area_path)
    event = events.ReporterRead(case.pk, case.number)
    journal.publish(event, by=reader(request), area_path=case.area_path)
    return pages.render(request, "cases/reporter.html", reporters.whole(case), part="reporter")
