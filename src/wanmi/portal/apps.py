"""Django's entry to the room: opens the web door and says where a code is followed."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "wanmi.portal"
    label = "portal"

    def ready(self) -> None:
        from django.urls import reverse

        from wanmi.evidence import actions as evidence
        from wanmi.intake import actions as intake
        from wanmi.journal import actions as journal
        from wanmi.upkeep import actions as upkeep

        from . import anonymity, desk
        from .actions import alerting
        from .reporting import DOOR

        intake.offer_door(intake.Door(DOOR, "网上反映", "Web", "web"))
        intake.offer_follow_page(lambda code: reverse("portal:follow", args=[code]))
        evidence.offer_subject("release", desk.may_see_subject)
        desk.register()
        upkeep.offer(anonymity.Anonymity())
        journal.offer_job(alerting.JOB, alerting.tell_alerts, every_seconds=alerting.EVERY_SECONDS)
