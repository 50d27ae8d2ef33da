"""The room's own panels; other rooms offer theirs to `shell.terminal` in the same way."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import basemaps, menu, terminal


def register() -> None:
    """Put the room's panels on the terminal, and the terminal on the menu of the desk."""
    for panel in (_TASKS, _REPORT, _MORE, _QUEUE, _OFFLINE):
        terminal.offer_panel(panel)
    menu.register(_ITEM)


def _map_below(request: HttpRequest) -> dict[str, Any]:
    return {"basemap": basemaps.address()}


_TASKS = terminal.Panel(
    key="tasks",
    label=_("Tasks"),
    template="field/panels/tasks.html",
    icon="inbox",
    script="field/tasks.js",
    style="field/tasks.css",
    order=10,
    is_tab=True,
    context=_map_below,
)
_REPORT = terminal.Panel(
    key="report",
    label=_("Report"),
    template="field/panels/report.html",
    icon="camera",
    script="field/report.js",
    style="field/report.css",
    order=50,
    duty=organisation.duties.REPORT,
    is_tab=True,
    context=_map_below,
)
_OFFLINE = terminal.Panel(
    key="offline",
    label=_("Offline kit"),
    template="field/panels/offline.html",
    icon="download",
    script="field/offlinekit.js",
    order=20,
    hint=_("Map, parts, classes and tasks on this phone: size and age"),
)
_MORE = terminal.Panel(
    key="more",
    label=_("More"),
    template="field/panels/more.html",
    icon="gear",
    script="field/more.js",
    order=90,
    is_tab=True,
)
_QUEUE = terminal.Panel(
    key="queue",
    label=_("Outbox"),
    template="field/panels/queue.html",
    icon="upload",
    script="field/queuelist.js",
    order=10,
    hint=_("Everything you did that has not reached the centre yet"),
)
_ITEM = menu.Item(
    key="field",
    label=_("Field terminal"),
    url_name="field:app",
    icon="map",
    order=12,
    duty=organisation.duties.SEE_CASES,
    group=_("Cases"),
)
