"""Django's entry to the room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "wanmi.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Begin to listen; put the catalogue on the menu."""
        from wanmi.organisation.queries import duties
        from wanmi.shell import basemaps, menu
        from wanmi.upkeep import actions as upkeep
        from wanmi.upkeep.queries import groups

        from . import panels, standardkeeping
        from .drafting import matter as editions

        panels.offer()
        import_module("wanmi.catalogue.listeners")
        upkeep.offer(standardkeeping.FilingStandards())
        upkeep.offer(standardkeeping.DefaultLimits())
        upkeep.offer(editions.Editions())
        upkeep.offer_place(
            upkeep.Place(
                "editions",
                editions.Editions.label,
                editions.Editions.help,
                groups.RULES,
                "catalogue:editions",
                duties.EDIT_CATALOGUE,
                "book",
            )
        )
        upkeep.offer_place(
            upkeep.Place(
                "calendar",
                _("Working calendar"),
                _("Days off, days worked and seasons of working hours."),
                groups.RULES,
                "catalogue:calendar",
                duties.EDIT_CATALOGUE,
                "clock",
            )
        )
        basemaps.offer_symbols("catalogue/symbols.svg")
        menu.register(
            menu.Item(
                "catalogue",
                _("Catalogue"),
                "catalogue:classes",
                icon="book",
                order=60,
                duty=duties.SEE_CATALOGUE,
                group=_("City data"),
            )
        )
