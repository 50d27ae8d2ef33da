"""Django's entry to the room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "wanmi.catalogue"
    label = "catalogue"
