"""Django's entry to the room: opens the hotline as a door of the city."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "wanmi.hotline"
    label = "hotline"

    def ready(self) -> None:
        from wanmi.evidence import actions as evidence
        from wanmi.intake import actions as intake
        from wanmi.journal import actions as journal

        from . import (
            actions,
            listeners,  # noqa: F401  # registers itself
            menus,
            queries,
        )

        intake.offer_door(intake.Door(actions.DOOR, "热线", "Hotline", "hotline"))
        evidence.offer_subject("call", queries.may_see_subject)
        journal.offer_job(
            "hotline.forget_heard_events", actions.forget_heard_events, every_seconds=3600
        )
        menus.register()
