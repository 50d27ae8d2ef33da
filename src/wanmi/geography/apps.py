"""Django's entry to the room."""

from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "wanmi.geography"
    label = "geography"
