"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "wanmi.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Offer the import; put the organisation on the menu."""
        from wanmi.kernel import imports
        from wanmi.shell import menu

        from . import duties, importing, switching

        imports.offer(importing.KIND, importing.load, summary=importing.SUMMARY)
        menu.offer_areas(switching.choices)
        menu.register(
            menu.Item(
                "organisation",
                _("Organisation"),
                "organisation:bodies",
                icon="building",
                order=70,
                duty=duties.SEE_CASES,
                group=_("City data"),
            )
        )
