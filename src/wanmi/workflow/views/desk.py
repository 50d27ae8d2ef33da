"""The desk: what waits for me, whatever it is about, beside the map of my area."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables

from .. import desk as furniture
from .. import queries
from ..desk import Tab
from ..models import Task
from ..rows import Row

TODO = _("To do")
DONE = _("Done by me")


@require_safe
@pages.with_duty()
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the reader's desk: an inbox, an overview, or the lists other rooms offer."""
    overview = furniture.overview(scope_in(request))
    if overview is not None:
        return overview.view(request)
    return pages.render(request, "workflow/desk.html", desk_context(request), part="list")


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """Return the list of the chosen tab and what stands around it."""
    scope = scope_in(request)
    tabs = _tabs(scope)
    asked = request.GET.get("tab", "")
    tab = next((each for each in tabs if each.name == asked), tabs[0] if tabs else None)
    if tab is None:
        return {"tabs": [], "rows": [], "starts": [], "map_template": ""}
    page = tables.take(tab.rows(scope), tables.page_number(request))
    return {
        "tab": tab,
        "list_url": f"{reverse('tasks:desk')}?tab={tab.name}&page={page.number}",
        "tabs": tabs,
        "page": page,
        "rows": tab.show(page.rows),
        "starts": furniture.starts(scope),
        "map_template": furniture.map_template(),
        "can_see_map": scope.may(organisation.duties.SEE_CASES),
    }


def waiting(request: HttpRequest) -> QuerySet[Task]:
    """Return the tasks that wait for the reader, for the menu."""
    scope = scope_in(request)
    rows = queries.inbox(scope)
    return rows if scope.may(organisation.duties.WORK_TASKS) else rows.none()


def _tabs(scope: organisation.Scope) -> list[Tab]:
    """Return the reader's lists: their tasks where they work any, then what rooms offer."""
    if not scope.may(organisation.duties.WORK_TASKS):
        return furniture.tabs()

    def show(tasks: Any) -> list[Row]:
        return queries.rows(tasks, scope)

    user_id = scope.user_id or 0
    todo = Tab(
        "todo",
        TODO,
        queries.inbox,
        show,
        _("Nothing waits for you"),
        _("New tasks appear here by themselves."),
    )
    done = Tab("done", DONE, lambda scope: queries.done_by(user_id), show, _("Nothing here yet"))
    return [todo, done, *furniture.tabs()]
