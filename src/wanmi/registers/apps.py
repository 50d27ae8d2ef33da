"""Django's entry to the room: fills the hooks of the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "wanmi.registers"
    label = "registers"

    def ready(self) -> None:
        """Offer the map layer and the import; put the parts on the menu."""
        from wanmi.evidence import actions as evidence
        from wanmi.kernel import imports
        from wanmi.organisation.queries import duties
        from wanmi.shell import lists, menu
        from wanmi.workflow import actions as workflow

        from . import finding, importing, layers, panels, presenting, requests
        from .actions.panels import Panel, offer_panel
        from .actions.proposing import PROCEDURE
        from .models import PartState
        from .queries import may_see_subject

        workflow.offer_shipped("wanmi.registers", PROCEDURE)
        workflow.offer_subject("part_request", presenting.PartRequestSubject())
        evidence.offer_subject("part_request", may_see_subject)
        offer_panel(Panel("requests", _("Proposed changes"), requests.on_part, order=10))
        panels.offer()
        layers.offer()
        finding.offer()
        said: lists.Said = {
            "q": (_("Number or words"), None),
            "code": (_("Major class"), None),
            "state": (_("State"), dict(PartState.choices)),
            "area": (_("Area"), None),
            "grid": (_("Unit grid"), None),
        }
        told = lists.told_by(said)
        lists.offer(
            lists.Listing(
                "parts", _("Parts"), "registers:parts", tuple(said), duties.SEE_PARTS, told
            )
        )
        imports.offer(importing.KIND, importing.load, summary="Parts of the register")
        menu.register(
            menu.Item(
                "parts",
                _("Parts"),
                "registers:parts",
                icon="part",
                order=50,
                duty=duties.SEE_PARTS,
                group=_("City data"),
            )
        )
        menu.register(
            menu.Item(
                "part_requests",
                _("Updates of parts"),
                "registers:requests",
                icon="part",
                order=51,
                duty=duties.SEE_PARTS,
                group=_("City data"),
            )
        )
