"""Django's entry to the room."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "wanmi.workflow"
    label = "workflow"

    def ready(self) -> None:
        from wanmi.upkeep import actions as upkeep

        from . import menus, rulekeeping

        menus.register()
        upkeep.offer(rulekeeping.AdjustmentRules())
