"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu


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
        group=_("Cases"),
    )
    menu.register(item)
