"""What this room puts among the things administrators shape."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep.queries import groups


def register() -> None:
    """Offer the page of layers."""
    upkeep.offer_place(
        upkeep.Place(
            "reminders",
            _("Reminders"),
            _("Who is told how often how much waits."),
            groups.WORK,
            "notices:layers",
            organisation.duties.EDIT_PROCEDURES,
            "bell",
        )
    )
