"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep.queries import groups

from .views.desk import waiting


def register() -> None:
    """Fill the menu."""
    desk = menu.Item("desk", _("My desk"), "tasks:desk", "desk", 10, waiting=waiting)
    menu.register(desk)
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
    upkeep.offer_place(
        upkeep.Place(
            "procedures",
            _("Procedures and decision tables"),
            _("The drawings cases run by, their forms and limits; simulated before publishing."),
            groups.WORK,
            "procedures:list",
            duty,
            "flow",
        )
    )
    upkeep.offer_place(
        upkeep.Place(
            "escalation",
            _("Escalation"),
            _("Who is told when a share of a limit is used."),
            groups.WORK,
            "procedures:escalation",
            duty,
            "bell",
        )
    )
