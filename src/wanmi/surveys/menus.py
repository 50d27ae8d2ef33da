"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu


def register() -> None:
    """Fill the menu."""
    item = menu.Item(
        "surveys",
        _("Special surveys"),
        "surveys:list",
        "search",
        46,
        organisation.duties.SEE_CASES,
        group=_("Cases"),
    )
    menu.register(item)
