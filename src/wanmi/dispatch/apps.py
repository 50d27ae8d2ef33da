"""Django's entry to the room: fills the hooks of the rooms below."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "wanmi.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from wanmi.journal import actions as journal
        from wanmi.kernel import imports
        from wanmi.upkeep import actions as upkeep

        from . import actions, importing, limits, menus, panels, working

        journal.offer_job("dispatch.fold", actions.fold_job)
        journal.offer_job("dispatch.escalate", actions.escalate_job)
        journal.offer_job("dispatch.look_after", working.look_after, every_seconds=60)
        journal.offer_job("dispatch.forget_positions", working.forget, every_seconds=600)
        imports.offer(importing.KIND, importing.load, summary=importing.SUMMARY)
        upkeep.offer(limits.PatrolLimits())
        menus.register()
        panels.register()
