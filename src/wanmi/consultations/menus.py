"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu


def register() -> None:
    """Fill the menu."""
    item = menu.Item(
        "consultations",
        _("Consultations"),
        "consultations:list",
        "people",
        48,
        organisation.duties.SEE_CASES,
        group=_("Cases"),
    )
    menu.register(item)
