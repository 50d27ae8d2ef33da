"""Django's entry to the room: fills the hooks of the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "wanmi.registers"
    label = "registers"

    def ready(self) -> None:
        """Offer the map layer and the import; put the parts on the menu."""
        from wanmi.kernel import imports
        from wanmi.organisation.queries import duties
        from wanmi.shell import menu

        from . import finding, importing, layers

        layers.offer()
        finding.offer()
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
