"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu


def register() -> None:
    """Fill the menu."""
    duty = organisation.duties.EDIT_PROCEDURES
    menu.register(
        menu.Item(
            "procedures",
            _("Procedures"),
            "procedures:list",
            "flow",
            130,
            duty,
            group=_("Administration"),
        )
    )
