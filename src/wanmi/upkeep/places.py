"""The pages of rooms below that belong on the start page."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation.queries import duties

from .groups import PEOPLE, RULES, WATCH
from .matters import Place, offer_place


def offer() -> None:
    """Put bodies, divisions and the journal on the start page."""
    offer_place(
        Place(
            "bodies",
            _("Bodies, posts and people"),
            _("Found, change and close bodies; make posts; appoint people and end appointments."),
            PEOPLE,
            "organisation:bodies",
            duties.EDIT_PEOPLE,
            "building",
        )
    )
    offer_place(
        Place(
            "areas",
            _("Divisions and grids"),
            _("Districts, streets, communities, unit grids and duty grids."),
            RULES,
            "geography:areas",
            duties.EDIT_AREAS,
            "area",
        )
    )
    offer_place(
        Place(
            "journal",
            _("Journal"),
            _("Who did what and when; nothing in it can be changed."),
            WATCH,
            "journal:journal",
            duties.SEE_JOURNAL,
            "book",
        )
    )
