"""Where the administration finds suggestions."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep.queries import groups


def register() -> None:
    """Put the page beside the catalogue's own."""
    place = upkeep.Place(
        "triage",
        _("Suggestions for reports"),
        _("What is suggested for new reports, how often it is right, training."),
        groups.RULES,
        "triage:home",
        organisation.duties.EDIT_CATALOGUE,
        "chart",
    )
    upkeep.offer_place(place)
