"""Django's entry to the room."""

from importlib import import_module

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "wanmi.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Begin to listen."""
        import_module("wanmi.catalogue.listeners")
