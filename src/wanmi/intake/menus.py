"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import lists, menu

from . import words

SAID: lists.Said = {
    "owed": (_("Answer"), words.OWED),
    "purpose": (_("Purpose"), words.PURPOSES),
    "door": (_("How it came"), None),
    "state": (_("State"), words.STATES),
}
"""Filters that are kept; words are not, for they may be somebody's telephone number."""


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
    lists.offer(
        lists.Listing(
            "contacts",
            _("Messages"),
            "intake:contacts",
            tuple(SAID),
            see,
            lists.told_by(SAID),
        )
    )
