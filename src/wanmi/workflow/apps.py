"""Django's entry to the room."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "wanmi.workflow"
    label = "workflow"

    def ready(self) -> None:
        from . import menus

        menus.register()
