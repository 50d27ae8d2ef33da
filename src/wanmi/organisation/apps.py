"""Django's entry to the room."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "wanmi.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Offer the import, take what a release ships, put the organisation on the menu."""
        from wanmi.geography import actions as geography
        from wanmi.kernel import imports
        from wanmi.shell import lists, menu

        from . import duties, finding, importing, switching, tending
        from .saved import queries as saved

        post_migrate.connect(_take_news, sender=self)
        imports.offer(importing.KIND, importing.load, summary=importing.SUMMARY)
        geography.offer_tending(tending.responsible)
        geography.offer_area_panel(geography.Panel("responsible", _("Responsible"), tending.panel))
        menu.offer_areas(switching.choices)
        finding.offer()
        lists.keep_with(lists.Keeper(saved.shown, "organisation:views", "organisation:new_view"))
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
        menu.register(
            menu.Item(
                "devices",
                _("Phones"),
                "organisation:devices",
                icon="shield",
                order=71,
                duty=duties.EDIT_PEOPLE,
                group=_("City data"),
            )
        )


def _take_news(*, using: str, verbosity: int, **more: Any) -> None:
    """Give shipped roles what this release brings; does nothing where it has been given."""
    from . import actions
    from .models import Shipped

    # Migrating backwards may have taken the table away.
    tables = connection.introspection.table_names() if using == DEFAULT_DB_ALIAS else []
    if Shipped._meta.db_table not in tables:
        return
    for role, duties in actions.take_news().items():
        if verbosity:
            print(f"  Role {role} now also holds: {', '.join(duties)}")
