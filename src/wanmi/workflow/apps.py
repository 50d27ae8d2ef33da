"""Django's entry to the room."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "wanmi.workflow"
    label = "workflow"

    def ready(self) -> None:
        from wanmi.shell import metrics
        from wanmi.upkeep import actions as upkeep

        from . import burden, menus, rulekeeping
        from .figures import figures

        menus.register()
        metrics.offer_figures("workflow", figures)
        upkeep.offer_burden(burden.burden)
        upkeep.offer(rulekeeping.AdjustmentRules())
