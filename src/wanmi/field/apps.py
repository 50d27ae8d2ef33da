"""Django's entry to the room: puts its own panels on the terminal, and the terminal on the menu."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "wanmi.field"
    label = "field"

    def ready(self) -> None:
        from . import panels

        panels.register()
