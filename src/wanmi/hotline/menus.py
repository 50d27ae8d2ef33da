"""What this room puts on the side menu."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from . import queries
from .models import Call


def register() -> None:
    """Fill the menu."""
    duties = organisation.duties
    group = _("Hotline")
    for item in (
        menu.Item(
            "hotline",
            _("Hotline desk"),
            "hotline:desk",
            "sound",
            49,
            duties.TAKE_CALLS,
            waiting=waiting,
            group=group,
        ),
        menu.Item(
            "hotline_board",
            _("Shift board"),
            "hotline:shift",
            "people",
            49,
            duties.LEAD_SHIFT,
            group=group,
        ),
        menu.Item(
            "hotline_rates",
            _("Hotline rates"),
            "hotline:rates",
            "chart",
            49,
            duties.LEAD_SHIFT,
            group=group,
        ),
        menu.Item(
            "hotline_words",
            _("Knowledge"),
            "hotline:articles",
            "book",
            49,
            duties.TAKE_CALLS,
            group=group,
        ),
    ):
        menu.register(item)


def waiting(request: HttpRequest) -> QuerySet[Call]:
    """Return the calls of callers whom nobody has."""
    scope = menu.scope_of(request)
    return queries.waiting_calls(scope)  # type: ignore[arg-type]  # the organisation's own
