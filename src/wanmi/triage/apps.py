"""Django's entry to the room: advises on forms, trains in the background."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "wanmi.triage"
    label = "triage"

    def ready(self) -> None:
        from wanmi.journal import actions as journal
        from wanmi.workflow import actions as workflow

        from . import actions, menus
        from .adviser import TaskAdviser

        workflow.offer_adviser(TaskAdviser())
        # A training takes minutes and must keep no writer waiting.
        journal.offer_job("triage.train", actions.train, abroad=True)
        journal.offer_job(
            "triage.retrain", actions.retrain_when_worth_it, every_seconds=RETRAIN_EVERY_S
        )
        menus.register()


RETRAIN_EVERY_S = 6 * 3600
