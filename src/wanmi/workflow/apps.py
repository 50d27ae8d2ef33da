"""Django's entry to the room."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "wanmi.workflow"
    label = "workflow"

    def ready(self) -> None:
        from wanmi.upkeep import actions as upkeep

        from . import burden, menus, rulekeeping

        menus.register()
        upkeep.offer_burden(burden.burden)
        upkeep.offer(rulekeeping.AdjustmentRules())
