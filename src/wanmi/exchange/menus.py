"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu


def register() -> None:
    """Fill the menu."""
    keepers = organisation.duties.EDIT_PEOPLE
    item = menu.Item(
        "keys", _("Keys of programs"), "exchange:keys", "link", 290, keepers, group=_("System")
    )
    menu.register(item)
    answering = organisation.duties.ANSWER_CONTACTS
    orders = menu.Item(
        "orders", _("Work orders"), "exchange:orders", "inbox", 32, answering, group=_("Cases")
    )
    menu.register(orders)
