"""Django's entry to the room: opens the doors that need no machine, hears news."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "wanmi.intake"
    label = "intake"

    def ready(self) -> None:
        from wanmi.evidence import actions as evidence
        from wanmi.upkeep import actions as upkeep
        from wanmi.workflow import actions as workflow

        from . import (
            access,
            actions,
            finding,
            listeners,  # noqa: F401  # registers itself
            menus,
            templating,
            words,
        )
        from .actions.procedure import CONTACT
        from .presenting import ContactSubject

        for code, name_zh, name_en, source in HAND_DOORS:
            actions.offer_door(actions.Door(code, name_zh, name_en, source))
        workflow.offer_shipped("wanmi.intake", CONTACT)
        workflow.offer_subject("contact", ContactSubject())
        upkeep.offer_dictionary(words.PURPOSES)
        menus.register()
        finding.offer()
        upkeep.offer(templating.AnswerTemplates())
        evidence.offer_subject("contact", access.may_see_subject)


HAND_DOORS = [
    ("leader", "领导批办", "Leader's instruction", "leader"),
    ("media", "媒体曝光", "Media exposure", "media"),
    ("letter", "来信来访", "Letter or visit", "letter"),
]
"""Ways in that a clerk enters by hand."""
