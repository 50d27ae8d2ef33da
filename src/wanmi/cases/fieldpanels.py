"""What this room puts on the field terminal: one's own record."""

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanmi.organisation.queries import duties
from wanmi.shell import terminal

from .record import SHOWN


def offer() -> None:
    """Put the record on the terminal."""
    terminal.offer_panel(_RECORD)


def _context(request: HttpRequest) -> dict[str, dict[str, str]]:
    from .views.record import label

    share, age = gettext("%(share)s in a hundred of %(of)s"), gettext("As of %(when)s")
    return {"words": {key: label(key) for key in SHOWN} | {"share": share, "as_of": age}}


_RECORD = terminal.Panel(
    key="record",
    label=_("My record"),
    template="cases/field/record.html",
    icon="chart",
    script="cases/record.js",
    order=35,
    duty=duties.SEE_CASES,
    hint=_("Reports, valid share, checks in time: today and this month"),
    context=_context,
)
