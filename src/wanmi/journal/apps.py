"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "wanmi.journal"
    label = "journal"

    def ready(self) -> None:
        """Put the journal on the menu of those who watch over it."""
        from wanmi.shell import menu, metrics

        from .figures import figures
        from .reading import DUTY

        metrics.offer_figures("journal", figures)

        menu.register(
            menu.Item(
                "journal",
                _("Journal"),
                "journal:journal",
                icon="list",
                order=90,
                duty=DUTY,
                group=_("System"),
            )
        )
