"""What this room puts on the side menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from . import queries


def register() -> None:
    """Fill the menu."""
    see = organisation.duties.SEE_CONTACTS
    item = menu.Item(
        "contacts",
        _("Messages"),
        "intake:contacts",
        "inbox",
        25,
        see,
        count=owed_count,
        group=_("Cases"),
    )
    menu.register(item)


def owed_count(request: HttpRequest) -> int:
    """Return how many matters that wait are owed an answer; cases count as cases."""
    scope = menu.scope_of(request)
    rows = queries.visible(scope)  # type: ignore[arg-type]  # the organisation's own scope
    return rows.filter(is_owed=True, state="waiting").count()
