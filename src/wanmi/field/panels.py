"""The room's own panels; other rooms offer theirs to `shell.terminal` in the same way."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu, terminal


def register() -> None:
    """Put the room's panels on the terminal, and the terminal on the menu of the desk."""
    for panel in (_MORE, _QUEUE):
        terminal.offer_panel(panel)
    menu.register(_ITEM)


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
    label=_("Waiting to be sent"),
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
